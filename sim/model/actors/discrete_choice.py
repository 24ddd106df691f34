"""How actors choose: logit (quantal response) shares over options, the standard form of discrete choice theory.

An actor of low precision spreads its effort evenly, one of high precision puts it where it scores best. Choices are nested: first
over instruments, then over provinces, because a single softmax over every pair would smear effort over dozens of options.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.model.state.dimensions import TINY, Array, Instrument, Row


@dataclass(frozen=True)
class Want:
    """One interest of an actor this month.

    `weight` (worlds,) is the interest's weight; `need` (worlds,) how unmet it is, 0..1; `where` (P, worlds) where it is at stake,
    0..1; `by` the instruments that serve it; `by_force` whether having force in a province serves it; `contended` whether the
    partners want it at each other's expense, so that it counts as a stake in a bargain (the shared aim, R37, does not).
    """

    name: str
    weight: Row
    need: Row
    where: Array
    by: tuple[Instrument, ...]
    by_force: bool = True
    contended: bool = True

    @cached_property
    def stake(self) -> Array:
        """Where the interest is at stake, by its weight, (P, worlds)."""
        return self.weight * self.where


def logit(score: Array, precision: Row, feasible: Array | None = None) -> Array:
    """Logit shares of options, along the last axis but worlds: softmax of precision x score, zero where not feasible (all zero where
    nothing is).
    """
    scaled = precision * score
    if feasible is not None:
        scaled = np.where(feasible, scaled, -np.inf)
    best = scaled.max(axis=-2, keepdims=True)
    scaled -= np.where(np.isfinite(best), best, 0.0)
    weight = np.exp(scaled, out=scaled)
    total = weight.sum(axis=-2, keepdims=True)
    weight /= np.where(total > 0.0, total, 1.0)
    return weight


def score_instruments(wants: list[Want], skill: Array) -> Array:
    """Score of each instrument, (J, worlds): the unmet needs it serves, by weight, times the actor's skill with it.

    A need that several instruments serve counts in equal parts for each, so that listing more of them makes none more urgent.
    """
    score = np.zeros_like(skill)
    for want in wants:
        part = want.weight * want.need / len(want.by)
        for j in want.by:
            score[j] += part
    return score * skill


def score_places(wants: list[Want], instrument: Instrument) -> Array:
    """Score of each province for one instrument, (P, worlds): where the interests it serves are at stake, by weight."""
    served = [want for want in wants if instrument in want.by]
    if not served:
        return np.zeros_like(wants[0].where)
    return _stakes(served) / (sum((want.weight for want in served[1:]), served[0].weight) + TINY)


def pull_of_force(wants: list[Want]) -> Array:
    """How much the actor wants force in each province, (P, worlds): where interests are at stake, by weight and by how urgent they are."""
    parts = [want.need * want.stake for want in wants if want.by_force]
    return sum(parts[1:], parts[0])


def stake_of(wants: list[Want]) -> Array:
    """How much the actor cares about having its way in each province, (P, worlds)."""
    return _stakes([want for want in wants if want.contended])


def _stakes(wants: list[Want]) -> Array:
    """Where interests are at stake, added up by weight, (P, worlds)."""
    return sum((want.stake for want in wants[1:]), wants[0].stake)
