"""A small project in a temporary folder: a fake registry of eight parameters, two starts, a baseline."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from sim.model.state.parameters import FACTOR, RATE, SHARE, THOUSANDS, WEIGHT, Declared
from sim.scenario.loader import load_from
from sim.scenario.parameter_catalogue import ModelParameters
from sim.scenario.scenario import Scenario
from sim.scenario.scenario_library import Library
from sim.scenario.validation_errors import Problem, ScenarioError

BASELINE = """\
question: What if all goes on?
basis: report
start: 2021-06
months: 24
parameters:
  israel:
    strike_rate: {value: 2, unit: strikes per month, range: [0.5, 4], grade: assumed, source: "a guess"}
    pressure: {value: 0.5, unit: share, range: [0.2, 0.8], grade: inferred, source: "R78"}
  russia:
    budget: {value: 1.0, unit: effort, range: [0.5, 1.5], grade: assumed, source: "scaled to one"}
  government:
    interests:
      autonomy: {value: 1.0, unit: weight, range: [0.5, 2], grade: assumed, source: "ours"}
  groups:
    hezbollah: {obedience: {value: 0.8, unit: share, range: [0.6, 1], grade: assumed, source: "ours"}}
  definitions:
    lead: {value: 0.25, unit: share, grade: assumed, source: "our reading of clearly"}
"""
START = """\
month: 2021-06
parameters:
  start: {coffers: {value: 0.45, unit: index, range: [0.3, 0.6], grade: assumed, source: "ours"}}
  groups: {hezbollah: {manpower: {value: 6.5, unit: thousand, range: [5, 8], grade: sourced, source: "a page"}}}
groups:
  hezbollah: {name: Hezbollah, leader: iran, camp: government, foreign: true}
roots: {source: "R11", iran: {SY-HL: 0.38}}
control: {source: "a map", opposition: {SY-DI: 0.3}, sdf: {SY-DI: 0.2}}
people: {source: "a count", opposition: {SY-DI: 0.6}, sdf: {SY-DI: 0.1}}
"""


def paths(groups: tuple[str, ...]) -> dict[str, Declared]:
    """What the fake code declares."""
    kinds = {
        "israel.strike_rate": RATE,
        "israel.pressure": SHARE,
        "russia.budget": FACTOR,
        "government.interests.autonomy": WEIGHT,
        "definitions.lead": SHARE,
        "start.coffers": SHARE,
    }
    for group in groups:
        kinds |= {f"groups.{group}.manpower": THOUSANDS, f"groups.{group}.obedience": SHARE}
    return {path: Declared(path, kind, f"what {path} is") for path, kind in kinds.items()}


@dataclass
class Bench:
    """The folder of a test, with `scenarios/` and `starts/`."""

    folder: Path

    def write(self, text: str | bytes, name: str = "mine.yaml", under: str = "scenarios") -> Path:
        path = self.folder / under / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def library(self) -> Library:
        return Library(
            ModelParameters(paths, lambda path: f"code.{path.split('.')[0]}"),
            self.folder / "starts",
            (Path("scenarios"),),
            ("SY-HL", "SY-DI"),
        )

    def load_scenarios(self, *sources: str | Path, overrides: Sequence[str] = (), months: int | None = None) -> list[Scenario]:
        return load_from(self.library(), sources, overrides, months)

    def load(self, text: str | bytes | None = None, overrides: Sequence[str] = ()) -> Scenario:
        """The scenario of a text written as scenarios/mine.yaml, or the baseline."""
        return self.load_scenarios("baseline" if text is None else self.write(text), overrides=overrides)[-1]

    def problems(self, text: str | bytes, overrides: Sequence[str] = ()) -> list[Problem]:
        """What is found wrong with a text."""
        with pytest.raises(ScenarioError) as caught:
            self.load(text, overrides)
        return caught.value.problems

    def problem(self, text: str | bytes, overrides: Sequence[str] = ()) -> str:
        """The one thing that is wrong with a text, as it is message."""
        problems = self.problems(text, overrides)
        assert len(problems) == 1, [str(problem) for problem in problems]
        return str(problems[0])

    def difference(self, *lines: str) -> str:
        """The text of a child of the baseline; its own lines start at line 4."""
        return "\n".join(("extends: baseline", "question: What if?", "basis: report", *lines)) + "\n"
