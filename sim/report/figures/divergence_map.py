"""How a divergence spreads: one simulated world under two scenarios, and how much influence differs by province and month."""

from itertools import groupby
from typing import Any

from sim.replay.divergence.divergence_spread import THRESHOLD
from sim.replay.divergence.divergence_types import Divergence
from sim.report.drawing import palette, text_metrics, theme
from sim.report.drawing.canvas import NOTE, Canvas, Mark
from sim.text import number_format
from sim.text.names import with_article

STEPS = ((0.0, "at most 1 %"), (THRESHOLD, "1-5 %"), (0.05, "5-10 %"), (0.1, "10-25 %"), (0.25, "25-50 %"), (0.5, "more than half"))
_SHADES = tuple(palette.mixed(palette.INK, strength) for strength in (0.04, 0.14, 0.27, 0.43, 0.62, 0.86))
_NAMES, _END = 112.0, 86.0  # pixels for the provinces' names at the left, and for the shares at the horizon
_ROW, _TOP, _LANE = 20.0, 86.0, 17.0
_NOTE = (
    "Shade: half the sum of the absolute differences of all powers' shares of influence (not sovereignty). Provinces are sorted by when "
    "the difference first exceeds 1 %. Dots: months with events, other than routine ones, that occur only in that scenario."
)


def figure(divergence: Divergence) -> dict[str, Any]:
    """The figure as a Vega-Lite spec."""
    spread = divergence.spread
    rows = len(spread.differs)
    wide = (theme.WIDTH - _NAMES - _END) / rows
    order = sorted(range(len(spread.iso)), key=lambda i: (spread.reached[i] < 0, spread.reached[i], -spread.differs[-1, i]))
    bottom = _TOP + _ROW * len(order)
    notes = text_metrics.wrapped(_NOTE, theme.WIDTH, theme.SMALL_SIZE)
    canvas = Canvas(bottom + 66 + NOTE * len(notes))
    _cells(canvas, divergence, order, wide)
    _marks(canvas, divergence, wide, bottom)
    _lanes(canvas, divergence, wide)
    _months(canvas, divergence, wide, bottom)
    _key(canvas, bottom + 40)
    canvas.notes(notes, bottom + 66)
    return canvas.spec(*_heading(divergence))


def _x(row: float, wide: float) -> float:
    """The left edge of a row of `DivergenceSpread.differs`: 0 is the start."""
    return round(_NAMES + row * wide, 2)


def _step(share: float) -> int:
    return max(i for i, (least, _) in enumerate(STEPS) if i == 0 or share > least)


def _cells(canvas: Canvas, divergence: Divergence, order: list[int], wide: float) -> None:
    """A strip for each province, in runs of months of the same shade; its name and its share at the horizon beside it."""
    spread, boxes, names, ends = divergence.spread, [], [], []
    for place, i in enumerate(order):
        top = _TOP + _ROW * place
        for step, run in groupby(enumerate(spread.differs[:, i]), key=lambda item: _step(float(item[1]))):
            months = [row for row, _ in run]
            span = {"x": _x(months[0], wide), "x2": _x(months[-1] + 1, wide)}
            boxes.append({**span, "y": top, "y2": top + _ROW - 2, "color": _SHADES[step]})
        ink = palette.INK if spread.reached[i] >= 0 else palette.FAINT
        names.append({"x": _NAMES - 8, "y": top + _ROW / 2 - 1, "text": divergence.provinces[spread.iso[i]], "color": ink})
        text = number_format.percent(float(spread.differs[-1, i]))
        ends.append({"x": theme.WIDTH - _END + 8, "y": top + _ROW / 2 - 1, "text": text, "color": ink})
    canvas.boxes(boxes)
    canvas.texts(names, align="right")
    canvas.texts(ends, size=theme.SMALL_SIZE)
    head = {"x": theme.WIDTH - _END + 8, "y": _TOP - 10, "text": "at the horizon", "color": palette.FAINT}
    canvas.texts([head], size=theme.SMALL_SIZE)


def _marks(canvas: Canvas, divergence: Divergence, wide: float, bottom: float) -> None:
    """Lines where the two diverge: the first event that differs, and the first decision."""
    event, decision = divergence.event, divergence.decision
    marks: list[tuple[int, str]] = []
    if decision:
        marks.append((decision.month, f"{number_format.capital(with_article(decision.actor))} decides differently"))
    if event:
        scripted = any(one.kinds[0] == "scripted" for one in (*event.first, *event.second))
        marks.insert(0 if divergence.event_first else 1, (event.month, "Scripted event" if scripted else "First event that differs"))
    rules: list[Mark] = []
    for i, (month, what) in enumerate(marks):
        text = f"{what} ({number_format.month(divergence.months[month])})"
        x, y = _x(month + 1, wide), 6 + 16.0 * i
        right = x > theme.WIDTH / 2
        rules.append({"x": x, "x2": x, "y": y - 6, "y2": bottom, "color": palette.INK})
        label = {"x": x + (-6 if right else 6), "y": y, "text": text, "color": palette.INK}
        canvas.texts([label], size=theme.SMALL_SIZE, align="right" if right else "left", bold=True)
    canvas.rules(rules, thick=1.0, dash=(3, 2))


def _lanes(canvas: Canvas, divergence: Divergence, wide: float) -> None:
    """A lane of dots for each scenario."""
    for lane, name in enumerate(divergence.scenarios):
        y = _TOP - 2 * _LANE + _LANE * lane - 4
        months = [one.month for one in divergence.differing_events if (one.first, one.second)[lane]]
        canvas.texts(
            [{"x": _NAMES - 8, "y": y, "text": text_metrics.cut(name, _NAMES - 10, theme.SMALL_SIZE), "color": palette.SOFT}],
            size=theme.SMALL_SIZE,
            align="right",
        )
        canvas.rules([{"x": _NAMES, "x2": theme.WIDTH - _END, "y": y, "y2": y, "color": palette.LINE}])
        canvas.dots([{"x": _x(month + 1.5, wide), "y": y, "color": palette.SOFT} for month in months], size=22)


def _months(canvas: Canvas, divergence: Divergence, wide: float, bottom: float) -> None:
    """The years below, each at its January; the first month where there is none."""
    years = [i for i, month in enumerate(divergence.months) if month.endswith("-01")]
    every = max(1, -(-len(years) // 12))
    ticks = [(i, divergence.months[i][:4]) for i in years[::every]] or [(0, number_format.month(divergence.months[0]))]
    canvas.rules([{"x": _x(i + 1, wide), "x2": _x(i + 1, wide), "y": bottom, "y2": bottom + 5, "color": palette.FAINT} for i, _ in ticks])
    texts = [{"x": _x(i + 1, wide), "y": bottom + 14, "text": text, "color": palette.FAINT} for i, text in ticks]
    canvas.texts(texts, size=theme.SMALL_SIZE, align="center")


def _key(canvas: Canvas, y: float) -> None:
    """The shades in words."""
    x, boxes, texts = _NAMES, [], []
    for shade, (_, text) in zip(_SHADES, STEPS, strict=True):
        boxes.append({"x": x, "x2": x + 22, "y": y - 6, "y2": y + 6, "color": shade})
        texts.append({"x": x + 28, "y": y, "text": text, "color": palette.SOFT})
        x += 28 + text_metrics.width(text, theme.SMALL_SIZE) + 20
    canvas.boxes(boxes)
    canvas.texts(texts, size=theme.SMALL_SIZE)


def _heading(divergence: Divergence) -> tuple[str, list[str]]:
    spread, (one, two) = divergence.spread, divergence.scenarios
    world = f"Simulated world {divergence.world}"
    caution = "One world of the model, with the same random events in both scenarios: neither history nor forecast."
    questions = [f"{name}: {question}" for name, question in zip(divergence.scenarios, divergence.questions, strict=True)]
    if not divergence.differs_at_all:
        return f"{world} is identical under '{one}' and '{two}': the two never diverge", [*questions, caution]
    firsts = [found.month for found in (divergence.event, divergence.decision) if found]
    when = number_format.month(divergence.months[min(firsts) if firsts else max(divergence.moved or 0, 0)])
    many, most = spread.count[-1], int(spread.differs[-1].argmax())
    end = number_format.month(divergence.months[-1])
    if many:
        how = f"{many} of {len(spread.iso)} provinces {'differs' if many == 1 else 'differ'} by {end}, "
        share = number_format.percent(float(spread.differs[-1, most]))
        how += f"most in {divergence.provinces[spread.iso[most]]} ({share} of its influence)"
    else:
        how = f"by {end} no province differs by more than 1 % of its influence"
    return f"{world}: '{two}' diverges from '{one}' in {when}; {how}", [*questions, caution]
