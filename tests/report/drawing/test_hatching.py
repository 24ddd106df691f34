"""Hatching: lines lie inside the outline, in holes there are none, and contested ground has them on the map and in its legend."""

import pytest

from sim.model.observation.measure_catalogue import SPHERES
from sim.report.drawing import hatching, palette
from sim.report.figures import sphere_map
from sim.report.figures.data import figure_data

from .. import small
from ..made_page import comparison

SQUARE = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]]
HOLE = [[4.0, 4.0], [4.0, 6.0], [6.0, 6.0], [6.0, 4.0], [4.0, 4.0]]


@pytest.mark.parametrize(("down", "ends"), [(1, [[2.0, 0.0], [0.0, 2.0]]), (-1, [[8.0, 0.0], [10.0, 2.0]])])
def test_lines_slant_and_end_on_the_outline(down: int, ends: list[list[float]]) -> None:
    lines = hatching.hatched({"type": "Polygon", "coordinates": [SQUARE]}, 2.0, down)["coordinates"]
    assert sorted(ends) in [sorted(line) for line in lines]
    assert all(x in (0.0, 10.0) or y in (0.0, 10.0) for line in lines for x, y in line)


def test_a_hole_stays_empty_and_every_part_is_hatched() -> None:
    around = hatching.hatched({"type": "Polygon", "coordinates": [SQUARE, HOLE]}, 10.0)["coordinates"]
    assert sorted(sorted(line) for line in around) == [[[0.0, 10.0], [4.0, 6.0]], [[6.0, 4.0], [10.0, 0.0]]]
    apart = [[[x + 100.0, y] for x, y in SQUARE]]
    both = hatching.hatched({"type": "MultiPolygon", "coordinates": [[SQUARE], apart]}, 5.0)["coordinates"]
    assert any(line[0][0] < 50.0 for line in both) and any(line[0][0] > 50.0 for line in both)


def test_contested_provinces_are_hatched_and_no_others() -> None:
    c = comparison()
    spec = sphere_map.figure(figure_data.of(c), small.OTHER)
    lines = [layer for layer in spec["layer"] if layer["mark"].get("filled") is False]
    found = figure_data.of(c).spheres[small.OTHER].idxmax(axis=1)
    n_contested = int((found == "contested").sum())
    assert n_contested and len(lines) == 1
    rows = spec["datasets"][lines[0]["data"]["name"]]
    assert len(rows) == n_contested and all(row["geometry"]["type"] == "MultiLineString" for row in rows)
    assert palette.SPHERES[SPHERES[-1]] == palette.HATCHED
