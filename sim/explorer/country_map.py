"""The provinces as the explorer's page draws them: paths, and where labels stand, in the pixels of the comparison's map."""

from collections.abc import Mapping
from typing import Any

from sim.report.drawing.province_outlines import outlines
from sim.report.figures import sphere_map
from sim.report.figures.sphere_map import LEADERS, PLACES, place

_EDGE = 8.0  # pixels around the country and its labels


def drawn(names: Mapping[str, str]) -> dict[str, Any]:
    """`provinces` (iso, name, path `d`, label at x and y, and for small ones the `leader`'s end), `neighbours`, `viewbox` (x, y, w, h)."""
    shapes = outlines()
    provinces = [_province(iso, name, shapes[iso]) for iso, name in names.items()]
    neighbours = [{"name": name, **_point(*where)} for name, where in sphere_map.NEIGHBOURS.items()]
    points = [point for geometry in shapes.values() for ring in _rings(geometry) for point in ring]
    xs, ys = zip(*(place(*point) for point in (*points, *(where for where, _ in LEADERS.values()))), strict=True)
    left, top = min(xs) - _EDGE, min(ys) - _EDGE
    box = [left, top, max(xs) + _EDGE - left, max(ys) + _EDGE - top]
    notes = [sphere_map.INFLUENCE_NOTE, sphere_map.GOLAN_NOTE]
    return {"provinces": provinces, "neighbours": neighbours, "viewbox": [round(value, 1) for value in box], "map_notes": notes}


def _province(iso: str, name: str, geometry: Mapping[str, Any]) -> dict[str, Any]:
    where, end = LEADERS[iso] if iso in LEADERS else (PLACES[iso], None)
    path = "".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in ring)) + "Z" for ring in _rings(geometry))
    leader = None if end is None else [round(value, 1) for value in place(*end)]
    return {"iso": iso, "name": name, "d": path, **_point(*where), "leader": leader}


def _point(longitude: float, latitude: float) -> dict[str, float]:
    x, y = place(longitude, latitude)
    return {"x": round(x, 1), "y": round(y, 1)}


def _rings(geometry: Mapping[str, Any]) -> list[list[list[float]]]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [ring for rings in polygons for ring in rings]
