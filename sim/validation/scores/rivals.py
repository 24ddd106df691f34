"""Rivals that any model should beat, as forecasts with the same axes: months, places, members.

All take what was observed, (all months, places), of which the first `start` months came before the run. What each may know:

- *nothing changes* and *steady trend* know what came before the run, as the model does;
- *last year's places* knows for a month m what was observed in the same place in month m - 12;
- *last twelve months* knows the twelve months before m in the same place, and holds each of them equally likely (the "last historical"
  benchmark of conflict-forecasting contests, taken as a whole instead of by draws).

The last two are rolling forecasts: they go on learning while the run goes on and so know more than the model, which learns nothing after
its start but the decisions that a scenario scripts. Where a rival would need a month that was not observed, its members are not a number.
"""

import numpy as np

from sim.model.state.dimensions import Array

YEAR = 12  # months


def nothing_changes(observed: Array, start: int) -> Array:
    """(months, places, 1): the last month before the run goes on. Needs start >= 1."""
    months = observed.shape[0] - start
    return np.repeat(observed[start - 1 : start], months, axis=0)[..., np.newaxis].astype(float)


def steady_trend(observed: Array, start: int, most: float = np.inf) -> Array:
    """(months, places, 1): the least-squares line through all months before the run, continued, kept within 0 and `most`.

    With a single month before the run there is no trend: it goes on.
    """
    if start < 2:
        return nothing_changes(observed, start)
    before, ahead = np.arange(start) - (start - 1) / 2.0, np.arange(start, observed.shape[0]) - (start - 1) / 2.0
    known = observed[:start].astype(float)
    slope = (before[:, np.newaxis] * known).sum(axis=0) / (before**2).sum()
    line = known.mean(axis=0) + ahead[:, np.newaxis] * slope
    return np.clip(line, 0.0, most)[..., np.newaxis]


def last_years_places(observed: Array, start: int, year: int = YEAR) -> Array:
    """(months, places, 1): what was observed in the same place a year before; `year` is the number of rows that make one."""
    return _months_before(observed, start, (year,))


def last_twelve_months(observed: Array, start: int, year: int = YEAR) -> Array:
    """(months, places, 12): what was observed in the same place in each of the twelve months before (of the `year` rows before)."""
    return _months_before(observed, start, tuple(range(1, year + 1)))


def _months_before(observed: Array, start: int, lags: tuple[int, ...]) -> Array:
    """(months, places, lags): what was observed so many months before; not a number before the first month."""
    found = np.full((observed.shape[0] - start, observed.shape[1], len(lags)), np.nan)
    for i, lag in enumerate(lags):
        first = max(0, lag - start)
        found[first:, :, i] = observed[start + first - lag : observed.shape[0] - lag]
    return found


def all_rivals(observed: Array, start: int, most: float = np.inf, year: int = YEAR) -> dict[str, Array]:
    """Every rival by its column in tables. Where less than a year came before the run, the last two begin with unknown months."""
    return {
        "nothing": nothing_changes(observed, start),
        "trend": steady_trend(observed, start, most),
        "last_year": last_years_places(observed, start, year),
        "last_twelve": last_twelve_months(observed, start, year),
    }


RIVALS = {
    "nothing": "nothing changes",
    "trend": "steady trend",
    "last_year": "last year's places",
    "last_twelve": "a draw from the last twelve months",
}
