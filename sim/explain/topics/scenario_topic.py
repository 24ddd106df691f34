"""A scenario: its question, what it rests on, what it sets and why, its events, and who extends it."""

from pathlib import Path

from sim.explain.answer import Answer, Kind, answer, passage
from sim.explain.topics.phrases import claim_lines
from sim.provenance.register import Register
from sim.scenario import Scenario
from sim.scenario.parameter_changes import change_words

BASES = {
    "report": "it varies what the report itself says",
    "beyond_report": "it asks what the report does not treat",
    "hindsight": "it uses what was known only after June 2021",
}


def names(register: Register) -> dict[str, str]:
    """Scenarios by name."""
    return {name: name for name in register.scenarios}


def describe(register: Register, name: str) -> Answer:
    """What a scenario is about and how it differs from what it extends."""
    scenario = register.scenarios[name]
    heirs = [f"{one.name}: {one.question}" for one in register.scenarios.values() if one.extends == name]
    opening = [
        scenario.question,
        f"Basis: {scenario.basis.replace('_', ' ')}; {BASES[scenario.basis]}.",
        f"{scenario.months} months from {scenario.start}. File: {register.project.shown(Path(scenario.file))}.",
        f"It extends {scenario.extends}." if scenario.extends else f"It is a root: it gives {len(scenario.settings)} parameters itself.",
    ]
    reasons = " ".join((scenario.question, *(one.because for one in scenario.sets), *(event.because for event in scenario.events)))
    return answer(
        f"{name}, a scenario",
        passage("", opening),
        passage("What it sets", _sets(scenario)),
        passage("Events from outside", _events(scenario)),
        passage("What the report says", claim_lines(register, reasons)),
        passage("Scenarios that extend it", heirs),
    )


def _sets(scenario: Scenario) -> list[str]:
    """Its changes, each reason told once, after the last change it stands for."""
    told = []
    for n, one in enumerate(scenario.sets):
        last = n + 1 == len(scenario.sets) or scenario.sets[n + 1].because != one.because
        reason = f". Because: {one.because}" if last and one.because else ""
        told.append(f"{one.path} {change_words(one.change)} ({scenario.settings[one.path].meaning}){reason}")
    return told


def _events(scenario: Scenario) -> list[str]:
    told = []
    for event in scenario.events:
        changes = "; ".join(f"{path} {change_words(change)}" for path, change in event.changes)
        until = f" for {event.until - event.month} months" if event.until is not None else ""
        told.append(f"{event.date}{until}: {changes}. Because: {event.because}")
    return told


KIND = Kind("scenario", names, describe)
