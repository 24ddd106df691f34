"""A sample: some worlds of one scenario, with a value in every world for each term that a pattern may name.

It is read from a folder of results (`stored_sample.py`) or run here (`simulated_sample.py`); both give the same numbers to the bit.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from sim.experiment.recording.annual_values import MONTHS
from sim.model.observation.classification import HIGHER, LOWER
from sim.model.observation.measure_catalogue import OUTCOMES, SPHERES, TERRITORIES
from sim.model.state.dimensions import Array, Row
from sim.validation.patterns.terms import COUNTS, OF_WHOLE, Term

CLASSES = {"outcome": OUTCOMES, "territory": TERRITORIES, "sphere": SPHERES}
_TAKEN: dict[str, Callable[[Array], Row]] = {
    "": lambda rows: rows[0],
    "sum": lambda rows: rows.sum(axis=0),
    "mean": lambda rows: rows.mean(axis=0),
    "lowest": lambda rows: rows.min(axis=0),
    "highest": lambda rows: rows.max(axis=0),
}
_Key = TypeVar("_Key")
FACTORS = (1.0, LOWER, HIGHER)  # of the thresholds of classes


@dataclass(frozen=True)
class Moment:
    """All worlds at the start or at the horizon.

    `whole` (n,) and `province` (provinces, n) by measure; `classes` by (name, factor of its thresholds), indices (n,), for spheres
    (provinces, n); `dates` month indices, NaN where it did not happen, (n,), for provinces (provinces, n).
    """

    whole: Mapping[str, Row]
    province: Mapping[str, Array]
    classes: Mapping[tuple[str, float], Array]
    dates: Mapping[str, Array]

    def some(self, worlds: slice) -> "Moment":
        """Some of these worlds."""
        whole, province, dates = _some(self.whole, worlds), _some(self.province, worlds), _some(self.dates, worlds)
        return Moment(whole, province, _some(self.classes, worlds), dates)


@dataclass(frozen=True)
class Sample:
    """Worlds (n,) of a scenario by number. `years` (years + 1, n) by measure of the whole country; `first` is the start."""

    name: str
    start: str
    months: int
    iso: tuple[str, ...]
    worlds: Array
    years: Mapping[str, Array]
    first: Moment
    end: Moment

    def some(self, worlds: slice) -> "Sample":
        """Some of these worlds."""
        if worlds == slice(0, len(self.worlds)):
            return self
        years = _some(self.years, worlds)
        return replace(self, worlds=self.worlds[worlds], years=years, first=self.first.some(worlds), end=self.end.some(worlds))

    def value(self, term: Term) -> Row:
        """A term in every world, (n,) float64; NaN for a date of what did not happen. Raises ValueError for years not run."""
        if term.years:
            return self._over_years(term.of, *term.years)
        if not term.places and term.at == "start" and term.of in OF_WHOLE:
            return self.years[term.of][0].astype(float)
        moment = self.first if term.at == "start" else self.end
        if term.of in COUNTS:
            sphere = moment.classes["sphere", 1.0]
            return (sphere == COUNTS.index(term.of)).sum(axis=0).astype(float)
        rows = moment.dates[term.of] if term.is_date else (moment.province if term.places else moment.whole)[term.of]
        if not term.places:
            return rows.astype(float)
        rows = rows[[self.iso.index(code) for code in term.places]].astype(float)
        return _TAKEN[term.take](rows)

    def classed(self, name: str, place: str = "", at: str = "horizon", factor: float = 1.0) -> Array:
        """A class in every world, (n,) indices; with its thresholds times one of FACTORS."""
        classes = (self.first if at == "start" else self.end).classes[name, factor]
        return classes[self.iso.index(place)] if name == "sphere" else classes

    def _over_years(self, measure: str, first: int, last: int) -> Row:
        if MONTHS * last > self.months:
            raise ValueError(f"{self.name} has {self.months} months, so no whole year {last}")
        rows = self.years[measure][first : last + 1].astype(float)
        return rows.sum(axis=0) if OF_WHOLE[measure].cumulative else rows.mean(axis=0)


def _some(part: Mapping[_Key, Array], worlds: slice) -> dict[_Key, Array]:
    """Some worlds of arrays whose last axis they are."""
    return {key: rows[..., worlds] for key, rows in part.items()}


def month_or_nan(months: Array) -> Array:
    """Month indices as numbers, NaN where it did not happen (a negative month)."""
    return np.where(np.asarray(months) < 0, np.nan, months).astype(float)
