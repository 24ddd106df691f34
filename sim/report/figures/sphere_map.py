"""The map: in each province the likeliest sphere over worlds (hue) and how many of them agree (paleness).

One map is of the worlds in which the government stands, another of those in which it has fallen; they are never pooled.
"""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.report.drawing import hatching, palette, province_outlines, text_metrics, theme
from sim.report.drawing.canvas import NOTE, Align, Canvas, Mark
from sim.report.figures.data.figure_data import Results
from sim.report.figures.data.outcome_shares import likeliest_partner_outcome, share_difference
from sim.report.text import figure_headlines
from sim.text import number_format
from sim.text.names import display_name

_SCALE = 5600.0  # pixels per radian
_HATCH, _LEGEND_HATCH = 0.13, 8.0  # between lines of contested ground: degrees on the map, pixels in the legend
_WEST, _NORTH = 34.25, 37.36  # the corner of the sheet, in degrees
HEIGHT = 700.0
_RULE = (
    "Where the government and its partners lead together, the sphere is the government's if it outweighs both partners, else that of the "
    "partner that clearly leads the other, else shared; unless an outside power is stronger. Contested: no power leads clearly."
)
INFLUENCE_NOTE = "Influence as modelled here, not sovereignty and not a proposal."
GOLAN_NOTE = "The Golan is drawn at the de-facto line (about 1,200-1,300 km² occupied by Israel are not shown)."

# Where each label stands, in degrees; with a second place, a line leads from there to a province too small for words.
PLACES: dict[str, tuple[float, float]] = {
    "SY-HL": (37.57, 36.2),
    "SY-HM": (37.62, 35.29),
    "SY-RA": (38.95, 35.95),
    "SY-HA": (40.75, 36.55),
    "SY-DY": (40.35, 35.15),
    "SY-HI": (38.35, 34.42),
    "SY-RD": (36.98, 33.55),
}
LEADERS: dict[str, tuple[tuple[float, float], tuple[float, float]]] = {
    "SY-ID": ((35.5, 36.35), (36.45, 35.95)),
    "SY-LA": ((35.5, 35.72), (35.98, 35.6)),
    "SY-TA": ((35.5, 35.02), (36.02, 34.95)),
    "SY-DI": ((35.5, 34.05), (36.27, 33.51)),
    "SY-QU": ((35.5, 33.2), (35.86, 33.12)),
    "SY-DR": ((35.5, 32.5), (36.08, 32.75)),
    "SY-SU": ((37.75, 32.62), (36.85, 32.82)),
}
NEIGHBOURS = {
    "Turkey": (38.6, 37.05),
    "Iraq": (41.6, 34.75),
    "Jordan": (38.9, 32.95),
    "Lebanon": (35.82, 34.28),
    "Mediterranean": (35.05, 34.62),
    "Golan (see note)": (35.35, 32.86),
}


def place(longitude: float, latitude: float) -> tuple[float, float]:
    """Pixels on the sheet of a point on the earth (Mercator)."""
    return _SCALE * math.radians(longitude - _WEST), _SCALE * (_northing(_NORTH) - _northing(latitude))


def _northing(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def projection() -> dict[str, Any]:
    """The same for Vega, which draws the outlines."""
    x, y = place(0.0, 0.0)
    return {"type": "mercator", "scale": _SCALE, "translate": [x, y]}


def likeliest(spheres: pd.DataFrame) -> dict[str, tuple[str, float]]:
    """Each province's likeliest sphere and the share of worlds that have it (ties: the first in measures.SPHERES)."""
    return {str(iso): (str(row.idxmax()), float(row.max())) for iso, row in spheres.iterrows()}


def figure(results: Results, scenario: str, month: str | None = None) -> dict[str, Any]:
    """The figure of worlds that stand, as a Vega-Lite spec, at a month of `results.moments` (as `2026-06`), or else at the horizon."""
    now = likeliest(results.moments[scenario][month] if month else results.spheres[scenario])
    base = _root(results, scenario, month)
    return _drawn(results, now, base, *_heading(results, scenario, now, base, month))


def figure_of_fallen(results: Results, scenario: str) -> dict[str, Any]:
    """The same at the horizon of the worlds in which the government has fallen."""
    now = likeliest(results.fallen_spheres[scenario])
    fell, worlds = results.fallen_worlds(scenario), results.worlds(scenario)
    leads, agreed = {iso: s for iso, (s, _) in now.items()}, {iso: share for iso, (_, share) in now.items()}
    title = f"Where the government has fallen ({number_format.percent(fell / worlds)} of worlds), "
    which = f"Only the {fell:,} of {worlds:,} worlds in which the government has fallen, at the horizon."
    lines = [results.question(scenario), f"{which} {figure_headlines.provenance(results.about[scenario].basis)}"]
    said = figure_headlines.spheres(leads, agreed, results.names, "of these")
    return _drawn(results, now, {}, title + said, lines)


def _drawn(
    results: Results, now: Mapping[str, tuple[str, float]], base: Mapping[str, tuple[str, float]], title: str, lines: list[str]
) -> dict[str, Any]:
    canvas = Canvas(HEIGHT)
    outlines = province_outlines.outlines()
    canvas.shapes(
        [
            {"type": "Feature", "geometry": outlines[iso], "color": palette.faded(palette.SPHERES[s], share)}
            for iso, (s, share) in now.items()
        ],
        projection(),
    )
    _hatch(canvas, now, outlines)
    neighbours(canvas)
    _labels(canvas, now, base, results.names)
    _legend(canvas, sorted({s for s, _ in now.values()}, key=list(palette.SPHERES).index))
    _captions(canvas)
    return canvas.spec(title, lines)


def _hatch(canvas: Canvas, now: Mapping[str, tuple[str, float]], outlines: Mapping[str, dict[str, Any]]) -> None:
    """Lines over the provinces that nobody leads in, paler where fewer worlds agree."""
    features = [
        {"type": "Feature", "geometry": hatching.hatched(outlines[iso], _HATCH, down=-1), "color": palette.faded(palette.HATCH, share)}
        for iso, (s, share) in now.items()
        if palette.SPHERES[s] == palette.HATCHED
    ]
    canvas.hatches(features, projection())


def _root(results: Results, scenario: str, month: str | None) -> dict[str, tuple[str, float]]:
    """The likeliest spheres in the scenario's baseline at the same time; none where it has none.

    At the horizon they are of the worlds in which the government stands in both. In an earlier month they are known only where no
    government has fallen by then.
    """
    root = results.compared_with(scenario)
    if root is None:
        return {}
    if month is None or month == max(results.moments.get(scenario, {}), default=None):
        fallen = any(results.fallen_worlds(name) for name in (root, scenario))
        spheres, whose = (results.root_spheres, scenario) if fallen else (results.spheres, root)
        return likeliest(spheres[whose]) if whose in spheres else {}
    known = results.moments.get(root, {})
    fallen = any(results.standing_worlds(name, month) < results.worlds(name) for name in (root, scenario))
    return likeliest(known[month]) if month in known and not fallen else {}


def _captions(canvas: Canvas) -> None:
    lines = [INFLUENCE_NOTE, GOLAN_NOTE, *text_metrics.wrapped(_RULE, theme.WIDTH, theme.SMALL_SIZE)]
    canvas.notes(lines, HEIGHT - NOTE * len(lines) + 6)


def neighbours(canvas: Canvas) -> None:
    """The names of what lies around the country."""
    rows = []
    for name, where in NEIGHBOURS.items():
        x, y = place(*where)
        rows.append({"x": x, "y": y, "text": name, "color": palette.FAINT})
    canvas.texts(rows, size=theme.SMALL_SIZE, align="center", italic=True)


def anchor(iso: str, colour: str, lines: list[Mark], dots: list[Mark]) -> tuple[float, float, Align, str]:
    """Where the label of a province goes, how it is aligned, and its ink on the province's colour; where the province is too small for it,
    beside the map, with a line added to `lines` and a dot at its end to `dots`.
    """
    if iso not in LEADERS:
        return *place(*PLACES[iso]), "center", palette.ink_on(colour)
    (x, y), to = place(*LEADERS[iso][0]), place(*LEADERS[iso][1])
    lines.append({"x": x + (6 if to[0] > x else -6), "y": y, "x2": to[0], "y2": to[1], "color": palette.SOFT})
    dots.append({"x": to[0], "y": to[1], "color": colour})
    return x, y, "right" if to[0] > x else "left", palette.INK


def _labels(canvas: Canvas, now: Mapping[str, tuple[str, float]], base: Mapping[str, tuple[str, float]], names: Mapping[str, str]) -> None:
    """Name, sphere and share of every province; and where the baseline has another sphere, that one too."""
    layers: dict[tuple[Align, str], list[Mark]] = {}
    lines: list[Mark] = []
    dots: list[Mark] = []
    for iso, (sphere, share) in now.items():
        x, y, align, ink = anchor(iso, palette.faded(palette.SPHERES[sphere], share), lines, dots)
        texts = [(names[iso], "name"), (f"{display_name(sphere)} {number_format.percent(share)}", "sphere")]
        if iso in base and base[iso][0] != sphere:
            texts.append((f"baseline: {display_name(base[iso][0])}", "baseline"))
        for i, (text, style) in enumerate(texts):
            layers.setdefault((align, style), []).append({"x": x, "y": y + 14 * (i - (len(texts) - 1) / 2), "text": text, "color": ink})
    canvas.rules(lines, thick=0.9)
    canvas.dots(dots)
    for (align, style), rows in sorted(layers.items()):
        size = theme.LABEL_SIZE if style == "name" else theme.SMALL_SIZE
        canvas.texts(rows, size=size, align=align, bold=style == "name", italic=style == "baseline")


def _legend(canvas: Canvas, spheres: list[str]) -> None:
    """A row for each sphere on the map, from pale to full."""
    steps = (0.4, 0.6, 0.8, 1.0)
    x, chip, height = 646.0, 26.0, 19.0
    y = HEIGHT - 124 - height * len(spheres)
    heads = [{"x": x + chip * (i + 0.5), "y": y - 9, "text": f"{100 * step:.0f}", "color": palette.FAINT} for i, step in enumerate(steps)]
    canvas.texts([{"x": x, "y": y - 42, "text": "Likeliest sphere", "color": palette.INK}], bold=True)
    canvas.texts([{"x": x, "y": y - 25, "text": "paler: fewer worlds agree (%)", "color": palette.SOFT}], size=theme.SMALL_SIZE)
    canvas.texts(heads, size=theme.SMALL_SIZE, align="center")
    boxes, labels, lines = [], [], []
    for row, sphere in enumerate(spheres):
        top = y + row * height
        for i, step in enumerate(steps):
            colour = palette.faded(palette.SPHERES[sphere], step)
            box = {"x": x + chip * i, "x2": x + chip * (i + 1) - 1, "y": top, "y2": top + height - 4}
            boxes.append(box | {"color": colour})
            if palette.SPHERES[sphere] == palette.HATCHED:
                slants = hatching.slants(box["x"], box["y"], box["x2"], box["y2"], _LEGEND_HATCH)
                lines += [line | {"color": palette.faded(palette.HATCH, step)} for line in slants]
        labels.append(
            {
                "x": x + chip * len(steps) + 7,
                "y": top + height / 2 - 2,
                "text": display_name(sphere),
                "color": palette.INK,
            }
        )
    canvas.boxes(boxes)
    canvas.rules(lines, thick=0.9)
    canvas.texts(labels, size=theme.SMALL_SIZE)


def _heading(
    results: Results,
    scenario: str,
    now: Mapping[str, tuple[str, float]],
    base: Mapping[str, tuple[str, float]],
    month: str | None,
) -> tuple[str, list[str]]:
    leads, agreed = {iso: s for iso, (s, _) in now.items()}, {iso: share for iso, (_, share) in now.items()}
    root = results.compared_with(scenario)
    outcome = likeliest_partner_outcome(results, scenario)
    baseline = results.title(root) if root else ""
    lines = [results.question(scenario)]
    stand, worlds = results.standing_worlds(scenario, month), results.worlds(scenario)
    fell = stand < worlds
    if base:
        spheres_of_base = {iso: s for iso, (s, _) in base.items()}
        where = " where the government stands in both" if fell else ""
        lines.append(figure_headlines.changed_spheres(leads, spheres_of_base, results.names, baseline, where))
    if month is None:
        lines.append(figure_headlines.outcome(outcome, share_difference(results, scenario, outcome), baseline))
    when = f"in {number_format.month(month)}" if month else "at the horizon"
    which = f"{number_format.worlds(worlds)} {when}"
    if fell:
        which = f"Only the {stand:,} of {worlds:,} worlds in which the government stands {when}"
    lines.append(f"{which}. {figure_headlines.provenance(results.about[scenario].basis)}")
    said = figure_headlines.spheres(leads, agreed, results.names, "of these" if fell else "")
    return (f"Where the government stands ({number_format.percent(stand / worlds)} of worlds), {said}" if fell else said), lines
