"""The outlines of the provinces as Vega draws them, and their place on the tile grid."""

import json
from collections.abc import Mapping
from csv import DictReader
from itertools import pairwise
from pathlib import Path
from typing import Any

Ring = list[list[float]]
DATA = Path(__file__).resolve().parents[2] / "data"


def outlines() -> dict[str, dict[str, Any]]:
    """The GeoJSON geometry of each province by ISO code, with outer rings clockwise.

    Vega wants it so, and RFC 7946 the other way: with the file's own order Vega takes a province for the rest of the globe.
    """
    text = (DATA / "provinces.geojson").read_text(encoding="utf-8")
    return {f["properties"]["iso_3166_2"]: rewound(f["geometry"]) for f in json.loads(text)["features"]}


def rewound(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """A polygon or multipolygon with clockwise outer rings and counter-clockwise holes."""
    if geometry["type"] == "Polygon":
        return {"type": "Polygon", "coordinates": _polygon(geometry["coordinates"])}
    return {"type": "MultiPolygon", "coordinates": [_polygon(rings) for rings in geometry["coordinates"]]}


def is_clockwise(ring: Ring) -> bool:
    """Whether a closed ring of (longitude, latitude) runs clockwise, seen with north up."""
    return sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring)) > 0


def tiles() -> dict[str, tuple[int, int]]:
    """Mark and column of each province on the 5 x 4 grid, by ISO code."""
    with (DATA / "provinces.csv").open(encoding="utf-8", newline="") as lines:
        return {row["iso_3166_2"]: (int(row["tile_row"]), int(row["tile_col"])) for row in DictReader(lines)}


def _polygon(rings: list[Ring]) -> list[Ring]:
    """Rings turned so that the first, the outer one, is clockwise and all others are not."""
    return [ring if is_clockwise(ring) == (i == 0) else ring[::-1] for i, ring in enumerate(rings)]
