"""What changing an interest changes: mean paired differences between a variation and its scenario, with intervals.

The shift of influence is the mean over provinces of the absolute change. The absolute value of a change that is chance alone is never
zero, so the direction of each province's change is read from every third world, and its size from the others: where nothing changes,
that averages to nothing, and its interval is that of any other mean. Where a direction is uncertain, the shift is rather too small.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np

from sim.compare.findings import FINDING, bounded_scales, statuses
from sim.experiment.storage.chunk_reader import Chunks
from sim.experiment.storage.common_worlds import CommonRange, common_ranges
from sim.experiment.storage.results import Span
from sim.interests.outcomes import Outcome, country_outcomes, influence_outcomes, powers_of, read_outcomes, shift_outcome
from sim.interests.variations import Variation
from sim.model.state.dimensions import Array, BoolRow, Row
from sim.statistics.exact_sums import FIXED_POINT, Moments, fixed_point
from sim.statistics.mean_differences import MeanDifferences
from sim.statistics.pair_sums import PairSums
from sim.statistics.significance import LEVEL, holm


@dataclass(frozen=True)
class Effect:
    """How one outcome differs: means with and without the change over `n_worlds`, their difference with its 95 % interval, `z`: how many
    standard errors it is from zero. `significant` after Holm's correction; `matters`: it is, and is large enough.
    """

    outcome: Outcome
    n_worlds: int
    mean: float
    reference_mean: float
    difference: float
    low: float
    high: float
    z: float
    significant: bool
    matters: bool


class _Pairs(NamedTuple):
    """The worlds that a variation and its scenario both have, and the chunks of the one and of the other."""

    common: Sequence[CommonRange]
    mine: Chunks
    reference: Chunks


def effects(variation: Variation, chunks: Chunks, reference: Chunks) -> list[Effect]:
    """All effects of a variation on the worlds that its scenario has as well; none without such worlds. Raises DamagedChunk."""
    pairs = _Pairs(list(common_ranges(chunks, reference)), chunks, reference)
    if not pairs.common:
        return []
    iso = list(dict(chunks[pairs.common[0].mine].about["provinces"]))
    whole = country_outcomes(variation.actor, variation.interest, variation.scenario.start_state["groups"])
    by_place = influence_outcomes(variation.actor, iso)
    places = _compared(by_place, _differences(pairs, by_place))
    scale = len(iso) * (2 if len(powers_of(variation.actor)) > 1 else 1)  # what one power gains another loses
    shift = _compared([shift_outcome()], _shift(pairs, by_place, scale))
    return [*_compared(whole, _differences(pairs, whole)), *shift, max(places, key=lambda one: abs(one.difference))]


def _compared(outcomes: Sequence[Outcome], differences: MeanDifferences) -> list[Effect]:
    """Differences with what may be said of each, by the rules of sim.compare; Holm's correction is over all of them."""
    significant = np.asarray((holm(differences.p) < LEVEL) & differences.suffices)
    below, above = differences.margins(bounded_scales(outcomes))
    status = statuses(outcomes, differences, significant, [False] * len(outcomes))
    z = _distances(differences)
    return [
        Effect(
            outcome=outcome,
            n_worlds=differences.n,
            mean=float(differences.mean[i]),
            reference_mean=float(differences.other_mean[i]),
            difference=float(differences.difference[i]),
            low=float(differences.difference[i] - below[i]),
            high=float(differences.difference[i] + above[i]),
            z=float(z[i]),
            significant=bool(significant[i]),
            matters=bool(status[i] == FINDING),
        )
        for i, outcome in enumerate(outcomes)
    ]


def _distances(differences: MeanDifferences) -> Row:
    """How many standard errors each difference is from zero; 0 for no difference at all, infinite where all worlds differ alike, which
    few worlds cannot show (NaN).
    """
    size = np.abs(differences.difference)
    with np.errstate(invalid="ignore", divide="ignore"):
        z = np.where(size == 0.0, 0.0, size / differences.standard_error)
    return np.where(np.isinf(z) & ~differences.suffices, np.nan, z)


def _values(pairs: _Pairs, outcomes: Sequence[Outcome]) -> Iterator[tuple[range, Array, Array]]:
    """The numbers of some worlds after the other, and their outcomes with and without the change, in fixed point, (outcomes, worlds)."""
    mine, reference = (lru_cache(maxsize=1)(partial(_read, files, outcomes)) for files in (pairs.mine, pairs.reference))
    for common in pairs.common:
        numbers = range(common.first, common.first + common.n)
        yield numbers, mine(common.mine)[:, common.in_mine], reference(common.other)[:, common.in_other]


def _read(files: Chunks, outcomes: Sequence[Outcome], span: Span) -> Array:
    """The outcomes of a range of worlds in fixed point."""
    return fixed_point(read_outcomes(files[span], outcomes))


def _differences(pairs: _Pairs, outcomes: Sequence[Outcome]) -> MeanDifferences:
    sums = PairSums(len(outcomes))
    for _, mine, other in _values(pairs, outcomes):
        sums.add(mine, other)
    return sums.differences()


def _shift(pairs: _Pairs, outcomes: Sequence[Outcome], scale: int) -> MeanDifferences:
    """The sum of absolute changes over all outcomes divided by `scale`, as one quantity."""
    direction, sums = Moments(len(outcomes)), PairSums(1)
    for numbers, mine, other in _values(pairs, outcomes):
        direction.add((mine - other)[:, _shows_direction(numbers)])
    signs = np.sign(np.nan_to_num(direction.mean())).astype(np.int64)[:, np.newaxis]
    for numbers, mine, other in _values(pairs, outcomes):
        change = (mine - other)[:, ~_shows_direction(numbers)]
        row = fixed_point((signs * change).sum(axis=0) / (FIXED_POINT * scale))[np.newaxis]
        sums.add(row, np.zeros_like(row))
    return sums.differences()


def _shows_direction(numbers: range) -> BoolRow:
    """The worlds from which directions are read."""
    return np.asarray(numbers) % 3 == 0
