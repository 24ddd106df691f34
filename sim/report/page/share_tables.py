"""Shares of outcomes and differences between scenarios, as tables for people: with intervals and tests."""

import math
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from sim.compare.comparison import ALL, SURVIVED, Comparison, condition_of
from sim.compare.findings import by_size
from sim.compare.quantities import COLLAPSE, FALLEN_BY_OBSERVED_MONTH
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.model.observation.measure_catalogue import OUTCOME_WORDS
from sim.report.drawing import palette
from sim.report.figures.data import comparison_text
from sim.report.page.text_table import TextTable
from sim.text import number_format
from sim.text.measure_labels import label
from sim.text.names import display_name

_SHARES = ("outcome", "territory", "fallen", "influence", "sphere")  # kinds of quantities that are shares
_CLASSED = ("outcome", "territory", "fallen")
_CLASSES = OUTCOME_WORDS | {FALLEN_BY_OBSERVED_MONTH: "fallen by December 2024"}
_HEADS = (
    *("what", "reference", "scenario", "difference", "95 % interval", "worlds where higher", "p (Holm)"),
    *("width vs. unpaired", "over all worlds, fallen ones too"),
)


def differences(c: Comparison, scenario: str, kinds: Iterable[str]) -> TextTable:
    """The differences of some kinds (index, influence ...) from the reference scenario, the largest first; where it stands in both."""
    rows = comparison_text.rows(c.differences, scenario=scenario)
    rows = rows[rows["kind"].isin(list(kinds))]
    overall = {_key(row): row.difference for row in rows[rows["given"] == ALL].itertuples()}
    ranked = by_size(rows[rows["given"] == rows["kind"].map(condition_of)])
    return TextTable(_HEADS, [_difference_row(c, row, overall.get(_key(row), math.nan)) for row in ranked.itertuples()])


def scenario_shares(c: Comparison, scenario: str) -> TextTable:
    """Share of worlds by class with its 95 % interval, here and in the reference scenario, and the difference: a row per class.

    A class between the partners has its share of the worlds in which the government stands as well.
    """
    shown = {"scenario": scenario} | ({} if scenario == c.against else {"reference": c.against})
    texts = {name: {str(row.quantity): _interval(row) for row in _shares(c, name)} for name in shown.values()}
    within = {
        name: {str(row.quantity): _interval(row) for row in _shares(c, name, SURVIVED) if _is_partners(row)} for name in shown.values()
    }
    compared = comparison_text.rows(c.differences, scenario=scenario, given=ALL)
    found = {str(row.quantity): row for row in compared[compared["kind"].isin(_CLASSED)].itertuples()}
    columns = [(column, name) for name in shown.values() for column in (texts, within)]
    heads = [head for name in shown for head in (name, f"{name}, where the government stands")]
    rows = [[_class_name(quantity), *(column[name].get(quantity, "") for column, name in columns)] for quantity in texts[scenario]]
    if not found:
        return TextTable(["outcome", *heads], rows)
    tests = [[_points_interval(found[name]), _p(found[name].p_holm)] if name in found else ["", ""] for name in texts[scenario]]
    return TextTable(["outcome", *heads, "difference", "p (Holm)"], [row + test for row, test in zip(rows, tests, strict=True)])


def _is_partners(row: Any) -> bool:
    """Whether a share is that of a class between the partners, known among the worlds that stand."""
    return row.kind == "outcome" and row.quantity != COLLAPSE and row.worlds > 0


def outcome_shares(c: Comparison, kind: str, names: dict[str, str], given: str = ALL) -> TextTable:
    """Share of worlds by class with its 95 % interval: a row per scenario, which `names` spells.

    `given` SURVIVED: of the worlds in which the government stands, classes between the partners alone.
    """
    known_of = {name: [row for row in _shares(c, name, given) if row.kind == kind] for name in c.scenarios}
    texts = {
        name: {str(row.quantity): _interval(row) for row in own if given == ALL or _is_partners(row)} for name, own in known_of.items()
    }
    present = dict.fromkeys(name for found in texts.values() for name in found)
    known = (*(f"outcome:{name}" for name in palette.OUTCOMES), *(f"territory:{name}" for name in palette.TERRITORIES))
    order = [name for name in known if name in present]
    classes = [*order, *sorted(name for name in present if name not in order)]
    rows = [[names[scenario], *(found.get(name, "") for name in classes)] for scenario, found in texts.items()]
    return TextTable(["scenario", *map(_class_name, classes)], rows)


def _shares(c: Comparison, scenario: str, given: str = ALL) -> Iterator[Any]:
    return comparison_text.rows(c.shares, scenario=scenario, given=given).itertuples()


def _difference_row(c: Comparison, row: Any, overall: float) -> list[str]:
    is_share = row.kind in _SHARES
    change, low, high = (_change(value, is_share) for value in (row.difference, row.low, row.high))
    means = (number_format.percent(value) if is_share else number_format.number(value) for value in (row.against_mean, row.mean))
    everywhere = "" if math.isnan(overall) else _change(overall, is_share)
    what = _quantity_name(c, str(row.quantity), str(row.province))
    interval = "" if pd.isna(row.low) else f"{low} to {high}"
    return [what, *means, change, _or_same(row, interval), _share(row.more), _p(row.p_holm), _share(row.narrowing), everywhere]


def _key(row: Any) -> tuple[str, str, str]:
    return str(row.kind), str(row.quantity), str(row.province)


def _quantity_name(c: Comparison, quantity: str, province: str) -> str:
    if quantity.startswith("influence_"):
        return f"{display_name(quantity.removeprefix('influence_'))} in {c.names.get(province, province)}"
    stem, _, name = quantity.rpartition(":")
    text = f"{stem}: {OUTCOME_WORDS.get(name, display_name(name))}" if stem else label(quantity)
    return text if province == COUNTRY else f"{c.names.get(province, province)}, {text}"


def _class_name(quantity: str) -> str:
    name = quantity.rpartition(":")[2]
    return _CLASSES.get(name, name.replace("_", " "))


def _change(value: float, is_share: bool) -> str:
    return f"{_signed(value)} points" if is_share else number_format.number(value, signed=True)


def _signed(share: float) -> str:
    return f"{100 * share:+.1f}".replace("-", "−") if round(100 * share, 1) else "0.0"


def _points_interval(row: Any) -> str:
    interval = "" if pd.isna(row.low) else f"{_signed(row.low)} to {_signed(row.high)}"
    return f"{_signed(row.difference)} points ({_or_same(row, interval)})"


def _or_same(row: Any, interval: str) -> str:
    """An interval, with a word where it does not come of a spread: all worlds differ by the same amount, or in none."""
    if not (row.paired and row.error == 0.0 and row.worlds > 1):
        return interval or "not known"
    same = f"the same in all {row.worlds:,} worlds"
    return f"{interval}; {same}" if interval and row.low < row.high else same


def _interval(row: Any) -> str:
    return f"{100 * row.share:.1f} % ({100 * row.low:.1f} to {100 * row.high:.1f})"


def _share(value: float) -> str:
    return "" if pd.isna(value) else number_format.percent(value)


def _p(value: float) -> str:
    return "" if pd.isna(value) else "under 0.001" if value < 0.001 else f"{min(value, 1.0):.3f}"
