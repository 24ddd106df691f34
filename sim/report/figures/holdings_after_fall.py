"""What each partner keeps of its holdings where the government has fallen: bars of what it held before, and what is left of that."""

from typing import Any

import pandas as pd

from sim.compare.comparison import Comparison
from sim.compare.fallen_holdings import HOLDINGS
from sim.model.state.dimensions import Partner, keys
from sim.report.drawing import palette, theme
from sim.report.drawing.canvas import Canvas, Mark, legend, px
from sim.report.figures.data import comparison_text
from sim.report.text import figure_headlines
from sim.text import number_format
from sim.text.holding_words import ALMOST_NONE, kept_words
from sim.text.names import display_name

WORDS = {
    "contracts": "contracts (assets)",
    "force": "fighters (thousand)",
    "base_force": "of these in provinces with its bases",
    "roots": "roots in society (sum over provinces)",
}
_LEFT, _RIGHT, _TOP, _HEAD, _ROW, _TALL = 240.0, 640.0, 40.0, 26.0, 26.0, 15.0
_PALE, _PASSED = 0.22, 0.5  # strength of a partner's colour for what has lapsed, and for what others hold now


def figure(comparison: Comparison, scenario: str) -> dict[str, Any]:
    """The figure as a Vega-Lite spec. Raises ValueError where no government has fallen."""
    table = comparison_text.rows(comparison.holdings, scenario=scenario)
    if table.empty:
        raise ValueError(f"the government falls in no world of '{scenario}'")
    partners = keys(Partner)
    canvas = Canvas(_TOP + len(partners) * (_HEAD + _ROW * len(HOLDINGS) + 8) + 34)
    y = _TOP
    for partner in partners:
        canvas.texts([{"x": 0, "y": y + 8, "text": display_name(partner), "color": palette.INK}], bold=True)
        _rows(canvas, comparison_text.rows(table, partner=partner).set_index("holding"), palette.SPHERES[partner], y + _HEAD)
        y += _HEAD + _ROW * len(HOLDINGS) + 8
    _key(canvas)
    note = "A whole bar is what the partner held in the month before the fall. Passed to others: known of contracts only."
    canvas.texts([{"x": 0, "y": canvas.height - 10, "text": note, "color": palette.FAINT}], size=theme.SMALL_SIZE)
    fell, worlds = int(table["worlds"].iloc[0]), comparison.about[scenario].worlds
    which = f"Means over the {fell:,} of {worlds:,} worlds in which the government has fallen, at the horizon."
    basis = figure_headlines.provenance(comparison.about[scenario].basis)
    return canvas.spec(_finding(table), [comparison_text.asked(comparison, scenario), f"{which} {basis}"])


def _key(canvas: Canvas) -> None:
    grey = palette.SOFT
    shades = ((1.0, "kept"), (_PASSED, "passed to others"), (_PALE, "lapsed or left"))
    legend(canvas, [(palette.mixed(grey, strength), words) for strength, words in shades], _LEFT, 8, 400)
    canvas.texts([{"x": _RIGHT + 12, "y": 14, "text": "before → kept", "color": palette.SOFT}], size=theme.SMALL_SIZE)


def _rows(canvas: Canvas, table: pd.DataFrame, colour: str, y: float) -> None:
    boxes: list[Mark] = []
    names: list[Mark] = []
    numbers: list[Mark] = []
    for i, holding in enumerate(HOLDINGS):
        middle, row = y + (i + 0.5) * _ROW, table.loc[holding]
        before, kept, passed = (float(row[column]) for column in ("before", "kept", "passed"))
        passed = 0.0 if passed != passed else passed
        names.append({"x": _LEFT - 12, "y": middle, "text": WORDS[holding], "color": palette.INK})
        numbers.append({"x": _RIGHT + 12, "y": middle, "text": _numbers(before, kept), "color": palette.INK})
        at = _LEFT
        for part, strength in ((kept, 1.0), (passed, _PASSED), (before - kept - passed, _PALE)):
            to = at + (part / before if before else 0.0) * (_RIGHT - _LEFT)
            if to - at > 0.5:
                shade = palette.mixed(colour, strength)
                boxes.append({"x": px(at), "x2": px(to), "y": middle - _TALL / 2, "y2": middle + _TALL / 2, "color": shade})
            at = to
    canvas.boxes(boxes)
    canvas.texts(names, align="right")
    canvas.texts(numbers)


def _numbers(before: float, kept: float) -> str:
    """E.g. `18.1 → 0.4 (2 %)`; what is all lost is said in a word."""
    if not before:
        return "none held"
    if kept < ALMOST_NONE * before or not kept:
        return f"{number_format.number(before)} → {kept_words(kept / before)}"
    return f"{number_format.number(before, kept)} → {number_format.number(kept, before)} ({number_format.percent(kept / before)})"


def _finding(table: pd.DataFrame) -> str:
    """What share of its contracts and fighters each partner keeps."""
    parts = []
    for partner in keys(Partner):
        rows = comparison_text.rows(table, partner=partner).set_index("holding")["kept_share"]
        said = [f"{kept_words(rows[h])} of its {w}" for h, w in (("contracts", "contracts"), ("force", "fighters")) if rows[h] == rows[h]]
        parts.append(f"{display_name(partner)} keeps {number_format.joined(said)}" if said else f"{display_name(partner)} had left before")
    return f"Where the government has fallen, {'; '.join(parts)}"
