"""What can be found by its words: each thing with its names, its meaning, where it comes from, and the line that is printed of it."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sim.experiment.recording.effort_measures import EFFORTS
from sim.explain.topics.actor_topic import SECTIONS
from sim.explain.topics.measure_topic import SCALES
from sim.explain.topics.outcome_class_topic import SPHERE_MEANINGS
from sim.explain.topics.phrases import in_a_line, measure_range, parameter_line, plain
from sim.model.observation.measure_catalogue import OUTCOME_MEANINGS, SPHERES, TERRITORY_MEANINGS
from sim.provenance.register import Register
from sim.text.names import with_article

PARAMETER, MEASURE, OUTCOME, CLAIM, ACTOR, GROUP, SCENARIO = KINDS = (
    *("parameter", "measure", "outcome", "claim", "actor", "armed group", "scenario"),
)


@dataclass(frozen=True)
class Findable:
    """A thing of a kind: what `spheres explain` calls it, the words of its names, meaning and source, and its line."""

    kind: str
    key: str
    names: str
    meaning: str
    source: str
    line: str


def findables(register: Register) -> Iterator[Findable]:
    """Everything, in the order of KINDS and of the files."""
    yield from _parameters(register)
    yield from _measures()
    yield from _outcomes()
    for number, claim in register.claims.items():
        text = f"{claim.statement} {claim.reading}"
        yield Findable(CLAIM, number, number, text, claim.claim_type, f"{number} ({claim.claim_type}): {in_a_line(claim.statement)}")
    yield from _actors(register)
    for name, scenario in register.scenarios.items():
        reasons = " ".join((*(one.because for one in scenario.sets), *(one.because for one in scenario.events)))
        changed = " ".join((*(one.path for one in scenario.sets), *(path for one in scenario.events for path, _ in one.changes)))
        file = register.project.shown(Path(scenario.file))
        yield Findable(
            SCENARIO, name, plain(name), scenario.question, f"{reasons} {changed}", f"{name}: {in_a_line(scenario.question)} ({file})"
        )


def _parameters(register: Register) -> Iterator[Findable]:
    for path, setting in register.baseline.settings.items():
        line = f"{parameter_line(setting)}. Source: {in_a_line(setting.source, 110)}"
        yield Findable(PARAMETER, path, plain(path), f"{setting.meaning} {setting.unit}", f"{setting.source} {setting.grade}", line)


def _measures() -> Iterator[Findable]:
    for scale, measures in (*SCALES, ("mean over the run", EFFORTS)):
        for measure in measures:
            line = f"{measure.name} ({scale}; {measure.unit}, {measure_range(measure)}): {measure.meaning}"
            yield Findable(MEASURE, measure.name, plain(measure.name), measure.meaning, measure.unit, line)


def _outcomes() -> Iterator[Findable]:
    spheres = {name: SPHERE_MEANINGS.get(name, f"{with_article(name)} clearly leads all others together") for name in SPHERES}
    for what, meanings in (("an outcome", OUTCOME_MEANINGS), ("a class of territory", TERRITORY_MEANINGS), ("a sphere", spheres)):
        for name, meaning in meanings.items():
            yield Findable(OUTCOME, name, plain(name), meaning, what, f"{name}, {what}: {meaning}")


def _actors(register: Register) -> Iterator[Findable]:
    for section, actor in SECTIONS.items():
        about = " ".join((inspect.getdoc(inspect.getmodule(actor)) or "").split())
        yield Findable(ACTOR, section, f"{plain(section)} {with_article(section)}", about, "", f"{section}: {in_a_line(about)}")
    for key, group in register.baseline.start_state["groups"].items():
        name, source = str(group["name"]), str(group["source"])
        about = f"follows {with_article(str(group['leader']))}"
        yield Findable(GROUP, key, f"{plain(key)} {name}", about, source, f"{name} ({key}), {about}: {in_a_line(source)}")
