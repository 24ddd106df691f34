"""A scenario against another for the page: differences with bootstrap intervals at the horizon, by year and by month, and transitions.

Paired, world by world, where world k has the same random numbers in both; else as two samples.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from sim.compare.assessment import Assessment
from sim.compare.compared_scenarios import ComparedScenario
from sim.compare.comparison import CONDITIONS
from sim.compare.condition_sums import PairedSums, SampleSums
from sim.compare.findings import bounded_scales
from sim.compare.quantities import FELL, INDICES, Quantity, quantities
from sim.compare.scenario_inputs import input_paths
from sim.compare.world_values import CLASSES, compared_months, read_horizon, read_influence, read_years
from sim.experiment.recording.annual_values import year_count
from sim.experiment.recording.world_tables import calendar_from
from sim.experiment.storage.common_worlds import common_ranges
from sim.experiment.storage.results import Span
from sim.model.state.dimensions import Array, Power, Row, keys
from sim.statistics.exact_sums import fixed_point
from sim.statistics.poisson_bootstrap import resample_counts

_TRANSITIONS = ("outcome", "territory")
_THROUGH_TIME = ["worlds", "mean", "against_mean", "difference", "low", "high", "more", "fewer"]
COLUMNS = {
    "differences": [
        *("scenario", "kind", "quantity", "province", "given", "paired", "worlds", "mean", "against_mean", "difference", "low", "high"),
        *("error", "spread", "size", "more", "fewer", "same", "narrowing", "p", "p_holm", "significant", "status"),
    ],
    "years": ["scenario", "quantity", "given", "year", *_THROUGH_TIME],
    "months": ["scenario", "province", "power", "given", "month", *_THROUGH_TIME],
    "transitions": ["scenario", "kind", "before", "after", "worlds", "share"],
}


@dataclass(frozen=True)
class DifferenceTables:
    """The tables of one scenario, as in Comparison."""

    differences: pd.DataFrame
    years: pd.DataFrame
    months: pd.DataFrame
    transitions: pd.DataFrame


@dataclass(frozen=True)
class _WorldValues:
    """The worlds of a chunk in fixed point, (quantities, worlds) at the horizon, by year and by month."""

    numbers: tuple[Array, Array, Array]
    survived: Row
    classes: dict[str, Row]

    def some(self, worlds: slice) -> "_WorldValues":
        """Some of these worlds."""
        first, second, third = (part[:, worlds] for part in self.numbers)
        return _WorldValues((first, second, third), self.survived[worlds], {kind: codes[worlds] for kind, codes in self.classes.items()})


def difference_tables(side: ComparedScenario, against: ComparedScenario) -> DifferenceTables:
    """How a scenario differs from another. Raises SettingsError where worlds cannot be read."""
    start, n_months = side.span
    iso = tuple(side.result.provinces)
    compared = quantities(iso, start, n_months)
    keyed = _keys(compared, iso, start, n_months)
    transitions = {kind: np.zeros((len(CLASSES[kind]), len(CLASSES[kind])), dtype=np.int64) for kind in _TRANSITIONS}
    sums: Sequence[PairedSums | SampleSums]
    if side.paired_with(against):
        sums = _paired_sums(side, against, compared, [len(key) for key in keyed], transitions)
    else:
        sums = _sample_sums(side, against, compared, [len(key) for key in keyed])
    inputs = input_paths(side.result.scenario(side.scenario), against.result.scenario(against.scenario))
    horizon = []
    for condition in CONDITIONS:
        frame = Assessment(compared, sums[0].differences(condition), inputs).frame
        horizon.append(pd.concat([sums[0].frame(condition), frame], axis=1).assign(scenario=side.name)[COLUMNS["differences"]])
    years, months = (_through_time(side.name, keyed[i], sums[i], name) for i, name in ((1, "years"), (2, "months")))
    return DifferenceTables(pd.concat(horizon, ignore_index=True), years, months, _transition_table(side.name, transitions))


def _paired_sums(
    side: ComparedScenario, against: ComparedScenario, compared: Sequence[Quantity], lengths: Sequence[int], transitions: dict[str, Array]
) -> list[PairedSums]:
    """Sums over the worlds that both have, in whatever chunks; transitions are counted in place."""
    sums = [PairedSums(length, scales) for length, scales in zip(lengths, (bounded_scales(compared), None, None), strict=True)]
    read_mine, read_other = (_last_read(one, compared) for one in (side, against))
    for common in common_ranges(side.files, against.files):
        mine, other = read_mine(common.mine).some(common.in_mine), read_other(common.other).some(common.in_other)
        counts, survived = resample_counts(*common.span), mine.survived & other.survived
        for part, numbers, others in zip(sums, mine.numbers, other.numbers, strict=True):
            part.add(numbers, others, survived, counts)
        for kind, table in transitions.items():
            np.add.at(table, (other.classes[kind], mine.classes[kind]), 1)
    return sums


def _sample_sums(
    side: ComparedScenario, against: ComparedScenario, compared: Sequence[Quantity], lengths: Sequence[int]
) -> list[SampleSums]:
    """Sums over the worlds of each."""
    sums = [SampleSums(length, scales) for length, scales in zip(lengths, (bounded_scales(compared), None, None), strict=True)]
    for is_other, read in ((False, side), (True, against)):
        for span in read.files:
            values = _read(read, span, compared)
            counts = resample_counts(*span, stream=2 if is_other else 1)
            for part, numbers in zip(sums, values.numbers, strict=True):
                (part.other if is_other else part.mine).add(numbers, values.survived, counts)
    return sums


def _last_read(side: ComparedScenario, compared: Sequence[Quantity]) -> Callable[[Span], _WorldValues]:
    """Reads ranges of a scenario; the last one is kept, since chunks of another size may need it again."""
    return lru_cache(maxsize=1)(lambda span: _read(side, span, compared))


def _read(side: ComparedScenario, span: Span, compared: Sequence[Quantity]) -> _WorldValues:
    """The worlds of a range. Raises SettingsError where they cannot be read."""
    file, n_worlds = side.files[span], span[1]
    horizon = read_horizon(file, compared)
    parts = horizon, read_years(file), read_influence(file, compared_months(side.span[1]))
    survived = horizon[compared.index(FELL)] == 0.0
    rows = {kind: [i for i, quantity in enumerate(compared) if quantity.kind == kind] for kind in _TRANSITIONS}
    classes = {kind: horizon[those].argmax(axis=0) for kind, those in rows.items()}
    first, second, third = (fixed_point(part).reshape(-1, n_worlds) for part in parts)
    return _WorldValues((first, second, third), survived, classes)


def _keys(compared: Sequence[Quantity], iso: Sequence[str], start: str, n_months: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """What the rows of the sums are, at the horizon, by year and by month."""
    calendar, powers = calendar_from(start, n_months), keys(Power)
    years = [(name, year) for year in range(year_count(n_months) + 1) for name in INDICES]
    months = [(place, power, calendar[month]) for month in compared_months(n_months) for power in powers for place in iso]
    return (
        pd.DataFrame({"quantity": [quantity.name for quantity in compared]}),
        pd.DataFrame(years, columns=["quantity", "year"]),
        pd.DataFrame(months, columns=["province", "power", "month"]),
    )


def _through_time(scenario: str, key: pd.DataFrame, sums: PairedSums | SampleSums, table: str) -> pd.DataFrame:
    frames = []
    for condition in CONDITIONS:
        numbers = sums.differences(condition)
        means = pd.DataFrame({"mean": numbers.mean, "against_mean": numbers.other_mean, "difference": numbers.difference})
        frames.append(pd.concat([key, means, sums.frame(condition)], axis=1))
    return pd.concat(frames, ignore_index=True).assign(scenario=scenario)[COLUMNS[table]]


def _transition_table(scenario: str, transitions: dict[str, Array]) -> pd.DataFrame:
    """Of the worlds that came to one class in the scenario compared with, what became of them here."""
    rows = [
        (scenario, kind, CLASSES[kind][before], CLASSES[kind][after], int(table[before, after]), table[before, after] / table.sum())
        for kind, table in transitions.items()
        for before, after in np.ndindex(table.shape)
        if table[before, after]
    ]
    return pd.DataFrame(rows, columns=COLUMNS["transitions"])
