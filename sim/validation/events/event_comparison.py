"""Events counted in a file beside the model's violence: by place, by time, and scored like a forecast.

The model's violence has no unit of the data. Compared are therefore shares (total variation distance: half the sum of absolute
differences, the share that would have to move), ranks (Spearman's correlation), and counts after one factor for the whole span, which is
fitted: all worlds together have as many events as the file.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import stats

from sim.model.state.calendar import month_name
from sim.model.state.dimensions import Array
from sim.model.state.geography import Provinces
from sim.scenario import Scenario
from sim.validation.events.event_counts import EventCounts
from sim.validation.events.event_file import EventFileError
from sim.validation.events.model_violence import Violence
from sim.validation.events.observed_events import ObservedEvents
from sim.validation.scores import coverage, proper_scores, rivals

BAND = 0.8  # of worlds
YEAR = rivals.YEAR


@dataclass(frozen=True)
class Measure:
    """One comparison: over all worlds together, the middle 80 % of single worlds, and what a rival that knows nothing of it reaches."""

    what: str
    unit: str
    together: float
    low: float
    high: float
    rival: float | None
    rival_name: str


@dataclass(frozen=True)
class Score:
    """Mean score (CRPS, in events a month and governorate) of the model and its rivals over the same cells, and its coverage."""

    cells: int
    first: int  # month of the run
    model: float
    rivals: dict[str, float]
    covered: float
    covered_evenly: float


@dataclass(frozen=True)
class EventComparison:
    """The events of a file beside the violence of a run, over the months that both have."""

    scenario: Scenario
    provinces: Provinces
    counts: EventCounts
    observed: ObservedEvents
    violence: Violence

    @cached_property
    def fact(self) -> Array:
        """(P, M) events of the file in the months that both have."""
        return self.observed.counts[:, self.observed.shared]

    @cached_property
    def model(self) -> Violence:
        """(P, M, worlds) violence in the same months."""
        return self.violence[:, self.observed.of_run]

    @cached_property
    def mean(self) -> Array:
        """(P, M) mean over worlds; sums of whole numbers, so exact."""
        return self.model.sum(axis=-1, dtype=np.int64) / self.model.shape[-1]

    @property
    def scale(self) -> float:
        """Events of the file for one of the model, over the whole span. Raises EventFileError where the model has none."""
        total = float(self.mean.sum())
        if total <= 0.0:
            raise EventFileError("the model has no violence in the months of the file; compare more months or worlds.")
        return float(self.fact.sum()) / total

    def months(self) -> list[str]:
        """The months compared, by name."""
        first = self.observed.of_run.start
        return [month_name(self.scenario.start, first + i) for i in range(self.fact.shape[1])]

    def places(self) -> tuple[Array, Array]:
        """Shares by province in the file and in all worlds together."""
        return _shares(self.fact.sum(axis=1)), _shares(self.mean.sum(axis=1))

    def measures(self) -> list[Measure]:
        """Places, months, and both: how alike shares and ranks are."""
        people = _shares(self.provinces.population[:, 0])
        found: list[Measure] = []
        for name, axis, rival, rival_name in (("places", 1, people, "by people"), ("months", 0, None, "evenly")):
            fact, mean = self.fact.sum(axis=axis), self.mean.sum(axis=axis)
            worlds = self.model.sum(axis=axis, dtype=np.int64)
            spread = np.full(len(fact), 1.0 / len(fact)) if rival is None else rival
            found += [
                _measure(f"{name}: share in the wrong {name}", "points of 100", _apart, fact, mean, worlds, spread, rival_name),
                _measure(
                    f"{name}: rank correlation", "Spearman", _ranked, fact, mean, worlds, rival, rival_name if rival is not None else ""
                ),
            ]
        cells = self.model.reshape(-1, self.model.shape[-1])
        both = "places and months: rank correlation"
        found.append(_measure(both, "Spearman", _ranked, self.fact.ravel(), self.mean.ravel(), cells, None, ""))
        return found

    def score(self) -> Score | None:
        """Scores of scaled counts beside the rivals; None where less than a year of the file comes before the months to be scored.

        A rival needs a year of facts: the file's months before the run, and, where these are fewer than twelve, its first months in it.
        """
        start = max(self.observed.shared.start, YEAR)
        table = self.observed.counts.T  # months, places
        if start >= table.shape[0]:
            return None
        fact = table[start:]
        forecast = self.violence[:, self.observed.first + start : self.observed.first + table.shape[0]]
        scaled = [np.asarray(place * self.scale) for place in forecast]  # (M, worlds) a province at a time, to spare memory
        model = [proper_scores.crps(x, fact[:, p], fact[:, p], fair=True).mean() for p, x in enumerate(scaled)]
        others = {
            name: float(proper_scores.crps(members, fact, fact, fair=False).mean())
            for name, members in rivals.all_rivals(table, start).items()
        }
        parts = [coverage.ranks(x, fact[:, p], fact[:, p]) for p, x in enumerate(scaled)]
        ranks = coverage.Ranks(*(np.concatenate([getattr(part, end) for part in parts]) for end in ("below", "up_to")))
        return Score(
            fact.size,
            self.observed.first + start,
            float(np.mean(model)),
            others,
            coverage.covered(ranks, BAND),
            coverage.covered_evenly(ranks, BAND),
        )


def _measure(
    what: str,
    unit: str,
    apart: Callable[[Array, Array], float],
    fact: Array,
    mean: Array,
    worlds: Array,
    rival: Array | None,
    rival_name: str,
) -> Measure:
    """One comparison for all worlds together, for single ones, and for a rival."""
    each = np.array([apart(fact, worlds[:, w]) for w in range(worlds.shape[-1])])
    each = each[np.isfinite(each)]
    low, high = np.quantile(each, ((1 - BAND) / 2, (1 + BAND) / 2)) if each.size else (np.nan, np.nan)
    other = None if rival is None else apart(fact, rival)
    return Measure(what, unit, apart(fact, mean), float(low), float(high), other, rival_name)


def _shares(values: Array) -> Array:
    total = values.sum()
    return values / total if total > 0 else np.full(len(values), np.nan)


def _apart(fact: Array, model: Array) -> float:
    """Total variation distance of two distributions, in points of 100."""
    return float(50.0 * np.abs(_shares(fact) - _shares(model)).sum())


def _ranked(fact: Array, model: Array) -> float:
    """Spearman's rank correlation; not a number where one side has no ranks."""
    if len(fact) < 3 or np.ptp(fact) == 0 or np.ptp(model) == 0:
        return float("nan")
    return float(stats.spearmanr(fact, model).statistic)
