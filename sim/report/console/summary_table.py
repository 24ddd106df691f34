"""The summary on the screen: shares, indices, and a sentence for each scenario, in one line on wide terminals and two on narrow ones."""

from collections.abc import Sequence

import numpy as np
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.compare.findings import too_few
from sim.compare.quantities import OBSERVED_FALL, SHARES
from sim.compare.summary import HEADLINES, SummaryRow
from sim.model.observation.measure_catalogue import FALLEN, OUTCOME_WORDS, PARTNER_OUTCOMES
from sim.report.text import negotiated_sentences
from sim.statistics.small_samples import LEAST_PAIRS
from sim.text.console import PlainConsole
from sim.text.number_format import percent, rest

HEADS = {  # of a wide table, of a narrow one
    "delimited_agreed": ("agreed", "agree"),
    "delimited_tacit": ("tacit", "tacit"),
    "condominium": ("condominium", "condo"),
    "russian_primacy": ("Russia", "Russ."),
    "iranian_primacy": ("Iran", "Iran"),
    "breakdown": ("breakdown", "break"),
    "government_recentred": ("recentred", "recen"),
    "fallen": ("fallen", "fallen"),
    "delimitation": ("delimitation", "delim."),
    "overlap": ("overlap", "overl."),
    "balance": ("balance", "balan."),
    "territory_share": ("territory", "territ."),
    "broken": ("broken", "broken"),
    "incidents": ("incidents", "incid."),
    "exclusion_share": ("exclusion", "exclu."),
}
_WIDE = 140
_PIPED = 160
_MANY_FALLEN = 0.1  # of worlds, from which outcomes are told among those that stand as well


def console(piped: bool) -> Console:
    """A console for this output: of a fixed width when piped."""
    return PlainConsole(width=_PIPED, no_color=True, highlight=False) if piped else PlainConsole(highlight=False)


def show(rows: Sequence[SummaryRow], out: Console) -> None:
    """Print the whole summary."""
    wide = out.width >= _WIDE
    print_plain(
        _table(
            "Outcome between the partners where the government stands, or government fallen: % of all worlds",
            rows,
            SHARES,
            wide,
            share=True,
        ),
        out,
    )
    indices = "Indices at the horizon in the worlds in which the government stands: mean (incidents: sum over the run)"
    print_plain(_table(indices, rows, HEADLINES, wide, share=False), out)
    for line in notes(rows):
        print_plain(Text(line), out)
    for line in within_standing(rows):
        print_plain(Text(line), out)
    for line in negotiated_sentences.lines([row.negotiated for row in rows if row.negotiated]):
        print_plain(Text(line), out)
    out.print()
    for row in rows:
        print_plain(Text.assemble((row.scenario, "bold"), f": {row.headline}"), out)


def print_plain(what: Table | Text, out: Console) -> None:
    """Print to a terminal as it is; to a pipe without wrapped lines and trailing blanks."""
    if out.is_terminal:
        out.print(what)
    elif isinstance(what, Text):
        out.print(what, soft_wrap=True)
    else:
        with out.capture() as captured:
            out.print(what)
        out.print(Text("\n".join(line.rstrip() for line in captured.get().splitlines())), soft_wrap=True)


def _table(title: str, rows: Sequence[SummaryRow], names: Sequence[str], wide: bool, share: bool) -> Table:
    table = Table(
        title=Text(f"\n{title}", "bold"),
        title_justify="left",
        box=None,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        header_style="underline",
    )
    table.add_column("scenario", overflow="fold", min_width=12, max_width=None if wide else 18)
    for name in names:
        table.add_column(HEADS[name][0 if wide else 1], justify="right", no_wrap=True)
    if share:
        table.add_column(f"by {OBSERVED_FALL}" if wide else OBSERVED_FALL[2:], justify="right", no_wrap=True)
        table.add_column("±", justify="right", no_wrap=True)
    else:
        table.add_column("standing", justify="right", no_wrap=True)
        table.add_column("assumed", justify="right", no_wrap=True)
    for row in rows:
        last = (
            (_fallen_by_observed_month(row, wide), f"{100 * row.half_width:.1f}")
            if share
            else (f"{row.n_standing:,}", f"{100 * row.assumed:.0f} %")
        )
        table.add_row(row.scenario, *(_cell(row, name, wide, share) for name in names), *last)
    return table


def _fallen_by_observed_month(row: SummaryRow, wide: bool) -> str:
    return "" if row.fallen_by_observed_month is None else _figure(row.fallen_by_observed_month, True, wide)


def _cell(row: SummaryRow, name: str, wide: bool, share: bool) -> Text:
    cell = row.cells[name]
    value = Text(_figure(cell.value, share, wide))
    if row.is_baseline:
        return Text.assemble(value, " " * 7) if wide else value
    if np.isnan(cell.difference):
        return Text.assemble(value, "      -" if wide else "\n-")
    difference = f"{_figure(cell.difference, share, wide, sign='+')}{'*' if cell.significant else ' '}"
    return Text.assemble(value, f" {difference:>6}" if wide else f"\n{difference}", style="bold" if cell.significant else "")


def _figure(value: float, share: bool, wide: bool, sign: str = "") -> str:
    """A number as short as the table needs; a difference that would round to nothing gets another digit."""
    value, digits = (100 * value, 1 if wide else 0) if share else (value, 1 if abs(value) >= 10 else 2)
    if not sign or float(f"{value:.{digits}f}"):
        return f"{value:{sign}.{digits}f}"
    finer = f"{value:+.{digits + 1}f}"
    return finer.replace("0.", ".", 1) if float(finer) else "0"


def notes(rows: Sequence[SummaryRow]) -> list[str]:
    """How to read the tables."""
    baselines = " or ".join(dict.fromkeys(row.baseline for row in rows))
    return [
        (
            f"{rows[0].n_worlds:,} worlds each. Second figure: difference from {baselines} in the same worlds, for indices those in which "
            f"the government stands in both; "
            f"* statistically significant (5 %, Holm's correction over a scenario's outcomes, and over its indices)."
            f"{_too_few(rows)}"
        ),
        (
            "agreed, tacit: each province leans to one partner, by agreed primacies or because stakes sorted themselves; "
            "recentred: the government outweighs both partners. Shares of outcomes and fallen add up to all worlds."
        ),
        f"±: 95 % half-width of the least precise share, in points. by {OBSERVED_FALL}: share fallen by then; reported, not calibrated to.",
        "standing: worlds in which the government stands at the horizon.",
        f"assumed: {assumed_line(rows)}",
    ]


def _too_few(rows: Sequence[SummaryRow]) -> str:
    """That there are too few worlds for any star, where that is so."""
    few = [row.n_worlds for row in rows if not row.is_baseline and row.n_worlds < LEAST_PAIRS]
    return f" There is none: {too_few(max(few))}." if few else ""


def within_standing(rows: Sequence[SummaryRow]) -> list[str]:
    """The outcomes between the partners among the worlds that stand, of each scenario in which enough have fallen."""
    lines = []
    for row in rows:
        stand = 1.0 - row.cells[FALLEN].value
        if 0.0 < stand <= 1.0 - _MANY_FALLEN:
            shares = {name: row.cells[name].value / stand for name in PARTNER_OUTCOMES}
            ranked = sorted(shares, key=lambda name: -shares[name])
            said = ", ".join(f"{OUTCOME_WORDS[name]} {percent(shares[name])}" for name in ranked if shares[name])
            lines.append(f"{row.scenario}: where the government stands ({rest(1.0 - stand)} of worlds), {said}.")
    return lines


def assumed_line(rows: Sequence[SummaryRow]) -> str:
    """The share of assumed numbers, in words."""
    shares = sorted({f"{100 * row.assumed:.0f}" for row in rows}, key=float)
    count = sorted({row.n_parameters for row in rows})
    span = shares[0] if len(shares) == 1 else f"{shares[0]} to {shares[-1]}"
    numbers = f"{count[0]}" if len(count) == 1 else f"{count[0]} to {count[-1]}"
    return f"{span} % of the {numbers} parameters are assumed: they rest on reasoning, not on a source."
