"""What a scenario moves, and how sure that is: differences from the scenario compared with, ranked, with their intervals."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.compare.comparison import ALL, COUNTRY, Comparison
from sim.report import compared, findings, lettering, palette, placing, theme, words
from sim.report.canvas import Canvas, Row, px
from sim.report.labels import label
from sim.report.labels import scenario as title
from sim.report.tables import INDICES

_SHOWN, _SAID = 16, 2  # rows of the figure, indices in its title
_LEFT, _RIGHT, _ROW, _HEAD = 262.0, 624.0, 26.0, 56.0  # the axis from x to x; a row; where rows begin
_WORD, _FROM, _TO = 664.0, 786.0, 816.0  # the columns at the right: lower or higher, the value before, the value after
_REACH = (1.0, 4.0)  # spreads that the axis of indices reaches at least and at most
_TALL, _NARROW = 14.0, 3.0  # the bar of an interval: its height, and the least width that can be seen
_NONE = 1e-12
_BROUGHT = ("effort_", "supply_")


@dataclass(frozen=True)
class Moved:
    """A row of the figure: what moves, its values, and where the difference and its interval lie on the axis (`scale` units each).

    `whose`: the influence that moves, as a sentence says it. `brought`: it is what a partner brings, not what follows from it.
    """

    words: str
    unit: str
    colour: str
    before: str
    after: str
    change: str
    difference: float
    low: float
    high: float
    scale: float
    told: bool
    whose: str = ""
    brought: bool = False

    def on_axis(self, value: float) -> float:
        """A difference in units of the axis; without any spread all but zero is beyond all bounds."""
        if self.scale > _NONE:
            return value / self.scale
        return math.copysign(math.inf, value) if abs(value) > _NONE else 0.0

    @property
    def size(self) -> float:
        """The difference in units of the axis."""
        return self.on_axis(self.difference)

    @property
    def direction(self) -> str:
        """The difference in one word."""
        return "not told" if not self.told else "higher" if self.difference > 0 else "lower"

    @property
    def tip(self) -> str:
        """The row in words."""
        sure = "told from noise" if self.told else "not told from noise"
        return f"{words.capital(self.words)}: {self.before} to {self.after}, difference {self.change}; {sure}"


def figure(comparison: Comparison, scenario: str) -> dict[str, Any]:
    """Indices of the country, as a Vega-Lite spec. Raises ValueError for the scenario compared with, which differs from nothing."""
    moved = _indices(comparison, scenario)
    notes = ["A spread is the standard deviation over worlds, of both scenarios together. Colour: an index of one power."]
    return _drawn(comparison, scenario, moved, "in spreads between worlds", _index_finding(comparison, moved), notes)


def places(comparison: Comparison, scenario: str) -> dict[str, Any]:
    """Influence of powers in provinces at the horizon, in percentage points, as a Vega-Lite spec. Raises ValueError as `figure` does."""
    moved = _influences(comparison, scenario)
    return _drawn(comparison, scenario, moved, "in percentage points of influence (sway)", _place_finding(comparison, moved), [])


def sums_up(comparison: Comparison, scenario: str) -> tuple[str, str]:
    """What the two figures say, in short: of indices, and of influence in provinces. Raises ValueError as `figure` does."""
    found = (
        _index_finding(comparison, _indices(comparison, scenario)),
        _place_finding(comparison, _influences(comparison, scenario)),
    )
    first, second = (f"{one.heading}. {one.how_many}" for one in found)
    return first, second


@dataclass(frozen=True)
class _Finding:
    """What moves most, and how much of all can be told from noise."""

    heading: str
    how_many: str


def _index_finding(c: Comparison, moved: Sequence[Moved]) -> _Finding:
    told = [m for m in moved if m.told]
    heading = f"No index differs from {compared.against(c)} beyond noise"
    if told:
        follows = [m for m in told if not m.brought] or told
        moves = [f"{m.words}, {'up' if m.difference > 0 else 'down'} from {m.before} to {m.after}" for m in follows[:_SAID]]
        besides = "besides the partners' effort and supply, " if any(m.brought for m in told[:_SAID]) and follows != told else ""
        heading = words.capital(f"{besides}most moved against {compared.against(c)}: {'; '.join(moves)}")
    return _Finding(heading, _how_many(told, moved, "indices"))


def _place_finding(c: Comparison, moved: Sequence[Moved]) -> _Finding:
    told = [m for m in moved if m.told]
    heading = f"No power's influence differs from {compared.against(c)} beyond noise in any province"
    if told:
        first = told[0]
        far = "up" if first.difference > 0 else "down"
        size = words.signed_points(abs(first.difference)).lstrip("+")
        move = f"{first.whose}, {far} {size} points from {first.before} to {first.after}"
        heading = f"Largest shift of influence against {compared.against(c)}: {move}"
    return _Finding(heading, _how_many(told, moved, "shares of influence"))


def _how_many(told: Sequence[Moved], moved: Sequence[Moved], what: str) -> str:
    return f"{len(told)} of {len(moved)} {what} can be told from noise (Holm's correction for many comparisons)."


def _indices(c: Comparison, scenario: str) -> list[Moved]:
    """Indices of the country that have any spread, what moves most first."""
    table = _rows(c, scenario, "index")
    table = table[(table["province"] == COUNTRY) & table["quantity"].isin(INDICES)]
    return _ranked([_index(row) for row in table.to_dict("records")])


def _influences(c: Comparison, scenario: str) -> list[Moved]:
    """Shares of influence that move at all, what moves most first."""
    table = _rows(c, scenario, "influence")
    table = table[table["province"].isin(list(c.names))]
    return _ranked([_influence(c, row) for row in table.to_dict("records")])


def _ranked(moved: Sequence[Moved | None]) -> list[Moved]:
    return sorted((m for m in moved if m is not None), key=lambda m: (-abs(m.size), m.words))


def _rows(c: Comparison, scenario: str, kind: str) -> pd.DataFrame:
    if scenario == c.against:
        raise ValueError(f"'{scenario}' is the scenario compared with and differs from nothing")
    return compared.rows(c.differences, scenario=scenario, kind=kind, given=ALL)


def _index(row: Row) -> Moved | None:
    name = str(row["quantity"])
    if math.isnan(row["difference"]) or math.isnan(row["spread"]) or (row["spread"] <= _NONE and abs(row["difference"]) <= _NONE):
        return None
    unit, (before, after) = INDICES[name].unit, words.pair(float(row["against_mean"]), float(row["mean"]))
    return Moved(
        words=label(name),
        unit="" if unit == "index" or unit in label(name) else unit,
        colour=palette.of_measure(name),
        before=before,
        after=after,
        change=words.number(row["difference"], signed=True),
        scale=float(row["spread"]),
        brought=name.startswith(_BROUGHT),
        **_interval(row),
    )


def _influence(c: Comparison, row: Row) -> Moved | None:
    power = str(row["quantity"]).removeprefix("influence_")
    if math.isnan(row["difference"]) or abs(row["difference"]) <= _NONE or power not in palette.SPHERES:
        return None
    return Moved(
        words=f"{palette.SPHERE_WORDS[power]} in {c.names[row['province']]}",
        unit="",
        colour=palette.SPHERES[power],
        before=words.percent(float(row["against_mean"])),
        after=words.percent(float(row["mean"])),
        change=f"{words.signed_points(row['difference'])} points",
        scale=0.01,
        whose=f"{findings.possessive(power)} in {c.names[row['province']]}",
        **_interval(row),
    )


def _interval(row: Row) -> dict[str, Any]:
    """Difference and interval; with a world or two there is none, and its ends are the difference."""
    mid = float(row["difference"])
    low, high = (mid if math.isnan(row[key]) else float(row[key]) for key in ("low", "high"))
    return {"difference": mid, "low": low, "high": high, "told": bool(row["told"])}


def _drawn(c: Comparison, scenario: str, moved: Sequence[Moved], unit: str, finding: _Finding, notes: Sequence[str]) -> dict[str, Any]:
    shown = moved[:_SHOWN]
    beyond = max([_REACH[0], *[abs(m.on_axis(v)) for m in shown for v in (m.low, m.high, m.difference) if math.isfinite(m.on_axis(v))]])
    reach = min(beyond, _REACH[1]) if unit.startswith("in spreads") else beyond
    canvas = Canvas(_HEAD + _ROW * max(len(shown), 1) + 62)
    _axis(canvas, c, scenario, reach, len(shown), unit)
    _marks(canvas, shown, reach)
    _texts(canvas, shown)
    _notes(canvas, moved, notes, any(abs(m.size) > reach for m in shown))
    return canvas.spec(finding.heading, [compared.asked(c, scenario), finding.how_many, compared.basis(c, scenario)])


def _x(value: float, reach: float) -> float:
    return px((_LEFT + _RIGHT) / 2 + min(max(value / reach, -1.0), 1.0) * (_RIGHT - _LEFT) / 2)


def _y(row: float) -> float:
    return _HEAD + (row + 0.5) * _ROW


def _axis(canvas: Canvas, c: Comparison, scenario: str, reach: float, rows: int, unit: str) -> None:
    at = placing.ticks(-reach, reach, 9)
    foot = _y(max(rows, 1) - 0.5)
    lines = [{"x": _x(t, reach), "x2": _x(t, reach), "y": _HEAD - 6, "y2": foot, "color": palette.LINE if t else palette.SOFT} for t in at]
    canvas.rules(lines)
    numbers = [{"x": _x(t, reach), "y": _HEAD - 16, "text": f"{t:+g}".replace("-", "−") if t else "0", "color": palette.SOFT} for t in at]
    canvas.texts(numbers, size=theme.SMALL_SIZE, align="center")
    head = lettering.cut(f"Difference from {compared.against(c)}, {unit}", theme.WIDTH - _LEFT, theme.LABEL_SIZE, bold=True)
    canvas.texts([{"x": _LEFT, "y": 14, "text": head, "color": palette.INK}], bold=True)
    before = lettering.cut(title(c.against), _FROM - _WORD, theme.SMALL_SIZE)
    heads = [{"x": _FROM, "y": _HEAD - 16, "text": before, "color": palette.SOFT}]
    canvas.texts(heads, size=theme.SMALL_SIZE, align="right")
    canvas.texts([{"x": _TO, "y": _HEAD - 16, "text": "scenario", "color": palette.SOFT}], size=theme.SMALL_SIZE)


def _marks(canvas: Canvas, shown: Sequence[Moved], reach: float) -> None:
    """Interval and dot of every row; a chevron where the dot lies beyond the axis."""
    bars: list[Row] = []
    dots: list[Row] = []
    arrows: list[Row] = []
    sizes: dict[bool, list[Row]] = {False: [], True: []}
    for row, m in enumerate(shown):
        y, colour = _y(row), m.colour if m.told else palette.FAINT
        low, high, at = (_x(m.on_axis(v), reach) for v in (m.low, m.high, m.difference))
        if abs(m.size) > reach:
            side = 1 if m.size > 0 else -1
            arrows += [{"x": px(at - 6 * side), "x2": at, "y": y + k, "y2": y, "color": colour} for k in (-6, 6)]
            if math.isfinite(m.size):
                text = f"{m.size:+.1f}".replace("-", "−")
                sizes[side > 0].append({"x": px(at - 11 * side), "y": y, "text": text, "color": palette.SOFT})
        else:
            wider = max(_NARROW - (high - low), 0.0) / 2
            pale = palette.mixed(colour, 0.4)
            bars.append({"x": px(low - wider), "x2": px(high + wider), "y": y - _TALL / 2, "y2": y + _TALL / 2, "color": pale})
            dots.append({"x": at, "y": y, "color": colour if m.told else palette.PAPER})
    canvas.boxes(bars, corner=1)
    canvas.dots(dots, size=36)
    canvas.rules(arrows, thick=2.6)
    canvas.texts(sizes[False], size=theme.SMALL_SIZE)
    canvas.texts(sizes[True], size=theme.SMALL_SIZE, align="right")
    tips = [{"x": 0, "x2": theme.WIDTH, "y": _y(i) - _ROW / 2, "y2": _y(i) + _ROW / 2, "tip": m.tip} for i, m in enumerate(shown)]
    canvas.hovers(tips)


def _texts(canvas: Canvas, shown: Sequence[Moved]) -> None:
    left: list[Row] = []
    units: list[Row] = []
    right: list[Row] = []
    bold: list[Row] = []
    for row, m in enumerate(shown):
        y, ink = _y(row), palette.INK if m.told else palette.FAINT
        beside = px(lettering.width(m.words, theme.LABEL_SIZE) + 7)
        left.append({"x": 0, "y": y, "text": m.words, "color": ink})
        unit = lettering.cut(m.unit, _LEFT - beside - 12, theme.SMALL_SIZE - 1)
        units.append({"x": beside, "y": y, "text": unit, "color": palette.FAINT})
        left.append({"x": _WORD, "y": y, "text": m.direction, "color": ink})
        right.append({"x": _FROM, "y": y, "text": m.before, "color": ink})
        left.append({"x": _FROM + 9, "y": y, "text": "→", "color": ink})
        bold.append({"x": _TO, "y": y, "text": m.after, "color": ink})
    canvas.texts(left)
    canvas.texts([row for row in units if row["text"]], size=theme.SMALL_SIZE - 1)
    canvas.texts(right, align="right")
    canvas.texts(bold, bold=True)


def _notes(canvas: Canvas, moved: Sequence[Moved], notes: Sequence[str], beyond: bool) -> None:
    rest = len(moved) - _SHOWN
    lines = [
        "Dot: mean difference; bar: its 95 % interval. Filled: told from noise; hollow and grey: not told."
        + (" Arrow: beyond the axis." if beyond else ""),
        " ".join([*notes, f"Not shown: {rest} that move less." if rest > 0 else ""]).strip(),
    ]
    top = canvas.height - 16 * len(lines)
    rows = [{"x": 0, "y": top + 16 * i, "text": text, "color": palette.FAINT} for i, text in enumerate(lines) if text]
    canvas.texts(rows, size=theme.SMALL_SIZE)
