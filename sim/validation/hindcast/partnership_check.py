"""The partners: incidents arising and absorbed, channels growing, contracts won."""

import numpy as np

from sim.model.state.dimensions import Array, Bidder, Field, key
from sim.validation.hindcast import error_measures
from sim.validation.hindcast.hindcast_comparison import COUNT, INDEX, MONTHS, POINTS, Comparison, Item, both, span, whole
from sim.validation.hindcast.hindcast_run import Replayed

ABSORBED = "months until absorbed"


def items(c: Comparison) -> list[Item]:
    """All comparisons of the partners."""
    return [incidents(c), where(c), absorbed(c), broken(c), *(channel(c, f) for f in Field), *(contracts(c, b) for b in Bidder)]


def incidents(c: Comparison) -> Item:
    """How many incidents there were; what is reported is fewer than what there was."""
    n = sum(one.kind == "incident" for one in c.facts)
    gaps = both(c, lambda run: abs(float(np.median(run.incidents.sum(axis=(0, 1)))) - n))
    return Item(
        "partners", "incidents between them", f"{n} reported", span(c.drawn.incidents.sum(axis=(0, 1)), whole), COUNT, gaps, float(n)
    )


def where(c: Comparison) -> Item:
    """Where they arose: share of the military incidents that lie in other provinces than reported; the rival spreads them evenly."""
    told = [one.place for one in c.facts if one.kind == "incident" and one.place in c.provinces.iso]
    fact = np.array([told.count(code) for code in c.provinces.iso]) / len(told)

    def shares(run: Replayed) -> Array:
        return run.incidents_at.sum(axis=(1, 2)) / max(1.0, float(run.incidents_at.sum()))

    def most(share: Array) -> str:
        return "most in " + ", ".join(c.provinces.name[i] for i in np.argsort(-share, kind="stable")[:3])

    def elsewhere(share: Array) -> float:
        return 100 * float(0.5 * np.abs(share - fact).sum())

    gaps = both(c, lambda run: elsewhere(shares(run)))
    even = np.full(len(fact), 1.0 / len(fact))
    return Item("partners", "where incidents arose", most(fact), most(shares(c.drawn)), POINTS, gaps, None, elsewhere(even))


def absorbed(c: Comparison) -> Item:
    """How soon an incident was absorbed: months until friction was back where it had been."""
    facts = [one for one in c.facts if one.unit == ABSORBED]
    low, high = (np.array(float(np.median([one.interval()[i] for one in facts]))) for i in (0, 1))

    def months(run: Replayed) -> Array:
        return error_measures.months_until_absorbed(run.incidents.sum(axis=0), run.friction)

    gaps = both(c, lambda run: float(error_measures.gap(np.array(np.median(months(run))), low, high)))
    told = f"median {np.median([one.number() for one in facts]):g} of {len(facts)}"
    model = span(np.minimum(months(c.drawn), c.scenario.months), whole)
    return Item("partners", "months until an incident is absorbed", told, model, MONTHS, gaps)


def broken(c: Comparison) -> Item:
    """Whether the partnership ever broke (R16: it did not)."""
    gaps = both(c, lambda run: 100 * float((run.broken > 0).any(axis=0).mean()))
    return Item("partners", "partnership ever broken (R16)", "no", f"in {gaps[0]:.0f} % of worlds", POINTS, gaps, 0.0)


def channel(c: Comparison, f: Field) -> Item:
    """A channel at the end, beside what the start of June 2021 reads from the report."""
    later = c.later.settings[f"start.channel_{key(f)}"]
    low, high = later.range or (later.value, later.value)

    def off(level: float) -> float:
        return float(error_measures.gap(np.array(level), np.array(low), np.array(high)))

    gaps = both(c, lambda run: off(float(np.median(run.channel[f, -1]))))
    fact = f"{later.value:g} ({low:g} to {high:g}), as we read the report"
    model = span(c.drawn.channel[f, -1], lambda x: f"{x:.2f}")
    return Item("partners", f"{key(f)} channel in June 2021", fact, model, INDEX, gaps, off(float(np.median(c.drawn.channel[f, 0]))))


def contracts(c: Comparison, bidder: Bidder) -> Item:
    """Contracts won by a bidder; memoranda without consequence do not count."""
    n = sum(one.kind == "contract" and one.value == key(bidder) for one in c.facts)
    gaps = both(c, lambda run: abs(float(np.median(run.awards[bidder].sum(axis=0))) - n))
    who = "others" if bidder == Bidder.OTHERS else key(bidder).title()
    return Item(
        "partners", f"contracts won by {who}", f"{n} read of", span(c.drawn.awards[bidder].sum(axis=0), whole), COUNT, gaps, float(n)
    )
