"""Each scenario against its root in the same worlds: means, paired differences and their standard errors, from the tables.

World k has the same luck in both, so differences are taken world by world; their standard error is far below that of two separate
samples. Tables are read a block of worlds at a time, so memory does not grow with the number of worlds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sim.experiment.blocks import BLOCK
from sim.experiment.tables import world_column
from sim.scenario import Scenario
from sim.world.axes import Array, Power, keys
from sim.world.calendar import month_index
from sim.world.measures import OUTCOMES, WHOLE

FELL = "2024-12"  # when the government fell; the share of worlds in which it has by then is reported, never tuned to
COLLAPSE, BY_THEN = "collapse", f"collapse_by_{FELL.replace('-', '_')}"
INDICES = tuple(world_column(m) for m in WHOLE)
TOLD = 2.0  # a difference of more than so many standard errors can be told from noise


@dataclass(frozen=True)
class Compared:
    """One scenario and its root: every array runs along `names`.

    `mean`, `root_mean`: over worlds; `difference`, `error`: the paired difference and its standard error (NaN where the two
    do not cover the same months); `spread`: standard deviation of the root over worlds; `surviving`: mean where none collapsed.
    """

    scenario: Scenario
    worlds: int
    names: tuple[str, ...]
    mean: Array
    root_mean: Array
    difference: Array
    error: Array
    spread: Array
    surviving: Array

    def index(self, name: str) -> int:
        """Where a quantity stands."""
        return self.names.index(name)

    @property
    def told(self) -> Array:
        """Which differences can be told from noise, boolean."""
        told: Array = np.abs(self.difference) > TOLD * self.error
        return told


def influence_name(province: str, power: str) -> str:
    """The name of a power's influence in a province among the compared quantities."""
    return f"{province}:influence_{power}"


def compare(folder: Path, scenarios: Sequence[Scenario], worlds: int) -> Iterator[Compared]:
    """Every scenario against its root, in order. `folder` holds the tables of exactly these scenarios."""
    place = {s.name: i for i, s in enumerate(scenarios)}
    with pq.ParquetFile(folder / "worlds.parquet") as world_file, pq.ParquetFile(folder / "provinces.parquet") as province_file:
        blocks = -(-worlds // BLOCK)
        iso = _provinces(province_file)
        names = (*OUTCOMES, COLLAPSE, BY_THEN, *INDICES, *(influence_name(p, k) for p in iso for k in keys(Power)))
        for scenario in scenarios:
            sums = _Moments(len(names))
            for block in range(blocks):
                mine = _quantities(world_file, province_file, place[scenario.name] * blocks + block, len(iso))
                root = _quantities(world_file, province_file, place[scenario.root] * blocks + block, len(iso))
                sums.add(mine, root, mine[names.index(COLLAPSE)] == 0.0)
            yield sums.compared(scenario, names, same_months(scenario, scenarios[place[scenario.root]]))


def same_months(scenario: Scenario, root: Scenario) -> bool:
    """Whether two scenarios cover the same months, without which their horizons cannot be compared."""
    return (scenario.start, scenario.months) == (root.start, root.months)


def covers_fall(scenario: Scenario) -> bool:
    """Whether the scenario's months include the month in which the government fell."""
    return 0 <= month_index(scenario.start, FELL) < scenario.months


def half_width(share: float, worlds: int) -> float:
    """Half the width of the 95 % interval of a share (Wilson 1927)."""
    z = 1.96
    return z / (1.0 + z * z / worlds) * float(np.sqrt(share * (1.0 - share) / worlds + z * z / (4.0 * worlds * worlds)))


def _provinces(file: pq.ParquetFile) -> tuple[str, ...]:
    column = file.read_row_group(0, columns=["province"]).column("province")
    return tuple(pc.unique(column.cast(pa.string())).to_pylist())


def _quantities(world_file: pq.ParquetFile, province_file: pq.ParquetFile, group: int, provinces: int) -> Array:
    """All compared quantities of a block of worlds, (quantities, worlds)."""
    worlds = world_file.read_row_group(group, columns=["outcome", "collapse_month", *INDICES])
    outcome = worlds.column("outcome").cast(pa.string())
    fell = worlds.column("collapse_month").cast(pa.string())
    rows = [_numbers(pc.equal(outcome, name)) for name in OUTCOMES]
    rows += [_numbers(pc.is_valid(fell)), _numbers(pc.fill_null(pc.less_equal(fell, FELL), False))]
    rows += [_numbers(worlds.column(name)) for name in INDICES]
    columns = [f"influence_{power}" for power in keys(Power)]
    table = province_file.read_row_group(group, columns=columns)
    influence = np.stack([_numbers(table.column(name)) for name in columns])
    by_place = influence.reshape(len(columns), -1, provinces).transpose(2, 0, 1).reshape(provinces * len(columns), -1)
    return np.concatenate([np.stack(rows), by_place])


def _numbers(column: pa.ChunkedArray) -> Array:
    return np.asarray(column.to_numpy(), dtype=np.float64)


class _Moments:
    """Means and squared deviations, merged block by block (Chan, Golub and LeVeque 1983)."""

    def __init__(self, quantities: int) -> None:
        self.n = 0
        self.surviving = 0
        self.mean = np.zeros((3, quantities))  # scenario, root, difference
        self.squares = np.zeros((3, quantities))
        self.alive = np.zeros(quantities)

    def add(self, mine: Array, root: Array, alive: Array) -> None:
        n = mine.shape[1]
        block = np.stack([mine, root, mine - root])
        mean = block.mean(axis=2)
        squares = np.square(block - mean[:, :, np.newaxis]).sum(axis=2)
        step = mean - self.mean
        self.squares += squares + np.square(step) * (self.n * n / (self.n + n))
        self.mean += step * (n / (self.n + n))
        self.n += n
        self.surviving += int(alive.sum())
        self.alive += (mine * alive).sum(axis=1)

    def compared(self, scenario: Scenario, names: tuple[str, ...], comparable: bool) -> Compared:
        empty = np.full(len(names), np.nan)
        deviation = np.sqrt(self.squares / (self.n - 1)) if self.n > 1 else np.full(self.mean.shape, np.nan)
        return Compared(
            scenario=scenario,
            worlds=self.n,
            names=names,
            mean=self.mean[0],
            root_mean=self.mean[1],
            difference=self.mean[2] if comparable else empty,
            error=deviation[2] / np.sqrt(self.n) if comparable else empty,
            spread=deviation[1],
            surviving=self.alive / self.surviving if self.surviving else empty,
        )
