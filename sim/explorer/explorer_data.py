"""All that the explorer's page carries: worlds in bytes, and what stands beside them in words."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import UInt8
from scipy.stats import norm

from sim.compare.findings import POINT, SCALE_FLOOR, STD_FLOOR
from sim.compare.quantities import COLLAPSE, FALLEN_BY_OBSERVED_MONTH
from sim.compare.scenario_inputs import DIRECT_INPUTS
from sim.experiment.run_settings import SettingsError
from sim.exploration.stored_worlds import MOST_STORED, StoredWorlds, read_worlds
from sim.explorer import country_map
from sim.explorer.local_estimate import LEAST_EFFECTIVE, STEPS, WIDTH, draws_of
from sim.explorer.parameter_cards import drawn_cards, fixed_cards, interest_bars
from sim.explorer.ranking import ranking
from sim.explorer.world_columns import MEASURES, SHOWN, Scale, WorldColumns, joined, read_chunk, scale_of
from sim.model.observation.measure_catalogue import FALLEN, OUTCOME_MEANINGS, OUTCOME_WORDS, OUTCOMES, SPHERES, TERRITORIES
from sim.model.state.calendar import month_name
from sim.model.state.dimensions import Array, Power, Row, keys
from sim.report.drawing import palette
from sim.report.text import labels
from sim.statistics.significance import LEVEL
from sim.statistics.small_samples import LEAST_PAIRS
from sim.text.measure_labels import label
from sim.text.names import display_name
from sim.text.number_format import capital

LEAST_WORLDS = 1000  # of a result, for the explorer to answer anything
MOST_WORLDS = 10_000  # that a page carries
_MOST_TESTS = 64
_HIDDEN = ("collapsed",)  # measures that the page needs, and does not offer


@dataclass(frozen=True)
class ExplorerData:
    """Stored worlds as the page and the server use them: `draws` (parameters, worlds) in bytes, in the order of the cards."""

    worlds: StoredWorlds
    columns: WorldColumns
    scale: Scale
    draws: UInt8[Array, "parameters worlds"]
    manifest: dict[str, Any]


def read_explorer_data(folder: Path, name: str, most: int = MOST_WORLDS) -> ExplorerData:
    """What the page carries of a scenario of a result. Raises SettingsError if it cannot be read, or has too few worlds or no draws."""
    worlds = read_worlds(folder, name, min(most, MOST_STORED))
    if len(worlds) < LEAST_WORLDS:
        raise SettingsError(
            f"{folder} has {len(worlds):,} worlds of '{name}', and the explorer needs {LEAST_WORLDS:,} at least, better {MOST_WORLDS:,}. "
            f"Run more: spheres run {name} --worlds {MOST_WORLDS} --name {folder.name}"
        )
    files = worlds.result.files(name)
    raw = joined([read_chunk(file) for span, file in files.items() if span[0] <= worlds.numbers[-1]])
    scale = scale_of(raw)
    columns = raw.coded(scale).take(slice(0, len(worlds)))
    draws = np.stack([np.minimum(row * STEPS, STEPS - 1).astype(np.uint8) for row in worlds.quantiles.values()])
    return ExplorerData(worlds, columns, scale, draws, _manifest(worlds, columns, scale, draws))


def _manifest(worlds: StoredWorlds, columns: WorldColumns, scale: Scale, draws: Array) -> dict[str, Any]:
    scenario = worlds.scenario
    cards = drawn_cards(scenario)
    months = scenario.months
    return {
        "scenario": {"name": scenario.name, "title": capital(labels.scenario(scenario.name)), "question": scenario.question},
        "result": worlds.result.folder.name,
        "worlds": len(worlds),
        "months": months,
        "start": scenario.start,
        "horizon": month_name(scenario.start, months - 1),
        "seed": worlds.seed,
        "fingerprint": fingerprint(worlds),
        "width": WIDTH,
        "least": LEAST_EFFECTIVE,
        "critical": [round(float(norm.isf(LEVEL / 2 / m)), 6) for m in range(1, _MOST_TESTS + 1)],
        "floors": {"point": POINT, "std": STD_FLOOR, "scale": SCALE_FLOOR, "least_pairs": LEAST_PAIRS},
        "outcomes": _outcomes(columns, scale, draws),
        "first_outcome": OUTCOMES[int(np.argmax(np.bincount(columns.classes[0], minlength=len(OUTCOMES))))],  # that most worlds have
        "territories": list(TERRITORIES),
        "parameters": cards,
        "others": fixed_cards(scenario),
        "actors": interest_bars(scenario),
        "powers": [{"key": key, "label": display_name(key), "colour": palette.SPHERES[key]} for key in keys(Power)],
        "spheres": [{"key": key, "label": display_name(key), "colour": palette.SPHERES[key]} for key in SPHERES],
        "years": ["start", *(str(int(month_name(scenario.start, 12 * year)[:4])) for year in range(1, columns.years.shape[1]))],
        **country_map.drawn(worlds.result.provinces),
    }


def fingerprint(worlds: StoredWorlds) -> str:
    """A short hash of which worlds of which scenario were run by which rules, by which a page and a result are matched."""
    manifest = worlds.result.manifest
    parts = [worlds.scenario.digest(), manifest["seed"], len(worlds), manifest["versions"]["model"]]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _outcomes(columns: WorldColumns, scale: Scale, draws: Array) -> list[dict[str, Any]]:
    """Every outcome that can be chosen, with the parameters that matter most for it."""
    quantiles = draws_of(draws)
    found: list[tuple[dict[str, Any], Row]] = [
        (_class(code, name), (columns.classes[0] == code).astype(np.float64)) for code, name in enumerate(OUTCOMES)
    ]
    found.append((_flag(), columns.classes[2].astype(np.float64)))
    shown = [(row, name) for row, name in enumerate(SHOWN) if name not in _HIDDEN]
    found += [(_index(row, name, scale), columns.horizon[row].astype(np.float64)) for row, name in shown]
    return [about | {"ranking": [list(one) for one in ranking(values, quantiles)]} for about, values in found]


def _class(code: int, name: str) -> dict[str, Any]:
    return {
        "key": name,
        "label": OUTCOME_WORDS[name],
        "meaning": OUTCOME_MEANINGS[name],
        "kind": "class",
        "code": code,
        "colour": palette.OUTCOMES[name],
        "restates": list(DIRECT_INPUTS.get(COLLAPSE if name == FALLEN else f"outcome:{name}", ())),
    }


def _flag() -> dict[str, Any]:
    meaning = "whether the government has fallen by the month in which it did; reported, never calibrated to"
    words = "fallen by December 2024"
    return {
        "key": FALLEN_BY_OBSERVED_MONTH,
        "label": words,
        "meaning": meaning,
        "kind": "flag",
        "colour": palette.OUTCOMES[FALLEN],
        "restates": [],
    }


def _index(row: int, name: str, scale: Scale) -> dict[str, Any]:
    measure = MEASURES[name]
    bounded = measure.unit in ("share", "index") and measure.high <= 1.0
    return {
        "key": name,
        "label": label(name),
        "meaning": measure.meaning,
        "kind": "index",
        "unit": measure.unit,
        "row": row,
        "low": float(scale.low[row]),
        "high": float(scale.high[row]),
        "scale": float(measure.high - measure.low) if bounded else None,
        "flow": measure.cumulative,
        "colour": palette.measure_colour(name),
        "restates": list(DIRECT_INPUTS.get(name, ())),
    }
