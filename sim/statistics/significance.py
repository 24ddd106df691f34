"""Whether a difference can be told from luck, when many are looked at at once: one rule for tables, figures and sentences."""

from collections.abc import Sequence

import numpy as np
from scipy.special import ndtri, stdtr

from sim.model.state.dimensions import Array, Row

LEVEL = 0.05  # chance that even one difference is marked where there is none at all


def two_sided(mean: Row, error: Row, freedom: Row) -> Row:
    """P of Student's t test that a mean is not zero; 1 where there is no difference, and NaN where the error is not known."""
    with np.errstate(invalid="ignore", divide="ignore"):
        t = np.where(mean == 0.0, 0.0, mean / error)
        return np.asarray(np.where(np.isnan(error), np.nan, 2.0 * stdtr(freedom, -np.abs(t))))


def welch(error: Row, n: int, other_error: Row, other_n: int) -> tuple[Row, Row]:
    """Error and degrees of freedom of the difference of two means that are not paired (Welch)."""
    a, b = error**2, other_error**2
    with np.errstate(invalid="ignore", divide="ignore"):
        freedom = (a + b) ** 2 / (a**2 / max(n - 1, 1) + b**2 / max(other_n - 1, 1))
    return np.sqrt(a + b), np.asarray(np.where(np.isfinite(freedom), freedom, 1.0))


def adjusted(p: Row, kinds: Sequence[str]) -> Row:
    """P values with Holm's correction for looking at all of the same kind together."""
    of, found = np.array(kinds), np.full(len(p), np.nan)
    for kind in dict.fromkeys(kinds):
        found[of == kind] = holm(p[of == kind])
    return found


def enough(many: int) -> float:
    """So many standard errors tell a difference for sure, whatever the others are, where `many` are looked at (Bonferroni; many worlds)."""
    return float(-ndtri(LEVEL / 2.0 / many))


def holm(p: Array) -> Row:
    """P values with Holm's correction for looking at all of them; those that are not known (NaN) are not looked at."""
    adjusted = np.full(len(p), np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    raised = p[order] * np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(raised))
    return adjusted
