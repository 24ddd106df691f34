"""Shares of worlds by outcome between the partners and by territory, a bar for each scenario."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sim.compare.findings import too_few
from sim.model.observation.measure_catalogue import OUTCOME_WORDS, OUTCOMES, TERRITORIES
from sim.report.drawing import palette, text_metrics, theme
from sim.report.drawing.canvas import Canvas, Mark, legend
from sim.report.figures.data.figure_data import Results
from sim.report.figures.data.outcome_shares import FAMILIES, half_width, has_significant_share, leading_family, ordered, shares
from sim.report.text import figure_headlines
from sim.statistics.small_samples import LEAST_PAIRS
from sim.text import number_format

_LEFT, _RIGHT = (206.0, 610.0), (652.0, 844.0)  # the two panels, from x to x
_ROW, _BAR, _GAP = 24.0, 17.0, 8.0
_LABELLED = 21.0  # pixels that a number needs


def figure(results: Results) -> dict[str, Any]:
    """The figure as a Vega-Lite spec."""
    left, right = shares(results, "outcome", OUTCOMES), shares(results, "territory", TERRITORIES)
    family = leading_family(left)
    classes = [*FAMILIES[family], *[o for o in OUTCOMES if o not in FAMILIES[family]]]
    rows = ordered(results, left, family)
    canvas = Canvas()
    tops = _tops(results, rows, _heads(canvas, classes))
    canvas.height = max(tops.values()) + _ROW + 62
    _scale(canvas, tops)
    marks = _marks(results, left[list(FAMILIES[family])].sum(axis=1), tops)
    _bars(canvas, left[classes], palette.OUTCOMES, _LEFT, tops, marks)
    _bars(canvas, right, palette.TERRITORIES, _RIGHT, tops, {})
    _reference(canvas, results, tops, marks)
    _fallen(canvas, right["collapsed"], tops)
    _names(canvas, results, tops)
    return canvas.spec(*_heading(results, left, family, rows))


def _tops(results: Results, rows: Sequence[str], y: float) -> dict[str, float]:
    """The y at which each scenario's row begins, from y downwards; a little air stands around every root."""
    tops = {}
    for i, name in enumerate(rows):
        is_root = results.compared_with(name) is None
        y += _GAP if is_root and i else 0
        tops[name] = y
        y += _ROW + (_GAP if is_root else 0)
    return tops


def _heads(canvas: Canvas, classes: Sequence[str]) -> float:
    """Both panels' headings and legends; returns the y below them."""
    heads = ((_LEFT, "Between Russia and Iran, or government fallen"), (_RIGHT, "Government territory"))
    canvas.texts([{"x": x[0], "y": 6, "text": text, "color": palette.INK} for x, text in heads], bold=True)
    partners = [(palette.OUTCOMES[o], OUTCOME_WORDS[o]) for o in classes]
    territory = [(palette.TERRITORIES[t], t) for t in TERRITORIES]
    entries = ((_LEFT, partners), (_RIGHT, territory))
    return max(legend(canvas, chips, x[0], 22, x[1] - x[0]) for x, chips in entries) + 10


def _bars(
    canvas: Canvas,
    table: pd.DataFrame,
    colours: Mapping[str, str],
    panel: tuple[float, float],
    tops: Mapping[str, float],
    marks: Mapping[str, float],
) -> None:
    """A stacked bar a row, with its percentages where they fit; a number steps aside for the row's mark."""
    boxes: list[Mark] = []
    numbers: list[Mark] = []
    for name, y in tops.items():
        at, pad = panel[0], (_ROW - _BAR) / 2
        for label, share in table.loc[name].items():
            to, colour = at + float(share) * (panel[1] - panel[0]), colours[str(label)]
            if to - at > 0.5:
                boxes.append({"x": at, "x2": max(to - 0.8, at + 0.4), "y": y + pad, "y2": y + pad + _BAR, "color": colour})
            low, high = _wider_part(at, to, marks.get(name, at))
            if high - low >= _LABELLED:
                numbers.append(
                    {
                        "x": (low + high) / 2,
                        "y": y + _ROW / 2 + 0.5,
                        "text": f"{100 * float(share):.0f}",
                        "color": palette.ink_on(colour),
                    }
                )
            at = to
    canvas.boxes(boxes)
    canvas.texts(numbers, size=theme.SMALL_SIZE, align="center")


def _wider_part(low: float, high: float, mark: float) -> tuple[float, float]:
    """From low to high, or the wider part of that where a mark lies between."""
    if not low < mark < high:
        return low, high
    return (low, mark) if mark - low > high - mark else (mark, high)


def _fallen(canvas: Canvas, collapsed: pd.Series, tops: Mapping[str, float]) -> None:
    """The share of collapse beside its bar, where it is too small to hold a number."""
    width = _RIGHT[1] - _RIGHT[0]
    small = {name: float(collapsed[name]) for name in tops if 0 < float(collapsed[name]) * width < _LABELLED}
    rows = [
        {
            "x": _RIGHT[1] + 5,
            "y": tops[name] + _ROW / 2 + 0.5,
            "text": f"{100 * share:.0f}" if share >= 0.005 else "<1",
            "color": palette.SOFT,
        }
        for name, share in small.items()
    ]
    canvas.texts(rows, size=theme.SMALL_SIZE)


def _scale(canvas: Canvas, tops: Mapping[str, float]) -> None:
    """Light ticks at 0, 25, ... 100 % below the bars."""
    high, low = min(tops.values()) - 2, max(tops.values()) + _ROW + 4
    lines, numbers = [], []
    for panel, steps in ((_LEFT, (0, 25, 50, 75, 100)), (_RIGHT, (0, 50, 100))):
        for step in steps:
            x = panel[0] + step / 100 * (panel[1] - panel[0])
            lines.append({"x": x, "x2": x, "y": high, "y2": low, "color": palette.LINE})
            numbers.append({"x": x, "y": low + 10, "text": f"{step} %" if step in (0, 100) else f"{step}", "color": palette.FAINT})
    canvas.rules(lines)
    canvas.texts(numbers, size=theme.SMALL_SIZE, align="center")


def _marks(results: Results, family: pd.Series, tops: Mapping[str, float]) -> dict[str, float]:
    """For every row that has a baseline, the x at which that baseline's share of the leading family ends."""
    roots = {name: results.compared_with(name) for name in tops}
    return {name: _LEFT[0] + float(family[root]) * (_LEFT[1] - _LEFT[0]) - 0.4 for name, root in roots.items() if root}


def _reference(canvas: Canvas, results: Results, tops: Mapping[str, float], marks: Mapping[str, float]) -> None:
    """A dashed line down from each baseline to the last of its scenarios."""
    lines = []
    for root in (name for name in tops if name not in marks):
        followers = [name for name in marks if results.compared_with(name) == root]
        if followers:
            x, low = marks[followers[0]], max(tops[name] for name in followers)
            lines.append({"x": x, "x2": x, "y": tops[root] + 1, "y2": low + _ROW - 1, "color": palette.INK})
    canvas.rules(lines, thick=1.2, dash=(3, 3))


def _names(canvas: Canvas, results: Results, tops: Mapping[str, float]) -> None:
    roots, others = [], []
    for name, y in tops.items():
        hindsight = " (hindsight)" if results.about[name].basis == "hindsight" else ""
        text = text_metrics.cut(results.title(name) + hindsight, _LEFT[0] - 12, theme.LABEL_SIZE)
        row = {"x": _LEFT[0] - 12, "y": y + _ROW / 2 + 0.5, "text": text}
        if results.compared_with(name) is None:
            roots.append(row | {"color": palette.INK})
        else:
            others.append(row | {"color": palette.INK if has_significant_share(results, name) else palette.FAINT})
    canvas.texts(roots, align="right", bold=True)
    canvas.texts(others, align="right")
    note = "Dashed: the baseline's share. Grey name: no share differs significantly from the baseline's (Holm's correction)."
    fewest = min((results.pairs(name) for name in tops if results.compared_with(name) is not None), default=LEAST_PAIRS)
    if fewest < LEAST_PAIRS:
        note = f"Dashed: the baseline's share. Grey name: no significant difference; {too_few(fewest)}."
    if others:
        canvas.texts([{"x": 0, "y": canvas.height - 12, "text": note, "color": palette.FAINT}], size=theme.SMALL_SIZE)


def _heading(results: Results, table: pd.DataFrame, family: str, rows: Sequence[str]) -> tuple[str, list[str]]:
    share = table[list(FAMILIES[family])].sum(axis=1)
    first = rows[0]
    mine = {results.title(name): float(share[name]) for name in rows if name == first or results.compared_with(name) == first}
    worlds = sorted({results.worlds(name) for name in rows})
    many = number_format.worlds(worlds[-1]) if len(worlds) == 1 else f"{worlds[0]:,} to {number_format.worlds(worlds[-1])}"
    by = f", sorted by the share {family}" if len(rows) > 1 else ""
    what = f"Share of all worlds at the horizon, in percent{by}. {figure_headlines.NOT_A_FORECAST}"
    accuracy = f"shares are accurate to within {100 * half_width(worlds[0]):.1f} points (95 %)"
    shared = ", with the same random events in each" if all(results.about[name].paired for name in rows) else ""
    sample = f"{many} per scenario{shared}; {accuracy}."
    return figure_headlines.outcomes(family, mine, results.title(first)), [what, sample]
