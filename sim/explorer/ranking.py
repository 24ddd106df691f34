"""Which parameters the explorer puts first for an outcome: those that explain most of how stored worlds differ, each looked at alone."""

from typing import NamedTuple

import numpy as np

from sim.exploration.global_sensitivity.parameter_screening import (
    LEAST_CASES,
    MATTERS,
    TENTHS,
    are_bent,
    between_parts,
    correlations,
    straight_shares,
)
from sim.model.state.dimensions import Array, Row
from sim.statistics.significance import LEVEL, holm, t_test

MOST_RANKED = 12


class Ranked(NamedTuple):
    """A parameter by its place among all: `explained` share of the variance; `shape` rises, falls or bends; whether that `matters`."""

    place: int
    explained: float
    shape: str
    matters: bool


def ranking(values: Row, quantiles: Array, most: int = MOST_RANKED) -> list[Ranked]:
    """The parameters (parameters, n) that explain most of an outcome (n,); none where nearly all worlds are alike."""
    n, cases = len(values), int(np.count_nonzero(values != values[0]))
    if min(cases, n - cases) < LEAST_CASES and len(np.unique(values)) <= 2:
        return []
    correlation = correlations(values, quantiles)
    tenths, p_tenths = between_parts(values, quantiles, TENTHS)
    p_straight = t_test(correlation, np.sqrt((1.0 - correlation**2) / (n - 2)), n - 2)
    p = np.min(holm(np.concatenate([p_straight, p_tenths])).reshape(2, -1), axis=0)
    straight = straight_shares(correlation, n)
    explained = np.fmax(tenths, straight)
    bends = are_bent(tenths, straight, p_tenths, p_straight)
    shape = np.select([bends, correlation < 0], ["bends", "falls"], "rises")
    first = np.argsort(-explained, kind="stable")[:most]
    return [Ranked(int(i), round(float(explained[i]), 4), str(shape[i]), bool(p[i] < LEVEL and explained[i] >= MATTERS)) for i in first]
