"""A scenario: its question, its basis, what it sets and why, its events, and which scenarios extend it."""

from pathlib import Path

from sim.explain.answer import Answer, Topic, answer, passage
from sim.explain.topics.phrases import claim_lines
from sim.provenance.register import Register
from sim.scenario import Scenario
from sim.scenario.parameter_changes import change_words

BASES = {
    "report": "it varies what the report itself says",
    "beyond_report": "it asks about something the report does not cover",
    "hindsight": "it uses what was known only after June 2021",
}


def names(register: Register) -> dict[str, str]:
    """Scenarios by name."""
    return {name: name for name in register.scenarios}


def describe(register: Register, name: str) -> Answer:
    """What a scenario is about and how it differs from what it extends."""
    scenario = register.scenarios[name]
    extending = [f"{other.name}: {other.question}" for other in register.scenarios.values() if other.extends == name]
    opening = [
        scenario.question,
        f"Basis: {scenario.basis.replace('_', ' ')}; {BASES[scenario.basis]}.",
        f"{scenario.months} months from {scenario.start}. File: {register.project.shown(Path(scenario.file))}.",
        f"It extends {scenario.extends}."
        if scenario.extends
        else f"It extends no other: it gives {len(scenario.settings)} parameters itself.",
    ]
    reasons = " ".join((scenario.question, *(setting.because for setting in scenario.sets), *(event.because for event in scenario.events)))
    return answer(
        f"{name}, a scenario",
        passage("", opening),
        passage("What it sets", _sets(scenario)),
        passage("Scripted events", _events(scenario)),
        passage("What the report says", claim_lines(register, reasons)),
        passage("Scenarios that extend it", extending),
    )


def _sets(scenario: Scenario) -> list[str]:
    """Its changes; a reason that several share is given once, after the last of them."""
    lines = []
    for n, setting in enumerate(scenario.sets):
        last = n + 1 == len(scenario.sets) or scenario.sets[n + 1].because != setting.because
        reason = f". Because: {setting.because}" if last and setting.because else ""
        lines.append(f"{setting.path} {change_words(setting.change)} ({scenario.settings[setting.path].meaning}){reason}")
    return lines


def _events(scenario: Scenario) -> list[str]:
    lines = []
    for event in scenario.events:
        changes = "; ".join(f"{path} {change_words(change)}" for path, change in event.changes)
        until = f" for {event.until - event.month} months" if event.until is not None else ""
        lines.append(f"{event.date}{until}: {changes}. Because: {event.because}")
    return lines


TOPIC = Topic("scenario", names, describe)
