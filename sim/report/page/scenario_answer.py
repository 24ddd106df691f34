"""The first screen of the page for a chosen scenario: three sentences on what it changes and what follows, and its outcomes as bars."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.compare.comparison import Comparison, EventFacts, ParameterDifference
from sim.model.observation.measure_catalogue import OUTCOME_WORDS
from sim.report.figures import influence_tiles, outcome_intervals, ranked_differences
from sim.report.figures.data import comparison_text
from sim.report.figures.data.class_indices import ClassIndex, class_indices, index_behind, moved_shares
from sim.report.figures.data.figure_data import Results
from sim.report.page import answer_bars
from sim.report.page.answer_bars import IndexBar, OutcomeBar
from sim.report.text import figure_headlines
from sim.report.text.threshold_sentences import index_moves, limits_text, with_other_thresholds
from sim.text.number_format import capital, count, month

_NAMED, _SHIFTS = 2, 2  # parameters and shifts of influence that a sentence names
_CLAIMS = re.compile(r" \((?:R\d|ours)[^()]*\)")  # on which claims of the report a parameter rests
_RANGE = re.compile(r" \([^()]* to [^()]*\)")  # in which worlds draw it
_ADDRESS = re.compile(r"\s*\(?https?://[^\s)]*\)?")


@dataclass(frozen=True)
class Answer:
    """The sentences: what the scenario changes, what follows for the outcome (the index behind it included), where influence moves.

    `bars`: a row for each outcome; `indices`: a row for each index behind classes; `note`: the classes with other thresholds.
    """

    changes: str
    outcome: str
    influence: str
    bars: tuple[OutcomeBar, ...]
    indices: tuple[IndexBar, ...]
    note: str


def answer(c: Comparison, results: Results, scenario: str, has_others: bool = True) -> Answer:
    """The answer of one scenario; `has_others`: whether there are others to compare it with."""
    is_reference = scenario == c.against
    indices = class_indices(c, scenario)
    moved = None if is_reference else outcome_intervals.moved_most(c, scenario)
    return Answer(
        changes=_changes(c, scenario, has_others),
        outcome=" ".join([outcome_intervals.answer(c, scenario), *(_index(c, scenario, moved, indices) if moved else ())]),
        influence=_since_the_start(results, scenario) if is_reference else ranked_differences.influence_summary(c, scenario, _SHIFTS),
        bars=answer_bars.outcome_bars(c, scenario),
        indices=answer_bars.index_bars(indices),
        note=_other_thresholds(c, scenario, moved or outcome_intervals.likeliest(c, scenario)),
    )


def _changes(c: Comparison, scenario: str, has_others: bool) -> str:
    """What a scenario sets otherwise, in a sentence or two."""
    about = c.about[scenario]
    said = []
    if scenario == c.against:
        said = ["Nothing: it is the reference scenario, with which all others are compared." if has_others else "The only scenario shown."]
    elif not about.sets and not about.events:
        return f"Nothing: it has the same parameter values as {comparison_text.against(c)} and no scripted events."
    if about.sets:
        named = [_set(one) for one in about.sets[:_NAMED]]
        more = len(about.sets) - len(named)
        named += [f"and {count(more, 'further parameter')}"] if more else []
        said.append(f"{capital('; '.join(named))}.")
    if about.events:
        said.append(_events(about.events))
    return " ".join(said)


def _set(one: ParameterDifference) -> str:
    """`Israel's strikes a month: 4.3 → 12.9 strikes per month`, without ranges and claims, which stand in the list of scenarios."""
    before, after = (_RANGE.sub("", text) for text in (one.before, one.after))
    return f"{_CLAIMS.sub('', one.meaning)}: {before} → {after}{f' {one.unit}' if one.unit else ''}"


def _events(events: tuple[EventFacts, ...]) -> str:
    """The first scripted event, and how many there are until when."""
    first, last = events[0], events[-1]
    because = _ADDRESS.sub("", first.because).rstrip(" .;,")
    said = f"From {month(first.date)}: {capital(because)}" if because else f"It begins in {month(first.date)}"
    if len(events) == 1:
        return f"{said}."
    more = count(len(events) - 1, "further scripted event")
    return f"{said}; {more} until {month(last.date)}."


def _index(c: Comparison, scenario: str, outcome: str, indices: Sequence[ClassIndex]) -> Iterator[str]:
    """How the index behind a class differs, beside that class."""
    name, words = index_behind(c, scenario, outcome), OUTCOME_WORDS[outcome]
    for index in indices:
        if index.name == name and not math.isnan(index.difference):
            own = {said: value for said, value in index.limits if said.split()[0] == words.split()[0]} or dict(index.limits)
            is_near = any(index.middle[0] <= limit <= index.middle[1] for limit in own.values())
            moved = index.against, index.mean, index.size, index.status
            yield index_moves(words, index.words, *moved, limits_text(own), is_near)


def _other_thresholds(c: Comparison, scenario: str, outcome: str) -> str:
    """A class with every threshold moved: the one that changes most, or else the likeliest."""
    here, there = (moved_shares(c, name, outcome) for name in (scenario, c.against))
    if here is None:
        return ""
    return with_other_thresholds(OUTCOME_WORDS[outcome], here, None if scenario == c.against else there, comparison_text.against(c))


def _since_the_start(results: Results, scenario: str) -> str:
    """Where influence moves most since the first month, in a scenario that is compared with none."""
    if scenario not in results.influence:
        return ""
    changes = influence_tiles.largest_changes(results, scenario, _SHIFTS)
    start = month(results.influence[scenario].months[0])
    return f"Largest shifts of influence since {start}: {figure_headlines.influence(changes, None)}." if changes else ""
