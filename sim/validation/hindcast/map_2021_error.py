"""The map of June 2021, beside the start that says what it was: ground, forces and roots. Nothing of that start enters the run."""

import numpy as np

from sim.model.state.dimensions import Array, Camp, Leader, Partner, key
from sim.model.state.initial_state import OTHERS, by_province
from sim.text.number_format import percent
from sim.validation.hindcast.hindcast_comparison import POINTS, Comparison, Item, both, span
from sim.validation.hindcast.hindcast_run import Replayed


def items(c: Comparison) -> list[Item]:
    """All comparisons with the later start."""
    return [ground(c), *(force(c, k) for k in Partner), *(roots(c, k) for k in Partner)]


def control(c: Comparison) -> Array:
    """Shares of ground by camp in June 2021, (C, P)."""
    table = c.later.start_state["control"]
    shares = np.zeros((len(Camp), len(c.provinces)))
    for camp in OTHERS:
        shares[camp] = by_province(table[key(camp)], c.provinces)
    shares[Camp.GOVERNMENT] = 1.0 - shares.sum(axis=0)
    return shares


def deployed(c: Comparison, k: Partner) -> Array:
    """Where a partner's force stood in June 2021, shares of it (P,), central manpower."""
    total = np.zeros(len(c.provinces))
    for name, group in c.later.start_state["groups"].items():
        if Leader[group["leader"].upper()].name == k.name:
            total += c.later.settings[f"groups.{name}.manpower"].value * by_province(group["deployment"], c.provinces)
    return total / total.sum()


def ground(c: Comparison) -> Item:
    """Mean over provinces of the ground that is in the wrong hands."""
    fact = control(c)[..., np.newaxis]

    def wrong(shares: Array) -> Array:
        return 0.5 * np.abs(shares - fact).sum(axis=0).mean(axis=0)

    told = f"{span(1.0 - wrong(c.drawn.last.control), percent)} in the right hands"
    gaps = both(c, lambda run: 100 * float(np.median(wrong(run.last.control))))
    return Item(
        "June 2021",
        "ground by camp in 14 provinces",
        "the later start",
        told,
        POINTS,
        gaps,
        100 * float(wrong(c.drawn.first.control).mean()),
    )


def force(c: Comparison, k: Partner) -> Item:
    """Share of a partner's force that stands in other provinces."""
    fact = deployed(c, k)

    def elsewhere(place: Array) -> float:
        share = place[k].mean(axis=-1)
        return 100 * float(0.5 * np.abs(share / share.sum() - fact).sum())

    def most(share: Array) -> str:
        return "most in " + ", ".join(c.provinces.name[i] for i in np.argsort(-share, kind="stable")[:4])

    gaps = both(c, lambda run: elsewhere(run.last.force))
    what = f"where {key(k).title()}-backed force stands"
    return Item("June 2021", what, most(fact), most(c.drawn.last.force[k].mean(axis=-1)), POINTS, gaps, elsewhere(c.drawn.first.force))


def roots(c: Comparison, k: Partner) -> Item:
    """Mean distance over provinces of a partner's roots, which are 0 to 1."""
    fact = by_province(c.later.start_state["roots"][key(k)], c.provinces)

    def off(run_roots: Array) -> float:
        return 100 * float(np.abs(np.median(run_roots[k], axis=-1) - fact).mean())

    def mean(run: Replayed) -> Array:
        return run.last.roots[k].mean(axis=0)

    told = f"{fact.mean():.2f} on average, as we read the report"
    gaps = both(c, lambda run: off(run.last.roots))
    return Item(
        "June 2021",
        f"{key(k).title()}'s roots by province",
        told,
        span(mean(c.drawn), lambda x: f"{x:.2f}"),
        POINTS,
        gaps,
        off(c.drawn.first.roots),
    )
