"""An actor: what it wants and where that comes from, what leads and follows it, and where it decides."""

import inspect

from sim.explain.answer import Answer, Kind, answer, passage
from sim.explain.topics.phrases import claim_lines, in_a_line, opened, parameter_line, plain
from sim.model.registry import ACTORS
from sim.provenance.register import Register
from sim.text.names import with_article

SECTIONS = {actor.section: actor for actor in ACTORS}


def names(register: Register) -> dict[str, str]:
    """Actors by their section, and by it in words."""
    return {plain(section): section for section in SECTIONS} | {section: section for section in SECTIONS}


def describe(register: Register, section: str) -> Answer:
    """Who it is, by its own file."""
    actor = SECTIONS[section]
    module = inspect.getdoc(inspect.getmodule(actor)) or ""
    file, line = actor.__module__.replace(".", "/") + ".py", inspect.getsourcelines(actor)[1]
    settings = [one for path, one in register.baseline.settings.items() if path.startswith(f"{section}.")]
    wants = [one for one in settings if ".interests." in one.path]
    rest = [one for one in settings if one not in wants]
    texts = " ".join((module, *(f"{one.source} {one.meaning}" for one in wants)))
    return answer(
        f"{opened(with_article(section))} ({section}), an actor with {len(settings)} parameters",
        passage("", [" ".join(module.split()), f"It decides in {file}:{line} {actor.__name__}, on the world of the month before."]),
        passage("What it wants (weights, made to sum to 1 in every world)", map(parameter_line, wants)),
        passage("How it acts", map(parameter_line, rest)),
        passage("Armed groups that follow it", _groups(register, section)),
        passage("What the report says", claim_lines(register, texts)),
    )


def _groups(register: Register, section: str) -> list[str]:
    table = register.baseline.start_state["groups"]
    return [f"{group['name']} ({key}): {in_a_line(str(group['source']))}" for key, group in table.items() if group["leader"] == section]


KIND = Kind("actor", names, describe)
