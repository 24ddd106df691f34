"""Coverage: how often facts lie within the band that should hold them, and where in a forecast they lie."""

from typing import NamedTuple

import numpy as np

from sim.model.state.dimensions import Array

LEVELS = (0.2, 0.4, 0.5, 0.6, 0.8, 0.9, 0.95)


class Ranks(NamedTuple):
    """The part of a forecast's distribution at which a fact lies, (n,) each, between 0 and 1: `below` < fact <= `up_to`.

    One point for a fact among distinct values; a span for a count, which many worlds share, or for a fact that is an interval.
    """

    below: Array
    up_to: Array


def ranks(members: Array, low: Array, high: Array) -> Ranks:
    """Share of members (..., n) below a fact (...), and up to it."""
    low, high = np.asarray(low)[..., np.newaxis], np.asarray(high)[..., np.newaxis]
    return Ranks((members < low).mean(axis=-1).ravel(), (members <= high).mean(axis=-1).ravel())


def covered(r: Ranks, level: float) -> float:
    """Share of facts any part of which lies in the middle `level` of the members. Of counts and intervals that is more than `level`."""
    low, high = 0.5 - level / 2.0, 0.5 + level / 2.0
    return float(((r.up_to >= low - 1e-12) & (r.below <= high + 1e-12)).mean())


def covered_evenly(r: Ranks, level: float) -> float:
    """The same if a fact lies evenly in its span: expected to be `level` also for counts, if the forecast is calibrated."""
    low, high = 0.5 - level / 2.0, 0.5 + level / 2.0
    within = np.clip(np.minimum(r.up_to, high) - np.maximum(r.below, low), 0.0, None)
    span = r.up_to - r.below
    point = ((r.below >= low) & (r.below <= high)).astype(float)
    return float(np.where(span > 0.0, within / np.where(span > 0.0, span, 1.0), point).mean())


def histogram(r: Ranks, bins: int = 10) -> Array:
    """Share of facts by tenth of the forecast in which they lie (bins,), a span spread evenly: even if the forecast is calibrated."""
    edges = np.linspace(0.0, 1.0, bins + 1)
    span = (r.up_to - r.below)[:, np.newaxis]
    within = np.clip(np.minimum(r.up_to[:, np.newaxis], edges[1:]) - np.maximum(r.below[:, np.newaxis], edges[:-1]), 0.0, None)
    place = np.minimum((r.below * bins).astype(int), bins - 1)[:, np.newaxis] == np.arange(bins)
    return np.asarray(np.where(span > 0.0, within / np.where(span > 0.0, span, 1.0), place).mean(axis=0))
