"""Tables of interests: what an actor wants, how much, where the report says so, how unmet it is, where at stake and what serves it."""

from collections.abc import Iterator

from sim.documentation.generated_blocks import code, table
from sim.explain.topics.phrases import settings_below, value_and_range
from sim.model.state.parameters import ParameterValue
from sim.provenance.claim_index import numbers, without_claims
from sim.provenance.goal_texts import INTERESTS, goal_of, goal_text, interests_classes, misfits, pursued
from sim.provenance.register import Register

HEAD = ("interest", "what it is", "weight (range)", "grade", "claims", "unmet as far as", "at stake", "served by")


def sections() -> tuple[str, ...]:
    """The actors that have interests."""
    return tuple(interests_classes())


def unfit() -> Iterator[str]:
    """Interests that are not described, and goals that weigh nothing."""
    yield from misfits()


def interests(register: Register, section: str) -> str:
    """The interests of an actor that it may pursue, and in one line those that it does not."""
    settings = settings_below(register, f"{section}{INTERESTS}")
    made = table(HEAD, (_row(section, setting) for setting in settings if pursued(setting)))
    left = ", ".join(code(_name(setting)) for setting in settings if not pursued(setting))
    return f"{made}\n\nNot pursued (weight 0): {left}." if left else made


def _name(setting: ParameterValue) -> str:
    return setting.path.rsplit(".", 1)[1]


def _row(section: str, setting: ParameterValue) -> tuple[str, ...]:
    claims = ["ours"] * ("(ours" in setting.meaning) + sorted(numbers(f"{setting.source} {setting.meaning}"))
    first = (code(_name(setting)), without_claims(setting.meaning), value_and_range(setting), setting.grade, ", ".join(claims))
    goal = goal_of(setting.path)
    text = goal_text(section, goal) if goal is not None else None
    return (*first, *((text.unmet, text.at_stake.removeprefix("at stake "), text.served_by) if text is not None else ("", "", "")))
