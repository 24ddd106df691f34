"""Incidents between the partners as points to be scored: counts by month and province, half years, reports one by one, and the break."""

from collections.abc import Sequence

import numpy as np

from sim.model.state.dimensions import Array
from sim.validation.hindcast.fact_halves import SETTING
from sim.validation.hindcast.hindcast_comparison import HindcastComparison
from sim.validation.hindcast.incident_check import AROUND, near
from sim.validation.hindcast.observed_facts import ObservedFact
from sim.validation.hindcast.scored_facts import BRIER, CRPS, NUMBER, YES_NO, ScoredFacts, by_place
from sim.validation.scores.rivals import YEAR, all_rivals

HALF_YEAR = 6  # months


def partners(c: HindcastComparison) -> list[ScoredFacts]:
    """Everything about incidents; whether the partnership broke goes with the setting half, since it rests on the report (R16)."""
    made = [_counts(c), _half_years(c)] if any(fact.place in c.provinces.iso for fact in c.of_kind("incident")) else []
    made += [_reports(c)] if c.of_kind("incident") else []
    return made + ([_broken(c)] if c.half == SETTING else [])


def reported(c: HindcastComparison) -> Array:
    """Reported incidents by month and province, (a year and all months, provinces); none in the year before the start."""
    counts = np.zeros((YEAR + c.scenario.months, len(c.provinces.iso)))
    for fact in c.of_kind("incident"):
        if fact.place in c.provinces.iso and 0 <= c.at(fact) < c.scenario.months:
            counts[YEAR + c.at(fact), c.provinces.index(fact.place)] += 1.0
    return counts


def _points(kind: str, score: str, unit: str, observed: Array, runs: Sequence[Array], c: HindcastComparison, year: int) -> ScoredFacts:
    """Points of a grid: observed (rows, provinces), of which the first `year` came before; runs (provinces, rows after, worlds)."""
    rivals = {name: by_place(found) for name, found in all_rivals(observed, year, np.inf if score == CRPS else 1.0, year).items()}
    fact, rows = observed[year:].T.ravel(), observed.shape[0] - year
    drawn, central = (run.reshape(fact.size, -1) for run in runs)
    names = [code for code in c.provinces.iso for _ in range(rows)]
    return ScoredFacts(kind, score, unit, fact, fact, drawn, central, names, (), rivals)


def _counts(c: HindcastComparison) -> ScoredFacts:
    """How many incidents were reported, by month and province. Reports cover only some of what happened, so worlds may well have more."""
    return _points("incidents_by_month", CRPS, NUMBER, reported(c), [run.incidents_at for run in c.runs], c, YEAR)


def _half_years(c: HindcastComparison) -> ScoredFacts:
    """Whether any was, by half year and province; months beyond the last whole half year are left out."""
    whole = c.scenario.months // HALF_YEAR * HALF_YEAR
    counts = reported(c)[: YEAR + whole]
    any_reported = (counts.reshape(-1, HALF_YEAR, counts.shape[1]).sum(axis=1) > 0).astype(float)
    runs = [(run.incidents_at[:, :whole].reshape(counts.shape[1], -1, HALF_YEAR, run.worlds).sum(axis=2) > 0) for run in c.runs]
    return _points("incident_in_half_year", BRIER, YES_NO, any_reported, runs, c, YEAR // HALF_YEAR)


def _reports(c: HindcastComparison) -> ScoredFacts:
    """Each report: did an incident arise there within half a year? All of these are yes, so who always says yes scores best: read it
    beside the half years.
    """
    facts = c.of_kind("incident")
    drawn, central = (np.stack([near(c, run, fact).any(axis=0) for fact in facts]) for run in c.runs)
    yes, known = np.ones(len(facts)), [_known(c, fact) for fact in facts]
    rivals = {"nothing": np.zeros((len(facts), 1)), "trend": np.zeros((len(facts), 1))}
    rivals |= {name: np.array([[one[i]] for one in known]) for i, name in enumerate(("last_year", "last_twelve"))}
    names = [fact.key for fact in facts]
    return ScoredFacts("incident_reported", BRIER, YES_NO, yes, yes, drawn, central, names, (), rivals)


def _known(c: HindcastComparison, fact: ObservedFact) -> tuple[float, float]:
    """What the rolling rivals say of a report, knowing the place until the half year around it begins.

    Last year's: whether one was reported in the same months a year before, as far as they are known then. Last twelve months: the
    probability that so many months, each drawn from the twelve known ones, hold one.
    """
    begins = c.at(fact) - AROUND
    months = [c.at(other) for other in c.of_kind("incident") if other.place == fact.place and c.at(other) < begins]
    year_before = any(begins - YEAR <= m for m in months)
    share = len({m for m in months if begins - YEAR <= m}) / YEAR
    return float(year_before), 1.0 - (1.0 - share) ** (2 * AROUND + 1)


def _broken(c: HindcastComparison) -> ScoredFacts:
    """Whether the partnership is broken, month by month: it never was (R16), and every rival says so."""
    no, months = np.zeros(c.scenario.months), c.scenario.months
    drawn, central = (run.broken > 0 for run in c.runs)
    rivals = {name: np.zeros((months, 1)) for name in ("nothing", "trend", "last_year", "last_twelve")}
    return ScoredFacts("partnership_broken", BRIER, YES_NO, no, no, drawn, central, ["partnership_broken"] * months, (), rivals)
