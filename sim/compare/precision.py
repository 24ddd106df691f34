"""How precise the headline shares are, and how many worlds would narrow them or make a difference significant."""

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.compare.findings import bounded_scales
from sim.compare.quantities import SHARES, headline_name
from sim.compare.scenario_differences import ScenarioDifferences
from sim.statistics.confidence_intervals import wilson_half_width, worlds_for_half_width
from sim.statistics.significance import sufficient_differing, sufficient_z
from sim.statistics.small_samples import LEAST_PAIRS

HEADER = (
    *("scenario", "compared_with", "share_of", "worlds", "share", "half_width"),
    *("difference", "difference_half_width", "more_worlds_to_halve", "more_worlds_to_tell"),
)


@dataclass(frozen=True)
class Precision:
    """One headline share of a scenario: half-widths of the 95 % intervals of the share and of its difference from the baseline.

    `to_halve`: how many more worlds would halve the wider of the two; `to_significance`: how many more would make the difference
    significant if it stays what it is, whatever the other shares do (0: it is, None: there is none). `n_pairs`: worlds that are compared.
    """

    scenario: str
    baseline: str
    name: str
    n_worlds: int
    share: float
    half_width: float
    difference: float
    difference_half_width: float
    to_halve: int
    to_significance: int | None
    n_pairs: int = 0

    @property
    def is_too_few(self) -> bool:
        """Whether so few worlds are compared that no difference is called significant."""
        return 0 < self.n_pairs < LEAST_PAIRS

    @property
    def widest(self) -> float:
        """The wider of the two half-widths."""
        return max(self.half_width, 0.0 if math.isnan(self.difference_half_width) else self.difference_half_width)


def precisions(compared: Iterable[ScenarioDifferences]) -> list[Precision]:
    """Every headline share of every scenario."""
    return [precision for one in compared for precision in _headlines(one)]


def worlds_for_goal(precision: Sequence[Precision], goal: float) -> int:
    """How many worlds a scenario would need, as far as is known now, for no half-width to be wider than `goal`."""
    return max(worlds_for_half_width(share.n_worlds, share.widest, goal) for share in precision)


def _headlines(one: ScenarioDifferences) -> Iterator[Precision]:
    numbers, significant = one.assessment.differences, one.assessment.significant
    kinds = [quantity.kind for quantity in one.assessment.quantities]
    margins = np.maximum(*numbers.margins(bounded_scales(one.assessment.quantities)))
    for name in SHARES:
        i = one.index(headline_name(name))
        difference, half_width = (float(numbers.difference[i]), float(margins[i])) if one.is_compared else (math.nan, math.nan)
        yield Precision(
            scenario=one.scenario.name,
            baseline=one.scenario.root,
            name=name,
            n_worlds=one.n_worlds,
            share=float(one.mean[i]),
            half_width=wilson_half_width(float(one.mean[i]), one.n_worlds),
            difference=difference,
            difference_half_width=half_width,
            to_halve=3 * one.n_worlds,
            to_significance=0 if significant[i] else _to_significance(one, i, kinds.count(kinds[i])),
            n_pairs=numbers.n if one.is_compared else 0,
        )


def _to_significance(one: ScenarioDifferences, i: int, n_tests: int) -> int | None:
    """More worlds until a difference, one of `n_tests`, is enough standard errors: they shrink with the square root of the worlds.

    No fewer than it takes for that many worlds to differ that an exact test could find it, and than the least number of worlds.
    """
    numbers = one.assessment.differences
    difference, error, n_pairs = float(numbers.difference[i]), float(numbers.standard_error[i]), numbers.n
    if not one.is_compared or math.isnan(error) or difference == 0.0:
        return None
    needed = max(n_pairs * (sufficient_z(n_tests) * error / difference) ** 2, LEAST_PAIRS)
    if numbers.more is not None and numbers.fewer is not None:
        needed = max(needed, n_pairs * sufficient_differing(n_tests) / max(int(numbers.more[i] + numbers.fewer[i]), 1))
    return max(1, math.ceil(needed) - n_pairs)


def write_precision(path: Path, precision: Sequence[Precision]) -> None:
    """Write all of it for a spreadsheet."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        for share in precision:
            compared_with = "" if share.scenario == share.baseline else share.baseline
            numbers = [share.share, share.half_width, share.difference, share.difference_half_width]
            texts = ["" if math.isnan(number) else f"{number:.6g}" for number in numbers]
            more = "" if share.to_significance is None else share.to_significance
            writer.writerow([share.scenario, compared_with, share.name, share.n_worlds, *texts, share.to_halve, more])
