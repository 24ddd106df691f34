"""A scenario against another: mean differences with intervals, in how many worlds it exceeds the other, and what became of outcomes.

Paired, world by world, where world k has the same luck in both; else as two samples.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.compare.compared_scenarios import Side
from sim.compare.comparison import ALL, STANDING
from sim.compare.paired_differences import INDICES
from sim.compare.world_values import Values, compared_months, quantities, read
from sim.experiment.recording.annual_values import year_count
from sim.experiment.recording.influence_codes import LEVELS
from sim.experiment.recording.world_tables import calendar_from
from sim.model.observation.measure_catalogue import OUTCOMES, TERRITORIES
from sim.model.state.dimensions import Array, Power, Row, keys
from sim.statistics.exact_sums import Moments, fixed
from sim.statistics.poisson_bootstrap import Sampled, counts, interval
from sim.statistics.significance import LEVEL, adjusted, two_sided, welch

GIVEN = {ALL: False, STANDING: True}
Frame = dict[str, Array | Row | list[str] | str | bool | int]


@dataclass(frozen=True)
class Found:
    """The tables of one scenario, as in Comparison."""

    differences: pd.DataFrame
    years: pd.DataFrame
    months: pd.DataFrame
    transitions: pd.DataFrame


class Pairs:
    """Differences of some quantities between the same worlds of two scenarios, worlds added part by part."""

    def __init__(self, quantities: int) -> None:
        self._difference = Sampled(quantities)
        self._mine, self._other = ({given: Moments(quantities) for given in GIVEN} for _ in range(2))
        self._more, self._fewer = ({given: np.zeros(quantities, dtype=np.int64) for given in GIVEN} for _ in range(2))

    def add(self, mine: Array, other: Array, standing: Row, times: Array) -> None:
        """The same worlds of both, in fixed point, (quantities, worlds); `standing`: where the government stands in both."""
        difference = mine - other
        self._difference.add(difference, standing, times)
        for given, only in GIVEN.items():
            where = standing if only else slice(None)
            self._mine[given].add(mine[:, where])
            self._other[given].add(other[:, where])
            self._more[given] += (difference[:, where] > 0).sum(axis=1)
            self._fewer[given] += (difference[:, where] < 0).sum(axis=1)

    def frame(self, given: str) -> Frame:
        """Columns of the table of differences, a value for each quantity."""
        mine, other, moments = self._mine[given], self._other[given], self._difference.of(GIVEN[given])
        n = moments.n
        low, high = interval(self._difference.resampled(GIVEN[given]))
        error = moments.deviation() / np.sqrt(max(n, 1))
        variances = mine.deviation() ** 2 + other.deviation() ** 2
        with np.errstate(invalid="ignore", divide="ignore"):
            narrowing = error / np.sqrt(variances / n) if n else error
        return {
            **_columns(given, True, n, mine.mean(), other.mean(), moments.mean()),
            **_sure(n, low, high, error, np.sqrt(variances / 2.0)),
            "more": self._more[given] / max(n, 1),
            "fewer": self._fewer[given] / max(n, 1),
            "same": (n - self._more[given] - self._fewer[given]) / max(n, 1),
            "narrowing": narrowing,
            "p": two_sided(moments.mean(), error, np.full(len(error), max(n - 1, 1))),
        }


class Samples:
    """The same of two scenarios whose worlds have other luck: each has its own worlds."""

    def __init__(self, quantities: int) -> None:
        self.mine, self.other = Sampled(quantities), Sampled(quantities)

    def frame(self, given: str) -> Frame:
        """Columns of the table of differences, a value for each quantity; what only pairs can tell is NaN."""
        only = GIVEN[given]
        mine, other = self.mine.of(only), self.other.of(only)
        low, high = interval(self.mine.resampled(only) - self.other.resampled(only))
        errors = [one.deviation() / np.sqrt(max(one.n, 1)) for one in (mine, other)]
        error, freedom = welch(errors[0], mine.n, errors[1], other.n)
        spread = np.sqrt((mine.deviation() ** 2 + other.deviation() ** 2) / 2.0)
        unknown = np.full(len(error), np.nan)
        difference = mine.mean() - other.mean()
        return {
            **_columns(given, False, min(mine.n, other.n), mine.mean(), other.mean(), difference),
            **_sure(min(mine.n, other.n), low, high, error, spread),
            **dict.fromkeys(("more", "fewer", "same", "narrowing"), unknown),
            "p": two_sided(difference, error, freedom),
        }


def _columns(given: str, paired: bool, n: int, mean: Row, other: Row, difference: Row) -> Frame:
    return {"given": given, "paired": paired, "worlds": n, "mean": mean, "against_mean": other, "difference": difference}


def _sure(n: int, low: Row, high: Row, error: Row, spread: Row) -> Frame:
    """One world alone says nothing of how sure a difference is."""
    unknown = np.full(len(low), np.nan)
    return {"low": low if n > 1 else unknown, "high": high if n > 1 else unknown, "error": error, "spread": spread}


def differences(side: Side, against: Side) -> Found:
    """Everything that is known of a scenario against another. Raises SettingsError where worlds cannot be read."""
    paired = side.paired_with(against)
    iso = tuple(side.result.provinces)
    months = side.span[1]
    sizes = (len(quantities(iso)), (year_count(months) + 1) * len(INDICES), len(compared_months(months)) * len(Power) * len(iso))
    moves = {name: np.zeros((len(classes), len(classes)), dtype=np.int64) for name, classes in _CLASSES.items()}
    if paired:
        pairs = [Pairs(size) for size in sizes]
        for span in sorted(set(side.files) & set(against.files)):
            mine, other = read(side, span), read(against, span)
            times, standing = counts(*span), mine.standing & other.standing
            for tally, one, two in zip(pairs, _numbers(mine), _numbers(other), strict=True):
                tally.add(one, two, standing, times)
            for name, table in moves.items():
                np.add.at(table, (getattr(other, name), getattr(mine, name)), 1)
        return _found(side, pairs, iso, moves)
    samples = [Samples(size) for size in sizes]
    for stream, one_side in enumerate((side, against)):
        for span in one_side.files:
            values = read(one_side, span)
            for sample, numbers in zip(samples, _numbers(values), strict=True):
                (sample.other if stream else sample.mine).add(numbers, values.standing, counts(*span, stream=stream + 1))
    return _found(side, samples, iso, {})


_CLASSES = {"outcome": OUTCOMES, "territory": TERRITORIES}


def _numbers(values: Values) -> tuple[Array, Array, Array]:
    """All that is compared in fixed point, (quantities, worlds): at the horizon, by year, by month."""
    n = len(values.standing)
    return fixed(values.horizon), fixed(values.years).reshape(-1, n), fixed(values.months / LEVELS).reshape(-1, n)


def _found(side: Side, tallies: Sequence[Pairs | Samples], iso: tuple[str, ...], moves: dict[str, Array]) -> Found:
    (start, months), powers = side.span, keys(Power)
    names = calendar_from(start, months)
    dates = [names[month] for month in compared_months(months)]
    keyed = (
        pd.DataFrame(quantities(iso)),
        pd.DataFrame([(name, year) for year in range(year_count(months) + 1) for name in INDICES], columns=["quantity", "year"]),
        pd.DataFrame(
            [(place, power, month) for month in dates for power in powers for place in iso], columns=["province", "power", "month"]
        ),
    )
    tables = [pd.concat(list(_by_given(side.name, key, tally)), ignore_index=True) for key, tally in zip(keyed, tallies, strict=True)]
    kept = ["given", "worlds", "mean", "against_mean", "difference", "low", "high", "more", "fewer"]
    return Found(
        differences=tables[0],
        years=tables[1][["scenario", "quantity", *kept[:1], "year", *kept[1:]]],
        months=tables[2][["scenario", "province", "power", *kept[:1], "month", *kept[1:]]],
        transitions=_transitions(side.name, moves),
    )


def _by_given(name: str, key: pd.DataFrame, tally: Pairs | Samples) -> Iterator[pd.DataFrame]:
    """The table of all worlds, and of those alone in which the government stands; Holm's correction over each kind of quantity."""
    for given in GIVEN:
        table = pd.concat([key, pd.DataFrame(tally.frame(given))], axis=1)
        table.insert(0, "scenario", name)
        if "kind" in table:
            table["p_holm"] = adjusted(table["p"].to_numpy(), table["kind"].tolist())
            table["told"] = table["p_holm"] < LEVEL
        yield table


def _transitions(name: str, moves: dict[str, Array]) -> pd.DataFrame:
    """Of the worlds that came to one class in the scenario compared with, what became of them here."""
    rows = [
        (name, kind, _CLASSES[kind][before], _CLASSES[kind][after], int(table[before, after]), table[before, after] / table.sum())
        for kind, table in moves.items()
        for before, after in np.ndindex(table.shape)
        if table[before, after]
    ]
    return pd.DataFrame(rows, columns=["scenario", "kind", "before", "after", "worlds", "share"])
