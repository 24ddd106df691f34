"""The table of effects, a row for each actor, interest, change and measure: `interests.csv`."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from sim.experiment.storage.chunk_reader import Chunks
from sim.experiment.storage.data_dictionary import add_columns
from sim.experiment.storage.whole_files import write_text
from sim.interests.effects import Effect, effects
from sim.interests.variations import Variation
from sim.scenario import Scenario
from sim.statistics.small_samples import LEAST_PAIRS

NAME, FILE = "interests", "interests.csv"
COLUMNS = {  # meaning, unit
    "scenario": ("name of the scenario in which the interest is changed", "name"),
    "actor": ("whose interest it is", "name"),
    "interest": ("the interest, `ACTOR.interests.INTEREST` among the parameters", "name"),
    "change": ("taken away: its weight is 0; doubled: its weight is twice what it is", "class"),
    "measure": (
        "what is compared at the horizon, a column of worlds, provinces or groups (ACTOR_force: sum over the groups it leads); "
        "influence_shift: mean absolute change over provinces of the actor's influence (for an actor without influence of its own: of "
        "all powers', halved), its direction read from every third world and its size from the others",
        "name",
    ),
    "place": ("the province by ISO 3166-2 code where influence changes most; empty for the whole country", "name"),
    "mean": ("mean over worlds with the change; for influence_shift the shift itself", "of the measure"),
    "reference_mean": ("mean over the same worlds of the scenario as it is; for influence_shift 0", "of the measure"),
    "difference": ("mean difference, world by world", "of the measure"),
    "low": (
        f"lower end of its 95 % interval: normal, of fewer than {LEAST_PAIRS} worlds Student's t; where all worlds differ alike, what "
        "unseen ones could change within the measure's scale; empty where that cannot be known",
        "of the measure",
    ),
    "high": ("upper end of its 95 % interval", "of the measure"),
    "z": ("how many standard errors the difference is from zero; inf where all worlds differ alike, empty for few such worlds", "number"),
    "unit": ("unit of the measure; a share of 0.01 is one percentage point", "name"),
    "significant": (
        "whether the difference is statistically significant (5 %, Holm's correction over the measures of the change, and over provinces), "
        f"never over fewer than {LEAST_PAIRS} worlds",
        "true or false",
    ),
    "matters": ("whether it is significant and large enough to matter, by the rules of `spheres compare`", "true or false"),
    "worlds": ("worlds compared; for influence_shift those from which its size is read", "count"),
}

_TEXTS = ("scenario", "actor", "interest", "change", "measure", "place", "unit")
_NUMBERS = ("mean", "reference_mean", "difference", "low", "high", "z")


def effect_table(scenario: Scenario, variations: Sequence[Variation], chunks: Mapping[str, Chunks]) -> pd.DataFrame:
    """The effects of all variations that have worlds, in their order. Raises DamagedChunk."""
    rows = list(_rows(scenario, variations, chunks))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(scenario: Scenario, variations: Sequence[Variation], chunks: Mapping[str, Chunks]) -> Iterator[tuple[object, ...]]:
    reference = chunks.get(scenario.name, {})
    for one in variations:
        for effect in effects(one, chunks.get(one.scenario.name, {}), reference):
            yield (scenario.name, one.actor, one.interest, one.change, *_cells(effect))


def _cells(effect: Effect) -> tuple[object, ...]:
    """The cells of an effect, in the order of COLUMNS from `measure` on."""
    outcome = effect.outcome
    return (
        *(outcome.name, outcome.place, effect.mean, effect.reference_mean, effect.difference, effect.low, effect.high, effect.z),
        *("" if outcome.measure is None else outcome.measure.unit, effect.significant, effect.matters, effect.n_worlds),
    )


def write_table(folder: Path, table: pd.DataFrame) -> None:
    """Write the table into a folder of results, and what its columns mean into `columns.csv` there. Raises OSError."""
    write_text(folder / FILE, table.to_csv(index=False, float_format="%.6g", lineterminator="\n"))
    add_columns(folder / "columns.csv", NAME, COLUMNS)


def read_table(folder: Path) -> pd.DataFrame:
    """The table of a folder of results. Raises OSError or ValueError where there is none that can be read."""
    table = pd.read_csv(folder / FILE, dtype=dict.fromkeys(_TEXTS, str), keep_default_na=False, na_values={name: [""] for name in _NUMBERS})
    missing = [column for column in COLUMNS if column not in table]
    if missing:
        raise ValueError(f"{folder / FILE} lacks the columns {', '.join(missing)}")
    return table
