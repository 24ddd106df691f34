"""The search for a short rule: found on one half of the worlds, judged on the other, its conditions kept only if they come back.

1. The worlds are split in two halves at random. All that follows on the first half alone is called fitting; the other half is held out.
2. Fifty more halves (25 splits, both sides of each: complementary pairs, Shah and Samworth 2013) are screened and fitted in the same
   way. A condition is stable if it comes back, the same parameter cut at the same end, in at least STABLE of them.
3. The rule is fitted once more on the first half, among stable conditions only, and judged on the half held out.

A rule counts if it has a condition, its density on the half held out is above the base rate by a margin that matters, and surely above
that of the worlds outside it. On labels drawn at random these criteria give "no rule" in at least 95 of 100 cases
(tests/exploration/test_rule_search.py). Which parameters are stable is asked of all worlds, so the half held out has had a say in that;
where they are cut is never fitted to the worlds that judge.
"""

import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np

from sim.exploration.discovery import prim, tree
from sim.exploration.discovery.boxes import Box, Side, everything
from sim.exploration.discovery.factor_screening import among, screened
from sim.exploration.discovery.judgement import Judgement, judged
from sim.model.state.dimensions import Array, BoolRow

PRIM, TREE = "PRIM", "tree"
RESAMPLES = 50
# Of RESAMPLES, in which a condition must come back: six in ten, the least that stability selection advises (Meinshausen and Buehlmann
# 2010, 0.6 to 0.9). With 448 parameters, 1,000 worlds and labels drawn at random (100 trials) no condition came back in more than 22.
STABLE = 30
LEAST_CASES = 50  # worlds that have it, and that have it not: about 25 in each half, below which nothing is sought
FOUND, UNSTABLE, SMALL, UNSURE = "rule", "no stable condition", "too small to matter", "not sure"
Fit = Callable[[Array, BoolRow, Collection[Side] | None], Box]


@dataclass(frozen=True)
class Rule:
    """What one method found. `box` is in quantiles of all factors; `times` says in how many resamples each end is cut.

    `first` is the box of the first fit, before its conditions were asked to be stable, with its own judgement.
    """

    method: str
    box: Box
    judgement: Judgement
    times: Mapping[Side, int]
    first: Box
    first_judgement: Judgement

    @property
    def status(self) -> str:
        """Whether it counts, or why not."""
        if not self.box.sides:
            return UNSTABLE
        if not self.judgement.matters:
            return SMALL
        return FOUND if self.judgement.is_sure else UNSURE

    @property
    def commonest(self) -> tuple[Side, int] | None:
        """The condition that came back most often, and how often; the first factor's of equals; None if no resample had any."""
        return min(self.times.items(), key=lambda item: (-item[1], item[0]), default=None)


def too_few(holds: BoolRow) -> bool:
    """Whether too few worlds have it, or have it not, for a rule to be sought."""
    held = int(np.count_nonzero(holds))
    return min(held, len(holds) - held) < LEAST_CASES


def find_rules(u: Array, holds: BoolRow, seed: int, on_fit: Callable[[], None] | None = None, with_tree: bool = True) -> list[Rule]:
    """The rule of each method for where `holds` (n,), from draws (factors, n); `on_fit` is called after each half.

    Raises ValueError where too few worlds hold, or do not.
    """
    if too_few(holds):
        raise ValueError(f"fewer than {LEAST_CASES} worlds hold, or do not")
    fits: dict[str, Fit] = {PRIM: prim.find_box, **({TREE: tree.find_leaf} if with_tree else {})}
    generator = np.random.default_rng(seed)
    fitting, held_out = halves(holds, generator)
    rows = screened(u[:, fitting], holds[fitting])
    first = {method: _widened(len(u), rows, fit(u[rows][:, fitting], holds[fitting], None)) for method, fit in fits.items()}
    times: dict[str, Counter[Side]] = {method: Counter() for method in fits}
    for _ in range(RESAMPLES // 2):
        for half in halves(holds, generator):
            kept = screened(u[:, half], holds[half])
            draws, labels = u[kept][:, half], holds[half]
            for method, fit in fits.items():
                times[method].update(among(kept, fit(draws, labels, None).sides))
            if on_fit is not None:
                on_fit()
    found = []
    for method, fit in fits.items():
        stable = tuple(side for side, k in sorted(times[method].items()) if k >= STABLE)
        box = _refitted(u[:, fitting], holds[fitting], fit, stable)
        judgement, before = (judged(holds[held_out], one.holds(u[:, held_out])) for one in (box, first[method]))
        found.append(Rule(method, box, judgement, dict(sorted(times[method].items())), first[method], before))
    return found


def halves(holds: BoolRow, generator: np.random.Generator) -> tuple[Array, Array]:
    """Two random halves, ascending, each with half of the worlds that have it and half of those that have not."""
    order = generator.permutation(len(holds))
    sorted_by = order[np.argsort(holds[order], kind="stable")]
    return np.sort(sorted_by[::2]), np.sort(sorted_by[1::2])


def _refitted(u: Array, holds: BoolRow, fit: Fit, stable: tuple[Side, ...]) -> Box:
    """The box of a fit among stable ends alone."""
    rows = np.array(sorted({side.factor for side in stable}), dtype=np.int64)
    if not len(rows):
        return everything(len(u))
    sides = {Side(int(np.searchsorted(rows, side.factor)), side.upper) for side in stable}
    return _widened(len(u), rows, fit(u[rows], holds, sides))


def _widened(n_factors: int, rows: Array, box: Box) -> Box:
    """A box among some factors as one among all."""
    low, high = np.zeros(n_factors), np.ones(n_factors)
    low[rows], high[rows] = box.low, box.high
    return Box(low, high)


def fitting_seconds(u: Array, holds: BoolRow, with_tree: bool = True) -> float:
    """About how long one half takes to be fitted here: one is, with another random half."""
    begun = time.monotonic()
    half, _ = halves(holds, np.random.default_rng(0))
    kept = screened(u[:, half], holds[half])
    for fit in (prim.find_box, *((tree.find_leaf,) if with_tree else ())):
        fit(u[kept][:, half], holds[half], None)
    return time.monotonic() - begun
