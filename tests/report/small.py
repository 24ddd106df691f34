"""A small comparison whose numbers one can know by heart, and what tests ask of any figure drawn from one."""

import math
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, product
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from sim.compare.comparison import Comparison, ScenarioFacts, condition_of
from sim.compare.fallen_holdings import COLUMNS, HOLDINGS
from sim.compare.findings import FINDING, UNDETECTED
from sim.compare.negotiated_share import NegotiatedShare, frame
from sim.model.state.dimensions import Sector, keys
from sim.report.drawing import text_metrics, theme
from sim.report.figures import (
    contract_shares,
    index_over_time,
    outcome_intervals,
    outcome_transitions,
    partnership,
    province_over_time,
    ranked_differences,
    strikes_over_time,
)
from sim.report.figures.data.figure_data import INDICES, POWERS

from .synthetic import PROVINCES, made_effort

Spec = dict[str, Any]
BASELINE, OTHER, APART = "baseline", "iran_leaves", "other_luck"
SCENARIOS = (BASELINE, OTHER, APART)
MONTHS = tuple(f"{2021 + (5 + i) // 12}-{(5 + i) % 12 + 1:02d}" for i in range(36))
SHIFT = {BASELINE: 0.0, OTHER: 1.0, APART: 0.4}  # how far a scenario is from the baseline


def comparison(seed: int | None = None, scenarios: tuple[str, ...] = SCENARIOS) -> Comparison:
    """The comparison: known numbers without a seed, any numbers with one."""
    shift = dict(zip(scenarios, SHIFT.values(), strict=True))
    luck = None if seed is None else np.random.default_rng(seed)
    about = {name: _about(name, shift[name]) for name in scenarios}
    others = {name: by for name, by in shift.items() if by}
    return Comparison(
        scenarios=scenarios,
        against=scenarios[0],
        about=about,
        names=PROVINCES,
        shares=_shares(shift),
        differences=pd.DataFrame([row for name, by in others.items() for row in _differences(name, by, luck)]),
        years=pd.DataFrame([row for name, by in others.items() for row in _years(name, by)]),
        months=pd.DataFrame([row for name, by in others.items() for row in _months(name, by)]),
        transitions=_transitions(scenarios[1]),
        spheres=pd.DataFrame(),
        influence=pd.DataFrame([row for name, by in shift.items() for row in _influence(name, by)]),
        series=_series(shift, luck),
        contracts=pd.DataFrame([row for name, by in shift.items() for row in _contracts(name, by, luck)]),
        effort=pd.concat([made_effort(name, 0.1 * by) for name, by in shift.items()], ignore_index=True),
        holdings=pd.DataFrame([row for name in scenarios for row in _holdings(name)], columns=list(COLUMNS)),
        negotiated=frame(_negotiated(scenarios)),
        thresholds=pd.DataFrame([row for name, by in shift.items() for row in _thresholds(name, by)]),
    )


def _thresholds(name: str, by: float) -> Iterator[dict[str, Any]]:
    """A world is delimited from 0.45; with thresholds a quarter lower more worlds are, a quarter higher fewer."""
    tacit, primacy = 0.6 - 0.4 * by, 0.4 * by
    for quantity, index, threshold, share in (
        ("delimited_tacit", "delimitation", 0.45, tacit),
        ("condominium", "delimitation", 0.45, 0.4),
        ("russian_primacy", "balance", 0.62, primacy),
        ("iranian_primacy", "balance", 0.38, 0.0),
        ("breakdown", "", math.nan, 0.0),
    ):
        row = {"scenario": name, "quantity": f"outcome:{quantity}", "index": index, "threshold": threshold, "worlds": 100, "share": share}
        yield row | {"share_lower": min(share + 0.1, 1.0), "share_higher": max(share - 0.1, 0.0)}


def _negotiated(scenarios: tuple[str, ...]) -> list[NegotiatedShare]:
    """The first scenario talks: 4 points of a rise by 10; the second sets other things besides; the third does not talk either."""
    first, *others = scenarios
    known = [NegotiatedShare(first, "no_talks", True, False, 100, 0.54, 0.5, 0.04, 0.03, 0.05, 0.1, 0.4, 0.3, 0.52)]
    for i, name in enumerate(others):
        ends = (0.52 + 0.01 * i, 0.5, 0.02 + 0.01 * i, 0.01, 0.04, 0.1)
        known.append(NegotiatedShare(name, "no_talks", False, i == 1, 100, *ends, math.nan, math.nan, math.nan))
    return known


def _holdings(name: str) -> Iterator[tuple[object, ...]]:
    """In ten fallen worlds Russia keeps a quarter of what it held and as much passes to others; Iran held nothing."""
    for partner, before in (("russia", 8.0), ("iran", 0.0)):
        for holding in HOLDINGS:
            passed, share = before / 4 if holding == "contracts" else math.nan, 0.25 if before else math.nan
            yield name, partner, holding, 10, before, before / 4, passed, share


def _about(name: str, by: float) -> ScenarioFacts:
    apart = by == SHIFT[APART]
    numbers = {"seed": 2 if apart else 1, "draws": False, "paired": by == 1.0, "pairs": 0 if apart else 100}
    return ScenarioFacts(f"What if {name}?", "report", "made_up", 100, len(MONTHS), MONTHS[0], sets=(), events=(), assumed=0.5, **numbers)


def _shares(shift: dict[str, float]) -> pd.DataFrame:
    rows = []
    for name, by in shift.items():
        for kind, quantity, share in (
            ("outcome", "outcome:delimited_tacit", 0.6 - 0.4 * by),
            ("outcome", "outcome:condominium", 0.4),
            ("outcome", "outcome:russian_primacy", 0.4 * by),
            ("territory", "territory:frozen", 0.9),
            ("territory", "territory:collapsed", 0.1),
        ):
            row = {"scenario": name, "kind": kind, "quantity": quantity, "given": "all", "worlds": 100, "share": share}
            rows.append(row | {"low": max(share - 0.1, 0.0), "high": min(share + 0.1, 1.0)})
    return pd.DataFrame(rows)


def _difference(
    name: str, kind: str, quantity: str, province: str, against: float, by: float, spread: float, significant: bool
) -> dict[str, Any]:
    half = 0.1 * abs(by) if significant else 2 * abs(by) + 0.01
    found = {
        "scenario": name,
        "kind": kind,
        "quantity": quantity,
        "province": province,
        "given": condition_of(kind),
        "paired": True,
        "worlds": 100,
    }
    found |= {"mean": against + by, "against_mean": against, "difference": by, "low": by - half, "high": by + half, "error": half / 2}
    found |= {
        "size": by / (spread if kind == "index" else 0.01),
        "significant": significant,
        "status": FINDING if significant else UNDETECTED,
    }
    return found | {"spread": spread, "more": 0.5, "fewer": 0.5, "same": 0.0, "narrowing": 0.5, "p": 0.0, "p_holm": 0.0}


def _differences(name: str, by: float, luck: np.random.Generator | None) -> Iterator[dict[str, Any]]:
    """Twenty indices: the first ten significant, the largest `dependence_iran`, 3 deviations lower; influence of two powers everywhere."""
    for i, index in enumerate(("dependence_iran", "friction", *[n for n in INDICES if n not in ("dependence_iran", "friction")][:18])):
        size = -0.3 if i == 0 else 0.2 / (i + 1) if luck is None else float(luck.normal() * 0.2)
        yield _difference(
            name, "index", index, "SY", 0.5, size * by, 0.1, significant=i < 10 if luck is None else bool(luck.random() < 0.5)
        )
    yield _difference(name, "index", "strikes", "SY", 100.0, 50.0 * by, 10.0, significant=True)
    yield _difference(name, "index", "incidents", "SY", 10.0, 0.1 * by, 10.0, significant=False)
    for i, iso in enumerate(PROVINCES):
        yield _difference(name, "influence", "influence_iran", iso, 0.4, -0.2 * by / (i + 1), 0.1, significant=i < 5)
        yield _difference(name, "influence", "influence_russia", iso, 0.3, 0.05 * by / (i + 1), 0.1, significant=False)
    yield _difference(name, "outcome", "outcome:delimited_tacit", "SY", 0.6, -0.4 * by, 0.5, significant=True)
    yield _difference(name, "outcome", "outcome:condominium", "SY", 0.4, 0.0, 0.5, significant=False)
    for power in POWERS:
        yield _difference(name, "influence", f"influence_{power}", "SY", 0.1, 0.01 * by, 0.1, significant=True)


def _years(name: str, by: float) -> Iterator[dict[str, Any]]:
    for quantity, year in product(("friction", "strikes", "dependence_iran"), range(4)):
        change = {"friction": 0.1, "strikes": 15.0, "dependence_iran": -0.1}[quantity] * by * year
        row = {
            "scenario": name,
            "quantity": quantity,
            "given": "standing",
            "year": year,
            "worlds": 100,
            "mean": 1 + change,
            "against_mean": 1.0,
        }
        wide = 0.15 if quantity == "friction" else 0.01 * abs(change)
        yield row | {"difference": change, "low": change - wide * (year > 0), "high": change + wide * (year > 0)}


def _months(name: str, by: float) -> Iterator[dict[str, Any]]:
    for iso, power, i in product(PROVINCES, ("government", "russia", "iran"), range(0, len(MONTHS), 3)):
        change = {"government": 0.1, "russia": 0.02, "iran": -0.12}[power] * by * i / len(MONTHS)
        row = {"scenario": name, "province": iso, "power": power, "given": "standing", "month": MONTHS[i], "worlds": 100}
        yield row | {"mean": 0.3 + change, "against_mean": 0.3, "difference": change, "low": change - 0.01, "high": change + 0.01}


def _transitions(name: str) -> pd.DataFrame:
    """Of 60 delimited worlds 15 stay, 40 end in Russian primacy, 5 in breakdown; a condominium stays one."""
    moves = [("delimited_tacit", "delimited_tacit", 15), ("delimited_tacit", "russian_primacy", 40), ("delimited_tacit", "breakdown", 5)]
    moves += [("condominium", "condominium", 40)]
    rows = [{"scenario": name, "kind": "outcome", "before": b, "after": a, "worlds": n, "share": n / 100} for b, a, n in moves]
    return pd.DataFrame(
        [*rows, {"scenario": name, "kind": "territory", "before": "frozen", "after": "frozen", "worlds": 100, "share": 1.0}]
    )


def _influence(name: str, by: float) -> Iterator[dict[str, Any]]:
    """Everywhere: the government half, Iran from 0.4 down by 0.2, Russia the rest, the United States one in a hundred."""
    for i, month in enumerate(MONTHS):
        iran = 0.4 - 0.2 * by * i / (len(MONTHS) - 1)
        shares = {"government": 0.5, "russia": 0.49 - iran, "iran": iran, "united_states": 0.01}
        for iso, power in product(PROVINCES, POWERS):
            yield {"scenario": name, "month": month, "province": iso, "power": power, "mean": shares.get(power, 0.0)}


def _series(shift: dict[str, float], luck: np.random.Generator | None) -> pd.DataFrame:
    """Friction from 1 up to 2 (and by one more), a strike a month in Damascus (and one more); the rest stays."""
    level = {"friction": 1.0, "friction_military": 0.5, "friction_economic": 0.3, "friction_diplomatic": 0.2}
    level |= {"channel_military": 0.5, "channel_economic": 0.5, "channel_diplomatic": 0.48, "dependence_iran": 0.5}
    level |= {"delimitation": 0.44, "balance": 0.49}
    level |= {"incidents": 1.0, "incidents_military": 0.5, "incidents_economic": 0.3, "incidents_diplomatic": 0.2, "broken": 0.1}
    rows = []
    for (name, by), (measure, at), (i, month) in product(shift.items(), level.items(), enumerate(MONTHS)):
        steady = ("incidents", "broken", "channel", "delimitation", "balance")
        mean = at if measure.startswith(steady) else at * (1 + (1 + by) * i / (len(MONTHS) - 1))
        mean *= 1.0 if luck is None else float(luck.uniform(0.2, 2.0))
        rows.append({"scenario": name, "month": month, "province": "SY", "measure": measure, "mean": mean})
    for (name, by), month in product(shift.items(), MONTHS):
        for measure, iso, mean in (
            ("strikes", "SY", 1 + by),
            ("strikes", "SY-DI", 1 + by),
            *[("strikes", iso, 0.0) for iso in PROVINCES if iso != "SY-DI"],
            ("strikes_us", "SY", 0.25),
        ):
            rows.append({"scenario": name, "month": month, "province": iso, "measure": measure, "mean": mean})
    table = pd.DataFrame(rows)
    for column, share in (("p05", 0.5), ("p25", 0.8), ("p50", 1.0), ("p75", 1.2), ("p95", 1.5)):
        table[column] = table["mean"] * share
    return table.astype(dict.fromkeys(("scenario", "month", "province", "measure"), "category"))


def _contracts(name: str, by: float, luck: np.random.Generator | None) -> Iterator[dict[str, Any]]:
    """Phosphate: Russia comes from 20 to 80 %. Electricity: Iran comes from 20 to 50 %, or loses half of that. Elsewhere a tenth each."""
    for sector, (i, month) in product(keys(Sector), enumerate(MONTHS)):
        done = i / (len(MONTHS) - 1)
        held = {"russia": 0.1, "iran": 0.1, "others": 0.1}
        held |= {"russia": 0.2 + 0.6 * done} if sector == "phosphate" else {}
        held |= {"iran": 0.2 + 0.3 * done - 0.25 * by * done} if sector == "power" else {}
        if luck is not None:
            held = dict(zip(held, 0.9 * luck.dirichlet((1, 1, 1)), strict=True))
        for holder, share in (held | {"open": 1 - sum(held.values())}).items():
            yield {"scenario": name, "given": "standing", "month": month, "sector": sector, "holder": holder, "share": share, "assets": 3}


def drawn(c: Comparison, scenario: str) -> dict[str, Spec]:
    """Every figure that a scenario allows, by name."""
    makers: dict[str, Callable[[], Spec]] = {
        "intervals": lambda: outcome_intervals.figure(c, scenario),
        "course": lambda: index_over_time.figure(c, scenario, "friction"),
        "course of a flow": lambda: index_over_time.figure(c, scenario, "strikes"),
        "place": lambda: province_over_time.figure(c, scenario, "SY-DI"),
        "contracts": lambda: contract_shares.figure(c, scenario),
        "partners": lambda: partnership.figure(c, scenario),
        "strikes": lambda: strikes_over_time.figure(c, scenario),
    }
    if scenario != c.against:
        makers |= {
            "differences": lambda: ranked_differences.figure(c, scenario),
            "places": lambda: ranked_differences.figure_of_influence(c, scenario),
        }
    if c.about[scenario].paired and scenario != c.against:
        makers |= {"flows": lambda: outcome_transitions.figure(c, scenario)}
    return {name: make() for name, make in makers.items()}


def validate(specs: Iterable[Spec]) -> None:
    """Let Altair check every kind of layer that figures have, once each, in one chart: it takes half a second for each chart."""
    specs = list(specs)
    layers = {repr((layer["mark"], layer["encoding"], layer.get("projection"))): (layer, spec) for spec in specs for layer in spec["layer"]}
    assert len(layers) > 5
    shown = [layer | {"data": {"values": list(spec["datasets"][layer["data"]["name"]])[:2]}} for layer, spec in layers.values()]
    alt.Chart.from_dict(specs[0] | {"datasets": {}, "layer": shown}, validate=True)


def title(spec: Spec) -> str:
    """A figure's title as one line."""
    return " ".join(spec["title"]["text"]).replace("\u00a0", " ")


def subtitle(spec: Spec) -> str:
    """A figure's subtitle as one line."""
    return " ".join(spec["title"]["subtitle"]).replace("\u00a0", " ")


def rows(spec: Spec, *keys_: str) -> list[dict[str, Any]]:
    """All rows of a figure that have these columns."""
    return [row for some in spec["datasets"].values() for row in some if all(key in row for key in keys_)]


def texts(spec: Spec) -> list[str]:
    """All words on a figure's sheet."""
    return [row["text"] for row in rows(spec, "text")]


def marks(spec: Spec, kind: str) -> list[dict[str, Any]]:
    """All rows of a figure that are drawn as one kind of mark."""
    return [row for layer in spec["layer"] if layer["mark"]["type"] == kind for row in spec["datasets"][layer["data"]["name"]]]


def collisions(spec: Spec) -> list[tuple[str, str]]:
    """Pairs of words that stand on each other, and words that leave the sheet (beside an empty text)."""
    boxes = []
    for layer in spec["layer"]:
        mark = layer["mark"]
        for row in spec["datasets"][layer["data"]["name"]] if mark["type"] == "text" else []:
            wide = text_metrics.width(row["text"], mark["fontSize"], mark["fontWeight"] == "bold")
            left = row["x"] - {"left": 0.0, "center": wide / 2, "right": wide}[mark["align"]]
            boxes.append((row["text"], left, left + wide, row["y"] - mark["fontSize"] / 2 + 1, row["y"] + mark["fontSize"] / 2 - 1))
    found = [(a[0], b[0]) for a, b in combinations(boxes, 2) if a[1] < b[2] and b[1] < a[2] and a[3] < b[4] and b[3] < a[4]]
    return found + [(b[0], "") for b in boxes if b[1] < -1 or b[2] > theme.WIDTH + 10 or b[3] < -4 or b[4] > spec["height"] + 8]
