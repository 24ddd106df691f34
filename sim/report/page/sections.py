"""What the page shows about a chosen scenario, in order: one entry a figure. A new figure is a new entry, and nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sim.report.figures import (
    contract_shares,
    effort_by_goal,
    effort_places,
    holdings_after_fall,
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
from sim.report.figures.data.figure_data import INDICES
from sim.report.page import effort_tables, figure_tables, section_options, share_tables
from sim.report.page.figure_source import FigureSource
from sim.report.page.section_options import ONLY, Option
from sim.report.page.text_table import TextTable
from sim.statistics.small_samples import LEAST_PAIRS
from sim.text.measure_labels import label

Choice = Literal["", "month", "province", "index"]  # what a reader chooses within a section, besides the scenario


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
    make: Callable[[FigureSource, str, str], dict[str, Any]]
    numbers: Callable[[FigureSource, str, str], TextTable]
    choice: Choice = ""
    options: Callable[[FigureSource, str], Sequence[Option]] = lambda _source, _scenario: (ONLY,)
    without: str = ""


NOT_COMPARED = "This is the reference scenario. Choose another scenario to see how it differs."
NOT_PAIRED = (
    "Transitions are known only between scenarios that are compared world by world. "
    "Choose a scenario that uses the same random numbers as the reference scenario."
)
FEW_FALLEN = "The government has fallen in none of this scenario's worlds, or in fewer than a tenth: too few for a map."
NO_FALLEN = "The government falls in no world of this scenario."
NOT_MEASURED = "These results contain no such series for this scenario."
_FIELDS = ("military", "economic", "diplomatic")
_PARTNERSHIP = (*(f"channel_{f}" for f in _FIELDS), "friction", *(f"friction_{f}" for f in _FIELDS), *(f"incidents_{f}" for f in _FIELDS))
_STRIKES = ("strikes", "strikes_us")


SECTIONS: tuple[Section, ...] = (
    Section(
        id="map",
        short="Map",
        heading="Who leads in which province while the government stands",
        answers="Whose influence is most likely to lead in each province, and how many worlds agree?",
        reading="Colour shows the most likely sphere. The paler a province, the fewer worlds agree. "
        "Worlds in which the government has fallen are left out; they have a map of their own where there are enough of them.",
        make=lambda source, scenario, month: sphere_map.figure(source.results, scenario, month),
        numbers=lambda source, scenario, month: figure_tables.spheres(source.comparison, scenario, month),
        choice="month",
        options=section_options.months,
    ),
    Section(
        id="map_fallen",
        short="Map, fallen",
        heading="Who leads in which province where the government has fallen",
        answers="Whose influence is most likely to lead in each province in the worlds in which the government has fallen?",
        reading="The same map for the other worlds, at the horizon. Compare it with the first: no world is on both.",
        make=lambda source, scenario, _: sphere_map.figure_of_fallen(source.results, scenario),
        numbers=lambda source, scenario, _: figure_tables.spheres_of_fallen(source.comparison, scenario),
        options=section_options.with_fallen_map,
        without=FEW_FALLEN,
    ),
    Section(
        id="holdings",
        short="After a fall",
        heading="What the partners keep after the government's fall",
        answers="Which contracts, fighters, bases and roots does each partner keep where the government has fallen?",
        reading="A contract is kept where the partner itself still holds it. Of fighters and roots, what a province has beyond what it had "
        "before the fall is not counted. All that is lost by the horizon counts, not the fall's own effect alone. Bars compare shares: "
        "amounts stand on the right.",
        make=lambda source, scenario, _: holdings_after_fall.figure(source.comparison, scenario),
        numbers=lambda source, scenario, _: figure_tables.holdings(source.comparison, scenario),
        options=section_options.with_holdings,
        without=NO_FALLEN,
    ),
    Section(
        id="provinces",
        short="Influence",
        heading="How influence changes in each province",
        answers="How is influence divided in each province, from the first month to the last, while the government stands?",
        reading="Each panel is a province, placed roughly where it lies on the map. Iran's share grows from the bottom, Russia's from the "
        "top; what lies between belongs to the government and all others.",
        make=lambda source, scenario, _: influence_tiles.figure(source.results, scenario),
        numbers=lambda source, scenario, _: figure_tables.influence(source.comparison, scenario),
    ),
    Section(
        id="differences",
        short="Changes",
        heading="What the scenario changes most",
        answers="Which indices end up different from the reference scenario, and how certain is that?",
        reading="A bar that does not touch zero is a significant difference if looked at alone (5 %). Many differences are tested here at "
        "once; a filled dot stays significant after Holm's correction for that, and is large enough to matter. Over fewer than "
        f"{LEAST_PAIRS} worlds none is.",
        make=lambda source, scenario, _: ranked_differences.figure(source.comparison, scenario),
        numbers=lambda source, scenario, _: share_tables.differences(source.comparison, scenario, ("index",)),
        options=section_options.compared,
        without=NOT_COMPARED,
    ),
    Section(
        id="places",
        short="Places",
        heading="Where the scenario changes influence most",
        answers="In which provinces does which power gain or lose influence compared with the reference scenario?",
        reading="Differences in a power's share of influence at the horizon, in percentage points, over the worlds in which the government "
        "stands in both scenarios.",
        make=lambda source, scenario, _: ranked_differences.figure_of_influence(source.comparison, scenario),
        numbers=lambda source, scenario, _: share_tables.differences(source.comparison, scenario, ("influence",)),
        options=section_options.compared,
        without=NOT_COMPARED,
    ),
    Section(
        id="ends",
        short="Outcomes",
        heading="How the scenario's worlds end",
        answers="How often does each outcome occur in this scenario, and how precise is that share?",
        reading="Shares are of all worlds; one in which the government has fallen is of no class between the partners. Shares "
        "whose intervals overlap may still differ: compared world by world, a difference is more precise than "
        "either share.",
        make=lambda source, scenario, _: outcome_intervals.figure(source.comparison, scenario),
        numbers=lambda source, scenario, _: share_tables.scenario_shares(source.comparison, scenario),
    ),
    Section(
        id="flows",
        short="Transitions",
        heading="Which worlds end differently",
        answers="Of the worlds that end in one outcome in the reference scenario, how do the same worlds end here?",
        reading="Left: outcomes in the reference scenario. Right: outcomes of the same worlds here. The wider a band, the more worlds.",
        make=lambda source, scenario, _: outcome_transitions.figure(source.comparison, scenario),
        numbers=lambda source, scenario, _: figure_tables.transitions(source.comparison, scenario),
        options=section_options.paired,
        without=NOT_PAIRED,
    ),
    Section(
        id="indices",
        short="Index",
        heading="One index over time",
        answers="How does an index of the whole country change over time, and how widely do worlds vary?",
        reading="The line is the mean over the worlds in which the government stands in that month; the bands hold the middle half "
        "and the middle 90 % of these worlds. A single world may move far more than the mean.",
        make=lambda source, scenario, index: index_over_time.figure(source.comparison_of("index", index), scenario, index),
        numbers=lambda source, scenario, index: figure_tables.index_series(
            source.yearly, scenario, source.comparison.against, INDICES[index].name
        ),
        choice="index",
        options=section_options.followed,
        without=NOT_MEASURED,
    ),
    Section(
        id="province",
        short="Province",
        heading="One province over time",
        answers="Who has how much influence in a province, month by month?",
        reading="Shares of influence in this model, means over the worlds in which the government stands in that month.",
        make=lambda source, scenario, iso: province_over_time.figure(source.comparison_of("province", iso), scenario, iso),
        numbers=lambda source, scenario, iso: figure_tables.province_influence(source.comparison_of("province", iso), scenario, iso),
        choice="province",
        options=section_options.provinces,
    ),
    Section(
        id="effort",
        short="Effort",
        heading="What the powers spend their effort on",
        answers="How does each actor divide its effort among what it wants, on average over the run?",
        reading="Each panel is an actor, each bar the share of its effort that a goal gets. Effort goes to a goal by its weight and by how "
        "unmet it is; the unit is the actor's own, so lengths compare goals of an actor, not actors.",
        make=lambda source, scenario, _: effort_by_goal.figure(source.results, scenario),
        numbers=lambda source, scenario, _: effort_tables.by_goal(source.comparison, scenario),
        options=section_options.with_effort,
        without=NOT_MEASURED,
    ),
    Section(
        id="effort_places",
        short="Effort by province",
        heading="Where Russia and Iran spend their effort",
        answers="In which provinces do the two partners spend most, and on what there?",
        reading="A goal's effort counts where the goal is at stake. The shares beside a bar are those of the partner's effort in that "
        "province.",
        make=lambda source, scenario, _: effort_places.figure(source.results, scenario),
        numbers=lambda source, scenario, _: effort_tables.by_province(source.comparison, scenario),
        options=section_options.with_effort_by_province,
        without=NOT_MEASURED,
    ),
    Section(
        id="contracts",
        short="Contracts",
        heading="Who holds the contracts",
        answers="What share of each sector's assets do Russia, Iran and others hold, and what is still open?",
        reading="Shares of a sector's known assets, by number and not by value, where the government stands.",
        make=lambda source, scenario, _: contract_shares.figure(source.comparison, scenario),
        numbers=lambda source, scenario, _: figure_tables.contracts(source.comparison, scenario),
    ),
    Section(
        id="partners",
        short="Partnership",
        heading="Relations between Russia and Iran",
        answers="How strong are the channels between Russia and Iran, how much friction is there, and how often do incidents occur?",
        reading="An incident is a clash of interests within the partnership, military, economic or diplomatic; casualties are not counted.",
        make=lambda source, scenario, _: partnership.figure(source.comparison, scenario),
        numbers=lambda source, scenario, _: figure_tables.series(source.yearly, scenario, {name: label(name) for name in _PARTNERSHIP}),
        options=section_options.measured(*_PARTNERSHIP),
        without=NOT_MEASURED,
    ),
    Section(
        id="strikes",
        short="Strikes",
        heading="How often Israel and the United States strike",
        answers="How many strikes hit Iran-backed presence each month, and in which provinces?",
        reading="Strikes on Iran-backed presence as the model's rules generate them; they do not mark a location within a province.",
        make=lambda source, scenario, _: strikes_over_time.figure(source.comparison, scenario),
        numbers=lambda source, scenario, _: figure_tables.series(source.yearly, scenario, {name: label(name) for name in _STRIKES}),
        options=section_options.measured(*_STRIKES),
        without=NOT_MEASURED,
    ),
)
