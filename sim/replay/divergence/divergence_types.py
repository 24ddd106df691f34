"""What is known about where two worlds diverge, for a page or a terminal."""

from dataclasses import dataclass

from sim.replay.divergence.divergence_spread import DivergenceSpread
from sim.replay.sentence import Sentence

EARLY = ("scripted", "escalation", "crisis", "surge", "contact_lost")  # kinds of events that come before the month's decisions


@dataclass(frozen=True)
class DifferingParameter:
    """A parameter in which the two differ in this world, from a month on (index; 0 is the first), with its value there in each."""

    path: str
    meaning: str
    unit: str
    since: int
    first: float
    second: float


@dataclass(frozen=True)
class DifferingChoice:
    """An intention that differs: in words, with its province (ISO code) if it is about one."""

    what: str
    province: str | None
    first: float
    second: float


@dataclass(frozen=True)
class InterestDifference:
    """What a goal adds to a choice in each of the two worlds; weights are shares of all its actor's, `need` is how unmet it is.

    `choice` is spelled as in ScoreTerm; `province` (ISO code) is the one it is about, if it is about one. Weight and need are None in a
    world in which the goal is not pursued, and for what follows from no goal.
    """

    choice: str
    province: str | None
    interest: str
    meaning: str
    weight: tuple[float | None, float | None]
    need: tuple[float | None, float | None]
    amount: tuple[float, float]


@dataclass(frozen=True)
class DecisionValue:
    """A value of the world, in words, on which a choice depends, in each of the two."""

    what: str
    first: float
    second: float


@dataclass(frozen=True)
class Decision:
    """The first decision that differs: `month` (index), whose, what differs most, and what drove it.

    `also` are the other actors that decide differently in that month; `parameters` those of the actor itself that differ then, and those
    of how all actors choose. `efforts` are the goals whose share of its effort differs, `reasons` the goals behind the choice that differs
    most, of those that follow from goals, each the largest difference first.
    """

    month: int
    actor: str
    choices: tuple[DifferingChoice, ...]
    also: tuple[str, ...]
    parameters: tuple[DifferingParameter, ...]
    efforts: tuple[InterestDifference, ...]
    reasons: tuple[InterestDifference, ...]
    values: tuple[DecisionValue, ...]


@dataclass(frozen=True)
class DifferingEvents:
    """A month in which different things happen: sentences that hold in one of the two only (routine events with their counts)."""

    month: int
    first: tuple[Sentence, ...]
    second: tuple[Sentence, ...]


@dataclass(frozen=True)
class Divergence:
    """One world under two scenarios.

    `months` are names by index, `provinces` names by ISO code in the order of arrays. `event` is the first month in which an event
    differs, `decision` the first decision; `event_first` says which of them comes first. `moved` is the first month (index; -1: the start)
    after which influence differs at all. `differing_events` are all months in which events other than routine differ. `ends` says how each
    ends; `mismatches` are columns in which a world run again is not as in the results (none, if all is well). All first and second values
    follow `scenarios`.
    """

    scenarios: tuple[str, str]
    questions: tuple[str, str]
    world: int
    draws: bool
    months: tuple[str, ...]
    provinces: dict[str, str]
    parameters: tuple[DifferingParameter, ...]
    event: DifferingEvents | None
    decision: Decision | None
    moved: int | None
    spread: DivergenceSpread
    differing_events: tuple[DifferingEvents, ...]
    ends: tuple[tuple[str, ...], tuple[str, ...]]
    mismatches: tuple[str, ...]

    @property
    def differs_at_all(self) -> bool:
        """Whether the two differ at all."""
        return self.event is not None or self.decision is not None or self.moved is not None

    @property
    def event_first(self) -> bool:
        """Whether an event differs before a decision does: in an earlier month, or before decisions are taken in the same one."""
        if self.event is None or self.decision is None:
            return self.event is not None
        early = any(one.kinds[0] in EARLY for one in (*self.event.first, *self.event.second))
        return (self.event.month, not early) <= (self.decision.month, False)
