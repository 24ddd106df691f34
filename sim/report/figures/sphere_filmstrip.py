"""The map strip: the spheres of one simulated world at its start, in the months in which most provinces changed, and at the horizon."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from sim.experiment.recording.world_tables import calendar
from sim.model.observation.measure_catalogue import SPHERES
from sim.model.state.dimensions import Array
from sim.replay.rerun import Replay
from sim.report.drawing import hatching, palette, province_outlines, text_metrics, theme
from sim.report.drawing.canvas import NOTE, Canvas, Mark, legend
from sim.report.figures import sphere_map
from sim.text import number_format
from sim.text.names import display_name

MOST_BETWEEN = 3  # months between the start and the horizon
APART = 6  # months that two maps are apart, at least
_GAP, _HEAD, _LINE = 14.0, 22.0, 14.0
_HATCH = 6.0  # pixels between lines of contested ground
_WEST, _EAST, _NORTH, _SOUTH = 35.55, 42.45, 37.36, 32.25  # what a map shows, in degrees
_LINES = 6  # of changes below a map
_RULE = (
    "Months shown: the start, up to three months in which most provinces changed sphere for half a year or longer, and the horizon. "
    "Below a map: what differs from the map before it."
)


def figure(replay: Replay) -> dict[str, Any]:
    """The figure of a world run again, as a Vega-Lite spec."""
    names, months = replay.provinces, calendar(replay.scenario)
    shown = months_shown(replay.spheres)
    now = [{iso: SPHERES[int(code)] for iso, code in zip(names, replay.spheres[m], strict=True)} for m in shown]
    changes = [_changes(before, after, names) for before, after in pairwise(now)]
    wide = (theme.WIDTH - _GAP * (MOST_BETWEEN + 1)) / (MOST_BETWEEN + 2)
    scale = wide / (sphere_map.place(_EAST, _NORTH)[0] - sphere_map.place(_WEST, _NORTH)[0])
    high = scale * (sphere_map.place(_WEST, _SOUTH)[1] - sphere_map.place(_WEST, _NORTH)[1])
    captions = [
        text_metrics.wrapped(text, theme.WIDTH, theme.SMALL_SIZE) for text in (_RULE, sphere_map.INFLUENCE_NOTE, sphere_map.GOLAN_NOTE)
    ]
    notes = [line for lines in captions for line in lines]
    below = [_below(shown, changes, i, wide) for i in range(len(shown))]
    under = _HEAD + high + 10 + _LINE * max(len(lines) for lines in below) + 12
    canvas = Canvas(under + 34 + NOTE * len(notes))
    _maps(canvas, now, wide, scale)
    heads = [
        {"x": i * (wide + _GAP), "y": 6, "text": _head(months, m, len(replay.spheres) - 1), "color": palette.INK}
        for i, m in enumerate(shown)
    ]
    canvas.texts(heads, bold=True)
    lines = [
        {"x": i * (wide + _GAP), "y": _HEAD + high + 14 + _LINE * j, "text": text, "color": palette.SOFT}
        for i, texts in enumerate(below)
        for j, text in enumerate(texts)
    ]
    canvas.texts(lines, size=theme.SMALL_SIZE)
    used = sorted({sphere for spheres in now for sphere in spheres.values()}, key=list(palette.SPHERES).index)
    end = legend(canvas, [(palette.SPHERES[s], display_name(s)) for s in used], 0.0, under, theme.WIDTH)
    canvas.notes(notes, end + 14)
    return canvas.spec(*_heading(replay, now[0], now[-1], names))


def months_shown(spheres: Array) -> list[int]:
    """Which rows of spheres (months + 1, provinces) to show: the first, those with most lasting changes, and the last.

    A change lasts if the province keeps its new sphere for APART months, or to the end. A map like the one shown before it is left out.
    """
    last = len(spheres) - 1
    lasting = [int(((spheres[r] != spheres[r - 1]) & (spheres[r : r + APART] == spheres[r]).all(axis=0)).sum()) for r in range(1, last + 1)]
    chosen = [0, last]
    for row in sorted(range(1, last + 1), key=lambda r: (-lasting[r - 1], r)):
        before = max(shown for shown in chosen if shown < row)
        worth_showing = lasting[row - 1] and (spheres[row] != spheres[before]).any() and all(abs(row - shown) >= APART for shown in chosen)
        if worth_showing and len(chosen) < MOST_BETWEEN + 2:
            chosen = sorted([*chosen, row])
    return [row for i, row in enumerate(chosen) if row in (0, last) or (spheres[row] != spheres[chosen[i - 1]]).any()]


def _maps(canvas: Canvas, now: Sequence[Mapping[str, str]], wide: float, scale: float) -> None:
    """A map for each month, side by side. The outlines enter in pixels, since the layers of a figure share one projection."""
    features: list[Mark] = []
    lines: list[Mark] = []
    for i, spheres in enumerate(now):
        shift = i * (wide + _GAP)
        shapes = _shapes(shift, scale)
        features += [{"type": "Feature", "geometry": shapes[iso], "color": palette.SPHERES[sphere]} for iso, sphere in spheres.items()]
        nobodys = [iso for iso, sphere in spheres.items() if palette.SPHERES[sphere] == palette.HATCHED]
        lines += [{"type": "Feature", "geometry": _hatch(shift, scale, iso), "color": palette.HATCH} for iso in nobodys]
    projection = {"type": "identity", "scale": 1, "translate": [0, 0]}
    canvas.shapes(features, projection, thick=0.5)
    canvas.hatches(lines, projection)


@cache
def _hatch(shift: float, scale: float, iso: str) -> dict[str, Any]:
    """The lines over a province that nobody leads in."""
    return hatching.hatched(_shapes(shift, scale)[iso], _HATCH)


@cache
def _shapes(shift: float, scale: float) -> dict[str, dict[str, Any]]:
    """The outlines of the provinces in pixels, `shift` to the right; strips of as many maps share them."""
    left, top = sphere_map.place(_WEST, _NORTH)

    def pixels(part: Any) -> Any:
        if isinstance(part[0][0], list):
            return [pixels(ring) for ring in part]
        places = [sphere_map.place(longitude, latitude) for longitude, latitude in part]
        ring = [[_snapped(shift + scale * (x - left)), _snapped(_HEAD + scale * (y - top))] for x, y in places]
        return [point for i, point in enumerate(ring) if i == 0 or point != ring[i - 1]]

    outlines = province_outlines.outlines().items()
    return {iso: {"type": outline["type"], "coordinates": pixels(outline["coordinates"])} for iso, outline in outlines}


def _snapped(pixels: float) -> float | int:
    """The nearest half pixel: borders of neighbours stay one line, and points that no eye can tell apart fall together."""
    half = round(2 * pixels) / 2
    return int(half) if half.is_integer() else half


def _head(months: Sequence[str], row: int, last: int) -> str:
    """The month of a map: row 0 is the start, before the first month."""
    if row == 0:
        return f"Start, {number_format.month(months[0])}"
    return f"{'Horizon, ' if row == last else ''}{number_format.month(months[row - 1])}"


def _changes(before: Mapping[str, str], after: Mapping[str, str], names: Mapping[str, str]) -> list[str]:
    """What differs between two maps, one line a province: `Homs: Iran`."""
    return [f"{names[iso]}: {display_name(after[iso])}" for iso in after if after[iso] != before[iso]]


def _below(shown: Sequence[int], changes: Sequence[Sequence[str]], i: int, wide: float) -> list[str]:
    """The lines below a map."""
    if i == 0:
        return ["before the first month"]
    lines = list(changes[i - 1])
    if not lines:
        return ["no change"]
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"and {len(lines) - _LINES + 1} more"]
    return [text_metrics.cut(line, wide, theme.SMALL_SIZE) for line in lines]


def _heading(replay: Replay, start: Mapping[str, str], end: Mapping[str, str], names: Mapping[str, str]) -> tuple[str, list[str]]:
    scenario = replay.scenario
    moved = [names[iso] for iso in end if end[iso] != start[iso]]
    often = int((replay.spheres[1:] != replay.spheres[:-1]).sum())
    if moved:
        what = (
            f"{number_format.count(len(moved), 'province')} {'ends' if len(moved) == 1 else 'end'} in a different sphere than at the start"
        )
    else:
        what = "every province ends in the sphere that it started in"
    how = f"{number_format.count(often, 'change')} of sphere on the way" if often else "no sphere changes on the way"
    title = f"Simulated world {replay.world} of '{scenario.name}': {what}; {how}"
    return title, [
        scenario.question,
        "One world of the model out of many: what may follow from the assumptions, neither history nor forecast.",
    ]
