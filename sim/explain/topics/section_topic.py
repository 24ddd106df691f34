"""A section of parameters, such as `coordinate` or `iran.interests`: what it is and its parameters.

The section of an actor is described with the actor.
"""

from sim.explain.answer import Answer, Topic, answer, passage
from sim.explain.topics.actor_topic import SECTIONS, not_pursued, want_line
from sim.explain.topics.phrases import parameter_line, settings_below
from sim.provenance.goal_texts import INTERESTS, pursued
from sim.provenance.register import Register
from sim.provenance.usage import declaration, declaration_location


def names(register: Register) -> dict[str, str]:
    """Every path above a parameter, except actors."""
    paths = register.baseline.settings
    above = {path.rsplit(".", n)[0] for path in paths for n in range(1, path.count(".") + 1)}
    return {section: section for section in sorted(above - set(SECTIONS))}


def describe(register: Register, section: str) -> Answer:
    """The parameters of a section, one a line."""
    settings = settings_below(register, f"{section}.")
    wants = f"{section}.".endswith(INTERESTS)
    assumed = sum(setting.grade == "assumed" for setting in settings)
    opening = [f"{assumed} of {len(settings)} are our assumptions."]
    direct = next((setting.path for setting in settings if "." not in setting.path.removeprefix(f"{section}.")), None)
    if direct is not None:
        summary = (declaration(direct)[0].__doc__ or "").strip().split("\n")[0]
        opening = [summary, f"Declared in {declaration_location(direct, register.project).file}.", *opening]
    return answer(
        f"{section}, a section of {len(settings)} parameters",
        passage("", opening),
        passage("Its parameters", map(want_line if wants else parameter_line, [one for one in settings if not wants or pursued(one)])),
        passage("Not pursued (weight 0)", not_pursued(settings) if wants else ()),
    )


TOPIC = Topic("section", names, describe)
