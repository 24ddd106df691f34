"""What matters for an outcome: a bar of luck and parameters, a row for each group, and a row for each of the strongest parameters."""

import re
from typing import Any

from sim.exploration.global_sensitivity.new_runs import VarianceShares
from sim.exploration.global_sensitivity.outcome_findings import OutcomeFindings
from sim.exploration.global_sensitivity.parameter_groups import LUCK, group_label
from sim.exploration.outcome import Outcome
from sim.report.drawing import palette, theme
from sim.report.drawing.canvas import NOTE, Canvas, px
from sim.report.figures.sensitivity_marks import LEFT, RIGHT, Axis, draw_parameters, heading, row_names
from sim.report.text.sensitivity_sentences import headline, interval, ranked_groups
from sim.text.number_format import capital, percent

_ROW, _BAR, _GAP = 22.0, 26.0, 30.0
_PARAMETERS, _LUCK = "#3f6f8f", "#d9d6cf"  # none is a power's colour


def file_stem(outcome: Outcome) -> str:
    """The name of an outcome's figure, `sensitivity_balance`, safe as the name of a file."""
    plain = outcome.text.replace(">", "_above_").replace("<", "_below_").replace("@", "_")
    return f"sensitivity_{re.sub(r'[^A-Za-z0-9._-]', '_', plain)}"


def has_anything(found: OutcomeFindings) -> bool:
    """Whether there is anything to draw."""
    variance = found.variance
    return len(found.parameters) > 0 or (variance is not None and (variance.has_ceiling or variance.has_groups))


def figure(found: OutcomeFindings) -> dict[str, Any]:
    """The figure as a Vega-Lite spec. Raises ValueError where there is nothing to draw."""
    variance = found.variance
    if not has_anything(found):
        raise ValueError("there is nothing to draw")
    canvas, y = Canvas(), 0.0
    if variance is not None and variance.has_ceiling:
        y = _ceiling(canvas, variance, y) + _GAP
    if variance is not None and variance.has_groups:
        y = _groups(canvas, variance, y) + _GAP
    if len(found.parameters):
        y = draw_parameters(canvas, found, y) + _GAP
    notes = _notes(found)
    canvas.height = y + NOTE * len(notes)
    canvas.notes(notes, y, palette.FAINT)
    return canvas.spec(headline(found), _subtitle(found))


def _ceiling(canvas: Canvas, variance: VarianceShares, top: float) -> float:
    """The bar of what parameters can explain and what is luck; returns its foot."""
    heading(canvas, top, "Luck first", f"what parameters can explain at most, {variance.n_points:,} points with several lucks each")
    y, axis = top + 24, Axis(0.0, 1.0, LEFT, theme.WIDTH)
    share = variance.ceiling
    edge = axis.x(share.share)
    canvas.boxes(
        [
            {"x": LEFT, "x2": edge, "y": y, "y2": y + _BAR, "color": _PARAMETERS},
            {"x": edge, "x2": theme.WIDTH, "y": y, "y2": y + _BAR, "color": _LUCK},
        ]
    )
    canvas.rules([{"x": axis.x(share.low), "x2": axis.x(share.high), "y": y + _BAR + 5, "y2": y + _BAR + 5, "color": palette.INK}], thick=2)
    row_names(canvas, [("parameters and luck", y + _BAR / 2)])
    words = [(f"parameters {percent(max(share.share, 0.0))}", LEFT, edge, _PARAMETERS), ("luck", edge, theme.WIDTH, _LUCK)]
    texts = [
        {"x": px((x + x2) / 2), "y": y + _BAR / 2, "text": text, "color": palette.ink_on(colour)}
        for text, x, x2, colour in words
        if x2 - x > 90
    ]
    canvas.texts(texts, align="center", bold=True)
    return y + _BAR + 8


def _groups(canvas: Canvas, variance: VarianceShares, top: float) -> float:
    """A row for each group, the strongest first, luck above all; returns the foot."""
    heading(canvas, top, "Groups", f"share of variance, {variance.n_pairs:,} pairs of worlds with one group exchanged at a time")
    sure, unsure, small = ranked_groups(variance)
    keys, faint = [LUCK, *sure, *unsure, *small], {LUCK, *unsure, *small}
    y0 = top + 44
    foot = y0 + _ROW * len(keys)
    axis = Axis(0.0, max(0.05, *(variance.groups[key].total.high for key in keys)), LEFT, theme.WIDTH - RIGHT)
    axis.grid(canvas, y0 - 4, foot, lambda tick: f"{100 * tick:g} %")
    middle = {key: y0 + _ROW * i + _ROW / 2 for i, key in enumerate(keys)}
    row_names(canvas, [(group_label(key), y) for key, y in middle.items()], faint={group_label(key) for key in (*unsure, *small)})
    bars, totals, lost, said = [], [], [], []
    for key, y in middle.items():
        effect, colour = variance.groups[key], palette.FAINT if key in faint else _PARAMETERS
        main = effect.total if key == LUCK else effect.lost
        bars.append({"x": axis.x(main.low), "x2": axis.x(main.high), "y": y, "y2": y, "color": palette.mixed(colour, 0.6)})
        totals.append({"x": axis.x(effect.total.share), "y": y, "color": palette.PAPER})
        if key != LUCK:
            lost.append({"x": axis.x(main.share), "y": y, "color": colour})
        said.append(
            {"x": theme.WIDTH - RIGHT + 12, "y": y, "text": interval(main), "color": palette.FAINT if key in small else palette.SOFT}
        )
    canvas.rules(bars, thick=4)
    canvas.dots(totals, size=45, rim=palette.SOFT)
    canvas.dots(lost, size=60)
    canvas.texts(said, size=theme.SMALL_SIZE)
    return foot


def _subtitle(found: OutcomeFindings) -> list[str]:
    what = "share of the differences between worlds (their variance) that goes away once something is known"
    return [f"{capital(found.outcome.label)}. Explained: {what}.", "No result is a prediction."]


def _notes(found: OutcomeFindings) -> list[str]:
    """How to read the marks."""
    groups = [
        "Groups: filled, how much less could be explained without knowing the group (line and number: its 95 % interval); hollow, how much",
        "worlds differ once it is exchanged, which includes what the same luck then does otherwise. Grey: not detected, or small.",
    ]
    parameters = [
        "Parameters: rank correlation, each alone, with its 95 % interval. Grades: square stated, full dot sourced, half-tone inferred,",
        "hollow and orange assumed; grey: too small to matter, or not sure.",
    ]
    has_groups = found.variance is not None and found.variance.has_groups
    return [*(groups if has_groups else []), *(parameters if len(found.parameters) else [])]
