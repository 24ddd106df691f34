"""The table of `spheres interests` on the screen: a row for each interest and change, with intervals where the screen is wide enough."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.compare.findings import POINT, too_few
from sim.compare.quantities import INFLUENCE
from sim.experiment.recording.effort_measures import effort_name
from sim.interests.outcomes import SHIFT, force_name, powers_of
from sim.report.console.summary_table import print_plain
from sim.statistics.small_samples import LEAST_PAIRS
from sim.text.names import display_name, interest_name
from sim.text.number_format import capital, number, signed_points

_WIDE = 140
_LAST = (  # measures of the partnership, with their heads
    ("contracts_russia", "Russia's contracts"),
    ("contracts_iran", "Iran's contracts"),
    ("incidents", "incidents"),
    ("delimitation", "delimitation"),
    ("strikes", "strikes"),
)
_HEADS = ("effort", "force", "influence", "most in")


def show(table: pd.DataFrame, names: Mapping[str, str], out: Console) -> None:
    """Print a table for each actor, and how to read it; `names` are the provinces' by ISO code."""
    for actor in table["actor"].unique():
        print_plain(_table(table[table["actor"] == actor], str(actor), names, out.width >= _WIDE), out)
    for line in notes():
        print_plain(Text(line), out)
    if not table.empty and table["worlds"].min() < LEAST_PAIRS:
        print_plain(Text(f"{capital(too_few(int(table['worlds'].min())))}; influence is read from two worlds in three."), out)


def notes() -> tuple[str, ...]:
    """How to read the table."""
    return (
        "Difference from the scenario as it is, in the same worlds, at the horizon (incidents, strikes: sums over the run), ± half of its "
        "95 % interval; * significant and large enough to matter.",
        "Effort: what the actor spends a month on the interest itself, in units of Russia's effort of 2021; actors other than the partners "
        "have 1 in all; it is what the change sets, so it has no star. Force in thousands; influence and contracts in percentage points.",
        "Influence: the mean absolute change over provinces of the actor's share (of all powers', halved, where it has none of its own), "
        "and the largest change.",
    )


def _table(rows: pd.DataFrame, actor: str, names: Mapping[str, str], wide: bool) -> Table:
    title = Text(f"\n{capital(display_name(actor))}", "bold")
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="underline")
    table.add_column("interest", overflow="fold", min_width=12)
    table.add_column("change")
    for head in (*_HEADS, *(head for _, head in _LAST)):
        table.add_column(head, justify="left" if head == "most in" else "right")
    for (interest, change), group in rows.groupby(["interest", "change"], sort=False):
        known = {str(row["measure"]): row for row in group.to_dict("records")}
        table.add_row(interest_name(str(interest)), str(change), *_cells(known, actor, str(interest), names, wide))
    return table


def _cells(known: Mapping[str, dict[str, Any]], actor: str, interest: str, names: Mapping[str, str], wide: bool) -> Iterator[Text]:
    yield _cell(known.get(effort_name(actor, interest)), wide, finding=False)
    yield _cell(known.get(force_name(actor)), wide)
    yield _cell(known.get(SHIFT), wide, signed=False)
    yield _place(next((row for row in known.values() if row["place"]), None), names)
    for measure, _ in _LAST:
        yield _cell(known.get(measure), wide)


def _cell(row: dict[str, Any] | None, wide: bool, signed: bool = True, finding: bool = True) -> Text:
    """A difference, with half of its interval on a wide screen; `finding`: whether it may be one, for which a star stands."""
    if row is None:
        return Text("-")
    half = (row["high"] - row["low"]) / 2
    text = _figure(row, row["difference"], signed)
    text += f" ±{_figure(row, half, signed=False)}" if wide and not math.isnan(half) else ""
    marked = finding and row["matters"]
    return Text(f"{text}{'*' if marked else ' '}", "bold" if marked else "dim")


def _figure(row: dict[str, Any], value: float, signed: bool) -> str:
    """A number in the unit of its column; a share without a sign has a digit more where it would be rounded to nothing."""
    if row["unit"] != "share":
        return number(value, beside=row["difference"], signed=signed)
    if signed:
        return signed_points(value)
    text = f"{100 * value:.{1 if abs(value) >= POINT / 20 else 2}f}"
    return text.replace("-", "−") if float(text) else "0"


def _place(row: dict[str, Any] | None, names: Mapping[str, str]) -> Text:
    """The province in which influence changes most, with whose influence where the actor has none of its own."""
    if row is None:
        return Text("-")
    place, power = names.get(row["place"], row["place"]), str(row["measure"]).removeprefix(INFLUENCE)
    owner = f"{display_name(power)}, " if len(powers_of(row["actor"])) > 1 else ""
    text = f"{owner}{place} {signed_points(row['difference'])}{'*' if row['matters'] else ''}"
    return Text(text, "bold" if row["matters"] else "dim")
