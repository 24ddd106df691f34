"""A sheet of pixels to lay a figure out on, written as Vega-Lite.

Vega draws every bar, line, area, point, text and outline; only their places are ours, in pixels (x to the right, y downwards). Vega-Lite
has no labels that avoid each other or the lines, and no text that is cut to a width. Such labels can only be placed beside marks whose
pixels are known: with axes left to Vega, the same places would be computed twice.
Every text that comes from a file enters the chart as a row of data, never as part of an expression.
"""

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt

from sim.report.drawing import hatching, palette, text_metrics, theme

Mark = dict[str, Any]  # a row of data: where a mark stands, its colour, and its words
Align = Literal["left", "center", "right"]
NOTE = 16.0  # pixels from note to note
_HATCH = 5.0  # pixels between the lines of a hatched chip, along the sheet


class Canvas:
    """Layers of marks on a sheet `width` by `height` pixels, drawn in the order in which they are added.

    Layers are written as plain Vega-Lite: a page holds over a thousand figures, and making Altair's objects took most of the time. The
    tests let Altair check every kind of figure.
    """

    def __init__(self, height: float = 0.0, width: float = theme.WIDTH) -> None:
        self.width, self.height = width, height
        self._layers: list[Mark] = []
        self._rows: dict[str, Sequence[Mark]] = {}

    def boxes(self, rows: Sequence[Mark], corner: float = 0.0) -> None:
        """Filled boxes. Rows: x, x2, y, y2, color."""
        self._add(rows, {"type": "rect", "cornerRadius": corner}, _span() | _colour("fill"))

    def rules(self, rows: Sequence[Mark], thick: float = 1.0, dash: tuple[int, int] | None = None) -> None:
        """Straight lines. Rows: x, x2, y, y2, color."""
        self._add(rows, {"type": "rule", "strokeWidth": thick, "strokeDash": list(dash or ())}, _span() | _colour("stroke"))

    def areas(self, rows: Sequence[Mark], opacity: float | None = None, smooth: bool = False) -> None:
        """Bands between y and y2 along x, one for each `part`; smooth ones curve from point to point. Rows: x, y, y2, color, part."""
        more: Mark = ({"interpolate": "monotone"} if smooth else {}) | ({} if opacity is None else {"fillOpacity": opacity})
        channels = _point() | {"y2": {"field": "y2"}, "detail": _named("part")} | _colour("fill")
        self._add(rows, {"type": "area", "clip": True, **more}, channels)

    def lines(self, rows: Sequence[Mark], thick: float = 1.0, dash: tuple[int, int] | None = None) -> None:
        """Lines along x, one for each `part`. Rows: x, y, color, part."""
        mark = {"type": "line", "clip": True, "strokeWidth": thick, "strokeDash": list(dash or ())}
        self._add(rows, mark, _point() | {"detail": _named("part")} | _colour("stroke"))

    def dots(self, rows: Sequence[Mark], size: float = 40.0, rim: str = palette.INK) -> None:
        """Round dots of `size` square pixels with a rim, a dark one by default. Rows: x, y, color."""
        mark = {"type": "point", "shape": "circle", "size": size, "stroke": rim, "strokeWidth": 1, "opacity": 1}
        self._add(rows, mark, _point() | _colour("fill"))

    def hovers(self, rows: Sequence[Mark]) -> None:
        """Boxes that nobody sees, for the words that appear over them. Rows: x, x2, y, y2, tip."""
        self._add(rows, {"type": "rect", "fill": palette.PAPER, "fillOpacity": 0}, _span())

    def texts(
        self, rows: Sequence[Mark], size: float = theme.LABEL_SIZE, align: Align = "left", bold: bool = False, italic: bool = False
    ) -> None:
        """Words, centred on y. Rows: x, y, text, color."""
        mark = {
            "type": "text",
            "fontSize": size,
            "align": align,
            "baseline": "middle",
            "fontWeight": "bold" if bold else "normal",
            "fontStyle": "italic" if italic else "normal",
        }
        self._add(rows, mark, _point() | {"text": _named("text")} | _colour("fill"))

    def notes(self, lines: Sequence[str], y: float, colour: str = palette.SOFT) -> None:
        """Small lines from the left edge, the first at y."""
        rows = [{"x": 0, "y": y + NOTE * i, "text": text, "color": colour} for i, text in enumerate(lines)]
        self.texts(rows, size=theme.SMALL_SIZE)

    def shapes(self, features: Sequence[Mark], projection: dict[str, Any], thick: float = 0.6) -> None:
        """Outlines of places on the earth. Each is a GeoJSON feature with a `color` beside its geometry."""
        mark = {"type": "geoshape", "stroke": palette.BORDER, "strokeJoin": "round", "strokeWidth": thick}
        self._add(features, mark, _colour("fill"), projection=projection)

    def hatches(self, features: Sequence[Mark], projection: dict[str, Any]) -> None:
        """Lines over outlines. Each is a GeoJSON feature of lines with a `color` beside its geometry."""
        self._add(features, {"type": "geoshape", "filled": False, "strokeWidth": 0.9}, _colour("stroke"), projection=projection)

    def spec(self, title: str, subtitle: list[str]) -> dict[str, Any]:
        """The whole figure as a Vega-Lite spec, its rows as named data sets."""
        if any("description" in layer["encoding"] for layer in self._layers):
            _voiced(self._layers)
        return {
            "$schema": alt.SCHEMA_URL,
            "config": theme.config(),
            "datasets": {name: list(rows) for name, rows in self._rows.items()},
            "description": title,
            "height": self.height,
            "layer": self._layers,
            "title": theme.heading(title, subtitle),
            "width": self.width,
        }

    def _add(self, rows: Sequence[Mark], mark: Mark, encoding: Mark, **more: Any) -> None:
        """Add a layer over rows; those with a `tip` show it to who points at their mark, and read it to who hears the page."""
        if rows:
            if any("tip" in row for row in rows):
                encoding = encoding | {"tooltip": _named("tip"), "description": _named("tip")}
            name = f"layer_{len(self._rows)}"
            self._rows[name] = rows
            self._layers.append({"data": {"name": name}, "mark": mark, "encoding": encoding, **more})


def _voiced(layers: Sequence[Mark]) -> None:
    """Let a figure that has words for its marks be heard as those words and its labels, without the places and colours of the rest."""
    for layer in layers:
        if layer["mark"]["type"] == "text":
            layer["encoding"]["description"] = {"field": "text", "type": "nominal"}
        elif "description" not in layer["encoding"]:
            layer["mark"]["aria"] = False


def px(value: float) -> float:
    """Tenths of a pixel are enough, and keep the specs small."""
    return round(float(value), 1)


def _point() -> Mark:
    """The channels that place a mark in pixels."""
    place = {"type": "quantitative", "scale": None, "axis": None}
    return {"x": {"field": "x", **place}, "y": {"field": "y", **place, "stack": None}}


def _span() -> Mark:
    """The channels that place a mark from one corner to the other."""
    return _point() | {"x2": {"field": "x2"}, "y2": {"field": "y2"}}


def _colour(channel: str) -> Mark:
    """The channel that paints a mark in its row's colour, as it is."""
    return {channel: _named("color") | {"scale": None}}


def _named(field: str) -> Mark:
    return {"field": field, "type": "nominal"}


def legend(canvas: Canvas, entries: Sequence[tuple[str, str]], x: float, y: float, limit: float, row_height: float = 18.0) -> float:
    """Colour chips with their words, (colour, words) each, flowing within `limit` pixels from (x, y); returns the y below."""
    boxes, words, lines, at, chip = [], [], [], x, 11.0
    for colour, text in entries:
        needs = chip + 5 + text_metrics.width(text, theme.SMALL_SIZE) + 14
        if at > x and at + needs - 14 > x + limit:
            at, y = x, y + row_height
        boxes.append({"x": at, "x2": at + chip, "y": y, "y2": y + chip, "color": colour})
        if colour == palette.HATCHED:
            lines += [line | {"color": palette.HATCH} for line in hatching.slants(at, y, at + chip, y + chip, _HATCH)]
        words.append({"x": at + chip + 5, "y": y + chip / 2, "text": text, "color": palette.SOFT})
        at += needs
    canvas.boxes(boxes, corner=2)
    canvas.rules(lines, thick=0.9)
    canvas.texts(words, size=theme.SMALL_SIZE)
    return y + row_height
