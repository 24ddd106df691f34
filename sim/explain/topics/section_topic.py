"""A section of parameters, such as `coordinate` or `iran.interests`: what it is and the numbers below it.

The whole section of an actor is told with the actor.
"""

from sim.explain.answer import Answer, Kind, answer, passage
from sim.explain.topics.actor_topic import SECTIONS
from sim.explain.topics.phrases import parameter_lines
from sim.provenance.register import Register
from sim.provenance.usage import declaration, declaration_location


def names(register: Register) -> dict[str, str]:
    """Every path above a parameter, actors aside."""
    paths = register.baseline.settings
    above = {path.rsplit(".", n)[0] for path in paths for n in range(1, path.count(".") + 1)}
    return {section: section for section in sorted(above - set(SECTIONS))}


def describe(register: Register, section: str) -> Answer:
    """The parameters of a section, one a line."""
    below = f"{section}."
    inside = [setting for path, setting in register.baseline.settings.items() if path.startswith(below)]
    assumed = sum(setting.grade == "assumed" for setting in inside)
    direct = [setting.path for setting in inside if "." not in setting.path.removeprefix(below)]
    classes = [declaration(path)[0] for path in direct[:1]]
    said = [(one.__doc__ or "").strip().split("\n")[0] for one in classes]
    places = [f"Declared in {declaration_location(path, register.project).file}." for path in direct[:1]]
    return answer(
        f"{section}, a section of {len(inside)} parameters",
        passage("", [*said, *places, f"{assumed} of {len(inside)} are assumed by us."]),
        passage("Its parameters", parameter_lines(register, below)),
    )


KIND = Kind("section", names, describe)
