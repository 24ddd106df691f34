"""Ground: each camp's share of the area, the people under the government, who held which town."""

import numpy as np

from sim.model.state.dimensions import Array, Camp, key
from sim.model.state.initial_state import OTHERS
from sim.text.names import with_article
from sim.text.number_format import percent
from sim.validation.hindcast import error_measures
from sim.validation.hindcast.hindcast_comparison import POINTS, SHARE, Comparison, Item, both, span
from sim.validation.hindcast.observed_facts import holders, of_camp


def items(c: Comparison) -> list[Item]:
    """All comparisons of ground."""
    return [*(area(c, camp) for camp in Camp), people(c), towns(c)]


def start_area(c: Comparison, camp: Camp) -> float:
    """A camp's share of the country's area at the start."""
    area = c.provinces.area
    return float((c.drawn.first.control[camp] * area).sum(axis=0).mean() / area.sum())


def trend(c: Comparison, camp: Camp, at: Array) -> Array:
    """A camp's share of the area in the months `at` if what is known from before the start went on steadily."""
    known = of_camp(c.facts, camp, c.scenario.start, before=True)
    if len(known) < 2:
        return np.full(at.shape, start_area(c, camp))
    months = np.array([c.at(one) for one in known], dtype=float)
    return error_measures.trend(months, np.array([one.number() for one in known]), at.astype(float))


def area(c: Comparison, camp: Camp) -> Item:
    """A camp's share of the country's area through time; the distance is the mean over dated facts, from the median world."""
    facts = of_camp(c.facts, camp, c.scenario.start)
    at, low, high = c.intervals(facts)
    gaps = both(c, lambda run: 100 * error_measures.mean_gap(np.median(run.area[camp][at], axis=-1), low, high))
    nothing = error_measures.mean_gap(np.full(len(facts), start_area(c, camp)), low, high)
    steady = error_measures.mean_gap(trend(c, camp, at), low, high)
    first, last = facts[0], facts[-1]
    return Item(
        "ground",
        f"area held by {with_article(key(camp))}, {len(facts)} dated shares",
        f"{percent(first.number())} ({first.month}) to {percent(last.number())} ({last.month})",
        span(c.drawn.area[camp, c.at(last)], percent),
        POINTS,
        gaps,
        100 * nothing,
        100 * steady,
    )


def people(c: Comparison) -> Item:
    """The government's share of the people in the country."""
    facts = [one for one in c.facts if one.unit == "share of population government"]
    at, low, high = c.intervals(facts)
    gaps = both(c, lambda run: 100 * error_measures.mean_gap(np.median(run.people[at], axis=-1), low, high))
    start = np.full(len(facts), float(np.median(c.drawn.people[0])))
    return Item(
        "ground",
        f"people on the government's ground, {len(facts)} dated shares",
        " to ".join(f"{percent(one.number())} ({one.month})" for one in (facts[0], facts[-1])),
        span(c.drawn.people[at[-1]], percent),
        POINTS,
        gaps,
        100 * error_measures.mean_gap(start, low, high),
    )


def truth(c: Comparison) -> dict[str, list[Camp]]:
    """Who held each compared town, month by month."""
    table, at_start = c.scenario.start_state["towns"], dict.fromkeys(c.towns.key, Camp.GOVERNMENT)
    for camp in OTHERS:
        at_start |= dict.fromkeys(table.get(key(camp), ()), camp)
    return holders(c.facts, at_start, c.scenario.start, c.scenario.months)


def towns(c: Comparison) -> Item:
    """Who held which town: share of town-months, over all worlds, with the wrong holder."""
    known = truth(c)
    held = np.array([[int(camp) for camp in months] for months in known.values()])
    index = [c.towns.key.index(town) for town in known]
    passed = np.arange(held.shape[1]) / (held.shape[1] - 1)  # how far a steady pace has come
    first, last = held[:, :1], held[:, -1:]
    steady = np.where(held == last, passed, 0.0) + np.where(held == first, 1.0 - passed, 0.0)
    wrong = both(c, lambda run: 100 * (1.0 - error_measures.right(run.towns[index], held)))
    return Item(
        "ground",
        f"who held {len(known)} towns, month by month",
        f"{int((held[:, -1] != held[:, 0]).sum())} of {len(known)} in other hands at the end",
        f"right in {100 - wrong[0]:.0f} % of town-months",
        SHARE,
        wrong,
        100 * float((held != first).mean()),
        100 * float(1.0 - steady.mean()),
    )
