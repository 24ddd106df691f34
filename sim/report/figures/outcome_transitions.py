"""How worlds move between outcomes: those of the reference scenario on the left, of this one on the right, ribbons between."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.compare.comparison import Comparison
from sim.model.observation.measure_catalogue import OUTCOME_WORDS, OUTCOMES
from sim.report.drawing import label_placement, palette, text_metrics, theme
from sim.report.drawing.canvas import Canvas, Mark, px
from sim.report.figures.data import comparison_text
from sim.report.figures.data.outcome_shares import FAMILIES
from sim.report.text.labels import scenario as title
from sim.text import number_format

_LEFT, _RIGHT, _BAR = 236.0, 610.0, 14.0  # inner edges of the two columns, and how wide these are
_TOP, _HIGH, _GAP = 40.0, 400.0, 9.0
_LABEL = 17.0  # pixels from label to label
_WORTH = 0.05  # a family with a smaller share of worlds says nothing
_BENDS = (0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0)  # along a ribbon
_DELIMITED = "delimited"


def figure(comparison: Comparison, scenario: str) -> dict[str, Any]:
    """The figure as a Vega-Lite spec. Raises ValueError where the scenario was not compared world by world."""
    if comparison_text.reference(comparison, scenario) is None:
        raise ValueError(f"'{scenario}' is the reference scenario; its outcomes cannot be compared world by world with themselves")
    if not comparison.about[scenario].paired:
        raise ValueError(f"'{scenario}' and '{comparison.against}' share no worlds; outcomes cannot be compared world by world")
    transitions = _transitions(comparison, scenario)
    if transitions.empty:
        raise ValueError(f"'{scenario}' and '{comparison.against}' have no world in common")
    before, after = transitions.sum(axis=1), transitions.sum(axis=0)
    left, right = _column(before), _column(after)
    canvas = Canvas(_TOP + _HIGH + 44)
    origin, end = _named_in_title(transitions)
    _ribbons(canvas, transitions, left, right, origin, end)
    _bars(canvas, left, _LEFT - _BAR)
    _bars(canvas, right, _RIGHT)
    _names(canvas, before, left, right=False)
    _names(canvas, after, right, right=True)
    heads = ((_LEFT, comparison.against, "right"), (_RIGHT, scenario, "left"))
    for x, name, align in heads:
        text = text_metrics.cut(number_format.capital(title(name)), _LEFT, theme.LABEL_SIZE, bold=True)
        canvas.texts([{"x": x, "y": _TOP - 20, "text": text, "color": palette.INK}], bold=True, align=align)  # type: ignore[arg-type]
    note = "Ribbon width: share of worlds; colour: the outcome on the left. Darker: the transition named in the title."
    canvas.texts([{"x": 0, "y": canvas.height - 10, "text": note, "color": palette.FAINT}], size=theme.SMALL_SIZE)
    moved = 1.0 - float(np.trace(transitions.to_numpy()))
    changed = f"The outcome differs in {number_format.percent(moved)} of worlds."
    return canvas.spec(
        _finding(comparison, transitions),
        [comparison_text.asked(comparison, scenario), changed, comparison_text.basis(comparison, scenario)],
    )


def _transitions(c: Comparison, scenario: str) -> pd.DataFrame:
    """Share of all worlds by outcome before (rows) and after (columns); all outcomes that any world has, in the order of OUTCOMES."""
    found = comparison_text.rows(c.transitions, scenario=scenario, kind="outcome").astype({"before": str, "after": str})
    table = found.pivot_table(index="before", columns="after", values="share", aggfunc="sum", fill_value=0.0)
    table = table.reindex(index=list(OUTCOMES), columns=list(OUTCOMES), fill_value=0.0)
    present = [o for o in OUTCOMES if table.loc[o].sum() > 0 or table[o].sum() > 0]
    return table.loc[present, present]


def _column(shares: pd.Series) -> dict[str, tuple[float, float]]:
    """Top and bottom of every outcome's bar, in pixels."""
    present = [str(o) for o in shares.index if shares[o] > 0]
    scale, at, found = _scale(len(shares)), _TOP, {}
    slack = _GAP * (len(shares) - len(present)) / max(len(present) - 1, 1)
    for outcome in present:
        found[outcome] = (at, at + scale * float(shares[outcome]))
        at = found[outcome][1] + _GAP + slack
    return found


def _scale(outcomes: int) -> float:
    """Pixels for all worlds, the same on both sides."""
    return _HIGH - _GAP * (outcomes - 1)


def _ribbons(
    canvas: Canvas,
    transitions: pd.DataFrame,
    left: Mapping[str, tuple[float, float]],
    right: Mapping[str, tuple[float, float]],
    origin: Sequence[str],
    end: Sequence[str],
) -> None:
    """A ribbon for every transition, in the order of the outcomes on both sides; those named in the title come last, and darker."""
    scale, rest, tips = _scale(len(transitions)), [], []
    strong: list[Mark] = []
    out, into = {o: top for o, (top, _) in left.items()}, {o: top for o, (top, _) in right.items()}
    for before in left:
        for after in right:
            share = float(transitions.loc[before, after])
            if share <= 0:
                continue
            thick = share * scale
            rows = _ribbon(out[before], into[after], thick, palette.OUTCOMES[before], f"{before} {after}")
            out[before], into[after] = out[before] + thick, into[after] + thick
            tip = f"{number_format.percent(share)} of worlds: {OUTCOME_WORDS[before]} → {OUTCOME_WORDS[after]}"
            tips = [row | {"tip": tip} for row in rows]
            if before in origin and after in end:
                strong += tips
            else:
                rest += tips
    canvas.areas(rest, opacity=0.32, smooth=True)
    canvas.areas(strong, opacity=0.85, smooth=True)


def _ribbon(y: float, to: float, thick: float, colour: str, part: str) -> list[Mark]:
    """A band from (left, y) to (right, to) that leaves and arrives level."""
    rows = []
    for along in _BENDS:
        at = y + (to - y) * (3 * along**2 - 2 * along**3)
        rows.append({"x": px(_LEFT + along * (_RIGHT - _LEFT)), "y": px(at), "y2": px(at + max(thick, 0.3)), "color": colour, "part": part})
    return rows


def _bars(canvas: Canvas, column: Mapping[str, tuple[float, float]], x: float) -> None:
    canvas.boxes(
        [
            {"x": x, "x2": x + _BAR, "y": px(top), "y2": px(max(foot, top + 0.6)), "color": palette.OUTCOMES[outcome]}
            for outcome, (top, foot) in column.items()
        ]
    )


def _names(canvas: Canvas, shares: pd.Series, column: Mapping[str, tuple[float, float]], right: bool) -> None:
    """Percentage and name beside every bar, at its middle where there is room; a stroke leads to it where there is not."""
    middles = [(top + foot) / 2 for top, foot in column.values()]
    places = label_placement.apart(middles, _LABEL, _TOP, _TOP + _HIGH)
    edge, side = (_RIGHT + _BAR, 1) if right else (_LEFT - _BAR, -1)
    numbers: list[Mark] = []
    names: list[Mark] = []
    leaders: list[Mark] = []
    for outcome, middle, place in zip(column, middles, places, strict=True):
        leaders.append({"x": edge + 2 * side, "x2": edge + 9 * side, "y": px(middle), "y2": px(place), "color": palette.FAINT})
        number = number_format.percent(float(shares[outcome]))
        wide = text_metrics.width(number, theme.LABEL_SIZE, bold=True) + 6
        numbers.append({"x": edge + 13 * side, "y": px(place), "text": number, "color": palette.INK})
        text = OUTCOME_WORDS[outcome]
        names.append({"x": px(edge + (13 + wide) * side), "y": px(place), "text": text, "color": palette.INK})
    canvas.rules(leaders)
    canvas.texts(numbers, bold=True, align="left" if right else "right")
    canvas.texts(names, align="left" if right else "right")


def _origin(transitions: pd.DataFrame) -> str:
    """The family of outcomes that the title is about: the report's own (delimited), or the largest where few worlds have it."""
    sums = {name: float(transitions.reindex(list(members)).sum().sum()) for name, members in FAMILIES.items()}
    return _DELIMITED if sums[_DELIMITED] >= _WORTH else max(sums, key=lambda name: sums[name])


def _split(transitions: pd.DataFrame) -> tuple[str, float, dict[str, float]]:
    """The family that the title is about, its share, and of its worlds the shares by family after."""
    origin = _origin(transitions)
    mine = transitions.reindex(list(FAMILIES[origin])).sum()
    total = float(mine.sum())
    ends = {name: float(mine.reindex(list(members)).sum()) / total for name, members in FAMILIES.items()}
    return origin, total, ends


def _most(origin: str, ends: Mapping[str, float]) -> str:
    """Where most of those go that leave."""
    return max((name for name in ends if name != origin), key=lambda name: ends[name])


def _named_in_title(transitions: pd.DataFrame) -> tuple[Sequence[str], Sequence[str]]:
    """The outcomes before and after of the transition that the title names."""
    origin, _, ends = _split(transitions)
    return FAMILIES[origin], FAMILIES[_most(origin, ends)]


def _finding(c: Comparison, transitions: pd.DataFrame) -> str:
    origin, total, ends = _split(transitions)
    most = _most(origin, ends)
    who = f"Of the worlds {_state(origin)} in {comparison_text.against(c)} ({number_format.percent(total)} of all)"
    if ends[most] <= 0:
        return f"{who}, all remain {_state(origin)}"
    left = f"{number_format.percent(ends[most])} end {_state(most, after=True)}"
    return f"{who}, {left}; {number_format.percent(ends[origin])} remain {_state(origin)}"


def _state(family: str, after: bool = False) -> str:
    """A family as what worlds are or end in: `delimited`, `in breakdown`."""
    if family in (_DELIMITED, OUTCOME_WORDS["government_recentred"]):
        return {_DELIMITED: "delimited"}.get(family, "with the government recentred")
    article = "a " if family == OUTCOME_WORDS["condominium"] else ""
    return f"in {article}{family}"
