"""The null model that any model must beat: nothing changes after the start."""

from dataclasses import replace

import numpy as np

from sim.model.observation.measure_catalogue import PROVINCE, WHOLE
from sim.model.state.dimensions import Array
from sim.validation.patterns.sample import Moment, Sample


def unchanged(sample: Sample) -> Sample:
    """The same worlds if nothing changed after their start: every stock as it was, every flow zero, no date, classes as they were."""
    start = sample.first
    province = {m.name: np.zeros_like(sample.end.province[m.name]) if m.cumulative else start.province[m.name] for m in PROVINCE}
    never = {name: np.full(months.shape, np.nan) for name, months in sample.end.dates.items()}
    end = Moment(start.whole, province, start.classes, never)
    years = {m.name: _constant(sample.years[m.name], m.cumulative) for m in WHOLE}
    return replace(sample, years=years, end=end)


def _constant(years: Array, is_flow: bool) -> Array:
    """Every year like the start; of a flow, zero."""
    return np.zeros_like(years) if is_flow else np.repeat(years[:1], len(years), axis=0)
