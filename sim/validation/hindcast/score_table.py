"""The scores of a hindcast: a row for each kind, group and fact, with the skill against each rival; and how often bands hold facts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.model.state.dimensions import Array
from sim.validation.hindcast.hindcast_comparison import HindcastComparison
from sim.validation.hindcast.scored_facts import BRIER, CRPS, ScoredFacts, contracts, territory
from sim.validation.hindcast.scored_incidents import partners
from sim.validation.scores.coverage import LEVELS, Ranks, covered, covered_evenly, ranks
from sim.validation.scores.proper_scores import brier, brier_of_classes, crps, skill
from sim.validation.scores.rivals import RIVALS

ALL, GROUP, FACT = "kind", "group", "fact"  # what a row is the mean of
EVERY, SOME, NONE, NO_RIVAL = "better than every rival", "better than {} of {} rivals", "better than no rival", ""
MIDDLE = 0.8  # of the worlds: the band that is reported


@dataclass(frozen=True)
class ScoreRow:
    """Mean scores of `n` points. `rivals` are their scores by column; a rival that says nothing is missing."""

    half: str
    kind: str
    level: str
    item: str
    score: str
    unit: str
    n: int
    model: float
    central: float
    rivals: dict[str, float]

    def skill(self, rival: str) -> float | None:
        """Skill against a rival; None where it says nothing, or makes no error."""
        found = skill(self.model, self.rivals[rival]) if rival in self.rivals else float("nan")
        return None if np.isnan(found) else found

    @property
    def verdict(self) -> str:
        """In words, how many rivals are worse. A tie counts for the rival, which is simpler."""
        better = sum(self.model < score for score in self.rivals.values())
        if not self.rivals:
            return NO_RIVAL
        return EVERY if better == len(self.rivals) else SOME.format(better, len(self.rivals)) if better else NONE


@dataclass(frozen=True)
class CoverageRow:
    """Of `n` facts of a kind, the share that lies in the middle `level` of the worlds.

    `held`: any part of the fact lies there. `held_evenly`: counts and intervals spread evenly over the worlds that they tie with, which a
    calibrated forecast holds exactly as often as `level` says.
    """

    half: str
    kind: str
    n: int
    level: float
    held: float
    held_evenly: float


def scored(c: HindcastComparison) -> list[ScoredFacts]:
    """All points of one half."""
    return [*territory(c), *partners(c), *contracts(c)]


def score_rows(parts: Sequence[ScoredFacts], half: str) -> list[ScoreRow]:
    """A row for each kind, for each group and for each fact, in this order."""
    return [row for part in parts if part.score for row in _rows(part, half)]


def _rows(part: ScoredFacts, half: str) -> Iterator[ScoreRow]:
    drawn, central = _scores(part, part.drawn, fair=True), _scores(part, part.central, fair=True)
    rivals = {name: _scores(part, part.rivals[name], fair=False) for name in RIVALS if name in part.rivals}
    levels: list[tuple[str, Sequence[str]]] = [(ALL, [part.kind] * len(drawn)), (GROUP, part.groups), (FACT, part.names)]
    for level, names in levels:
        for item in dict.fromkeys(names):
            at = np.flatnonzero(np.asarray(names) == item)
            of_rivals = {name: float(found[at].mean()) for name, found in rivals.items()}
            means = float(drawn[at].mean()), float(central[at].mean())
            yield ScoreRow(half, part.kind, level, item, part.score, part.unit, len(at), *means, of_rivals)


def _scores(part: ScoredFacts, members: Array, fair: bool) -> Array:
    """The score of each point."""
    if part.classes:
        return brier_of_classes(members, part.low, part.classes, fair)
    if part.score == BRIER:
        return brier(members, part.low, fair)
    return crps(members.astype(float), part.low, part.high, fair)


def ranks_by_kind(parts: Sequence[ScoredFacts]) -> dict[str, Ranks]:
    """Where facts lie among the worlds that draw their parameters, by kind; yes/no facts have no such place."""
    return {part.kind: ranks(part.drawn, part.low, part.high) for part in parts if part.score in (CRPS, "")}


def coverage_rows(parts: Sequence[ScoredFacts], half: str) -> list[CoverageRow]:
    """A row for each kind and level."""
    found = ranks_by_kind(parts)
    return [
        CoverageRow(half, kind, len(r.below), level, covered(r, level), covered_evenly(r, level))
        for kind, r in found.items()
        for level in LEVELS
    ]
