"""The map of June 2021 compared with the start file of that month: territory, forces and roots. The run does not use that file."""

import numpy as np

from sim.model.state.dimensions import Array, Camp, Leader, Partner, key
from sim.model.state.initial_state import OTHERS, by_province
from sim.text.number_format import percent
from sim.validation.hindcast.error_measures import misplaced_percent
from sim.validation.hindcast.hindcast_comparison import POINTS, ComparedItem, HindcastComparison, for_both_runs, median_and_range


def items(c: HindcastComparison) -> list[ComparedItem]:
    """All comparisons with the later start."""
    return [territory(c), *(force(c, k) for k in Partner), *(roots(c, k) for k in Partner)]


def control(c: HindcastComparison) -> Array:
    """Shares of territory by camp in June 2021, (C, P)."""
    table = c.later.start_state["control"]
    shares = np.zeros((len(Camp), len(c.provinces)))
    for camp in OTHERS:
        shares[camp] = by_province(table.get(key(camp), {}), c.provinces)
    shares[Camp.GOVERNMENT] = 1.0 - shares.sum(axis=0)
    return shares


def deployed(c: HindcastComparison, k: Partner) -> Array:
    """Where a partner's force was in June 2021, shares of it (P,), by central manpower."""
    total = np.zeros(len(c.provinces))
    for name, group in c.later.start_state["groups"].items():
        if Leader[group["leader"].upper()].name == k.name:
            total += c.later.settings[f"groups.{name}.manpower"].value * by_province(group["deployment"], c.provinces)
    return total / total.sum()


def territory(c: HindcastComparison) -> ComparedItem:
    """Mean over provinces of the territory that is held by the wrong camp."""
    fact = control(c)[..., np.newaxis]

    def wrong(shares: Array) -> Array:
        return 0.5 * np.abs(shares - fact).sum(axis=0).mean(axis=0)

    correct = f"{median_and_range(1.0 - wrong(c.drawn.last.control), percent)} held by the correct camp"
    gaps = for_both_runs(c, lambda run: 100 * float(np.median(wrong(run.last.control))))
    return ComparedItem(
        "June 2021",
        "territory by camp in 14 provinces",
        "the start file of June 2021",
        correct,
        POINTS,
        gaps,
        100 * float(wrong(c.drawn.first.control).mean()),
    )


def force(c: HindcastComparison, k: Partner) -> ComparedItem:
    """Share of a partner's force that is in other provinces than in fact."""
    fact = deployed(c, k)

    def elsewhere(place: Array) -> float:
        share = place[k].mean(axis=-1)
        return misplaced_percent(share / share.sum(), fact)

    gaps = for_both_runs(c, lambda run: elsewhere(run.last.force))
    what = f"where {key(k).title()}-backed force is"
    projected = c.strongest(c.drawn.last.force[k].mean(axis=-1), 4)
    return ComparedItem("June 2021", what, c.strongest(fact, 4), projected, POINTS, gaps, elsewhere(c.drawn.first.force))


def roots(c: HindcastComparison, k: Partner) -> ComparedItem:
    """Mean distance over provinces of a partner's roots, which are 0 to 1."""
    fact = by_province(c.later.start_state["roots"][key(k)], c.provinces)

    def off(run_roots: Array) -> float:
        return 100 * float(np.abs(np.median(run_roots[k], axis=-1) - fact).mean())

    reading = f"{fact.mean():.2f} on average, as we read the report"
    gaps = for_both_runs(c, lambda run: off(run.last.roots))
    return ComparedItem(
        "June 2021",
        f"{key(k).title()}'s roots by province",
        reading,
        median_and_range(c.drawn.last.roots[k].mean(axis=0), lambda x: f"{x:.2f}"),
        POINTS,
        gaps,
        off(c.drawn.first.roots),
    )
