"""The dated facts of `sim/data/observed_2015_2021.csv` that a run from 2015 is compared with."""

from dataclasses import dataclass

from sim.model.state.calendar import month_index
from sim.model.state.csv_files import read_csv
from sim.model.state.dimensions import Camp, key

AREA, PEOPLE = "share of area ", "share of population "


@dataclass(frozen=True)
class Fact:
    """Something dated: what it is about (`place`, `town`), its value as text, and, for a number, what its sources disagree over."""

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
        scale = 0.01 if self.unit.startswith((AREA, PEOPLE)) else 1.0
        numbers = [float(x) for x in (self.low, self.value, self.high)]
        return scale * min(numbers), scale * max(numbers)

    def number(self) -> float:
        """The number that the fact states, a percentage as a share."""
        return float(self.value) * (0.01 if self.unit.startswith((AREA, PEOPLE)) else 1.0)


def load_facts() -> tuple[Fact, ...]:
    """Every fact that is meant to be compared, in the order of time."""
    rows = [row for row in read_csv("observed_2015_2021.csv") if row["compared"] == "yes"]
    return tuple(sorted((Fact(**{f: row[f] for f in Fact.__dataclass_fields__}) for row in rows), key=lambda fact: (fact.month, fact.key)))


def of_camp(facts: tuple[Fact, ...], camp: Camp, start: str, before: bool = False) -> list[Fact]:
    """Facts on a camp's share of the area, from the month `start` on or, with `before`, earlier."""
    found = [one for one in facts if one.kind == "territory" and one.unit == AREA + key(camp)]
    return [one for one in found if (month_index(start, one.month) < 0) == before]


def holders(facts: tuple[Fact, ...], at_start: dict[str, Camp], start: str, months: int) -> dict[str, list[Camp]]:
    """Who held each town whose changes are known, month by month (at the end of each)."""
    towns = dict.fromkeys(one.town for one in facts if one.kind == "town")
    held = {town: [at_start[town]] * months for town in towns}
    for one in facts:
        first = month_index(start, one.month)
        if one.kind == "town" and 0 <= first < months:
            held[one.town][first:] = [Camp[one.value.upper()]] * (months - first)
    return held
