"""The dated facts of `sim/data/observed_2015_2021.csv` that a run from 2015 is compared with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sim.model.state.calendar import month_index
from sim.model.state.csv_files import read_csv
from sim.model.state.dimensions import Camp, key
from sim.validation.hindcast.fact_halves import FACTS, HELD_OUT, SETTING, Episode, half_of, load_episodes

AREA, PEOPLE = "share of area ", "share of population "


@dataclass(frozen=True)
class ObservedFact:
    """A dated fact: what it is about (`place`, `town`), its value as text, and, for a number, the range of its sources."""

    key: str
    kind: str
    place: str
    town: str
    month: str
    value: str
    low: str
    high: str
    unit: str
    statement: str
    source: str

    def interval(self) -> tuple[float, float]:
        """Lowest and highest number that the sources give, a percentage as a share."""
        numbers = [float(x) for x in (self.low, self.value, self.high)]
        return self._scale * min(numbers), self._scale * max(numbers)

    def number(self) -> float:
        """The number that the fact states, a percentage as a share."""
        return self._scale * float(self.value)

    @property
    def _scale(self) -> float:
        return 0.01 if self.unit.startswith((AREA, PEOPLE)) else 1.0


def load_facts(episodes: Sequence[Episode] | None = None) -> tuple[ObservedFact, ...]:
    """Every compared fact of the setting half, in order of time. This is what may be used to set rules and numbers, or to calibrate."""
    return _of_half(SETTING, episodes)


def load_held_out_facts(episodes: Sequence[Episode] | None = None) -> tuple[ObservedFact, ...]:
    """Every compared fact of the held-out half, in order of time. Only for scores that a user asks for."""
    return _of_half(HELD_OUT, episodes)


def _of_half(half: str, episodes: Sequence[Episode] | None) -> tuple[ObservedFact, ...]:
    halves = half_of(load_episodes() if episodes is None else episodes)
    rows = [row for row in read_csv(FACTS) if row["compared"] == "yes" and halves[row["key"]] == half]
    return in_order(ObservedFact(**{f: row[f] for f in ObservedFact.__dataclass_fields__}) for row in rows)


def in_order(facts: Iterable[ObservedFact]) -> tuple[ObservedFact, ...]:
    """Facts in order of time."""
    return tuple(sorted(facts, key=lambda fact: (fact.month, fact.key)))


def area_facts(facts: tuple[ObservedFact, ...], camp: Camp, start: str, before: bool = False) -> list[ObservedFact]:
    """Facts on a camp's share of the area, from the month `start` on or, with `before`, earlier."""
    of_camp = [fact for fact in facts if fact.kind == "territory" and fact.unit == AREA + key(camp)]
    return [fact for fact in of_camp if (month_index(start, fact.month) < 0) == before]


def holders(facts: tuple[ObservedFact, ...], at_start: dict[str, Camp], start: str, months: int) -> dict[str, list[Camp]]:
    """Who held each town whose changes are known, month by month (at the end of each)."""
    changes = [fact for fact in facts if fact.kind == "town"]
    held = {town: [at_start[town]] * months for town in dict.fromkeys(fact.town for fact in changes)}
    for fact in changes:
        first = month_index(start, fact.month)
        if 0 <= first < months:
            held[fact.town][first:] = [Camp[fact.value.upper()]] * (months - first)
    return held
