"""Slanting lines within an outline: the mark of ground that is no power's, so that colour is not its only cue."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import ceil, floor
from typing import Any

Point = Sequence[float]
_DIGITS = 3  # of the ends of lines


def hatched(geometry: Mapping[str, Any], apart: float, down: int = 1) -> dict[str, Any]:
    """The lines as a GeoJSON geometry: where x + `down` y is a multiple of `apart` within a polygon or multipolygon, in its coordinates.

    `down` is 1 where y grows downwards, -1 where it grows upwards, so that lines rise to the right in either case.
    """
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return {"type": "MultiLineString", "coordinates": [line for rings in polygons for line in _lines(rings, apart, down)]}


def slants(left: float, top: float, right: float, bottom: float, apart: float) -> list[dict[str, float]]:
    """The same within a box, as rows of a layer of rules: x, x2, y, y2."""
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    return [{"x": a[0], "y": a[1], "x2": b[0], "y2": b[1]} for a, b in _lines([corners], apart, 1)]


def _lines(rings: Sequence[Sequence[Point]], apart: float, down: int) -> Iterator[tuple[list[float], list[float]]]:
    """From where to where each line is inside: between its first and second crossing of the rings, its third and fourth, and so on."""
    edges = [(a, b) for ring in rings for a, b in pairwise(ring)]
    sums = [x + down * y for ring in rings for x, y in ring]
    for step in range(ceil(min(sums) / apart), floor(max(sums) / apart) + 1):
        crossings = sorted(_crossings(edges, step * apart, down))
        for first, second in zip(crossings[::2], crossings[1::2], strict=False):
            ends = [[round(end[0], _DIGITS), round(end[1], _DIGITS)] for end in (first, second)]
            if ends[0] != ends[1]:
                yield ends[0], ends[1]


def _crossings(edges: Sequence[tuple[Point, Point]], level: float, down: int) -> Iterator[tuple[float, float]]:
    """Where x + `down` y = `level` crosses edges; an edge holds its lower end and not its upper one, so that a corner is crossed once."""
    for (x1, y1), (x2, y2) in edges:
        before, after = x1 + down * y1 - level, x2 + down * y2 - level
        if (before < 0.0) != (after < 0.0):
            part = before / (before - after)
            yield x1 + part * (x2 - x1), y1 + part * (y2 - y1)
