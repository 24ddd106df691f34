"""What the page shows about a chosen scenario, in order: one entry a figure. A new figure is a new entry, and nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import pandas as pd

from sim.compare.comparison import Comparison
from sim.report import indices, map, tables, tiles, words
from sim.report.page import numbers
from sim.report.tables import Results

Choice = Literal["", "month", "province", "index"]  # what a reader chooses within a section, besides the scenario


@dataclass(frozen=True)
class Source:
    """What figures are made of: the comparison, and the same as `Results` for those that read them."""

    comparison: Comparison

    @cached_property
    def results(self) -> Results:
        """The comparison as results."""
        return tables.of(self.comparison)

    def is_compared(self, scenario: str) -> bool:
        """Whether a scenario has something to differ from."""
        return self.results.compared_with(scenario) is not None


@dataclass(frozen=True)
class Option:
    """Something to choose within a section: `value` stands in the page's address, `words` in its control."""

    value: str
    words: str


@dataclass(frozen=True)
class Section:
    """A figure of a chosen scenario.

    `heading` says what it is about and `answers` the question that it answers, in words; `reading` is how to read it. `options` are
    what can be chosen besides the scenario (one with the value "" where `choice` is empty; none where a scenario has no such figure,
    for which `without` gives the reason). `make` gives the Vega-Lite spec and `numbers` the table behind it, for (source, scenario,
    the chosen value).
    """

    id: str
    heading: str
    answers: str
    reading: str
    make: Callable[[Source, str, str], dict[str, Any]]
    numbers: Callable[[Source, str, str], pd.DataFrame]
    choice: Choice = ""
    options: Callable[[Source, str], Sequence[Option]] = lambda _source, _scenario: (Option("", ""),)
    without: str = ""


NOT_COMPARED = "This is the scenario with which the others are compared, or there is nothing to compare it with. Choose another one."


def months(source: Source, scenario: str) -> list[Option]:
    """The months for which spheres are known: the start, every year, the horizon."""
    return [Option(month, words.month(month)) for month in source.results.moments[scenario]]


def provinces(source: Source, _scenario: str) -> list[Option]:
    """All provinces by name."""
    return [Option(iso, name) for iso, name in sorted(source.comparison.names.items(), key=lambda item: item[1])]


def compared(source: Source, scenario: str) -> list[Option]:
    """The one figure of a scenario that differs from another, or none."""
    return [Option("", "")] if source.is_compared(scenario) else []


SECTIONS: tuple[Section, ...] = (
    Section(
        id="map",
        heading="Who leads in which province",
        answers="Whose sway is likeliest in each province, and how many invented worlds agree?",
        reading="Colour shows the likeliest sphere, paleness doubt: the paler a province, the fewer worlds agree.",
        make=lambda source, scenario, month: map.figure(source.results, scenario, month),
        numbers=lambda source, scenario, month: numbers.spheres(source.comparison, scenario, month),
        choice="month",
        options=months,
    ),
    Section(
        id="provinces",
        heading="How influence moves in every province",
        answers="How is influence divided in each province, from the first month to the last?",
        reading="Each panel is a province, roughly where it lies on the map. Iran's share grows from the bottom, Russia's from the top; what "
        "lies between belongs to the government and all others.",
        make=lambda source, scenario, _: tiles.figure(source.results, scenario),
        numbers=lambda source, scenario, _: numbers.influence(source.comparison, scenario),
    ),
    Section(
        id="differences",
        heading="What the scenario changes most",
        answers="Which indices end differently than in the scenario compared with, and how sure is that?",
        reading="A bar that does not touch zero is a difference that the number of worlds can tell from noise. Many differences are looked "
        "at together here; the table gives Holm's correction for that.",
        make=lambda source, scenario, _: indices.figure(source.results, scenario),
        numbers=lambda source, scenario, _: numbers.differences(source.comparison, scenario, ("index",)),
        options=compared,
        without=NOT_COMPARED,
    ),
)
