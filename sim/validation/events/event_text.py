"""The comparison with event data on the screen, and as tables in a folder."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from sim.model.state.calendar import month_name
from sim.text.number_format import month
from sim.text.suggestions import nearest, printable, quote
from sim.validation.events.event_comparison import EventComparison, Score
from sim.validation.events.event_counts import EventCounts
from sim.validation.events.governorate_names import folded, known_names
from sim.validation.scores.proper_scores import skill
from sim.validation.scores.rivals import RIVALS
from sim.validation.table_output import exact, titled, write_table

MEASURES, PLACES, MONTHS, SCORES, LEFT_OUT = "measures.csv", "places.csv", "months.csv", "scores.csv", "left_out.csv"
FILES = (MEASURES, PLACES, MONTHS, SCORES, LEFT_OUT)
_NAMES = 8  # unknown names that are listed


def told(counts: EventCounts) -> Iterator[str]:
    """What the file holds and what of it was left out, in sentences."""
    layout, encoding = counts.columns.layout.name, counts.source.encoding
    found, left = f"{_many(counts.rows, 'row')}; {_many(counts.events, 'event')} counted", counts.left_out.total()
    yield f"{counts.source.shown}: {layout} layout, {found}, {left:,} left out:"
    for reason, n in counts.left_out.most_common():
        yield f"  {n:>9,}  {reason}"
    if encoding != "utf-8-sig":
        yield "The file is not UTF-8; it was read as Latin-1, so names with other letters may be unknown."
    if counts.settled:
        yield f"{_many(counts.settled, 'date')} that could be read in two ways, read {counts.order}, as the other dates of the file show."
    for name, n in counts.unknown_names.most_common(_NAMES):
        close = nearest(folded(name), known_names())
        hint = f" (nearest: {known_names()[close]})" if close else ""
        yield f"Unknown governorate: {quote(name)}, {_many(n, 'event')}{hint}."


def spans(c: EventComparison) -> Iterator[str]:
    """Which months are compared, and what lies outside them."""
    names = c.months()
    span, events = _many(len(names), "month"), _many(int(c.fact.sum()), "event")
    yield f"Compared: {month(names[0])} to {month(names[-1])}, {span} of '{c.scenario.name}', {events}."
    for n, when in ((c.observed.before, "before"), (c.observed.after, "after")):
        if n:
            yield f"Outside: {_many(n, 'event')} {when} the months of the run, not compared."
    missing = c.scenario.months - len(names)
    if missing:
        yield f"The file has nothing for {missing} of the run's {c.scenario.months} months."
    yield f"One event of the model counts as {c.scale:.3g} of the file; this factor is fitted to the whole span."


def _many(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def show(c: EventComparison, score: Score | None, out: Console) -> None:
    """Print all measures, scores and the places with too much and too little."""
    table = titled("Violence in the model and events of the file", ("compared", "unit"), ("all worlds", "middle 80 %", "rival", ""))
    for m in c.measures():
        table.add_row(m.what, m.unit, _number(m.together), f"{_number(m.low)} to {_number(m.high)}", _number(m.rival), m.rival_name)
    out.print(table)
    if score is None:
        out.print("\nNo scores: rivals need a year of the file before the months that are scored.")
    else:
        out.print(_score_table(c, score))
    places = titled("Where: share of all events compared", ("governorate",), ("file %", "model %", "points"))
    fact, model = c.places()
    for i in np.argsort(fact - model, kind="stable"):
        places.add_row(c.provinces.name[i], f"{100 * fact[i]:.1f}", f"{100 * model[i]:.1f}", f"{100 * (model[i] - fact[i]):+.1f}")
    out.print(places)


def _score_table(c: EventComparison, s: Score) -> Table:
    first = month(month_name(c.scenario.start, s.first))
    title = f"Scored like a forecast: {s.cells:,} counts by governorate and month from {first} (CRPS, lower is better)"
    table = titled(title, ("forecast",), ("mean CRPS", "model's skill against it"))
    table.add_row("model, scaled", f"{s.model:.3g}", "")
    for name, value in s.rivals.items():
        table.add_row(RIVALS[name], f"{value:.3g}", f"{skill(s.model, value):+.2f}")
    covered = f"{100 * s.covered_evenly:.0f} % of counts (80 expected)"
    table.add_row("in the middle 80 % of worlds", covered, "")
    return table


def _number(x: float | None) -> str:
    return "" if x is None else "-" if np.isnan(x) else f"{x:.0f}" if abs(x) >= 10 else f"{x:.2f}"


def write(folder: Path, c: EventComparison, score: Score | None) -> None:
    """Write every table."""
    rows = [(m.what, m.unit, *map(exact, (m.together, m.low, m.high, m.rival)), m.rival_name) for m in c.measures()]
    write_table(folder / MEASURES, ("compared", "unit", "all_worlds", "p10", "p90", "rival", "rival_is"), rows)
    fact, model = c.places()
    events, scaled = c.fact.sum(axis=1), c.mean.sum(axis=1) * c.scale
    places = [
        (iso, c.provinces.name[i], *map(exact, (events[i], scaled[i], fact[i], model[i], model[i] - fact[i])))
        for i, iso in enumerate(c.provinces.iso)
    ]
    write_table(folder / PLACES, ("iso_3166_2", "name", "events", "model_scaled", "share", "model_share", "difference"), places)
    bands = np.quantile(c.model * c.scale, (0.1, 0.5, 0.9), axis=-1)
    cells = [
        (name, iso, *map(exact, (c.fact[i, m], *bands[:, i, m], c.mean[i, m] * c.scale)))
        for m, name in enumerate(c.months())
        for i, iso in enumerate(c.provinces.iso)
    ]
    write_table(folder / MONTHS, ("month", "iso_3166_2", "events", "p10", "median", "p90", "mean"), cells)
    scores: list[tuple[str, ...]] = []
    if score is not None:
        scores = [("model", exact(score.model), "", exact(score.covered), exact(score.covered_evenly))]
        scores += [(name, exact(x), exact(skill(score.model, x)), "", "") for name, x in score.rivals.items()]
    write_table(folder / SCORES, ("forecast", "crps", "skill_of_model", "covered_80", "covered_80_evenly"), scores)
    counts = c.counts
    left = [(reason, str(n), "") for reason, n in counts.left_out.most_common()]
    left += [("unknown name", str(n), printable(name)) for name, n in counts.unknown_names.most_common()]
    left += [(f"{when} the months of the run", str(n), "") for when, n in (("before", c.observed.before), ("after", c.observed.after)) if n]
    write_table(folder / LEFT_OUT, ("reason", "rows", "name"), left)
