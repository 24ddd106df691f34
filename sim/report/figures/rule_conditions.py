"""A rule as a figure: its conditions on the draws of each parameter, how often each comes back, and what the rule is worth."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.exploration.discovery.asked_worlds import AskedWorlds
from sim.exploration.discovery.boxes import Box, Side
from sim.exploration.discovery.condition_words import Condition, condition
from sim.exploration.discovery.judgement import Judgement
from sim.exploration.discovery.rule_search import FOUND, RESAMPLES, STABLE, Rule
from sim.exploration.discovery.rule_text import headline
from sim.model.state.dimensions import Row
from sim.report.drawing import label_placement, palette, text_metrics, theme
from sim.report.drawing.canvas import NOTE, Canvas, Mark, px
from sim.text.number_format import percent, worlds

_SHOWN, _TENTHS = 6, 10  # conditions at most; parts of the draws
_LEFT, _MIDDLE, _RIGHT, _TALLY, _END = 300.0, 300.0, 600.0, 660.0, 830.0  # the panel of draws from x to x, that of halves from x to x
_HEAD, _ROW, _PLOT = 46.0, 58.0, 40.0  # where rows begin; a row; the height of its bars
_WORTH, _BAR = 28.0, 10.0  # a row of shares below, and its bar
_INSIDE, _OUTSIDE = palette.OUTCOMES["delimited_agreed"], palette.LINE


def figure(asked: AskedWorlds, rules: Sequence[Rule]) -> dict[str, Any]:
    """The figure as a Vega-Lite spec: of the best rule that counts, or of the conditions that came back most often."""
    rule = best(rules)
    shown = _shown(rule)
    below = _HEAD + _ROW * len(shown) + 42
    shares = [("all worlds held out", rules[0].judgement, True), *((f"in the {_called(one)}", one.judgement, False) for one in rules)]
    notes = _notes(rule)
    canvas = Canvas(below + 24 + _WORTH * len(shares) + 26 + NOTE * len(notes))
    _heads(canvas)
    most = max((share for side in shown for share in _tenths(asked, side) if np.isfinite(share)), default=1.0) or 1.0
    for i, side in enumerate(shown):
        bound = rule.box.bound(side) if rule.box.restricts(side) else None
        one = condition(asked, side, 0.5 if bound is None else bound, rule.times.get(side, 0))
        _draws(canvas, _tenths(asked, side), _HEAD + i * _ROW, most, float(asked.holds.mean()), None if bound is None else rule.box, side)
        _tally(canvas, one.times, _HEAD + i * _ROW + _PLOT / 2)
        _names(canvas, one, bound is not None, _HEAD + i * _ROW + _PLOT / 2)
    _line_of_stability(canvas, _HEAD - 4, _HEAD + _ROW * len(shown) - (_ROW - _PLOT) + 4)
    _shares(canvas, shares, below)
    canvas.notes(notes, canvas.height - NOTE * len(notes) + NOTE / 2, palette.FAINT)
    return canvas.spec(headline(asked, rules), [f"In {asked.source}. No result is a prediction."])


def best(rules: Sequence[Rule]) -> Rule:
    """The rule that counts, the clearest of them; else the one of which a condition came back most often."""
    counting = [rule for rule in rules if rule.status == FOUND]
    if counting:
        return max(counting, key=lambda rule: rule.judgement.clearness)
    return max(rules, key=lambda rule: rule.commonest[1] if rule.commonest else 0)


def _called(rule: Rule) -> str:
    name = "box of PRIM" if rule.method == "PRIM" else "leaf of the tree"
    return name if rule.box.sides else f"{name} (no stable condition)"


def _shown(rule: Rule) -> list[Side]:
    """The conditions of the rule, then those that came back most often."""
    others = sorted((side for side in rule.times if not rule.box.restricts(side)), key=lambda side: (-rule.times[side], side))
    return [*rule.box.sides, *others][: max(_SHOWN, len(rule.box.sides))]


def _tenths(asked: AskedWorlds, side: Side) -> Row:
    """The share of worlds in which it holds, by tenth of the draws of a parameter; NaN where none was drawn."""
    place = np.minimum((asked.quantiles[asked.paths[side.factor]] * _TENTHS).astype(int), _TENTHS - 1)
    n, held = np.bincount(place, minlength=_TENTHS), np.bincount(place[asked.holds], minlength=_TENTHS)
    return np.divide(held, n, out=np.full(_TENTHS, np.nan), where=n > 0)


def _heads(canvas: Canvas) -> None:
    heads = [
        {"x": 0, "y": 8, "text": "Parameter", "color": palette.INK},
        {"x": _MIDDLE, "y": 8, "text": "Share of worlds, by tenth of its draws", "color": palette.INK},
        {"x": _TALLY, "y": 8, "text": f"Comes back in, of {RESAMPLES}", "color": palette.INK},
    ]
    canvas.texts(heads, bold=True)
    ends = [{"x": _MIDDLE, "y": 26, "text": "lowest draws", "color": palette.SOFT}]
    canvas.texts(ends, size=theme.SMALL_SIZE)
    canvas.texts([{"x": _RIGHT, "y": 26, "text": "highest", "color": palette.SOFT}], size=theme.SMALL_SIZE, align="right")
    canvas.texts(
        [{"x": _tally_x(STABLE), "y": 26, "text": f"stable from {STABLE}", "color": palette.SOFT}], size=theme.SMALL_SIZE, align="center"
    )


def _draws(canvas: Canvas, shares: Row, top: float, most: float, base: float, box: Box | None, side: Side) -> None:
    """Bars by tenth, the part that the rule keeps in colour; the line is the share of all worlds."""
    foot, wide = top + _PLOT, (_RIGHT - _MIDDLE) / _TENTHS
    low, high = (0.0, 0.0) if box is None else (float(box.low[side.factor]), float(box.high[side.factor]))
    boxes: list[Mark] = []
    hovers: list[Mark] = []
    for i, share in enumerate(shares):
        x, x2 = _MIDDLE + i * wide + 1, _MIDDLE + (i + 1) * wide - 1
        kept = low <= (i + 0.5) / _TENTHS <= high
        if np.isfinite(share):
            colour = _INSIDE if kept else _OUTSIDE
            boxes.append({"x": px(x), "x2": px(x2), "y": px(foot - _PLOT * share / most), "y2": foot, "color": colour})
            hovers.append(
                {"x": px(x), "x2": px(x2), "y": top, "y2": foot, "tip": f"tenth {i + 1} of its draws: {percent(float(share))} of worlds"}
            )
    canvas.boxes(boxes)
    y = px(foot - _PLOT * base / most)
    canvas.rules([{"x": _MIDDLE, "x2": _RIGHT, "y": y, "y2": y, "color": palette.INK}], thick=0.8, dash=(3, 3))
    cuts = [at for at in (low, high) if box is not None and 0.0 < at < 1.0]
    canvas.rules(
        [
            {
                "x": px(_MIDDLE + at * (_RIGHT - _MIDDLE)),
                "x2": px(_MIDDLE + at * (_RIGHT - _MIDDLE)),
                "y": top - 3,
                "y2": foot + 3,
                "color": palette.INK,
            }
            for at in cuts
        ],
        thick=1.6,
    )
    canvas.hovers(hovers)


def _tally_x(times: float) -> float:
    return px(_TALLY + times / RESAMPLES * (_END - _TALLY))


def _tally(canvas: Canvas, times: int, y: float) -> None:
    stable = times >= STABLE
    canvas.boxes([{"x": _TALLY, "x2": _tally_x(times), "y": y - 6, "y2": y + 6, "color": palette.SOFT if stable else palette.LINE}])
    canvas.texts(
        [{"x": _tally_x(times) + 5, "y": y, "text": f"{times}", "color": palette.INK if stable else palette.FAINT}], size=theme.SMALL_SIZE
    )


def _line_of_stability(canvas: Canvas, top: float, foot: float) -> None:
    canvas.rules([{"x": _tally_x(STABLE), "x2": _tally_x(STABLE), "y": top, "y2": foot, "color": palette.INK}], thick=0.8, dash=(3, 3))


def _names(canvas: Canvas, one: Condition, is_cut: bool, y: float) -> None:
    limit = _LEFT - 16
    name = text_metrics.cut(one.path, limit, theme.LABEL_SIZE, bold=is_cut)
    canvas.texts([{"x": 0, "y": y - 9, "text": name, "color": palette.INK if is_cut else palette.SOFT}], bold=is_cut)
    said = (
        f"{'below' if one.upper else 'above'} {one.value:.3g} {one.setting.unit}; {one.ground}"
        if is_cut
        else f"{'low' if one.upper else 'high'} draws; {one.ground}"
    )
    canvas.texts(
        [{"x": 0, "y": y + 8, "text": text_metrics.cut(said, limit, theme.SMALL_SIZE), "color": palette.SOFT}], size=theme.SMALL_SIZE
    )


def _shares(canvas: Canvas, shares: Sequence[tuple[str, Judgement, bool]], top: float) -> None:
    """How often it holds among all worlds held out, and in each rule, with intervals."""
    ends = [
        judgement.base_interval if of_all else judgement.density_interval
        for _, judgement, of_all in shares
        if of_all or judgement.within < judgement.n
    ]
    reach = max(high for _, high in ends)
    canvas.texts([{"x": 0, "y": top, "text": "Share of worlds held out, with 95 % interval", "color": palette.INK}], bold=True)
    at = label_placement.ticks(0.0, reach, 6)

    def x(share: float) -> float:
        return px(_MIDDLE + min(share / (1.04 * reach), 1.0) * (_RIGHT - _MIDDLE))

    foot = top + 24 + _WORTH * len(shares)
    canvas.rules([{"x": x(t), "x2": x(t), "y": top + 10, "y2": foot - 8, "color": palette.LINE} for t in at])
    canvas.texts(
        [{"x": x(t), "y": foot, "text": f"{100 * t:g} %", "color": palette.SOFT} for t in at], size=theme.SMALL_SIZE, align="center"
    )
    for i, (label, judgement, of_all) in enumerate(shares):
        y = top + 28 + i * _WORTH
        canvas.texts([{"x": 0, "y": y, "text": label, "color": palette.INK}])
        if not of_all and not judgement.within < judgement.n:
            continue
        share = judgement.base if of_all else judgement.density
        low, high = judgement.base_interval if of_all else judgement.density_interval
        colour = palette.SOFT if of_all else _INSIDE
        canvas.boxes([{"x": x(low), "x2": x(high), "y": y - _BAR / 2, "y2": y + _BAR / 2, "color": palette.mixed(colour, 0.4)}], corner=1)
        canvas.dots([{"x": x(share), "y": y, "color": colour}], size=44)
        text = f"{percent(share)}" + ("" if of_all else f"; takes in {percent(judgement.coverage)} of those that have it")
        canvas.texts([{"x": _RIGHT + 16, "y": y, "text": text, "color": palette.SOFT}], size=theme.SMALL_SIZE)


def _notes(rule: Rule) -> list[str]:
    """How to read the marks."""
    kept = "Coloured: the draws that the rule keeps. " if rule.box.sides else ""
    return [
        f"{kept}Dashed: the share of all worlds. At the right: in how many of {RESAMPLES} random halves the same end is cut.",
        f"The rule was found on one half of the worlds; the shares below are of the other half, {worlds(rule.judgement.n)}.",
    ]
