"""Where and when the model has too much violence and too little: a map of shares by province, and counts month by month."""

from itertools import pairwise
from typing import Any

import numpy as np

from sim.report.drawing import palette, province_outlines, text_metrics, theme
from sim.report.drawing.canvas import NOTE, Align, Canvas, Mark, legend
from sim.report.drawing.time_panel import End, Panel, axis_top
from sim.report.figures.sphere_map import GOLAN_NOTE, HEIGHT, anchor, neighbours, projection
from sim.text import number_format
from sim.text.number_format import month, percent, signed_points
from sim.validation.events.event_comparison import EventComparison

TOO_MUCH, TOO_LITTLE, ALIKE = "#b5541c", "#2b6a99", "#f1efe9"
STEPS = (0.01, 0.03, 0.06, 0.12)  # differences of shares from which a shade begins
_STRENGTHS = (0.0, 0.25, 0.5, 0.75, 1.0)
_MAP = HEIGHT - 60.0  # where the map's part of the sheet ends
_PANEL = 150.0
_NOTES = (
    "Shares of all events compared, not numbers. Signed: points by which the model's share is above (+) or below (−) the file's. Violence "
    "in the model: offensives, raids, strikes and risings, one event each; event data count what reports name.",
    "Counts below: the model's times one factor for the whole span, so that both have as many events; band: middle 80 % of worlds.",
)


def shade(difference: float) -> str:
    """The colour of a difference of shares: orange for too much in the model, blue for too little."""
    step = sum(round(abs(difference), 9) >= least for least in STEPS)
    return palette.mixed(TOO_MUCH if difference > 0 else TOO_LITTLE, _STRENGTHS[step], ALIKE)


def figure(c: EventComparison) -> dict[str, Any]:
    """The figure as a Vega-Lite spec."""
    notes = [GOLAN_NOTE, *(line for text in _NOTES for line in text_metrics.wrapped(text, theme.WIDTH, theme.SMALL_SIZE))]
    canvas = Canvas(_MAP + _PANEL + 70 + NOTE * len(notes))
    fact, model = c.places()
    shapes = province_outlines.outlines()
    canvas.shapes(
        [{"type": "Feature", "geometry": shapes[iso], "color": shade(float(model[i] - fact[i]))} for i, iso in enumerate(c.provinces.iso)],
        projection(),
    )
    neighbours(canvas)
    _labels(canvas, c)
    _key(canvas)
    _months(canvas, c)
    canvas.notes(notes, _MAP + _PANEL + 70)
    return canvas.spec(*_heading(c))


def _labels(canvas: Canvas, c: EventComparison) -> None:
    """Name, difference in points, and both shares of every province."""
    fact, model = c.places()
    layers: dict[tuple[Align, bool], list[Mark]] = {}
    lines: list[Mark] = []
    dots: list[Mark] = []
    for i, iso in enumerate(c.provinces.iso):
        x, y, align, ink = anchor(iso, shade(float(model[i] - fact[i])), lines, dots)
        off, shares = signed_points(float(model[i] - fact[i])), f"{percent(float(model[i]))}, file {percent(float(fact[i]))}"
        for row, text in enumerate((c.provinces.name[i], off, shares)):
            layers.setdefault((align, row == 0), []).append({"x": x, "y": y + 14 * (row - 1), "text": text, "color": ink})
    canvas.rules(lines, thick=0.9)
    canvas.dots(dots)
    for (side, bold), rows in sorted(layers.items()):
        canvas.texts(rows, size=theme.LABEL_SIZE if bold else theme.SMALL_SIZE, align=side, bold=bold)


def _key(canvas: Canvas) -> None:
    x, y = 640.0, _MAP - 150
    canvas.texts([{"x": x, "y": y - 14, "text": "Model's share less the file's, points", "color": palette.INK}], bold=True)
    spans = [f"{100 * low:g} to {100 * high:g}" for low, high in pairwise(STEPS)] + [f"{100 * STEPS[-1]:g} and more"]
    rows = [(shade(0.0), f"within {100 * STEPS[0]:g}")]
    for sign, word in ((1, "too much"), (-1, "too little")):
        rows += [(shade(sign * low), f"{word}, {span}") for low, span in zip(STEPS, spans, strict=True)]
    for row in rows:
        y = legend(canvas, [row], x, y, 200.0, 16.0)


def _months(canvas: Canvas, c: EventComparison) -> None:
    """Events of the whole country month by month: the file's line, and the model's median and band."""
    names, fact = c.months(), c.fact.sum(axis=0)
    low, middle, high = np.quantile(c.model.sum(axis=0, dtype=np.int64) * c.scale, (0.1, 0.5, 0.9), axis=-1)
    top = axis_top(float(max(fact.max(), high.max())))
    panel = Panel(40.0, theme.WIDTH - 150.0, _MAP + 60, _MAP + 60 + _PANEL - 40, names[0], names[-1], 0.0, top)
    panel.frame(canvas, "Events a month in the whole country", most=4)
    points = [dict(zip(names, map(float, values), strict=True)) for values in (low, middle, high, fact)]
    canvas.areas(panel.band(points[0], points[2], TOO_MUCH, "band"), opacity=0.2)
    canvas.lines(panel.line(points[1], TOO_MUCH, "model"), thick=1.8)
    canvas.lines(panel.line(points[3], palette.INK, "file"), thick=1.8)
    ends = [("model (median)", TOO_MUCH, points[1]), ("event file", palette.INK, points[3])]
    panel.ends(canvas, [End(line[names[-1]], colour, text) for text, colour, line in ends])


def _heading(c: EventComparison) -> tuple[str, list[str]]:
    fact, model = c.places()
    off = model - fact
    most, least = int(off.argmax()), int(off.argmin())
    title = f"The model has too much violence in {c.provinces.name[most]} ({signed_points(float(off[most]))} points)"
    title += f", too little in {c.provinces.name[least]} ({signed_points(float(off[least]))})"
    if np.abs(off).max() < STEPS[0]:
        title = "The model's violence lies where the file's events do, to a point of each province's share"
    names = c.months()
    span = f"{month(names[0])} to {month(names[-1])}"
    worlds = number_format.worlds(c.violence.shape[-1])
    first = f"Violence in the model ('{c.scenario.name}', {worlds}) beside {c.fact.sum():,.0f} events of a file, {span}."
    return title, [
        first,
        f"Share of events in the wrong place: {percent(float(np.abs(off).sum() / 2))}. The file is not part of the model.",
    ]
