"""Goals in words: how unmet each is and where it is at stake, as the docstring of its `appraise` says, and what serves it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from sim.model.actors.actor import goals_by_section
from sim.model.actors.goals import Goal
from sim.model.actors.partner import PartnerActor
from sim.model.registry import ACTORS, PARAMETERS
from sim.model.state.dimensions import key
from sim.model.state.parameters import ParameterValue
from sim.provenance.code_index import hints

FORM = re.compile(r"Unmet (?:as far as|while) (?P<unmet>[^;]+); (?P<at_stake>at stake [^;]+)\.")
INTERESTS = ".interests."
GOALS = goals_by_section(ACTORS)
_PARTNERS = {actor.section for actor in ACTORS if issubclass(actor, PartnerActor)}


@dataclass(frozen=True)
class GoalText:
    """`unmet` completes "unmet as far as", `at_stake` begins with "at stake", `served_by` names instruments and, where so, force."""

    unmet: str
    at_stake: str
    served_by: str


def goal_of(path: str) -> Goal | None:
    """The goal that a parameter weighs; None for a parameter that is no weight of a goal."""
    section, _, name = path.partition(INTERESTS)
    return next((goal for goal in GOALS.get(section, ()) if goal.name == name), None)


def goal_text(section: str, goal: Goal) -> GoalText | None:
    """A goal of an actor in words; None if its docstring has not the form "Unmet as far as ...; at stake ..."."""
    found = FORM.match(" ".join((goal.appraise.__doc__ or "").split()))
    if found is None:
        return None
    served = [key(instrument) for instrument in goal.instruments] + ["force of its groups"] * goal.by_force
    contested = goal.contested or section not in _PARTNERS
    return GoalText(found["unmet"], found["at_stake"], ", ".join(served) + ("" if contested else " (no stake in talks)"))


def interests_classes() -> dict[str, type]:
    """The classes that declare weights of interests, by actor."""
    by_actor = {section: hints(parameters).get("interests") for section, parameters in hints(PARAMETERS).items()}
    return {section: interests for section, interests in by_actor.items() if interests is not None}


def pursued(setting: ParameterValue) -> bool:
    """Whether a weight of an interest may be more than nothing."""
    return setting.value != 0.0 or setting.range is not None


def misfits() -> Iterator[str]:
    """Weights without a goal, goals without a weight, and goals whose docstring does not say how unmet they are and where at stake."""
    declared = interests_classes()
    for section in dict.fromkeys((*declared, *GOALS)):
        weights = {field.name for field in fields(declared[section])} if section in declared else set()
        names = [goal.name for goal in GOALS.get(section, ())]
        for name in sorted(weights ^ set(names)):
            lacks = "goal" if name in weights else "weight"
            yield f"{section}{INTERESTS}{name} has no {lacks}: weights of interests and goals go together, by name."
        for goal in GOALS.get(section, ()):
            if goal_text(section, goal) is None:
                yield f'{section}{INTERESTS}{goal.name}: its appraise does not say "Unmet as far as ...; at stake ...".'
