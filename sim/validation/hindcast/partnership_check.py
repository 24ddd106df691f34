"""The partners: incidents arising and absorbed, channels growing, contracts won."""

import numpy as np

from sim.model.state.dimensions import Array, Bidder, Field, key
from sim.validation.hindcast import error_measures
from sim.validation.hindcast.fact_halves import SETTING
from sim.validation.hindcast.hindcast_comparison import (
    COUNT,
    INDEX,
    MONTHS,
    POINTS,
    ComparedItem,
    HindcastComparison,
    for_both_runs,
    median_and_range,
    rounded,
)
from sim.validation.hindcast.hindcast_run import HindcastRun

ABSORBED = "months until absorbed"


def items(c: HindcastComparison) -> list[ComparedItem]:
    """All comparisons of the partners of which there are facts; what rests on the report or the later start goes with the setting half."""
    made = [incidents(c)] if c.of_kind("incident") else []
    made += [incident_places(c)] if any(fact.place in c.provinces.iso for fact in c.of_kind("incident")) else []
    made += [absorbed(c)] if any(fact.unit == ABSORBED for fact in c.facts) else []
    made += [broken(c), *(channel(c, f) for f in Field)] if c.half == SETTING else []
    return made + [contracts(c, b) for b in Bidder if c.of_kind("contract")]


def incidents(c: HindcastComparison) -> ComparedItem:
    """How many incidents there were; reports cover only some of those that happened."""
    n = len(c.of_kind("incident"))
    gaps = for_both_runs(c, lambda run: abs(float(np.median(run.incidents.sum(axis=(0, 1)))) - n))
    return ComparedItem(
        "partners",
        "incidents between them",
        f"{n} reported",
        median_and_range(c.drawn.incidents.sum(axis=(0, 1)), rounded),
        COUNT,
        gaps,
        float(n),
    )


def incident_places(c: HindcastComparison) -> ComparedItem:
    """Share of the military incidents that lie in other provinces than reported; the null model spreads them evenly."""
    places = [fact.place for fact in c.of_kind("incident") if fact.place in c.provinces.iso]
    reported = np.array([places.count(code) for code in c.provinces.iso]) / len(places)

    def shares(run: HindcastRun) -> Array:
        return run.incidents_at.sum(axis=(1, 2)) / max(1.0, float(run.incidents_at.sum()))

    gaps = for_both_runs(c, lambda run: error_measures.misplaced_percent(shares(run), reported))
    even = error_measures.misplaced_percent(np.full(len(reported), 1.0 / len(reported)), reported)
    projected = c.strongest(shares(c.drawn), 3)
    return ComparedItem("partners", "where incidents arose", c.strongest(reported, 3), projected, POINTS, gaps, None, even)


def absorbed(c: HindcastComparison) -> ComparedItem:
    """How soon an incident was absorbed: months until friction was back at its earlier level."""
    facts = [fact for fact in c.facts if fact.unit == ABSORBED]
    low, high = (np.array(float(np.median([fact.interval()[i] for fact in facts]))) for i in (0, 1))

    def months(run: HindcastRun) -> Array:
        return error_measures.months_until_absorbed(run.incidents.sum(axis=0), run.friction)

    gaps = for_both_runs(c, lambda run: float(error_measures.gap(np.array(np.median(months(run))), low, high)))
    reported = f"median {np.median([fact.number() for fact in facts]):g} of {len(facts)}"
    model = median_and_range(np.minimum(months(c.drawn), c.scenario.months), rounded)
    return ComparedItem("partners", "months until an incident is absorbed", reported, model, MONTHS, gaps)


def broken(c: HindcastComparison) -> ComparedItem:
    """Whether the partnership ever broke (R16: it did not)."""
    gaps = for_both_runs(c, lambda run: 100 * float((run.broken > 0).any(axis=0).mean()))
    return ComparedItem("partners", "partnership ever broken (R16)", "no", f"in {gaps[0]:.0f} % of worlds", POINTS, gaps, 0.0)


def channel(c: HindcastComparison, f: Field) -> ComparedItem:
    """A channel at the end, compared with the start file of June 2021, which follows our reading of the report."""
    later = c.later.settings[f"start.channel_{key(f)}"]
    low, high = later.range or (later.value, later.value)

    def off(level: float) -> float:
        return float(error_measures.gap(np.array(level), np.array(low), np.array(high)))

    gaps = for_both_runs(c, lambda run: off(float(np.median(run.channel[f, -1]))))
    fact = f"{later.value:g} ({low:g} to {high:g}), as we read the report"
    model = median_and_range(c.drawn.channel[f, -1], lambda x: f"{x:.2f}")
    return ComparedItem(
        "partners", f"{key(f)} channel in June 2021", fact, model, INDEX, gaps, off(float(np.median(c.drawn.channel[f, 0])))
    )


def contracts(c: HindcastComparison, bidder: Bidder) -> ComparedItem:
    """Contracts won by a bidder; memoranda without consequence do not count."""
    n = len(c.of_kind("contract", key(bidder)))
    gaps = for_both_runs(c, lambda run: abs(float(np.median(run.awards[bidder].sum(axis=0))) - n))
    who = "others" if bidder == Bidder.OTHERS else key(bidder).title()
    return ComparedItem(
        "partners",
        f"contracts won by {who}",
        f"{n} reported",
        median_and_range(c.drawn.awards[bidder].sum(axis=0), rounded),
        COUNT,
        gaps,
        float(n),
    )
