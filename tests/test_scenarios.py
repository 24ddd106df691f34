"""Every scenario file runs, stays finite, and differs from its root where its question says (cases in `situations.yaml`)."""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from directions.paired import falls, rises
from ruamel.yaml import YAML

from sim.model.observation.measure_catalogue import PROVINCE, WHOLE
from sim.model.state.dimensions import Array, Camp, Row
from sim.scenario import load_scenario
from sim.simulation import Spheres

HERE = Path(__file__).parent
SCENARIOS = {path.stem: path for path in sorted((HERE.parent / "scenarios").rglob("*.yaml"))}
ROOTS = {name: load_scenario(path).root for name, path in SCENARIOS.items()}
SITUATIONS: list[dict[str, Any]] = YAML(typ="safe").load((HERE / "situations.yaml").read_text(encoding="utf-8"))
FLOWS = {m.name for m in WHOLE if m.cumulative} | {m.name for m in PROVINCE if m.cumulative}
WORLDS = 64


class EventRecord(NamedTuple):
    """What the cases look at: `whole` (months, worlds) and `province` (months, P, worlds) by measure, force at the end."""

    whole: dict[str, Array]
    province: dict[str, Array]
    iso: tuple[str, ...]
    groups: tuple[str, ...]
    regular_share: Row
    force: Array


@cache
def told(name: str, months: int, worlds: int = WORLDS) -> EventRecord:
    """A scenario over some months and worlds."""
    model = Spheres(SCENARIOS[name], worlds=worlds, months=months)
    seen = []
    while model.running:
        model.step()
        seen.append(model.observe())
    force, groups = model.finish().force, model.ensemble.groups
    side = force[groups.of_camp(Camp.GOVERNMENT)].sum(axis=(0, 1))
    regular = force[np.flatnonzero(groups.army)].sum(axis=(0, 1))
    made = EventRecord(
        {m.name: np.stack([one.whole[m.name] for one in seen]) for m in WHOLE},
        {m.name: np.stack([one.province[m.name] for one in seen]) for m in PROVINCE if _asked(m.name)},
        model.provinces.iso,
        model.groups,
        np.where(side > 0.0, regular / np.where(side > 0.0, side, 1.0), 0.0),
        force,
    )
    model.close()
    return made


def _asked(measure: str) -> bool:
    """Whether a case looks at a measure of the provinces (others are not kept)."""
    return any(case["measure"] == measure and "at" in case for case in SITUATIONS)


def row(case: dict[str, Any], name: str) -> Row:
    """The measure of a case in one scenario, by world: counts summed over the run, levels in the last month."""
    run, measure = told(name, case["months"]), case["measure"]
    if measure == "army_share":
        return run.regular_share
    if measure.startswith("group."):
        return run.force[run.groups.index(measure.removeprefix("group."))].sum(axis=0)
    places = [run.iso.index(code) for code in case.get("at", ())]
    series = run.province[measure][:, places].sum(axis=1) if places else run.whole[measure]
    return series.sum(axis=0) if measure in FLOWS else series[-1]


def test_every_scenario_has_a_case() -> None:
    """A scenario file without a case, or a case without a file, is a gap."""
    assert {case["scenario"] for case in SITUATIONS} == {name for name, root in ROOTS.items() if root != name}


@pytest.mark.parametrize("case", SITUATIONS, ids=lambda case: f"{case['scenario']}-{case['measure']}")
def test_it_changes_what_its_question_is_about(case: dict[str, Any]) -> None:
    """The case's measure moves in its direction, in the same worlds, beyond noise."""
    claim = {"rises": rises, "falls": falls}[case["direction"]]
    claim(f"{case['measure']} of {case['scenario']}", row(case, ROOTS[case["scenario"]]), row(case, case["scenario"]))


@pytest.mark.parametrize("name", SCENARIOS)
def test_it_runs_and_stays_finite(name: str) -> None:
    """Two years of eight worlds: every measure finite, control and influence shares in every province sum to 1."""
    model = Spheres(SCENARIOS[name], worlds=8, months=24).run()
    end = model.finish()
    for scope in (end.whole, end.province):
        for measure, values in scope.items():
            assert np.isfinite(values).all(), f"{measure} is not finite"
            assert (values >= 0.0).all() or measure in ("primacy", "clustering"), f"{measure} is negative"
    for shares in ("control_", "influence_"):
        total = sum(values for measure, values in end.province.items() if measure.startswith(shares))
        assert np.allclose(total, 1.0), f"{shares} shares do not sum to 1"
    model.close()


EVENTS_ONLY = (
    "iran_withdraws",
    "patrons_withdraw",
    "russia_withdraws",
    "russia_distracted",
    "sanctions_lifted",
    "turkey_and_opposition_advance",
    "us_leaves",
    "what_followed",
)


@pytest.mark.parametrize("name", EVENTS_ONLY)
def test_it_is_the_baseline_until_its_first_event(name: str) -> None:
    """A scenario of events alone is the baseline to the bit before its first event, and no longer at the end."""
    first = min(event.month for event in load_scenario(SCENARIOS[name]).events)
    plain, scenario = told("baseline", 24).whole, told(name, 24).whole
    assert all(np.array_equal(plain[m][:first], scenario[m][:first]) for m in plain)
    assert any(not np.array_equal(plain[m][-1], scenario[m][-1]) for m in plain)
