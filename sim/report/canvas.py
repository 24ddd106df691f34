"""A sheet of pixels to lay a figure out on; Altair draws it.

Every figure places its marks in pixels (x to the right, y downwards), so that no text is clipped and no two labels meet by
accident. Marks, and every text that comes from a file, enter the chart as rows of data, never as part of an expression.
"""

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt

from sim.report import lettering, palette, theme

Row = dict[str, Any]
Align = Literal["left", "center", "right"]


class Canvas:
    """Layers of marks on a sheet `width` by `height` pixels, drawn in the order in which they are added."""

    def __init__(self, height: float = 0.0, width: float = theme.WIDTH) -> None:
        self.width, self.height = width, height
        self._layers: list[alt.Chart] = []
        self._rows: dict[str, Sequence[Row]] = {}

    def boxes(self, rows: Sequence[Row], corner: float = 0.0) -> None:
        """Filled boxes. Rows: x, x2, y, y2, color."""
        self._add(rows, alt.MarkDef(type="rect", cornerRadius=corner), *_span(), alt.Fill(field="color", type="nominal", scale=None))

    def rules(self, rows: Sequence[Row], thick: float = 1.0, dash: tuple[int, int] | None = None) -> None:
        """Straight lines. Rows: x, x2, y, y2, color."""
        mark = alt.MarkDef(type="rule", strokeWidth=thick, strokeDash=list(dash or ()))
        self._add(rows, mark, *_span(), alt.Stroke(field="color", type="nominal", scale=None))

    def areas(self, rows: Sequence[Row], opacity: float | None = None, smooth: bool = False) -> None:
        """Bands between y and y2 along x, one for each `part`; smooth ones curve from point to point. Rows: x, y, y2, color, part."""
        fill, part = alt.Fill(field="color", type="nominal", scale=None), alt.Detail(field="part", type="nominal")
        more: Row = ({"interpolate": "monotone"} if smooth else {}) | ({} if opacity is None else {"fillOpacity": opacity})
        self._add(rows, alt.MarkDef(type="area", clip=True, **more), *_point(), alt.Y2(field="y2"), fill, part)

    def lines(self, rows: Sequence[Row], thick: float = 1.0, dash: tuple[int, int] | None = None) -> None:
        """Lines along x, one for each `part`. Rows: x, y, color, part."""
        mark = alt.MarkDef(type="line", clip=True, strokeWidth=thick, strokeDash=list(dash or ()))
        self._add(rows, mark, *_point(), alt.Stroke(field="color", type="nominal", scale=None), alt.Detail(field="part", type="nominal"))

    def dots(self, rows: Sequence[Row], size: float = 40.0) -> None:
        """Round dots of `size` square pixels with a dark rim. Rows: x, y, color."""
        mark = alt.MarkDef(type="point", shape="circle", size=size, stroke=palette.INK, strokeWidth=1, opacity=1)
        self._add(rows, mark, *_point(), alt.Fill(field="color", type="nominal", scale=None))

    def hovers(self, rows: Sequence[Row]) -> None:
        """Boxes that nobody sees, for the words that appear over them. Rows: x, x2, y, y2, tip."""
        self._add(rows, alt.MarkDef(type="rect", fill=palette.PAPER, fillOpacity=0), *_span())

    def texts(
        self, rows: Sequence[Row], size: float = theme.LABEL_SIZE, align: Align = "left", bold: bool = False, italic: bool = False
    ) -> None:
        """Words, centred on y. Rows: x, y, text, color."""
        mark = alt.MarkDef(
            type="text",
            fontSize=size,
            align=align,
            baseline="middle",
            fontWeight="bold" if bold else "normal",
            fontStyle="italic" if italic else "normal",
        )
        self._add(rows, mark, *_point(), alt.Text(field="text", type="nominal"), alt.Fill(field="color", type="nominal", scale=None))

    def shapes(self, features: Sequence[Row], projection: dict[str, Any], thick: float = 0.6) -> None:
        """Outlines of places on the earth. Each is a GeoJSON feature with a `color` beside its geometry."""
        mark = alt.MarkDef(type="geoshape", stroke=palette.BORDER, strokeJoin="round", strokeWidth=thick)
        self._add(features, mark, alt.Fill(field="color", type="nominal", scale=None), projection=projection)

    def spec(self, title: str, subtitle: list[str]) -> dict[str, Any]:
        """The whole figure as a Vega-Lite spec, its rows as named data sets."""
        head = alt.Title(**theme.heading(title, subtitle))
        chart = alt.LayerChart(layer=self._layers, width=self.width, height=self.height, title=head)
        spec: dict[str, Any] = chart.to_dict(validate=False)  # slow; the tests validate every kind of figure
        spec["config"] = theme.config()
        spec["datasets"] = {name: list(rows) for name, rows in self._rows.items()}
        spec["description"] = title
        if any("description" in layer["encoding"] for layer in spec["layer"]):
            _voiced(spec["layer"])
        return spec

    def _add(self, rows: Sequence[Row], mark: alt.MarkDef, *channels: Any, **more: Any) -> None:
        """Add a layer over rows, which join the spec at its end (altair would check each of their values at length).

        Rows with a `tip` show it to who points at their mark, and read it to who hears the page.
        """
        if rows:
            if any("tip" in row for row in rows):
                channels = (*channels, alt.Tooltip(field="tip", type="nominal"), alt.Description(field="tip", type="nominal"))
            name = f"layer_{len(self._rows)}"
            self._rows[name] = rows
            self._layers.append(alt.Chart(data=alt.NamedData(name=name), mark=mark, **more).encode(*channels))


def _voiced(layers: Sequence[Row]) -> None:
    """Let a figure that has words for its marks be heard as those words and its labels, without the places and colours of the rest."""
    for layer in layers:
        if layer["mark"]["type"] == "text":
            layer["encoding"]["description"] = {"field": "text", "type": "nominal"}
        elif "description" not in layer["encoding"]:
            layer["mark"]["aria"] = False


def px(value: float) -> float:
    """Tenths of a pixel are enough, and keep the specs small."""
    return round(float(value), 1)


def _point() -> tuple[Any, ...]:
    """The channels that place a mark in pixels."""
    return alt.X(field="x", type="quantitative", scale=None, axis=None), alt.Y(
        field="y", type="quantitative", scale=None, axis=None, stack=None
    )


def _span() -> tuple[Any, ...]:
    """The channels that place a mark from one corner to the other."""
    return *_point(), alt.X2(field="x2"), alt.Y2(field="y2")


def legend(canvas: Canvas, entries: Sequence[tuple[str, str]], x: float, y: float, limit: float, row_height: float = 18.0) -> float:
    """Colour chips with their words, (colour, words) each, flowing within `limit` pixels from (x, y); returns the y below."""
    boxes, words, at, chip = [], [], x, 11.0
    for colour, text in entries:
        needs = chip + 5 + lettering.width(text, theme.SMALL_SIZE) + 14
        if at > x and at + needs - 14 > x + limit:
            at, y = x, y + row_height
        boxes.append({"x": at, "x2": at + chip, "y": y, "y2": y + chip, "color": colour})
        words.append({"x": at + chip + 5, "y": y + chip / 2, "text": text, "color": palette.SOFT})
        at += needs
    canvas.boxes(boxes, corner=2)
    canvas.texts(words, size=theme.SMALL_SIZE)
    return y + row_height
