"""What a scenario says of itself when it is printed: its question, where it comes from, and what it changes."""

import re
from collections.abc import Iterator
from itertools import groupby
from textwrap import shorten

from sim.model.state.parameters import Change
from sim.scenario.parameter_changes import change_words
from sim.scenario.scenario import Scenario, ScriptedEvent, assumed_share
from sim.scenario.scenario_file import BASIS_WORDS
from sim.text.number_format import count, percent
from sim.text.printed_lines import MOST_NAMES, wrapped

_LONGEST_REASON = 120  # characters
_ADDRESS = re.compile(r" ?\(?https?://[^\s)]*\)?")


def scenario_summary(scenario: Scenario) -> str:
    """A few lines on a scenario."""
    return wrapped(_lines(scenario))


def _lines(scenario: Scenario) -> Iterator[str]:
    yield f"Scenario {scenario.name}: {scenario.question}"
    parent = f"extends {scenario.extends}" if scenario.extends else "extends nothing"
    basis = f"{scenario.basis} ({BASIS_WORDS[scenario.basis]})" if scenario.basis in BASIS_WORDS else scenario.basis
    yield f"  Basis: {basis}; {parent}; {scenario.months:,} months from {scenario.start}."
    for because, entries in groupby(scenario.sets[:MOST_NAMES], key=lambda entry: entry.because):
        yield f"  From the start: {', '.join(_change(entry.path, entry.change) for entry in entries)}{_reason(because)}"
    yield from _more(len(scenario.sets), "change", ".sets")
    for event in scenario.events[:MOST_NAMES]:
        yield f"  {_when(event)}: {', '.join(_change(*change) for change in event.changes)}{_reason(event.because)}"
    yield from _more(len(scenario.events), "event", ".events")
    if scenario.extends and not scenario.sets and not scenario.events:
        yield "  Changes nothing."
    notices = f"; {count(len(scenario.notices), 'notice')} (.notices)" if scenario.notices else ""
    yield f"  {len(scenario.settings):,} parameters (.settings), {percent(assumed_share(scenario))} of them assumed{notices}."


def _change(path: str, change: Change) -> str:
    return f"{path} {change_words(change)}"


def _reason(because: str) -> str:
    """A reason in brackets, without addresses of pages and no longer than a line or two."""
    return f" ({shorten(_ADDRESS.sub('', because), _LONGEST_REASON, placeholder=' ...')})" if because else ""


def _when(event: ScriptedEvent) -> str:
    """From when an event applies, and for how long where that is known."""
    return f"From {event.date}" + (f" for {count(event.until - event.month, 'month')}" if event.until is not None else "")


def _more(n: int, noun: str, where: str) -> Iterator[str]:
    if n > MOST_NAMES:
        yield f"  ... and {count(n - MOST_NAMES, f'more {noun}')} ({where})"
