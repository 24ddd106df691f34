"""Each scenario against its root in the same worlds: means, paired differences and their standard errors, from the chunks.

World k has the same luck in both, so differences are taken world by world; their standard error is far below that of two separate
samples. Chunks are read one at a time and summed in whole numbers, so memory does not grow with the number of worlds, and no order
of chunks changes a bit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sim.experiment.recording.world_tables import world_column
from sim.experiment.storage.chunk_reader import ChunkFile, Chunks
from sim.model.observation.measure_catalogue import OUTCOMES, SPHERES, TERRITORIES, WHOLE
from sim.model.state.calendar import month_index
from sim.model.state.dimensions import Array, Power, keys
from sim.scenario import Scenario
from sim.statistics.exact_sums import Counts, Moments, fixed
from sim.statistics.significance import LEVEL, adjusted, two_sided

FELL = "2024-12"  # when the government fell; the share of worlds in which it has by then is reported, never tuned to
COLLAPSE, BY_THEN = "collapse", f"collapse_by_{FELL.replace('-', '_')}"
SHARES = (*OUTCOMES, COLLAPSE)
INDICES = tuple(world_column(m) for m in WHOLE)


@dataclass(frozen=True)
class Compared:
    """One scenario and its root: every array runs along `names`.

    `mean`, `deviation`: over the scenario's `worlds`; `surviving`: mean where the government has not fallen. Over the `pairs` of
    worlds that both have: `root_mean`, `spread` (standard deviation of the root), `difference` and its standard `error` (NaN where
    the two do not cover the same months); `low`, `high`: the differences of one world in twenty lie below, and above, off by
    at most `half_width` (NaN but for indices).
    """

    scenario: Scenario
    worlds: int
    pairs: int
    names: tuple[str, ...]
    mean: Array
    deviation: Array
    surviving: Array
    root_mean: Array
    spread: Array
    difference: Array
    error: Array
    low: Array
    high: Array
    half_width: Array

    def index(self, name: str) -> int:
        """Where a quantity stands."""
        return self.names.index(name)

    @cached_property
    def told(self) -> Array:
        """Which differences can be told from noise, boolean: the paired t test at 5 %, with Holm's correction over each kind."""
        freedom = np.full(len(self.names), float(max(self.pairs - 1, 1)))
        p = two_sided(self.difference, self.error, freedom)
        return np.asarray(adjusted(p, [kind(name) for name in self.names]) < LEVEL)


def kind(name: str) -> str:
    """What kind of quantity a name stands for; those of one kind are looked at together."""
    what = name.rpartition(":")[0] or name
    if name in OUTCOMES:
        return "outcome"
    if name in (COLLAPSE, BY_THEN) or what == "territory":
        return what
    if name in INDICES:
        return "index"
    return "sphere" if what.endswith("sphere") else "influence"


def influence_name(province: str, power: str) -> str:
    """The name of a power's influence in a province among the compared quantities."""
    return f"{province}:influence_{power}"


def quantities(iso: Sequence[str]) -> tuple[str, ...]:
    """The names of all compared quantities: shares, indices, classes of territory, and by province influence and spheres."""
    influence = (influence_name(place, power) for place in iso for power in keys(Power))
    spheres = (f"{place}:sphere:{name}" for place in iso for name in SPHERES)
    return (*SHARES, BY_THEN, *INDICES, *(f"territory:{name}" for name in TERRITORIES), *influence, *spheres)


def against_roots(
    scenarios: Sequence[Scenario], chunks: Mapping[str, Chunks], iso: Sequence[str] = (), shares_alone: bool = False
) -> Iterator[Compared]:
    """Every scenario that has worlds against its root, in order. `shares_alone`: SHARES only, which is quick.

    Raises Damaged where a chunk cannot be read.
    """
    known = {scenario.name: scenario for scenario in scenarios}
    names = SHARES if shares_alone else quantities(iso)
    for scenario in scenarios:
        if not chunks.get(scenario.name):
            continue
        root = known.get(scenario.root)
        comparable = root is not None and same_months(scenario, root)
        sums = _Sums(names)
        for span, file in chunks[scenario.name].items():
            other = chunks.get(scenario.root, {}).get(span)
            mine = _values(file, len(iso), shares_alone)
            sums.add(mine, mine if scenario.root == scenario.name else None if other is None else _values(other, len(iso), shares_alone))
        yield sums.compared(scenario, comparable)


def same_months(scenario: Scenario, root: Scenario) -> bool:
    """Whether two scenarios cover the same months, without which their horizons cannot be compared."""
    return (scenario.start, scenario.months) == (root.start, root.months)


def covers_fall(scenario: Scenario) -> bool:
    """Whether the scenario's months include the month in which the government fell."""
    return covers_month(scenario.start, scenario.months, FELL)


def covers_month(start: str, months: int, month: str) -> bool:
    """Whether so many months from a start on include a month."""
    return 0 <= month_index(start, month) < months


def _values(file: ChunkFile, provinces: int, shares_alone: bool) -> Array:
    """All compared quantities of a chunk's worlds, (quantities, worlds)."""
    worlds = file.table("worlds", ["outcome", "collapse_month"] if shares_alone else ["outcome", "collapse_month", "territory", *INDICES])
    fell = worlds.column("collapse_month").cast(pa.string())
    rows = [*_classes(worlds, "outcome", OUTCOMES), _numbers(pc.is_valid(fell))]
    if shares_alone:
        return np.stack(rows)
    rows += [_numbers(pc.fill_null(pc.less_equal(fell, FELL), False))]
    rows += [_numbers(worlds.column(name)) for name in INDICES]
    rows += _classes(worlds, "territory", TERRITORIES)
    columns = [f"influence_{power}" for power in keys(Power)]
    table = file.table("provinces", [*columns, "sphere"])
    influence = _by_place([_numbers(table.column(name)) for name in columns], provinces)
    return np.concatenate([np.stack(rows), influence, _by_place(_classes(table, "sphere", SPHERES), provinces)])


def _classes(table: pa.Table, column: str, names: Sequence[str]) -> list[Array]:
    """For each class whether a row is of it, as 0 and 1."""
    texts = table.column(column).cast(pa.string())
    return [_numbers(pc.fill_null(pc.equal(texts, name), False)) for name in names]


def _by_place(columns: Sequence[Array], provinces: int) -> Array:
    """Columns with a row per world and province as (provinces x columns, worlds)."""
    return np.stack(columns).reshape(len(columns), -1, provinces).transpose(2, 0, 1).reshape(provinces * len(columns), -1)


def _numbers(column: pa.ChunkedArray) -> Array:
    return np.asarray(column.to_numpy(), dtype=np.float64)


class _Sums:
    """What is summed over the worlds of a scenario, and over those that its root has as well."""

    def __init__(self, names: tuple[str, ...]) -> None:
        n = len(names)
        self._names, self._fell = names, names.index(COLLAPSE)
        self._own, self._root, self._difference, self._surviving = (Moments(n) for _ in range(4))
        self._indices = [names.index(name) for name in INDICES if name in names]
        self._spread = Counts(len(self._indices))

    def add(self, mine: Array, root: Array | None) -> None:
        """The worlds of a chunk, and the same worlds of the root, if it has them."""
        own = fixed(mine)
        self._own.add(own)
        self._surviving.add(own[:, mine[self._fell] == 0.0])
        if root is not None:
            other = fixed(root)
            self._root.add(other)
            self._difference.add(own - other)
            self._spread.add((mine - root)[self._indices])

    def compared(self, scenario: Scenario, comparable: bool) -> Compared:
        """Means and differences, read from the sums."""
        empty = np.full(len(self._names), np.nan)
        pairs = self._root.n
        low, high, half_width = empty.copy(), empty.copy(), empty.copy()
        if comparable and pairs and self._indices:
            (low[self._indices], high[self._indices]), widths = self._spread.quantiles()
            half_width[self._indices] = widths.max(axis=0)
        return Compared(
            scenario=scenario,
            worlds=self._own.n,
            pairs=pairs,
            names=self._names,
            mean=self._own.mean(),
            deviation=self._own.deviation(),
            surviving=self._surviving.mean(),
            root_mean=self._root.mean(),
            spread=self._root.deviation(),
            difference=self._difference.mean() if comparable else empty,
            error=self._difference.deviation() / np.sqrt(pairs) if comparable and pairs else empty,
            low=low,
            high=high,
            half_width=half_width,
        )
