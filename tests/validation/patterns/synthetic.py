"""Samples made by hand: four worlds, three years, two provinces, every measure 0 unless said."""

from collections.abc import Mapping, Sequence

import numpy as np

from sim.model.observation.measure_catalogue import PROVINCE, WHOLE
from sim.validation.patterns.sample import CLASSES, FACTORS, Moment, Sample
from sim.validation.patterns.terms import DATES, PLACE_DATES

ISO = ("SY-DY", "SY-LA", "SY-RD")
WORLDS = 4
Rows = Mapping[str, Sequence[float]]


def sample(
    name: str = "baseline",
    whole: Rows | None = None,
    start: Rows | None = None,
    years: Mapping[str, Sequence[Sequence[float]]] | None = None,
    province: Mapping[str, Mapping[str, Sequence[float]]] | None = None,
    dates: Rows | None = None,
    classes: Mapping[tuple[str, float], Sequence[str]] | None = None,
    spheres: Mapping[str, Sequence[str]] | None = None,
    months: int = 36,
) -> Sample:
    """A sample. `whole`, `start`, `dates`: measure or date to a number a world; `years`: measure to a row a year, from year 1 on.

    `province`: measure to code to a number a world; `classes`: (name, factor) to a class a world; `spheres`: code to a sphere a world.
    """
    n_years = months // 12
    table = {m.name: np.zeros((n_years + 1, WORLDS)) for m in WHOLE}
    for measure, row in (start or {}).items():
        table[measure][0] = row
    for measure, rows in (years or {}).items():
        table[measure][1:] = rows
    first = moment({measure: rows[0] for measure, rows in table.items()})
    return Sample(name, "2021-06", months, ISO, np.arange(WORLDS), table, first, moment(whole, province, dates, classes, spheres))


def moment(
    whole: Mapping[str, Sequence[float]] | None = None,
    province: Mapping[str, Mapping[str, Sequence[float]]] | None = None,
    dates: Rows | None = None,
    classes: Mapping[tuple[str, float], Sequence[str]] | None = None,
    spheres: Mapping[str, Sequence[str]] | None = None,
) -> Moment:
    """A moment; what is not given is 0, did not happen, or is the first class."""
    by_place = {m.name: np.zeros((len(ISO), WORLDS)) for m in PROVINCE}
    for measure, rows in (province or {}).items():
        for code, row in rows.items():
            by_place[measure][ISO.index(code)] = row
    coded: dict[tuple[str, float], np.ndarray] = {}
    for factor in FACTORS:
        coded |= {("outcome", factor): np.zeros(WORLDS, dtype=int), ("territory", factor): np.zeros(WORLDS, dtype=int)}
        coded["sphere", factor] = np.zeros((len(ISO), WORLDS), dtype=int)
        for code, names in (spheres or {}).items():
            coded["sphere", factor][ISO.index(code)] = [CLASSES["sphere"].index(one) for one in names]
    for (name, factor), names in (classes or {}).items():
        coded[name, factor] = np.array([CLASSES[name].index(one) for one in names])
    known = {m.name: np.zeros(WORLDS) for m in WHOLE} | {measure: np.array(row, dtype=float) for measure, row in (whole or {}).items()}
    when = {one: np.full(WORLDS, np.nan) for one in DATES} | {one: np.full((len(ISO), WORLDS), np.nan) for one in PLACE_DATES}
    return Moment(known, by_place, coded, when | {one: np.array(row, dtype=float) for one, row in (dates or {}).items()})
