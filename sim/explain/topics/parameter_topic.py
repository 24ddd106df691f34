"""A parameter: meaning, value and range, grade and source, where the code uses it, and which scenarios change it."""

from sim.explain.answer import Answer, Topic, answer, passage
from sim.explain.topics.phrases import amount, claim_lines, goal_lines, location, scenario_lines
from sim.model.state.parameters import ParameterValue
from sim.provenance.goal_texts import goal_of
from sim.provenance.register import Register
from sim.provenance.sources import GRADE_MEANINGS, read_source
from sim.provenance.usage import declaration_location, readers
from sim.text.number_format import capital

DEFINITIONS = "definitions."


def names(register: Register) -> dict[str, str]:
    """Parameters by their path."""
    return {path: path for path in register.baseline.settings}


def describe(register: Register, path: str) -> Answer:
    """Everything about one number."""
    setting = register.baseline.settings[path]
    uses = [f"declared in {declaration_location(path, register.project)}"]
    uses += [f"read by {place.explained}" for place in readers(path, register.project)]
    return answer(
        f"{path}, a parameter",
        passage("", [f"{capital(setting.meaning)}.", _value(setting), *_other_starts(register, path)]),
        passage("What it does as a goal", goal_lines(setting)),
        passage("Grade and source", _source(register, setting)),
        passage("What the report says", claim_lines(register, f"{setting.source} {setting.meaning}")),
        passage("Where it is used in the code", uses),
        passage("Scenarios that change it", scenario_lines(register, path)),
    )


def _value(setting: ParameterValue) -> str:
    """Value, range and bounds in words."""
    kind = setting.kind
    bounds = f"Possible values of a {kind.name}: {kind.low:g} to {kind.high:g}."
    if setting.range is None:
        if goal_of(setting.path) is not None:
            return f"Value: {amount(setting)}, without a range: not pursued in the baseline; a scenario may give it a weight. {bounds}"
        fixed = ", because it is part of a definition" if setting.path.startswith(DEFINITIONS) else ""
        return f"Value: {amount(setting)}, the same in every world{fixed}. {bounds}"
    low, high = setting.range
    if low == high:
        return f"Value: {setting.value:g} {setting.unit}, not drawn. {bounds}"
    draws = f"each world draws its own value from {low:g} to {high:g}, half of them below the central value"
    return f"Central value: {setting.value:g} {setting.unit}; {draws}. {bounds}"


def _other_starts(register: Register, path: str) -> list[str]:
    """The number at other starts, where it differs."""
    lines, own = [], register.baseline
    for start in sorted({scenario.start for scenario in register.scenarios.values()} - {own.start}):
        scenario = next(scenario for scenario in register.scenarios.values() if scenario.start == start)
        other = scenario.settings.get(path)
        if other is not None and (other.value, other.range) != (own.settings[path].value, own.settings[path].range):
            lines.append(f"At the start of {start} (scenario {scenario.name}): {amount(other)}. Source: {other.source}")
    return lines


def _source(register: Register, setting: ParameterValue) -> list[str]:
    """Grade and source, and whether the report says anything about it."""
    source = read_source(f"{setting.source} {setting.meaning}")
    ours = setting.grade == "assumed" and not source.claims
    return [
        f"Grade: {setting.grade}, {GRADE_MEANINGS[setting.grade]}.",
        f"{setting.source} ({location(register, setting.file, setting.line)})",
        "The report says nothing about it: the number and the rule behind it are ours." if ours else "",
    ]


TOPIC = Topic("parameter", names, describe)
