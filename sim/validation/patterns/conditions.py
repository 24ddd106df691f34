"""Conditions: what a pattern asks of a world. Each holds or fails in every world, with its thresholds times a factor.

Forms: a level against a number or another term, a rank order, an order in time, a class, a difference between two scenarios, and all
or any of several conditions.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.model.state.dimensions import Array, Row
from sim.validation.patterns.sample import CLASSES, Sample
from sim.validation.patterns.terms import Term

SLACK = 1e-9  # two numbers that differ by rounding alone are equal


@dataclass(frozen=True)
class Bound:
    """What a term is compared with: a number (`term` None), or a multiple of another term, plus a number."""

    number: float
    term: Term | None = None
    times: float = 1.0

    def value(self, worlds: "Worlds", factor: float) -> Row:
        """The bound in every world, (n,). The factor applies to the added number if there is one, else to the multiple."""
        if self.term is None:
            return np.full(worlds.n, factor * self.number)
        if self.number:
            return self.times * worlds.value(self.term) + factor * self.number
        return factor * self.times * worlds.value(self.term)

    def terms(self) -> Iterator[Term]:
        """The term, if there is one."""
        if self.term is not None:
            yield self.term


@dataclass(frozen=True)
class Worlds:
    """The worlds that are evaluated, and the same ones of the scenario they are compared with."""

    sample: Sample
    against: Sample | None = None

    @property
    def n(self) -> int:
        """How many worlds."""
        return len(self.sample.worlds)

    def value(self, term: Term) -> Row:
        """A term in every world; a date that never came is later than any month. Raises ValueError without the other scenario."""
        sample = self.sample
        if term.scenario:
            if self.against is None or self.against.name != term.scenario:
                raise ValueError(f"this pattern compares with '{term.scenario}', whose worlds were not given")
            sample = self.against
        row = sample.value(term)
        return np.where(np.isnan(row), np.inf, row) if term.is_date else row


@dataclass(frozen=True)
class Level:
    """A term at least (`way` 1) or at most (-1) as large as a bound."""

    term: Term
    way: int
    bound: Bound

    def holds(self, worlds: Worlds, factor: float) -> Array:
        """In which worlds, (n,)."""
        x, bound = worlds.value(self.term), self.bound.value(worlds, factor)
        return x >= _down(bound) if self.way > 0 else x <= _up(bound)

    def terms(self) -> Iterator[Term]:
        """The terms that are named."""
        yield self.term
        yield from self.bound.terms()


@dataclass(frozen=True)
class Near:
    """A term within a share of a bound, on either side; the factor applies to the share."""

    term: Term
    bound: Bound
    within: float

    def holds(self, worlds: Worlds, factor: float) -> Array:
        """In which worlds, (n,)."""
        bound = self.bound.value(worlds, 1.0)
        return np.abs(worlds.value(self.term) - bound) <= _up(factor * self.within * np.abs(bound))

    def terms(self) -> Iterator[Term]:
        """The terms that are named."""
        yield self.term
        yield from self.bound.terms()


@dataclass(frozen=True)
class Order:
    """Terms from the largest down, each larger than the next by at least a margin."""

    ranked: tuple[Term, ...]
    margin: float = 0.0

    def holds(self, worlds: Worlds, factor: float) -> Array:
        """In which worlds, (n,)."""
        rows = np.stack([worlds.value(term) for term in self.ranked])
        return np.asarray((rows[:-1] >= _down(rows[1:] + factor * self.margin)).all(axis=0))

    def terms(self) -> Iterator[Term]:
        """The terms that are named."""
        yield from self.ranked


@dataclass(frozen=True)
class Sooner:
    """One date before another; the first one must have come, the other need not."""

    early: Term
    late: Term

    def holds(self, worlds: Worlds, factor: float) -> Array:
        """In which worlds, (n,); there is no threshold to move."""
        return worlds.value(self.early) < worlds.value(self.late)

    def terms(self) -> Iterator[Term]:
        """The terms that are named."""
        yield from (self.early, self.late)


@dataclass(frozen=True)
class ClassOf:
    """A class that is one of several; the factor applies to the thresholds of its definition."""

    axis: str
    names: tuple[str, ...]
    place: str = ""
    at: str = "horizon"

    def holds(self, worlds: Worlds, factor: float) -> Array:
        """In which worlds, (n,)."""
        wanted = [CLASSES[self.axis].index(name) for name in self.names]
        return np.isin(worlds.sample.classed(self.axis, self.place, self.at, factor), wanted)

    def terms(self) -> Iterator[Term]:
        """None: a class is not a term."""
        yield from ()


@dataclass(frozen=True)
class Differs:
    """A term larger (`way` 1) or smaller (-1) than in the same world of another scenario, by more than `by`."""

    term: Term
    other: Term
    way: int
    by: float = 0.0

    def difference(self, worlds: Worlds) -> Row:
        """The scenario minus the other one, in every world."""
        return worlds.value(self.term) - worlds.value(self.other)

    def holds(self, worlds: Worlds, factor: float) -> Array:
        """In which worlds, (n,)."""
        return self.way * self.difference(worlds) > factor * self.by + SLACK

    def terms(self) -> Iterator[Term]:
        """The terms that are named."""
        yield from (self.term, self.other)


@dataclass(frozen=True)
class Combination:
    """All (`every`) or at least one of several conditions."""

    parts: "tuple[Condition, ...]"
    every: bool

    def holds(self, worlds: Worlds, factor: float) -> Array:
        """In which worlds, (n,)."""
        rows = np.stack([part.holds(worlds, factor) for part in self.parts])
        return np.asarray(rows.all(axis=0) if self.every else rows.any(axis=0))

    def terms(self) -> Iterator[Term]:
        """The terms that are named."""
        for part in self.parts:
            yield from part.terms()


Condition = Level | Near | Order | Sooner | ClassOf | Differs | Combination


def _down(bound: Row) -> Row:
    return bound - SLACK * np.maximum(1.0, np.abs(np.where(np.isinf(bound), 0.0, bound)))


def _up(bound: Row) -> Row:
    return bound + SLACK * np.maximum(1.0, np.abs(np.where(np.isinf(bound), 0.0, bound)))
