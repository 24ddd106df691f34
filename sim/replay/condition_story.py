"""Conditions that a scenario changes, in words: which parameters, how, and why, at the start and when they come to act."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sim.experiment.recording.world_tables import calendar
from sim.model.state.parameters import Change
from sim.replay.sentence import Sentence
from sim.scenario import Scenario
from sim.text.number_format import count

SCRIPTED = "scripted"
MOST_CHANGES = 4  # named in one sentence
_CLAIMS = re.compile(r" \((?:ours; )?R\d+[^()]*\)| \(ours\)")


@dataclass
class Conditions:
    """The changes of a scenario in words, in the order in which they come to act: what a parameter means is said the first time.

    `at_start`: what differs from the first month on, and where what an event changed reverts; `by_event`: what is said of an event, by
    its month and reason.
    """

    at_start: list[Sentence]
    by_event: dict[tuple[int, str], str]


def conditions_of(scenario: Scenario) -> Conditions:
    """The changes of a scenario in words."""
    months, known = calendar(scenario), set[str]()
    reasons: dict[str, dict[str, Change]] = {}
    for entry in scenario.sets:
        reasons.setdefault(entry.because, {})[entry.path] = entry.change
    told = []
    for because, changes in reasons.items():
        why = f": {_ended(because)}" if because else "."
        listed = _listed(changes.items(), scenario, "each world's own value", known)
        told.append(_sentence(months[0], f"From the first month on the scenario changes a condition{why} Changed: {listed}."))
    by_event: dict[tuple[int, str], str] = {}
    for event in sorted(scenario.events, key=lambda event: event.month):
        ends = event.until if event.until is not None and event.until < scenario.months else None
        listed = _listed(event.changes, scenario, "its value at the start", known)
        said = f"{listed}, until {months[ends]}" if ends is not None else listed
        before = by_event.get((event.month, event.because))
        by_event[event.month, event.because] = f"{before}; {said}" if before else f"Changed: {said}"
        if ends is not None:
            paths = ", ".join(dict.fromkeys(path for path, _ in event.changes))
            told.append(_sentence(months[ends], f"The scenario's change of {event.date} ends: {paths}."))
    return Conditions(told, by_event)


def _sentence(month: str, text: str) -> Sentence:
    return Sentence(month, text, (), (), (SCRIPTED,), (month,))


def _ended(text: str) -> str:
    """A text with a full stop, unless it ends as a sentence does."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _listed(changes: Iterable[tuple[str, Change]], scenario: Scenario, own: str, known: set[str]) -> str:
    """Some changes, each as `iran.means.budget (effort a month), 0.6 times its value at the start`; those named become `known`."""
    parts = list(changes)
    said = []
    for path, change in parts[:MOST_CHANGES]:
        meaning = "" if path in known else f" ({_meaning(path, scenario)})"
        said.append(f"{path}{meaning}, {_how(change, own)}")
        known.add(path)
    more = [count(len(parts) - MOST_CHANGES, "other parameter")] if len(parts) > MOST_CHANGES else []
    return "; ".join([*said, *more])


def _meaning(path: str, scenario: Scenario) -> str:
    """What a parameter means, without the claims behind it."""
    return _CLAIMS.sub("", scenario.settings[path].meaning)


def _how(change: Change, own: str) -> str:
    """What becomes of it."""
    if change.how == "range":
        return f"drawn from {change.amount:g} to {change.upper:g}"
    if change.how == "set":
        return f"set to {change.amount:g}"
    if change.how == "scale" and change.amount == 0.0:
        return "brought to nothing"
    if change.how == "scale":
        return f"{change.amount:g} times {own}"
    return f"{abs(change.amount):g} {'more' if change.amount >= 0.0 else 'less'} than {own}"
