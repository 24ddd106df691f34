"""`columns.csv`: every column of every table, with meaning, unit, range, and the half-width of its bins where it was binned.

The tables of every world (worlds, provinces, groups, starts, years) are those that `spheres export` writes.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sim.experiment.recording.effort_measures import EFFORTS
from sim.experiment.recording.histograms import QUANTILES, scale
from sim.experiment.recording.world_tables import PARAM, START, drawn_paths, group_names, moved_names, world_column
from sim.model.observation.measure_catalogue import (
    OUTCOME_MEANINGS,
    OUTCOMES,
    PROVINCE,
    SPHERES,
    TERRITORIES,
    TERRITORY_MEANINGS,
    WHOLE,
    Measure,
)
from sim.model.state.event_log import KINDS
from sim.scenario import Scenario
from sim.statistics.small_samples import LEAST_PAIRS
from sim.text.csv_text import csv_text

HEADER = ("table", "column", "meaning", "unit", "range", "half_width")
Line = tuple[str, str, str, str, str, str]
_SIGNIFICANCE = (
    "paired t test at 5 % (exact tests where few worlds differ), Holm's correction over all of a kind (outcomes, indices, shares of "
    f"influence ...) in the scenario; never over fewer than {LEAST_PAIRS} pairs"
)


def write_columns(path: Path, scenarios: Sequence[Scenario], draws: bool, factors: Sequence[str] = ()) -> None:
    """Write the description of all tables of a run, of which `factors` are the parameters of a design."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(_worlds(scenarios, draws, factors))
        writer.writerows(_provinces())
        writer.writerows(_groups(scenarios))
        writer.writerows(_starts())
        writer.writerows(_years())
        writer.writerows(_months())
        writer.writerows(_events())
        writer.writerows(_comparison())
        writer.writerows(_precision())
        writer.writerows(_effort())


def add_columns(path: Path, table: str, columns: Mapping[str, tuple[str, str]]) -> None:
    """Add a table that a command writes beside those of a run: meaning and unit of each column."""
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(_line(table, column, *about) for column, about in columns.items())


def at_horizon(measure: Measure) -> tuple[str, str, str]:
    """Meaning, unit and range of a measure at the horizon, where a flow is a sum over the run."""
    if measure.cumulative:
        return f"{measure.meaning}, sum over the run", measure.unit, f"{measure.low:g} and more"
    return measure.meaning, measure.unit, _span(measure)


def _span(measure: Measure) -> str:
    bounded = measure.unit in ("share", "index")
    return f"{measure.low:g} to {measure.high:g}" if bounded and measure.high <= 1 else f"{measure.low:g} and more"


def _line(table: str, column: str, meaning: str, unit: str = "name", span: str = "", half_width: str = "") -> Line:
    return (table, column, csv_text(meaning), csv_text(unit), span, half_width)


def _moved(table: str, name: str, classes: Sequence[str]) -> Iterator[Line]:
    for column, way in zip(moved_names(name), ("lower", "higher"), strict=True):
        yield _line(
            table,
            column,
            f"the {name.removeprefix(START)} if every threshold of its definition were a quarter {way}",
            "class",
            " | ".join(classes),
        )


def _classes(names: Sequence[str], meanings: dict[str, str]) -> str:
    return "; ".join(f"{name}: {meanings[name]}" for name in names)


def _worlds(scenarios: Sequence[Scenario], draws: bool, factors: Sequence[str]) -> Iterator[Line]:
    table = "worlds"
    yield _line(table, "scenario", "name of the scenario")
    yield _line(
        table, "world", "number of the world; the same number has the same random numbers in every scenario", "number", "0 and more"
    )
    yield _line(
        table, "point", "number of its point in the space of parameters: its own, or that of a design's point", "number", "0 and more"
    )
    yield _line(table, "luck", "the world whose random numbers it has: itself, or as a design says", "number", "0 and more")
    yield _line(table, "outcome", f"outcome between the partners. {_classes(OUTCOMES, OUTCOME_MEANINGS)}", "class", " | ".join(OUTCOMES))
    yield _line(
        table,
        "territory",
        f"territory at the horizon. {_classes(TERRITORIES, TERRITORY_MEANINGS)}",
        "class",
        " | ".join(TERRITORIES),
    )
    yield _line(table, "collapse_month", "month in which the government fell; empty where it did not", "month")
    yield _line(table, "breakdown_month", "first month in which the partnership was broken; empty where none", "month")
    yield _line(table, "incident_month", "first month with an incident between the partners; empty where none", "month")
    yield from _moved(table, "outcome", OUTCOMES)
    yield from _moved(table, "territory", TERRITORIES)
    for name, classes in (("outcome", OUTCOMES), ("territory", TERRITORIES)):
        yield _line(table, START + name, f"the {name} if nothing changed after the start", "class", " | ".join(classes))
        yield from _moved(table, START + name, classes)
    for measure in WHOLE:
        yield _line(table, world_column(measure), *at_horizon(measure))
    for measure in EFFORTS:
        yield _line(table, measure.name, *at_horizon(measure))
    for path in drawn_paths(scenarios, draws, factors):
        setting = next(s.settings[path] for s in scenarios if path in s.settings)
        span = f"{setting.range[0]:g} to {setting.range[1]:g}" if setting.range else ""
        yield _line(table, PARAM + path, setting.meaning or f"parameter {path} as the world drew it", setting.unit, span)


def _place(table: str) -> Iterator[Line]:
    yield _line(table, "scenario", "name of the scenario")
    yield _line(table, "world", "number of the world", "number", "0 and more")
    yield _line(table, "province", "province by ISO 3166-2 code")
    yield _line(table, "name", "province by name")


def _provinces() -> Iterator[Line]:
    table = "provinces"
    yield from _place(table)
    yield _line(
        table,
        "sphere",
        "the power that leads clearly in influence; shared between Russia and Iran; else contested",
        "class",
        " | ".join(SPHERES),
    )
    lost = "first month in which government control is at least 0.25 below its start, where it began above 0.5; empty where none"
    yield _line(table, "lost_month", lost, "month")
    yield from _moved(table, "sphere", SPHERES)
    for measure in PROVINCE:
        yield _line(table, measure.name, *at_horizon(measure))


def _groups(scenarios: Sequence[Scenario]) -> Iterator[Line]:
    yield from _place("groups")
    for group in group_names(scenarios):
        yield _line(
            "groups",
            f"force_{group}",
            f"force of {group.replace('_', ' ')} in the province at the horizon",
            "thousand",
            "0 and more",
        )


def _starts() -> Iterator[Line]:
    table = "starts"
    yield from _place(table)
    yield _line(table, "sphere", "the sphere before the first month, as in table `provinces`", "class", " | ".join(SPHERES))
    yield from _moved(table, "sphere", SPHERES)
    for measure in PROVINCE:
        if not measure.cumulative:
            yield _line(table, measure.name, f"{measure.meaning}, before the first month", *at_horizon(measure)[1:])


def _years() -> Iterator[Line]:
    table = "years"
    yield _line(table, "scenario", "name of the scenario")
    yield _line(table, "world", "number of the world", "number", "0 and more")
    yield _line(table, "year", "year of the run, twelve months each (the last may be shorter); 0 is the start", "number", "0 and more")
    for measure in WHOLE:
        taken = "sum over the year" if measure.cumulative else "mean over the months of the year"
        yield _line(table, world_column(measure), f"{measure.meaning}, {taken}", measure.unit, at_horizon(measure)[2])


def _months() -> Iterator[Line]:
    table = "months"
    yield _line(table, "scenario", "name of the scenario")
    yield _line(table, "month", "calendar month", "month")
    yield _line(table, "province", "province by ISO 3166-2 code; SY for the whole country")
    yield _line(table, "measure", "what is measured, see the rows of `months.measure`, and `months.measure.SY` for the whole")
    yield _line(
        table,
        "worlds",
        "worlds that mean and quantiles are over: those in which the government stands in that month (all, for measure collapsed)",
        "count",
        "0 and more",
    )
    yield _line(table, "mean", "mean over those worlds; empty if there are none", "of the measure", "", "0")
    yield _line(
        table, "fallen_mean", "mean over the worlds in which it has fallen by then; empty if there are none", "of the measure", "", "0"
    )
    for name, share in QUANTILES:
        meaning = f"{share} % of worlds lie at or below; the middle of a fixed bin, inexact by at most its half_width (see the measure)"
        yield _line(table, name, meaning, "of the measure")
    for prefix, measures in (("months.measure", PROVINCE), ("months.measure.SY", WHOLE)):
        for measure in measures:
            span = f"bins {measure.low:g} to {measure.high:g}, the end bins also count what lies beyond"
            yield _line(prefix, measure.name, measure.meaning, measure.unit, span, f"{scale(measure).half_width:g}")


def _events() -> Iterator[Line]:
    table = "events"
    yield _line(table, "scenario", "name of the scenario")
    yield _line(table, "month", "calendar month", "month")
    yield _line(table, "province", "province by ISO 3166-2 code; SY for events of the whole country")
    yield _line(
        table,
        "kind",
        "kind of event, see the rows of table `events.kind`; without a row it did not happen in that month and place",
    )
    yield _line(table, "count", "how often it happened, over all worlds of the scenario", "count", "1 and more")
    for kind in KINDS:
        yield _line("events.kind", kind.name, f"{kind.meaning} ({kind.claims})" if kind.claims else kind.meaning, "event")


def _comparison() -> Iterator[Line]:
    table = "comparison"
    what = "outcome:CLASS, territory:CLASS and sphere:CLASS are shares of worlds; the others are columns of worlds and provinces"
    kinds = "outcome, territory, fallen, index, effort (of an actor for a goal), influence, place (other measures by province), sphere"
    yield _line(table, "scenario", "name of the scenario")
    yield _line(table, "kind", f"kind of quantity: {kinds}")
    yield _line(table, "quantity", f"what is compared, at the horizon. {what}")
    yield _line(table, "province", "province by ISO 3166-2 code; SY for the whole country")
    yield _line(
        table,
        "worlds",
        "worlds that the mean is over: all for outcome, territory and fallen, else those in which the government stands at the horizon",
        "count",
        "0 and more",
    )
    yield _line(table, "pairs", "of these worlds those that it is compared with (standing in both scenarios)", "count", "0 and more")
    unit = "of the quantity"
    yield _line(table, "mean", "mean over those worlds; empty if there are none", unit)
    yield _line(table, "sd", "standard deviation over those worlds; empty for one world", unit)
    yield _line(table, "overall", "mean over all worlds, fallen ones included", unit)
    yield _line(table, "root_mean", "mean of the scenario it is compared with, over the pairs", unit)
    yield _line(table, "root_sd", "standard deviation of that scenario, over the pairs", unit)
    yield _line(table, "difference", "mean difference from it, world by world; empty for that scenario itself, or other months", unit)
    yield _line(table, "error", "standard error of the difference; 0 where it is the same in every pair", unit)
    interval = (
        f"end of its 95 % interval: normal (under {LEAST_PAIRS} pairs Student's t); exact or bounded where few pairs, or none, differ"
    )
    yield _line(table, "low", f"lower {interval}; empty where that cannot be known", unit)
    yield _line(table, "high", f"upper {interval}", unit)
    yield _line(table, "same", "share of the pairs in which both are equal, to 2^-20 or the last digit that is stored", "share", "0 to 1")
    yield _line(table, "significant", f"whether the difference is statistically significant: {_SIGNIFICANCE}", "", "true or false")
    yield _line(
        table,
        "size",
        "the difference in the unit by which differences are ranked",
        "percentage points for shares of worlds and of influence, standard deviations over worlds for others",
    )
    yield _line(
        table,
        "status",
        "finding: significant and large enough to matter; practically no effect: significant but too small to matter; no detectable "
        f"difference: not significant; too few worlds: fewer than {LEAST_PAIRS} pairs, none is called significant; set by the scenario: "
        "the measure restates a parameter that the scenario sets",
        "class",
    )
    for column, share in (("p05", 5), ("p95", 95)):
        yield _line(table, column, f"in {share} % of the pairs the difference is at most this, for indices of the whole country", unit)
    yield _line(table, "half_width", "how inexact p05 and p95 can be, since they are read from bins 2 % wide", unit)


def _precision() -> Iterator[Line]:
    table = "precision"
    yield _line(table, "scenario", "name of the scenario")
    yield _line(table, "compared_with", "the scenario it is compared with; empty for that scenario itself")
    yield _line(table, "share_of", "outcome")
    yield _line(table, "worlds", "worlds of the scenario", "count", "1 and more")
    yield _line(table, "share", "share of worlds", "share", "0 to 1")
    yield _line(table, "half_width", "half the width of the share's 95 % interval (Wilson)", "share", "0 to 1")
    yield _line(table, "difference", "difference from the other scenario, in the same worlds", "share", "-1 to 1")
    yield _line(
        table,
        "difference_half_width",
        "half the width of the difference's 95 % interval (its longer side where few worlds, or none, differ: Bonett and Price)",
        "share",
        "0 to 1",
    )
    yield _line(table, "more_worlds_to_halve", "worlds to add so that both half-widths are halved", "count", "0 and more")
    yield _line(
        table,
        "more_worlds_to_tell",
        "worlds to add until the difference is statistically significant, whatever the others are, if it stays as it is; empty for none",
        "count",
        "0 and more",
    )


def _effort() -> Iterator[Line]:
    table = "effort"
    yield _line(table, "scenario", "name of the scenario")
    yield _line(table, "actor", "whose effort")
    yield _line(table, "goal", "what it is spent on: an interest of the actor, the parameter ACTOR.interests.GOAL")
    yield _line(
        table,
        "province",
        "province by ISO 3166-2 code, where the goal is at stake; SY for the whole country; no row where nothing is spent",
    )
    yield _line(table, "effort", "effort for the goal there, mean over worlds and over the months of the run", "effort", "0 and more")
    yield _line(table, "share", "share of the goal in all effort of the actor there", "share", "0 to 1")
