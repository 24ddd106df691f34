"""Distances of a projection, or of a null model, from facts. Arrays in, numbers out."""

import numpy as np

from sim.model.state.dimensions import Array


def gap(value: Array, low: Array, high: Array) -> Array:
    """Distance of values from intervals; zero inside, since sources disagree that much among themselves."""
    return np.maximum(0.0, np.maximum(low - value, value - high))


def misplaced_percent(share: Array, fact: Array) -> float:
    """Per cent of a distribution (n,) that lies elsewhere than in fact; both sum to 1."""
    return 100 * float(0.5 * np.abs(share - fact).sum())


def mean_gap(value: Array, low: Array, high: Array) -> float:
    """Mean distance over facts (n,)."""
    return float(gap(value, low, high).mean())


def trend(month: Array, value: Array, at: Array) -> Array:
    """The least-squares line through what is known before a start, continued to the months `at`, kept within 0 and 1.

    With fewer than two points there is no trend: the last known value stays.
    """
    if len(month) < 2:
        return np.full(at.shape, float(value[-1]))
    slope = float(np.polyfit(month, value, 1)[0])
    return np.clip(float(value[-1]) + slope * (at - float(month[-1])), 0.0, 1.0)


def share_correct(model: Array, truth: Array) -> float:
    """Share of town-months, over all worlds, with the correct holder. `model` (T, M, n), `truth` (T, M)."""
    return float((model == truth[..., np.newaxis]).mean())


def first_month(held: Array, camp: int) -> Array:
    """First month (index) in which a town is held by a camp, (n,), infinite where never. `held` (M, n)."""
    by_camp = held == camp
    return np.where(by_camp.any(axis=0), by_camp.argmax(axis=0).astype(float), np.inf)


def months_until_absorbed(incidents: Array, friction: Array) -> Array:
    """For every month with an incident, the months until friction is back at its earlier level; infinite if never.

    `incidents`, `friction` (M, n).
    """
    months, times = incidents.shape[0], []
    for m in range(1, months):
        where = np.flatnonzero(incidents[m] > 0)
        if where.size:
            back = friction[m:, where] <= friction[m - 1, where]
            times.append(np.where(back.any(axis=0), back.argmax(axis=0).astype(float), np.inf))
    return np.concatenate(times) if times else np.zeros(0)
