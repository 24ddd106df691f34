"""Wilson's interval against known values."""

import pytest

from sim.statistics.confidence_intervals import wilson_half_width, wilson_interval, worlds_for_half_width


@pytest.mark.parametrize(("share", "n_worlds", "expected"), [(0.5, 100, 0.0962), (0.0, 10, 0.1388), (0.9, 1000, 0.0186)])
def test_half_widths_are_wilsons(share: float, n_worlds: int, expected: float) -> None:
    assert wilson_half_width(share, n_worlds) == pytest.approx(expected, abs=2e-4)


def test_an_interval_stays_between_none_and_all() -> None:
    assert wilson_interval(0.0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson_interval(1.0, 10)[1] == 1.0


def test_half_widths_halve_with_four_times_the_worlds() -> None:
    assert wilson_half_width(0.3, 4000) == pytest.approx(wilson_half_width(0.3, 1000) / 2, rel=0.01)
    assert worlds_for_half_width(1000, 0.031, 0.0155) == 4000
