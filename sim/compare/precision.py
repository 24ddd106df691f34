"""How precise the headline shares are, and how many worlds would narrow them or make a difference significant."""

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.compare.quantities import SHARES, headline_name
from sim.compare.scenario_differences import ScenarioDifferences
from sim.statistics.confidence_intervals import Z_95, wilson_half_width, worlds_for_half_width
from sim.statistics.significance import sufficient_z

HEADER = (
    *("scenario", "compared_with", "share_of", "worlds", "share", "half_width"),
    *("difference", "difference_half_width", "more_worlds_to_halve", "more_worlds_to_tell"),
)


@dataclass(frozen=True)
class Precision:
    """One headline share of a scenario: half-widths of the 95 % intervals of the share and of its difference from the baseline.

    `to_halve`: how many more worlds would halve the wider of the two; `to_significance`: how many more would make the difference
    significant if it stays what it is, whatever the other shares do (0: it is, None: there is none).
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
    for name in SHARES:
        i = one.index(headline_name(name))
        difference, error = (float(numbers.difference[i]), float(numbers.standard_error[i])) if one.is_compared else (math.nan, math.nan)
        yield Precision(
            scenario=one.scenario.name,
            baseline=one.scenario.root,
            name=name,
            n_worlds=one.n_worlds,
            share=float(one.mean[i]),
            half_width=wilson_half_width(float(one.mean[i]), one.n_worlds),
            difference=difference,
            difference_half_width=Z_95 * error,
            to_halve=3 * one.n_worlds,
            to_significance=0 if significant[i] else _to_significance(difference, error, numbers.n, kinds.count(kinds[i])),
        )


def _to_significance(difference: float, standard_error: float, n_pairs: int, n_tests: int) -> int | None:
    """More worlds until a difference, one of `n_tests`, is enough standard errors: they shrink with the square root of the worlds."""
    if math.isnan(standard_error) or difference == 0.0:
        return None
    return max(1, math.ceil(n_pairs * (sufficient_z(n_tests) * standard_error / difference) ** 2) - n_pairs)


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
