"""Differences between two scenarios with what may be said of each: the same for the terminal, the tables and the page."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from sim.compare.findings import bounded_scales, sizes, statuses
from sim.compare.quantities import Quantity
from sim.compare.scenario_inputs import is_input
from sim.model.state.dimensions import Row
from sim.statistics.mean_differences import MeanDifferences
from sim.statistics.significance import LEVEL, holm_by_family


@dataclass(frozen=True)
class Assessment:
    """Differences of `quantities`, along which every array runs; `inputs`: the parameters that the scenario sets differently."""

    quantities: tuple[Quantity, ...]
    differences: MeanDifferences
    inputs: frozenset[str]

    @cached_property
    def p_holm(self) -> Row:
        """P values with Holm's correction over all quantities of a kind."""
        return holm_by_family(self.differences.p, [quantity.kind for quantity in self.quantities])

    @cached_property
    def significant(self) -> Row:
        """Which differences are statistically significant, boolean; none over too few worlds (LEAST_PAIRS)."""
        return np.asarray((self.p_holm < LEVEL) & self.differences.suffices)

    @cached_property
    def interval(self) -> tuple[Row, Row]:
        """The ends of the 95 % intervals: normal, or exact or bounded where worlds are few or too much alike."""
        below, above = self.differences.margins(bounded_scales(self.quantities))
        return self.differences.difference - below, self.differences.difference + above

    @cached_property
    def size(self) -> Row:
        """Sizes in the unit of each kind."""
        return sizes(self.quantities, self.differences)

    @cached_property
    def status(self) -> Row:
        """What each difference is, in words: one of findings.STATUSES."""
        inputs = [is_input(quantity.name, self.inputs) for quantity in self.quantities]
        return statuses(self.quantities, self.differences, self.significant, inputs)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """A row for each quantity: what it is, both means, the difference, and what may be said of it."""
        numbers = self.differences
        return pd.DataFrame(
            {
                "kind": [quantity.kind for quantity in self.quantities],
                "quantity": [quantity.name for quantity in self.quantities],
                "province": [quantity.province for quantity in self.quantities],
                "mean": numbers.mean,
                "against_mean": numbers.other_mean,
                "difference": numbers.difference,
                "error": numbers.standard_error,
                "spread": numbers.pooled_std,
                "size": self.size,
                "narrowing": numbers.narrowing,
                "p": numbers.p,
                "p_holm": self.p_holm,
                "significant": self.significant,
                "status": self.status,
            }
        )
