"""Territory: each camp's share of the area, the people under the government, and who held which town."""

from collections.abc import Sequence

import numpy as np

from sim.model.state.dimensions import FIGHTING_CAMPS, Array, Camp, key
from sim.model.state.initial_state import OTHERS
from sim.text.names import with_article
from sim.text.number_format import percent
from sim.validation.hindcast import error_measures
from sim.validation.hindcast.hindcast_comparison import POINTS, SHARE, ComparedItem, HindcastComparison, for_both_runs, median_and_range
from sim.validation.hindcast.observed_facts import PEOPLE, ObservedFact, area_facts, holders


def items(c: HindcastComparison) -> list[ComparedItem]:
    """All comparisons of territory of which there are facts."""
    made = [area(c, camp) for camp in FIGHTING_CAMPS if area_facts(c.facts, camp, c.scenario.start)]
    made += [people(c)] if any(fact.unit == PEOPLE + key(Camp.GOVERNMENT) for fact in c.facts) else []
    return [*made, *([towns(c)] if c.of_kind("town") else [])]


def start_area(c: HindcastComparison, camp: Camp) -> float:
    """A camp's share of the country's area at the start."""
    area = c.provinces.area
    return float((c.drawn.first.control[camp] * area).sum(axis=0).mean() / area.sum())


def trend(c: HindcastComparison, camp: Camp, at: Array) -> Array:
    """A camp's share of the area in the months `at` if the trend before the start continued."""
    known = area_facts(c.all_known, camp, c.scenario.start, before=True)
    if len(known) < 2:
        return np.full(at.shape, start_area(c, camp))
    months = np.array([c.at(fact) for fact in known], dtype=float)
    return error_measures.trend(months, np.array([fact.number() for fact in known]), at.astype(float))


def area(c: HindcastComparison, camp: Camp) -> ComparedItem:
    """A camp's share of the country's area over time; the distance is the mean over dated facts, from the median world."""
    facts = area_facts(c.facts, camp, c.scenario.start)
    at, low, high = c.intervals(facts)
    gaps = for_both_runs(c, lambda run: 100 * error_measures.mean_gap(np.median(run.area[camp][at], axis=-1), low, high))
    nothing = error_measures.mean_gap(np.full(len(facts), start_area(c, camp)), low, high)
    steady = error_measures.mean_gap(trend(c, camp, at), low, high)
    return ComparedItem(
        "territory",
        f"area held by {with_article(key(camp))}, {_dated(facts)}",
        _first_to_last(facts),
        median_and_range(c.drawn.area[camp, c.at(facts[-1])], percent),
        POINTS,
        gaps,
        100 * nothing,
        100 * steady,
    )


def people(c: HindcastComparison) -> ComparedItem:
    """The government's share of the people in the country."""
    facts = [fact for fact in c.facts if fact.unit == PEOPLE + key(Camp.GOVERNMENT)]
    at, low, high = c.intervals(facts)
    gaps = for_both_runs(c, lambda run: 100 * error_measures.mean_gap(np.median(run.people[at], axis=-1), low, high))
    start = np.full(len(facts), float(np.median(c.drawn.people[0])))
    return ComparedItem(
        "territory",
        f"people in government territory, {_dated(facts)}",
        _first_to_last(facts),
        median_and_range(c.drawn.people[at[-1]], percent),
        POINTS,
        gaps,
        100 * error_measures.mean_gap(start, low, high),
    )


def _first_to_last(facts: Sequence[ObservedFact]) -> str:
    return " to ".join(f"{percent(fact.number())} ({fact.month})" for fact in dict.fromkeys((facts[0], facts[-1])))


def _dated(facts: Sequence[ObservedFact]) -> str:
    return f"{len(facts)} dated share{'s' if len(facts) > 1 else ''}"


def truth(c: HindcastComparison) -> dict[str, list[Camp]]:
    """Who held each compared town, month by month."""
    table, at_start = c.scenario.start_state["towns"], dict.fromkeys(c.towns.key, Camp.GOVERNMENT)
    for camp in OTHERS:
        at_start |= dict.fromkeys(table.get(key(camp), ()), camp)
    return holders(c.facts, at_start, c.scenario.start, c.scenario.months)


def towns(c: HindcastComparison) -> ComparedItem:
    """Who held which town: share of town-months, over all worlds, with the wrong holder."""
    known = truth(c)
    held = np.array([[int(camp) for camp in months] for months in known.values()])
    index = [c.towns.key.index(town) for town in known]
    progress = np.arange(held.shape[1]) / (held.shape[1] - 1)  # of a steady change from the first to the last holder
    first, last = held[:, :1], held[:, -1:]
    steady = np.where(held == last, progress, 0.0) + np.where(held == first, 1.0 - progress, 0.0)
    wrong = for_both_runs(c, lambda run: 100 * (1.0 - error_measures.share_correct(run.towns[index], held)))
    return ComparedItem(
        "territory",
        f"who held {len(known)} towns, month by month",
        f"{int((held[:, -1] != held[:, 0]).sum())} of {len(known)} had changed hands at the end",
        f"correct in {100 - wrong[0]:.0f} % of town-months",
        SHARE,
        wrong,
        100 * float((held != first).mean()),
        100 * float(1.0 - steady.mean()),
    )
