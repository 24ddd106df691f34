"""What a rule is worth: how often something holds where the rule does, and how much of it the rule covers, with intervals."""

from dataclasses import dataclass

import numpy as np

from sim.model.state.dimensions import BoolRow
from sim.statistics.confidence_intervals import wilson_interval
from sim.statistics.small_samples import share_difference_interval

# A margin that matters: what separates a rule from a nuance. Five percentage points are about the half-width of an interval of a share
# from some hundred worlds, so that less could not be checked by an analyst; where something is rarer than one in ten (or commoner than
# nine in ten), half of its base rate (or of what the rest leaves) is asked instead, since five points may then be out of reach.
MARGIN = 0.05
MARGIN_OF_RARE = 0.5


@dataclass(frozen=True)
class Judgement:
    """Counts of worlds that had no part in finding a rule: all, those where something holds, those in the rule, and those in both."""

    n: int
    held: int
    within: int
    held_within: int

    @property
    def base(self) -> float:
        """The share of all these worlds in which it holds."""
        return self.held / self.n

    @property
    def density(self) -> float:
        """The share of worlds in the rule in which it holds; NaN if there is none."""
        return self.held_within / self.within if self.within else float("nan")

    @property
    def coverage(self) -> float:
        """The share of the worlds in which it holds that lie in the rule; NaN if there is none."""
        return self.held_within / self.held if self.held else float("nan")

    @property
    def clearness(self) -> float:
        """By how many standard errors the density is above the base rate; minus infinity without worlds."""
        spread = self.base * (1.0 - self.base)
        return (self.density - self.base) * (self.within / spread) ** 0.5 if self.within and spread else float("-inf")

    @property
    def base_interval(self) -> tuple[float, float]:
        """The 95 % interval of the base rate."""
        return wilson_interval(self.base, self.n)

    @property
    def density_interval(self) -> tuple[float, float]:
        """The 95 % interval of the density; all that is possible without worlds."""
        return wilson_interval(self.density, self.within) if self.within else (0.0, 1.0)

    @property
    def coverage_interval(self) -> tuple[float, float]:
        """The 95 % interval of the coverage."""
        return wilson_interval(self.coverage, self.held) if self.held else (0.0, 1.0)

    @property
    def margin(self) -> float:
        """How far above the base rate a density must lie to matter."""
        return min(MARGIN, MARGIN_OF_RARE * self.base, MARGIN_OF_RARE * (1.0 - self.base))

    @property
    def matters(self) -> bool:
        """Whether the density is above the base rate by the margin that matters."""
        return self.within > 0 and self.density - self.base >= self.margin

    @property
    def is_sure(self) -> bool:
        """Whether the 95 % interval of the difference between worlds in the rule and all others lies above zero (Newcombe 1998)."""
        others = self.n - self.within
        if not self.within or not others:
            return False
        inside, outside = np.array([self.density]), np.array([(self.held - self.held_within) / others])
        low, _ = share_difference_interval(inside, self.within, outside, others)
        return bool(low[0] > 0.0)


def judged(holds: BoolRow, within: BoolRow) -> Judgement:
    """What a rule is worth in some worlds: in which something holds, and which the rule takes in, (n,)."""
    return Judgement(len(holds), int(holds.sum()), int(within.sum()), int((holds & within).sum()))
