"""Bins: quantiles within half a bin, exact means, and no trace of the chunking."""

from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest

from sim.experiment.recording.histograms import QUANTILES, HistogramAccumulator, Layout, NotFinite, Series, scale
from sim.model.observation.measure_catalogue import PROVINCE, WHOLE

P, MONTHS, WORLDS = 2, 3, 157


def observed(rng: np.random.Generator, worlds: int) -> SimpleNamespace:
    """A month of random measures over (and a little beyond) their ranges; counts are whole numbers."""

    def draw(measure: object, shape: tuple[int, ...]) -> np.ndarray:
        values = measure.low + (measure.high - measure.low) * rng.uniform(0.0, 1.0, shape)
        return np.floor(values) if measure.unit == "count" else values

    province, whole = {m.name: draw(m, (P, worlds)) for m in PROVINCE}, {m.name: draw(m, (worlds,)) for m in WHOLE}
    return SimpleNamespace(province=province, whole=whole | {"collapsed": (whole["collapsed"] < 0.3) * 1.0})


def cut(seen: SimpleNamespace, part: slice) -> SimpleNamespace:
    """Some of the worlds of an observation."""
    return SimpleNamespace(province={k: v[:, part] for k, v in seen.province.items()}, whole={k: v[part] for k, v in seen.whole.items()})


@pytest.fixture
def months() -> list[SimpleNamespace]:
    """Three random months."""
    rng = np.random.default_rng(3)
    return [observed(rng, WORLDS) for _ in range(MONTHS)]


def tallied(months: list[SimpleNamespace], edges: tuple[int, ...]) -> Series:
    """The series of all worlds, put together from the parts between `edges`, last part first."""
    total = Series(Layout(P), MONTHS, WORLDS)
    for low, high in reversed(list(pairwise(edges))):
        tally = HistogramAccumulator(Layout(P), MONTHS, high - low)
        for month, seen in enumerate(months):
            tally.add(month, cut(seen, slice(low, high)))
        total.merge(tally.series)
    return total


def test_no_chunking_changes_a_number(months: list[SimpleNamespace]) -> None:
    whole, parts = tallied(months, (0, WORLDS)), tallied(months, (0, 1, 50, 51, WORLDS))
    assert np.array_equal(whole.counts, parts.counts)
    assert np.array_equal(whole.means(), parts.means()) and np.array_equal(whole.fallen_means(), parts.fallen_means())
    assert np.array_equal(whole.quantiles(), parts.quantiles())


def test_means_and_quantiles_are_those_of_the_worlds(months: list[SimpleNamespace]) -> None:
    series = tallied(months, (0, WORLDS))
    means, fallen, quantiles = series.means(), series.fallen_means(), series.quantiles()
    fell = months[1].whole["collapsed"] > 0.0
    assert 0 < fell.sum() < WORLDS and series.standing[1] == (~fell).sum()
    columns = [(m, p) for m in PROVINCE for p in range(P)] + [(m, None) for m in WHOLE]
    for i, (measure, place) in enumerate(columns):
        values = months[1].whole[measure.name] if place is None else months[1].province[measure.name][place]
        assert fallen[1, i] == pytest.approx(values[fell].mean(), abs=2.0**-20), measure.name
        values = values if measure.name == "collapsed" else values[~fell]
        assert means[1, i] == pytest.approx(values.mean(), abs=2.0**-20), measure.name
        for j, (_, percent) in enumerate(QUANTILES):
            exact = np.quantile(values, percent / 100, method="inverted_cdf")
            assert abs(quantiles[j, 1, i] - exact) <= scale(measure).half_width + 1e-9, (measure.name, percent)


def test_counts_have_a_bin_for_every_whole_number() -> None:
    counts = [m for m in (*PROVINCE, *WHOLE) if m.unit == "count"]
    assert counts
    assert all(scale(m).half_width == 0.0 and scale(m).n == m.high - m.low + 1 for m in counts)


def test_shares_have_a_bin_for_every_hundredth() -> None:
    share = next(m for m in WHOLE if m.name == "territory")
    assert scale(share).half_width == pytest.approx(0.005)


def test_the_end_bins_hold_what_lies_beyond(months: list[SimpleNamespace]) -> None:
    months[0].whole["friction_military"][:] = 1e4
    months[0].whole["clustering"][:] = -3.0
    series, first = tallied(months, (0, WORLDS)), len(PROVINCE) * P
    where = {m.name: first + i for i, m in enumerate(WHOLE)}
    assert (series.quantiles()[:, 0, where["friction_military"]] == 10.0).all()
    assert (series.quantiles()[:, 0, where["clustering"]] == -1.0).all()
    assert series.means()[0, where["friction_military"]] == 1e4
    assert (series.counts.sum(axis=1) == series.standing * (series.layout.series - 1) + WORLDS).all()  # one series is of all worlds


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e300])
def test_a_measure_that_is_no_number_is_refused_by_name(months: list[SimpleNamespace], bad: float) -> None:
    months[0].province["roots_iran"][1, 3] = bad
    with pytest.raises(NotFinite, match="roots_iran of province 1"):
        tallied(months, (0, WORLDS))
