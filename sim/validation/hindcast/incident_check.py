"""Reported incidents between the partners, one by one: did one arise there about then, and how soon was it absorbed?"""

from dataclasses import dataclass

import numpy as np

from sim.model.state.dimensions import Array, Field
from sim.validation.hindcast.hindcast_comparison import HindcastComparison
from sim.validation.hindcast.hindcast_run import HindcastRun
from sim.validation.hindcast.observed_facts import ObservedFact
from sim.validation.hindcast.partnership_check import ABSORBED

AROUND = 6  # months before and after


@dataclass(frozen=True)
class IncidentCheck:
    """A reported incident compared with the worlds: `share` (and `central`) with one of its kind there within half a year of its month.

    `reported` is how many months it took in fact, as far as sources say; `months` the median time, in those worlds, until friction was
    back at its earlier level (infinite if in most it never was), None where no world had one.
    """

    fact: ObservedFact
    share: float
    central: float
    reported: float | None
    months: float | None


def incidents(c: HindcastComparison) -> list[IncidentCheck]:
    """Every reported incident, in order of time."""
    checks = []
    for fact in c.of_kind("incident"):
        reported = fact.number() if fact.unit == ABSORBED else None
        share, central = (float(near(c, run, fact).any(axis=0).mean()) for run in c.runs)
        checks.append(IncidentCheck(fact, share, central, reported, _absorbed(c, c.drawn, fact)))
    return checks


def near(c: HindcastComparison, run: HindcastRun, fact: ObservedFact) -> Array:
    """Whether there was an incident of the fact's kind at its place in the months around it, (months, worlds).

    A fact of the whole country is a public dispute, which has no place.
    """
    at = slice(max(0, c.at(fact) - AROUND), c.at(fact) + AROUND + 1)
    if fact.place in c.provinces.iso:
        return run.incidents_at[c.provinces.index(fact.place), at] > 0
    return run.incidents[Field.DIPLOMATIC, at] > 0


def _absorbed(c: HindcastComparison, run: HindcastRun, fact: ObservedFact) -> float | None:
    """Median months from the first such incident until friction is back at its earlier level."""
    around, first = near(c, run, fact), max(0, c.at(fact) - AROUND)
    worlds = np.flatnonzero(around.any(axis=0))
    if worlds.size == 0:
        return None
    times = []
    for w, month in zip(worlds, first + around[:, worlds].argmax(axis=0), strict=True):
        before = run.friction[max(0, month - 1), w]
        back = np.flatnonzero(run.friction[month:, w] <= before)
        times.append(float(back[0]) if back.size else np.inf)
    return float(np.median(times))
