"""What matters for an outcome: a bar of luck and parameters, a row for each group, and a row for each of the strongest parameters."""

import re
from typing import Any

from sim.exploration.global_sensitivity.new_runs import VarianceShares
from sim.exploration.global_sensitivity.outcome_findings import OutcomeFindings
from sim.exploration.global_sensitivity.parameter_groups import LUCK, group_label
from sim.exploration.global_sensitivity.resampled import VarianceShare
from sim.exploration.outcome import Outcome
from sim.report.drawing import palette, theme
from sim.report.drawing.canvas import NOTE, Canvas, px
from sim.report.figures.sensitivity_marks import LEFT, RIGHT, Axis, draw_parameters, heading, row_names
from sim.report.text.sensitivity_sentences import LEAST_PAIRS, LEAST_POINTS, headline, is_small
from sim.text.number_format import capital, percent

_ROW, _BAR, _GAP = 22.0, 26.0, 30.0
_PARAMETERS, _LUCK = "#3f6f8f", "#d9d6cf"  # none is a power's colour


def file_stem(outcome: Outcome) -> str:
    """The name of an outcome's figure, `sensitivity_balance`, safe as the name of a file."""
    plain = outcome.text.replace(">", "_above_").replace("<", "_below_").replace("@", "_")
    return f"sensitivity_{re.sub(r'[^A-Za-z0-9._-]', '_', plain)}"


def figure(found: OutcomeFindings) -> dict[str, Any]:
    """The figure as a Vega-Lite spec. Raises ValueError where there is nothing to draw."""
    variance = found.variance
    has_ceiling = variance is not None and _known(variance.ceiling) and variance.n_points >= LEAST_POINTS
    has_groups = variance is not None and _known(variance.luck) and variance.n_pairs >= LEAST_PAIRS
    if not has_ceiling and not has_groups and not len(found.parameters):
        raise ValueError("there is nothing to draw")
    canvas, y = Canvas(), 0.0
    if variance is not None and has_ceiling:
        y = _ceiling(canvas, variance, y) + _GAP
    if variance is not None and has_groups:
        y = _groups(canvas, variance, y) + _GAP
    if len(found.parameters):
        y = draw_parameters(canvas, found, y) + _GAP
    notes = _notes(found, has_groups)
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
    heading(canvas, top, "Groups", f"share of variance explained, {variance.n_pairs:,} pairs of worlds with one group exchanged at a time")
    ranked = sorted((key for key in variance.groups if key != LUCK), key=lambda key: -variance.groups[key].total.share)
    keys = [LUCK, *ranked]
    y0 = top + 44
    foot = y0 + _ROW * len(keys)
    ends = [variance.groups[key].total.high for key in keys] + [variance.groups[key].first.high for key in keys]
    axis = Axis(0.0, max(*ends, 0.05), LEFT, theme.WIDTH - RIGHT)
    axis.grid(canvas, y0 - 4, foot, lambda tick: f"{100 * tick:g} %")
    middle = {key: y0 + _ROW * i + _ROW / 2 for i, key in enumerate(keys)}
    row_names(canvas, [(group_label(key), y) for key, y in middle.items()], faint={group_label(k) for k in ranked if _is_faint(variance, k)})
    bars, full, hollow, said = [], [], [], []
    for key, y in middle.items():
        total, first = variance.groups[key].total, variance.groups[key].first
        colour = palette.FAINT if key == LUCK or _is_faint(variance, key) else _PARAMETERS
        bars.append({"x": axis.x(total.low), "x2": axis.x(total.high), "y": y, "y2": y, "color": palette.mixed(colour, 0.6)})
        full.append({"x": axis.x(total.share), "y": y, "color": colour})
        hollow.append({"x": axis.x(first.share), "y": y, "color": palette.PAPER})
        said.append({"x": theme.WIDTH - RIGHT + 12, "y": y, "text": _said(total), "color": palette.SOFT})
    canvas.rules(bars, thick=4)
    canvas.dots(hollow, size=45, rim=palette.SOFT)
    canvas.dots(full, size=60)
    canvas.texts(said, size=theme.SMALL_SIZE)
    return foot


def _is_faint(variance: VarianceShares, key: str) -> bool:
    return is_small(variance.groups[key].total)


def _said(share: VarianceShare) -> str:
    return f"{100 * max(share.share, 0.0):.0f} % ({100 * max(share.low, 0.0):.0f} to {100 * share.high:.0f})"


def _subtitle(found: OutcomeFindings) -> list[str]:
    what = "share of the differences between worlds (their variance) that goes away once something is known"
    return [f"{capital(found.outcome.label)}. Explained: {what}.", "No result is a prediction."]


def _notes(found: OutcomeFindings, has_groups: bool) -> list[str]:
    """How to read the marks."""
    groups = "Groups: filled, alone and together with others, with its 95 % interval; hollow, alone. Totals of groups may add up to more than 100 %."
    parameters = "Parameters: rank correlation with its 95 % interval, each alone. Mark by grade, with its word at the right; grey: too small or unsure."
    return [*([groups] if has_groups else []), *([parameters] if len(found.parameters) else [])]


def _known(share: VarianceShare) -> bool:
    return share.share == share.share
