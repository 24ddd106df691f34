"""Influence over time: a small panel for each province, laid out as the provinces lie.

Iran's share grows from the bottom and Russia's from the top, so that both are read from a straight edge and what is left between
them belongs to the government and all others.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from sim.compare.findings import POINT
from sim.model.state.dimensions import Array
from sim.report.drawing import palette, province_outlines, text_metrics, theme
from sim.report.drawing.canvas import Canvas, Mark, legend, px
from sim.report.figures.data.figure_data import POWERS, InfluenceSeries, Results
from sim.report.text import figure_headlines
from sim.text import number_format
from sim.text.names import display_name

_ORDER = ("iran", "government", "local", "islamic_state", "united_states", "turkey", "russia")  # from the bottom up
_WIDE, _HIGH, _ACROSS, _DOWN, _TOP = 200.0, 104.0, 220.0, 146.0, 24.0  # panel, step of the grid, first panel's top
_POINTS = 60  # along a panel; a longer series is thinned
_LETTERS = 13.5  # pixels of height that a word within a band needs
_SAID = 2  # changes that the title names


def figure(results: Results, scenario: str) -> dict[str, Any]:
    """The figure as a Vega-Lite spec. Raises KeyError where the scenario has no series of influence."""
    grid, root, series = province_outlines.tiles(), results.root(scenario), results.influence[scenario]
    base = results.influence.get(root) if root else None
    canvas = Canvas(_TOP + 4 * _DOWN + _HIGH + 22)
    panels = [_Panel(series, base, iso, row, column) for iso, (row, column) in sorted(grid.items()) if iso in series.shares]
    canvas.areas([row for panel in panels for row in panel.bands()])
    edges = [row for panel in panels for row in panel.edges()]
    canvas.lines(edges, thick=2.6)
    canvas.lines([edge | {"color": palette.INK} for edge in edges], thick=1.1, dash=(4, 3))
    canvas.texts([row for panel in panels for row in panel.words()], size=theme.SMALL_SIZE, align="center")
    canvas.texts([panel.name(results.names) for panel in panels], bold=True)
    canvas.texts([panel.horizon() for panel in panels], size=theme.SMALL_SIZE, align="right")
    _years(canvas, series.months, grid.values())
    _key(canvas, bool(edges))
    return canvas.spec(*_heading(results, scenario))


class _Panel:
    """One province's panel: the edges of its bands in pixels above its floor, at the months shown."""

    def __init__(self, series: InfluenceSeries, base: InfluenceSeries | None, iso: str, row: int, column: int) -> None:
        self.iso, self.left, self.top = iso, column * _ACROSS, _TOP + row * _DOWN
        shown = _thinned(len(series.months))
        places = [POWERS.index(power) for power in _ORDER]
        shares = series.shares[iso][np.ix_(shown, places)]
        self.last = series.shares[iso][-1]
        self.x = self.left + np.array(shown) / max(shown[-1], 1) * _WIDE
        self.heights = _HIGH * np.concatenate([np.zeros((1, len(shown))), np.cumsum(shares.T, axis=0)])
        self.lines = [] if base is None else _partners(base, iso, [series.months[i] for i in shown])

    def bands(self) -> list[Mark]:
        """The area of every power that has any."""
        rows = []
        for i, power in enumerate(_ORDER):
            low, high = self.heights[i], self.heights[i + 1]
            if (high - low).max() >= 0.2:
                part = {"color": palette.SPHERES[power], "part": f"{self.iso} {power}"}
                rows += [part | {"x": px(x), "y": self._y(b), "y2": self._y(a)} for x, a, b in zip(self.x, low, high, strict=True)]
        return rows

    def edges(self) -> list[Mark]:
        """The baseline's edges of the partners' bands, for as long as the baseline runs."""
        rows = []
        for i, line in enumerate(self.lines):
            part = {"color": palette.PAPER, "part": f"{self.iso} {i}"}
            rows += [part | {"x": px(x), "y": self._y(at)} for x, at in zip(self.x, line, strict=True) if np.isfinite(at)]
        return rows

    def words(self) -> list[Mark]:
        """The name of every power where its band has room, clear of the baseline's edges and as near the middle as can be."""
        rows = []
        for i, power in enumerate(_ORDER):
            text = display_name(power)
            half = text_metrics.width(text, theme.SMALL_SIZE) / 2 + 4
            spots = [self._spot(i, x, half) for x in self.x[::3] if x - half >= self.x[0] and x + half <= self.x[-1]]
            fitting = [spot for spot in spots if spot[0] > 0]
            if fitting:
                _, x, y = max(fitting)
                rows.append({"x": px(x), "y": self._y(y - 0.5), "text": text, "color": palette.ink_on(palette.SPHERES[power])})
        return rows

    def _spot(self, band: int, x: float, half: float) -> tuple[float, float, float]:
        """A place for a word in a band: its worth (0 where the word does not fit), x, and height."""
        near = np.abs(self.x - x) <= half + 2
        low, high = self.heights[band, near].max(), self.heights[band + 1, near].min()
        for line in (line[near] for line in self.lines):
            under, over = (np.nanmin(line) - 2, np.nanmax(line) + 2) if np.isfinite(line).any() else (np.inf, np.inf)
            if under < high and over > low:
                low, high = (low, under) if under - low > high - over else (over, high)
        if high - low < _LETTERS:
            return 0.0, x, 0.0
        return min(high - low, 2 * _LETTERS) + _WIDE - 0.05 * abs(x - self.left - _WIDE / 2), x, (low + high) / 2

    def name(self, names: Mapping[str, str]) -> Mark:
        """The province's name, above."""
        return {"x": self.left, "y": self.top - 10, "text": names[self.iso], "color": palette.INK}

    def horizon(self) -> Mark:
        """The partners' shares at the horizon, above at the right."""
        russia, iran = (100 * self.last[POWERS.index(power)] for power in ("russia", "iran"))
        return {
            "x": self.left + _WIDE,
            "y": self.top - 10,
            "text": f"Russia {russia:.0f}, Iran {iran:.0f} %",
            "color": palette.SOFT,
        }

    def _y(self, height: float) -> float:
        return px(self.top + _HIGH - height)


def _thinned(months: int) -> list[int]:
    """The months shown, by index: the first, the last, and as many between as a panel can show."""
    return sorted({*range(0, months, max(1, -(-months // _POINTS))), months - 1})


def _partners(base: InfluenceSeries, iso: str, months: Sequence[str]) -> list[Array]:
    """The upper edge of Iran's band and the lower one of Russia's in another scenario; no number where it has no such month."""
    at = {month: i for i, month in enumerate(base.months)}
    shares = np.array(
        [base.shares[iso][at[month]] if month in at and iso in base.shares else np.full(len(POWERS), np.nan) for month in months]
    )
    return [_HIGH * shares[:, POWERS.index("iran")], _HIGH * (1 - shares[:, POWERS.index("russia")])]


def _years(canvas: Canvas, months: Sequence[str], cells: Iterable[tuple[int, int]]) -> None:
    """First and last month below the lowest panel of every column."""
    lowest = {column: row for row, column in sorted(cells)}
    for x, align, month in ((0.0, "left", months[0]), (_WIDE, "right", months[-1])):
        rows = [
            {"x": c * _ACROSS + x, "y": _TOP + r * _DOWN + _HIGH + 11, "text": number_format.month(month), "color": palette.FAINT}
            for c, r in lowest.items()
        ]
        canvas.texts(rows, size=theme.SMALL_SIZE, align="left" if align == "left" else "right")


def _key(canvas: Canvas, compares: bool) -> None:
    """How to read a panel, in the empty corner at the top right."""
    x, y = 2 * _ACROSS, _TOP - 10
    lines = [
        "Each panel is all influence in a province, mean over worlds:",
        "Iran's from the bottom, Russia's from the top.",
        "Numbers: shares of Russia and Iran at the horizon.",
    ]
    if compares:
        lines.append("Dashed: the edges of both in the baseline.")
    canvas.texts([{"x": x, "y": y, "text": "How to read", "color": palette.INK}], bold=True)
    canvas.texts(
        [{"x": x, "y": y + 19 + 17 * i, "text": text, "color": palette.SOFT} for i, text in enumerate(lines)],
        size=theme.SMALL_SIZE,
    )
    entries = [(palette.SPHERES[power], display_name(power)) for power in reversed(_ORDER)]
    legend(canvas, entries, x, y + 22 + 17 * len(lines), _ACROSS + _WIDE)


def largest_changes(results: Results, scenario: str, most: int = _SAID) -> list[figure_headlines.InfluenceChange]:
    """The largest differences of influence at the horizon, each in another province.

    They are differences from the baseline, or for a root from its own start.
    """
    root, series = results.root(scenario), results.influence[scenario]
    other, month = (results.influence.get(root), series.months[-1]) if root else (series, series.months[0])
    if other is None or month not in other.months:
        return []
    changes = []
    for iso in sorted(series.shares.keys() & other.shares.keys()):
        before, after = other.shares[iso][other.months.index(month)], series.shares[iso][-1]
        power = int(np.argmax(np.abs(after - before)))
        changes.append(figure_headlines.InfluenceChange(POWERS[power], results.names[iso], float(before[power]), float(after[power])))
    return sorted(changes, key=lambda c: -round(abs(c.after - c.before), 9))[:most]


def _heading(results: Results, scenario: str) -> tuple[str, list[str]]:
    root, changes = results.root(scenario), largest_changes(results, scenario)
    months = results.influence[scenario].months
    title = "Influence over time"
    if root and changes and abs(changes[0].after - changes[0].before) < POINT:
        title = f"No power's influence differs from the {results.title(root)} by a percentage point or more in any province"
    elif changes:
        title = figure_headlines.influence(changes, results.title(root) if root else None)
    span = f"{number_format.month(months[0])} to {number_format.month(months[-1])}"
    stand, worlds = results.standing_worlds(scenario), results.worlds(scenario)
    which = f"Worlds in which the government stands in that month ({stand:,} of {worlds:,} at the horizon), " if stand < worlds else ""
    kind = f"{which}{number_format.worlds(results.worlds(scenario))}, {span}. {figure_headlines.provenance(results.about[scenario].basis)}"
    return title, [results.question(scenario), kind]
