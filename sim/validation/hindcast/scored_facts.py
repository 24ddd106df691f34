"""Facts as points to be scored: for each what is known, what the worlds say, and what each rival says.

Rivals roll on with what was observed where `rivals.py` says so. Shares of ground, which sources give for single months, are carried forward
from the latest source to the months between; before the first, the state of the start counts. No dispute between the partners and no
change of hands is taken to be known of the year before the start.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.model.state.dimensions import FIGHTING_CAMPS, Array, Bidder, Camp, key
from sim.validation.hindcast import territory_error
from sim.validation.hindcast.error_measures import first_month
from sim.validation.hindcast.hindcast_comparison import HindcastComparison
from sim.validation.hindcast.observed_facts import AREA, PEOPLE, ObservedFact, area_facts
from sim.validation.hindcast.town_timing import timings
from sim.validation.scores.rivals import YEAR, last_twelve_months, last_years_places, nothing_changes

CRPS, BRIER = "CRPS", "Brier"
SHARE, NUMBER, YES_NO = "share of 1", "number", "probability"


@dataclass(frozen=True)
class ScoredFacts:
    """Points of one kind, n of them. `score` is CRPS or BRIER, or nothing where only coverage is asked.

    `low` and `high` (n,) are what is known; `drawn` and `central` (n, worlds) what the two runs say, `rivals` (n, members) what each rival
    says, by its column. `names` and `groups` (n,) say which points are averaged in a row of the table; `classes` is the number of classes
    where members are one of several.
    """

    kind: str
    score: str
    unit: str
    low: Array
    high: Array
    drawn: Array
    central: Array
    names: Sequence[str]
    groups: Sequence[str] = ()
    rivals: dict[str, Array] = field(default_factory=dict)
    classes: int = 0


def territory(c: HindcastComparison) -> list[ScoredFacts]:
    """Everything about ground: shares of the area, people, holders of towns and when they changed."""
    made = [_area(c), _people(c), _towns(c), _town_months(c)]
    return [one for one in made if one is not None]


def carried_forward(c: HindcastComparison, known: Sequence[ObservedFact], at_start: float) -> Array:
    """(a year and all months, 1): the latest known value in each month; `at_start` from the start to the first fact, and before any."""
    series = np.full(YEAR + c.scenario.months, at_start)
    for fact in known:
        series[max(0, c.at(fact) + YEAR) :] = fact.number()
        if c.at(fact) < 0:
            series[YEAR:] = at_start
    return series[:, np.newaxis]


def _rolling(series: Array, at: Array) -> dict[str, Array]:
    """What the two rolling rivals say of a single place in the months `at`."""
    return {"last_year": last_years_places(series, YEAR)[at, 0], "last_twelve": last_twelve_months(series, YEAR)[at, 0]}


def _stacked(parts: Sequence[dict[str, Array]]) -> dict[str, Array]:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _area(c: HindcastComparison) -> ScoredFacts | None:
    """Each camp's share of the area, fact by fact."""
    facts = {camp: area_facts(c.facts, camp, c.scenario.start) for camp in FIGHTING_CAMPS}
    camps = [camp for camp in FIGHTING_CAMPS if facts[camp]]
    if not camps:
        return None
    rivals, lows, highs = [], [], []
    for camp in camps:
        at, low, high = c.intervals(facts[camp])
        start = territory_error.start_area(c, camp)
        known = [fact for fact in c.all_known if fact.unit == AREA + key(camp)]
        still, steady = np.full((len(at), 1), start), territory_error.trend(c, camp, at)[:, np.newaxis]
        rivals.append({"nothing": still, "trend": steady} | _rolling(carried_forward(c, known, start), at))
        lows.append(low)
        highs.append(high)
    ats = [c.intervals(facts[camp])[0] for camp in camps]
    drawn, central = (np.concatenate([run.area[camp][at] for camp, at in zip(camps, ats, strict=True)]) for run in c.runs)
    names = [fact.key for camp in camps for fact in facts[camp]]
    groups = [f"area {key(camp)}" for camp in camps for _ in facts[camp]]
    ends = np.concatenate(lows), np.concatenate(highs)
    return ScoredFacts("area", CRPS, SHARE, *ends, drawn, central, names, groups, _stacked(rivals))


def _people(c: HindcastComparison) -> ScoredFacts | None:
    """The government's share of the people, fact by fact."""
    unit = PEOPLE + key(Camp.GOVERNMENT)
    facts = [fact for fact in c.facts if fact.unit == unit and c.at(fact) >= 0]
    if not facts:
        return None
    at, low, high = c.intervals(facts)
    start = float(np.median(c.drawn.people[0]))
    series = carried_forward(c, [fact for fact in c.all_known if fact.unit == unit], start)
    rivals = {"nothing": np.full((len(at), 1), start)} | _rolling(series, at)
    return ScoredFacts("people", CRPS, SHARE, low, high, c.drawn.people[at], c.central.people[at], [f.key for f in facts], (), rivals)


def by_place(found: Array) -> Array:
    """(months, places, members) as points (places x months, members)."""
    return found.transpose(1, 0, 2).reshape(-1, found.shape[-1])


def _towns(c: HindcastComparison) -> ScoredFacts | None:
    """Who held each town, month by month. The steady trend passes from the first holder to the last one, whom it knows."""
    known = territory_error.truth(c)
    if not known:
        return None
    held = np.array([[int(camp) for camp in months] for months in known.values()])
    months, first, last = held.shape[1], held[:, :1], held[:, -1:]
    index, year = [c.towns.key.index(town) for town in known], np.repeat(first, YEAR, axis=1)
    observed = np.concatenate([year, held], axis=1).T
    passed = np.arange(months)[:, np.newaxis] > np.arange(months - 1)  # in month m, m of the months - 1 members have passed
    steady = np.where(passed, last[..., np.newaxis], first[..., np.newaxis])
    rivals = {
        "nothing": by_place(nothing_changes(observed, YEAR)),
        "trend": steady.reshape(-1, months - 1),
        "last_year": by_place(last_years_places(observed, YEAR)),
        "last_twelve": by_place(last_twelve_months(observed, YEAR)),
    }
    drawn, central = (run.towns[index].reshape(held.size, -1) for run in c.runs)
    names, fact = [town for town in known for _ in range(months)], held.ravel()
    return ScoredFacts("town_holder", BRIER, YES_NO, fact, fact, drawn, central, names, (), rivals, len(Camp))


def _town_months(c: HindcastComparison) -> ScoredFacts | None:
    """The month in which each town first passes to a camp, infinite in worlds in which it never does; for coverage only."""
    found = timings(c)
    if not found:
        return None
    drawn, central = (np.stack([first_month(run.towns[c.towns.key.index(t.fact.town)], t.camp) for t in found]) for run in c.runs)
    at = np.array([t.at for t in found], dtype=float)
    return ScoredFacts("town_month", "", "months", at, at, drawn, central, [t.fact.key for t in found])


def contracts(c: HindcastComparison) -> list[ScoredFacts]:
    """How many contracts each bidder won; the rivals that go by months say nothing of a total."""
    if not c.of_kind("contract"):
        return []
    number = np.array([float(len(c.of_kind("contract", key(b)))) for b in Bidder])
    drawn, central = (run.awards.sum(axis=1) for run in c.runs)
    names = [f"contracts {key(b)}" for b in Bidder]
    return [ScoredFacts("contracts", CRPS, NUMBER, number, number, drawn, central, names, (), {"nothing": np.zeros((len(Bidder), 1))})]
