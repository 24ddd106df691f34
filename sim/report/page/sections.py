"""What the page shows about a chosen scenario, in order: one entry a figure. A new figure is a new entry, and nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, Literal

import pandas as pd

from sim.compare.comparison import Comparison
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.report.figures import (
    contract_shares,
    index_over_time,
    influence_tiles,
    outcome_intervals,
    outcome_transitions,
    partnership,
    province_over_time,
    ranked_differences,
    sphere_map,
    strikes_over_time,
)
from sim.report.figures.data import figure_data
from sim.report.figures.data.figure_data import INDICES, Results
from sim.report.page import figure_tables
from sim.report.text.labels import label
from sim.text import number_format

Choice = Literal["", "month", "province", "index"]  # what a reader chooses within a section, besides the scenario


@dataclass(frozen=True)
class Source:
    """What figures are made of: the comparison, and the same as `Results` for those that read them."""

    comparison: Comparison

    @cached_property
    def results(self) -> Results:
        """The comparison as results."""
        return figure_data.of(self.comparison)

    @cached_property
    def indices(self) -> frozenset[str]:
        """The measures of the whole country that have a course."""
        rows = self.comparison.series
        return frozenset(rows.loc[rows["province"] == COUNTRY, "measure"].astype(str).unique())

    def is_compared(self, scenario: str) -> bool:
        """Whether a scenario has something to differ from."""
        rows = self.comparison.differences
        return bool((rows["scenario"] == scenario).any())

    def near(self, scenario: str) -> "Source":
        """The same with the rows of a scenario and of the one compared with alone, which is quicker to look things up in."""
        c = self.comparison
        frames = {f.name: getattr(c, f.name) for f in fields(c) if isinstance(getattr(c, f.name), pd.DataFrame)}
        kept = tuple(dict.fromkeys([c.against, scenario]))
        rows = {name: frame[frame["scenario"].isin(kept)] for name, frame in frames.items()}
        return Source(replace(c, scenarios=kept, about={name: c.about[name] for name in kept}, **rows))


@dataclass(frozen=True)
class Option:
    """Something to choose within a section: `value` stands in the page's address, `words` in its control."""

    value: str
    words: str


ONLY = Option("", "")


@dataclass(frozen=True)
class Section:
    """A figure of a chosen scenario.

    `short` is a word for it, `heading` says what it is about, `answers` the question that it answers, `reading` how to read it.
    `options` are what can be chosen besides the scenario (one with the value "" where `choice` is empty; none where a scenario has no
    such figure, for which `without` gives the reason). `make` gives the Vega-Lite spec and `numbers` the table behind it, for (source,
    scenario, the chosen value).
    """

    id: str
    short: str
    heading: str
    answers: str
    reading: str
    make: Callable[[Source, str, str], dict[str, Any]]
    numbers: Callable[[Source, str, str], pd.DataFrame]
    choice: Choice = ""
    options: Callable[[Source, str], Sequence[Option]] = lambda _source, _scenario: (ONLY,)
    without: str = ""


NOT_COMPARED = "This is the scenario with which the others are compared. Choose another one to see how it differs."
NOT_PAIRED = "Worlds flow only between scenarios that are compared world by world. Choose one that shares its luck with that."
NOT_MEASURED = "These results have no such series for this scenario."
_FIELDS = ("military", "economic", "diplomatic")
_PARTNERSHIP = (*(f"channel_{f}" for f in _FIELDS), "friction", *(f"friction_{f}" for f in _FIELDS), *(f"incidents_{f}" for f in _FIELDS))
_STRIKES = ("strikes", "strikes_us")
FOLLOWED = (  # the indices that can be followed through time, in the order of the control
    *("overlap", "delimitation", "agreed", "balance", "concentration", "territory_share", "collapsed", "broken"),
    *("channel_military", "channel_economic", "channel_diplomatic", "friction", "incidents", "bargains", "hand_overs"),
    *("dependence_russia", "dependence_iran", "iran_force", "russia_force", "effort_russia", "effort_iran", "supply_iran", "land_route"),
    *("exclusion_force", "strikes", "standing", "settlement_leverage", "contracted", "contracts_russia", "contracts_iran"),
    *("morale", "coffers", "danger", "evasion", "offensives", "attacks_islamic_state"),
)


def months(source: Source, scenario: str) -> list[Option]:
    """The months for which spheres are known: the start, every year, the horizon."""
    return [Option(month, number_format.month(month)) for month in source.results.moments[scenario]]


def provinces(source: Source, _scenario: str) -> list[Option]:
    """All provinces by name."""
    return [Option(iso, name) for iso, name in sorted(source.comparison.names.items(), key=lambda item: item[1])]


def followed(source: Source, _scenario: str) -> list[Option]:
    """The indices that have a course."""
    return [Option(name, number_format.capital(label(name))) for name in FOLLOWED if INDICES[name].name in source.indices]


def compared(source: Source, scenario: str) -> list[Option]:
    """The one figure of a scenario that differs from another, or none."""
    return [ONLY] if source.is_compared(scenario) else []


def paired(source: Source, scenario: str) -> list[Option]:
    """The one figure of a scenario that is compared world by world, or none."""
    return [ONLY] if source.is_compared(scenario) and source.comparison.about[scenario].paired else []


def measured(*names: str) -> Callable[[Source, str], list[Option]]:
    """The one figure of a scenario where all of these measures have a course, or none."""
    return lambda source, _scenario: [ONLY] if source.indices.issuperset(names) else []


SECTIONS: tuple[Section, ...] = (
    Section(
        id="map",
        short="Map",
        heading="Who leads in which province",
        answers="Whose sway is likeliest in each province, and how many invented worlds agree?",
        reading="Colour shows the likeliest sphere, paleness doubt: the paler a province, the fewer worlds agree.",
        make=lambda source, scenario, month: sphere_map.figure(source.results, scenario, month),
        numbers=lambda source, scenario, month: figure_tables.spheres(source.comparison, scenario, month),
        choice="month",
        options=months,
    ),
    Section(
        id="provinces",
        short="Influence",
        heading="How influence moves in every province",
        answers="How is influence divided in each province, from the first month to the last?",
        reading="Each panel is a province, roughly where it lies on the map. Iran's share grows from the bottom, Russia's from the top; "
        "what lies between belongs to the government and all others.",
        make=lambda source, scenario, _: influence_tiles.figure(source.results, scenario),
        numbers=lambda source, scenario, _: figure_tables.influence(source.comparison, scenario),
    ),
    Section(
        id="differences",
        short="Changes",
        heading="What the scenario changes most",
        answers="Which indices end differently than in the scenario compared with, and how sure is that?",
        reading="A bar that does not touch zero is a difference that the number of worlds can tell from noise. Many differences are looked "
        "at together here; a filled dot has passed Holm's correction for that.",
        make=lambda source, scenario, _: ranked_differences.figure(source.comparison, scenario),
        numbers=lambda source, scenario, _: figure_tables.differences(source.comparison, scenario, ("index",)),
        options=compared,
        without=NOT_COMPARED,
    ),
    Section(
        id="places",
        short="Places",
        heading="Where the scenario changes influence most",
        answers="In which provinces does which power gain or lose sway against the scenario compared with?",
        reading="Differences of a power's share of influence at the horizon, in percentage points.",
        make=lambda source, scenario, _: ranked_differences.figure_of_influence(source.comparison, scenario),
        numbers=lambda source, scenario, _: figure_tables.differences(source.comparison, scenario, ("influence",)),
        options=compared,
        without=NOT_COMPARED,
    ),
    Section(
        id="ends",
        short="Outcomes",
        heading="How its worlds end",
        answers="How often does each outcome come in this scenario, and how sure is that share?",
        reading="Two intervals that overlap may still differ: compared world by world, a difference is surer than either share.",
        make=lambda source, scenario, _: outcome_intervals.figure(source.comparison, scenario),
        numbers=lambda source, scenario, _: figure_tables.shares_of(source.comparison, scenario),
    ),
    Section(
        id="flows",
        short="Flows",
        heading="Which worlds end otherwise",
        answers="Of the worlds that end in one outcome there, what becomes of the same worlds here?",
        reading="Left: outcomes in the scenario compared with. Right: outcomes of the same worlds in this one. "
        "A band is as wide as its worlds are many.",
        make=lambda source, scenario, _: outcome_transitions.figure(source.comparison, scenario),
        numbers=lambda source, scenario, _: figure_tables.transitions(source.comparison, scenario),
        options=paired,
        without=NOT_PAIRED,
    ),
    Section(
        id="indices",
        short="Index",
        heading="One index through time",
        answers="How does an index of the whole country move, and how far apart are worlds?",
        reading="The line is the mean over worlds, the band the middle worlds. One world may move far more than the mean.",
        make=lambda source, scenario, index: index_over_time.figure(source.comparison, scenario, index),
        numbers=lambda source, scenario, index: figure_tables.course(source.comparison, scenario, INDICES[index].name),
        choice="index",
        options=followed,
        without=NOT_MEASURED,
    ),
    Section(
        id="province",
        short="Province",
        heading="One province through time",
        answers="Who has how much sway in a province, month by month?",
        reading="Shares of influence (sway) in this model, means over worlds.",
        make=lambda source, scenario, iso: province_over_time.figure(source.comparison, scenario, iso),
        numbers=lambda source, scenario, iso: figure_tables.influence(source.comparison, scenario, iso),
        choice="province",
        options=provinces,
    ),
    Section(
        id="contracts",
        short="Contracts",
        heading="Who holds the contracts",
        answers="Which share of each sector's assets do Russia, Iran and others hold, and what stays open?",
        reading="Shares of the known assets of a sector, counted and not weighed by value.",
        make=lambda source, scenario, _: contract_shares.figure(source.comparison, scenario),
        numbers=lambda source, scenario, _: figure_tables.contracts(source.comparison, scenario),
    ),
    Section(
        id="partners",
        short="Partners",
        heading="How the partners get on",
        answers="How strong are the channels between Russia and Iran, how much friction is there, and how often does it come to incidents?",
        reading="An incident is a clash of interests within the partnership, military, economic or diplomatic; it counts no casualties.",
        make=lambda source, scenario, _: partnership.figure(source.comparison, scenario),
        numbers=lambda source, scenario, _: figure_tables.series(source.comparison, scenario, {name: label(name) for name in _PARTNERSHIP}),
        options=measured(*_PARTNERSHIP),
        without=NOT_MEASURED,
    ),
    Section(
        id="strikes",
        short="Strikes",
        heading="How often Israel and the United States strike",
        answers="How many strikes hit Iran-backed presence each month, and in which provinces?",
        reading="Strikes on Iran-backed presence as the rules make them; no place within a province stands behind them.",
        make=lambda source, scenario, _: strikes_over_time.figure(source.comparison, scenario),
        numbers=lambda source, scenario, _: figure_tables.series(source.comparison, scenario, {name: label(name) for name in _STRIKES}),
        options=measured(*_STRIKES),
        without=NOT_MEASURED,
    ),
)
