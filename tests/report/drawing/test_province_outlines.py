"""Outlines and tiles."""

from itertools import pairwise

from sim.report.drawing import province_outlines
from sim.report.figures import sphere_map

CLOCKWISE = [[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, 0.0], [0.0, 0.0]]


def test_a_square_has_the_known_sense() -> None:
    assert province_outlines.is_clockwise(CLOCKWISE)
    assert not province_outlines.is_clockwise(CLOCKWISE[::-1])


def test_outer_rings_are_turned_clockwise_and_holes_the_other_way() -> None:
    turned = province_outlines.rewound({"type": "Polygon", "coordinates": [CLOCKWISE[::-1], CLOCKWISE]})
    assert turned["coordinates"] == [CLOCKWISE, CLOCKWISE[::-1]]
    assert province_outlines.rewound(turned) == turned


def test_every_province_is_drawn_clockwise() -> None:
    outlines = province_outlines.outlines()
    assert len(outlines) == 14
    for geometry in outlines.values():
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        for rings in polygons:
            assert [province_outlines.is_clockwise(ring) for ring in rings] == [True] + [False] * (len(rings) - 1)


def test_no_two_provinces_share_a_tile() -> None:
    tiles = province_outlines.tiles()
    assert tiles.keys() == province_outlines.outlines().keys()
    assert len(set(tiles.values())) == 14
    assert tiles["SY-HL"] == (0, 1)


def test_every_province_lies_on_the_sheet() -> None:
    for geometry in province_outlines.outlines().values():
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        for longitude, latitude in (point for rings in polygons for ring in rings for point in ring):
            x, y = sphere_map.place(longitude, latitude)
            assert 0 < x < 860
            assert 0 < y < sphere_map.HEIGHT - 60


def test_the_map_places_points_as_vega_is_told_to() -> None:
    projection = sphere_map.projection()
    assert sphere_map.place(0.0, 0.0) == tuple(projection["translate"])
    east, _ = sphere_map.place(57.29577951308232, 0.0)  # one radian
    assert abs(east - projection["translate"][0] - projection["scale"]) < 1e-6


def inside(point: tuple[float, float], geometry: dict) -> bool:  # type: ignore[type-arg]
    """Whether a point lies within a geometry (ray casting)."""
    rings = geometry["coordinates"] if geometry["type"] == "Polygon" else [ring for rings in geometry["coordinates"] for ring in rings]
    crossings = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > point[1]) != (y2 > point[1]):
                crossings += point[0] < x1 + (point[1] - y1) / (y2 - y1) * (x2 - x1)
    return crossings % 2 == 1


def test_every_label_or_its_line_ends_in_its_own_province() -> None:
    outlines = province_outlines.outlines()
    targets = {iso: to for iso, (_, to) in sphere_map.LEADERS.items()} | sphere_map.PLACES
    assert targets.keys() == outlines.keys()
    for iso, point in targets.items():
        assert [name for name in outlines if inside(point, outlines[name])] == [iso]
