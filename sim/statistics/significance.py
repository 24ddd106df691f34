"""Statistical significance when many differences are tested at once: one rule for tables, figures and sentences."""

import math
from collections.abc import Sequence

import numpy as np
from scipy.special import ndtri, stdtr

from sim.model.state.dimensions import Array, Row

LEVEL = 0.05  # probability that even one difference of a family is called significant where there is none at all


def t_test(mean: Row, standard_error: Row, degrees_of_freedom: Row | float) -> Row:
    """Two-sided p of Student's t test that a mean is zero; 1 for a mean of exactly zero, NaN where the standard error is not known."""
    with np.errstate(invalid="ignore", divide="ignore"):
        t = np.where(mean == 0.0, 0.0, mean / standard_error)
        return np.asarray(np.where(np.isnan(standard_error), np.nan, 2.0 * stdtr(degrees_of_freedom, -np.abs(t))))


def welch(standard_error: Row, n: int, other_standard_error: Row, other_n: int) -> tuple[Row, Row]:
    """Standard error and degrees of freedom of the difference of two means that are not paired (Welch 1947)."""
    a, b = standard_error**2, other_standard_error**2
    with np.errstate(invalid="ignore", divide="ignore"):
        freedom = (a + b) ** 2 / (a**2 / max(n - 1, 1) + b**2 / max(other_n - 1, 1))
    return np.sqrt(a + b), np.asarray(np.where(np.isfinite(freedom), freedom, 1.0))


def holm(p: Array) -> Row:
    """P values with Holm's correction (1979) over all of them; those that are not known (NaN) are not counted."""
    adjusted = np.full(len(p), np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    raised = p[order] * np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(raised))
    return adjusted


def holm_by_family(p: Row, families: Sequence[str]) -> Row:
    """P values with Holm's correction within each family."""
    family, adjusted = np.array(families), np.full(len(p), np.nan)
    for name in dict.fromkeys(families):
        adjusted[family == name] = holm(p[family == name])
    return adjusted


def sufficient_differing(n_tests: int) -> int:
    """So many pairs must differ, all in one direction, for an exact test to be significant among `n_tests` (their signs: 2^(1-n))."""
    return 1 + math.floor(1.0 + math.log2(n_tests / LEVEL))


def sufficient_z(n_tests: int) -> float:
    """So many standard errors are significant among `n_tests` whatever the others are (Bonferroni; many worlds)."""
    return float(-ndtri(LEVEL / 2.0 / n_tests))
