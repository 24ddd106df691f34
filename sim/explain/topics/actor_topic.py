"""An actor: what it wants and why we think so, what else governs it, who follows it, and where it decides."""

import inspect
from collections.abc import Sequence

from sim.explain.answer import Answer, Topic, answer, passage
from sim.explain.topics.phrases import claim_lines, goal_lines, in_a_line, parameter_line, plain, settings_below
from sim.model.registry import ACTORS
from sim.model.state.parameters import ParameterValue
from sim.provenance.goal_texts import INTERESTS, pursued
from sim.provenance.project_paths import file_of
from sim.provenance.register import Register
from sim.text.names import with_article
from sim.text.number_format import capital

SECTIONS = {actor.section: actor for actor in ACTORS}


def names(register: Register) -> dict[str, str]:
    """Actors by their section, and by it in words."""
    return {plain(section): section for section in SECTIONS} | {section: section for section in SECTIONS}


def describe(register: Register, section: str) -> Answer:
    """Who it is, taken from its own file."""
    actor = SECTIONS[section]
    module = inspect.getdoc(inspect.getmodule(actor)) or ""
    line = inspect.getsourcelines(actor)[1]
    settings = settings_below(register, f"{section}.")
    wants = [setting for setting in settings if INTERESTS in setting.path]
    texts = " ".join((module, *(f"{setting.source} {setting.meaning}" for setting in wants if pursued(setting))))
    return answer(
        f"{capital(with_article(section))} ({section}), an actor with {len(settings)} parameters",
        passage("", [" ".join(module.split()), f"It decides in {file_of(actor)}:{line} {actor.__name__}, on what it saw last month."]),
        passage(
            "What it wants (weights, scaled to sum to 1 in every world)", [want_line(setting) for setting in wants if pursued(setting)]
        ),
        passage("What it does not pursue (weight 0)", not_pursued(wants)),
        passage("How it acts", [parameter_line(setting) for setting in settings if setting not in wants]),
        passage("Armed groups that follow it", _groups(register, section)),
        passage("What the report says", claim_lines(register, texts)),
    )


def want_line(setting: ParameterValue) -> str:
    """An interest with its weight, how unmet it is and where it is at stake."""
    return " ".join((f"{parameter_line(setting)}.", *goal_lines(setting)[:1]))


def not_pursued(wants: Sequence[ParameterValue]) -> list[str]:
    """The interests that an actor does not pursue, in a line."""
    left = [setting.path.rsplit(".", 1)[1] for setting in wants if not pursued(setting)]
    return [", ".join(left)] if left else []


def _groups(register: Register, section: str) -> list[str]:
    table = register.baseline.start_state["groups"]
    return [f"{group['name']} ({key}): {in_a_line(str(group['source']))}" for key, group in table.items() if group["leader"] == section]


TOPIC = Topic("actor", names, describe)
