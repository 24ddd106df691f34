"""Proper scores: the lower the better, and lowest in expectation for whoever states what he thinks likely.

A forecast is an array whose last axis holds its *members*: the worlds of a run, or the values that a rival holds equally likely. Two
estimators: `fair=True` treats the members as a sample of the forecast (the fair score, whose expectation does not depend on the number
of members); `fair=False` treats them as the whole forecast, and a single member as a point forecast. Worlds are a sample; the few
values of a rival are all that it says.
"""

import numpy as np

from sim.model.state.dimensions import Array


def crps(members: Array, low: Array, high: Array, fair: bool) -> Array:
    """Continuous ranked probability score of members (..., n) against facts known to lie between low and high (...).

    mean |X - y| minus half the mean |X - X'|; for a single value the absolute error, in the unit of the values. A fact that sources give
    as an interval is compared by its point nearest to each member, in both terms: what lies within the interval counts as equal. That
    is the threshold-weighted score with no weight between low and high, which is proper, and the plain score where low equals high.
    """
    off = _from_interval(members, low, high)
    n = off.shape[-1]
    rank = 2.0 * np.arange(n) - n + 1.0
    pairs = (np.sort(off, axis=-1) * rank).sum(axis=-1)  # sum of |X - X'| over all pairs
    among = n * (n - 1) if fair else n * n
    return np.asarray(np.abs(off).mean(axis=-1) - (pairs / among if n > 1 else 0.0))


def _from_interval(members: Array, low: Array, high: Array) -> Array:
    """How far members lie below (negative) or above the interval; zero within."""
    below, above = members - np.asarray(low)[..., np.newaxis], members - np.asarray(high)[..., np.newaxis]
    return np.minimum(below, 0.0) + np.maximum(above, 0.0)


def brier(members: Array, happened: Array, fair: bool) -> Array:
    """Brier score of yes/no members (..., n), or of one stated probability as the only member, against yes/no facts (...).

    The squared distance of the stated probability from 0 or 1. With `fair`, less what a probability counted in n worlds is off by chance.
    """
    said, n = members.mean(axis=-1, dtype=float), members.shape[-1]
    chance = said * (1.0 - said) / (n - 1) if fair and n > 1 else 0.0
    return np.asarray((said - happened) ** 2 - chance)


def brier_of_classes(members: Array, fact: Array, classes: int, fair: bool) -> Array:
    """Brier score of members (..., n) that each name one of so many classes, against the class in fact (...).

    Half the sum over classes of the yes/no scores, so that it runs from 0 to 1 and equals the yes/no score where there are two.
    """
    parts = [brier(members == c, np.asarray(fact) == c, fair) for c in range(classes)]
    return np.asarray(0.5 * np.sum(parts, axis=0))


def brier_of_probabilities(said: Array, fact: Array) -> Array:
    """The same for probabilities (classes, ...) that a rival states."""
    happened = np.arange(said.shape[0]).reshape(-1, *(1,) * (said.ndim - 1)) == np.asarray(fact)
    return np.asarray(0.5 * ((said - happened) ** 2).sum(axis=0))


def skill(score: float, rival: float) -> float:
    """1 - score / rival: 1 is perfect, 0 as good as the rival, negative worse; not a number where the rival makes no error."""
    return 1.0 - score / rival if rival > 0.0 else float("nan")
