"""Tables of interests: what an actor wants, how much, where the report says so, where it is at stake and what serves it.

Where an interest is at stake, and what it moves, is written in the docstring of the actor's `Interests`; instruments are those of the
partner's `interests`, taken from a model of one world.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from inspect import cleandoc

from sim.documentation.generated_blocks import code, table
from sim.explain.topics.actor_topic import SECTIONS
from sim.explain.topics.phrases import settings_below, value_and_range
from sim.model.actors.interests import Interest
from sim.model.actors.partner import PartnerActor
from sim.model.registry import PARAMETERS
from sim.model.state.parameters import ParameterValue
from sim.provenance.claim_index import numbers
from sim.provenance.code_index import hints
from sim.provenance.register import Register
from sim.scenario import Scenario
from sim.simulation import Spheres

TEXT = re.compile(r"(\w+): (?:unmet as far as (.+?); )?at stake (.+?)(?:; (?:also served by|moves) (.+))?")


@dataclass(frozen=True)
class Stake:
    """An interest in words: `need`, how far it is unmet (partners); where it is at stake; what else serves it, or what it moves."""

    need: str
    where: str
    serves: str


def sections() -> dict[str, type]:
    """The classes that declare interests, by actor."""
    by_actor = {section: hints(parameters).get("interests") for section, parameters in hints(PARAMETERS).items()}
    return {section: interests for section, interests in by_actor.items() if interests is not None}


def stakes(interests: type) -> dict[str, Stake]:
    """The interests that a class describes in its docstring, by name."""
    described = cleandoc(interests.__doc__ or "").partition("\n\n")[2]
    entries = re.split(r"\n(?=\w)", re.sub(r"\n {4}", " ", f"\n{described.rstrip()}"))
    matches = [TEXT.fullmatch(entry) for entry in entries if entry.strip()]
    return {found[1]: Stake(found[2] or "", found[3], found[4] or "") for found in matches if found}


def _wants(scenario: Scenario, section: str) -> dict[str, Interest]:
    """The wants of a partner by name, as it states them in a model of one world; none for other actors."""
    if not issubclass(SECTIONS[section], PartnerActor):
        return {}
    model = Spheres(scenario, worlds=1, months=1)
    try:
        partner = next(agent for agent in model.agents if isinstance(agent, PartnerActor) and agent.section == section)
        return {want.name: want for want in partner.interests(model.ensemble, partner.parameters(model.p))}
    finally:
        model.close()


def unfit() -> Iterator[str]:
    """Interests that are not described, and descriptions of none."""
    for section, interests in sections().items():
        for name in sorted({field.name for field in fields(interests)} ^ set(stakes(interests))):
            yield f"{interests.__module__}: Interests does not say where {section}.interests.{name} is at stake, or has no such interest."


def interests(register: Register, section: str) -> str:
    """The interests of an actor."""
    wants = _wants(register.baseline, section)
    last = ("unmet as far as", "at stake", "served by") if wants else ("at stake", "what it moves")
    head = ("interest", "what it is", "weight (range)", "grade", "claims", *last)
    described = stakes(sections()[section])
    settings = {setting.path.rsplit(".", 1)[1]: setting for setting in settings_below(register, f"{section}.interests.")}
    return table(head, (_row(name, setting, described[name], wants.get(name)) for name, setting in settings.items()))


def _row(name: str, setting: ParameterValue, stake: Stake, want: Interest | None) -> tuple[str, ...]:
    meaning = setting.meaning.split(" (")[0]
    claims = ["ours"] * ("(ours" in setting.meaning) + sorted(numbers(f"{setting.source} {setting.meaning}"))
    first = (code(name), meaning, value_and_range(setting), setting.grade, ", ".join(claims))
    if want is None:
        return *first, stake.where, stake.serves
    served = [instrument.name.lower().replace("_", " ") for instrument in want.instruments] + [stake.serves] * bool(stake.serves)
    served += ["force of its groups"] * want.by_force
    return *first, stake.need, stake.where, ", ".join(served) + ("" if want.contested else " (no stake in bargains)")
