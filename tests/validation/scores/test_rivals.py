"""Rivals: each says what it is named for, and none looks at the month that it forecasts."""

import numpy as np
import pytest

from sim.validation.scores.rivals import RIVALS, all_rivals, last_twelve_months, last_years_places, nothing_changes, steady_trend

OBSERVED = np.stack([np.arange(40.0), 100 + np.arange(40.0) % 12], axis=1)  # one place grows by one a month, one repeats every year


def test_what_each_rival_says() -> None:
    assert np.unique(nothing_changes(OBSERVED, 15)[:, 0]) == pytest.approx([14.0])
    assert steady_trend(OBSERVED, 15)[:, 0, 0] == pytest.approx(OBSERVED[15:, 0])
    assert steady_trend(OBSERVED, 15, most=20.0)[-1, 0, 0] == 20.0
    assert last_years_places(OBSERVED, 15)[:, :, 0] == pytest.approx(OBSERVED[3:28])
    assert sorted(last_twelve_months(OBSERVED, 15)[0, 0]) == list(range(3, 15))


def test_months_that_were_not_observed_are_unknown() -> None:
    year, twelve = last_years_places(OBSERVED, 5), last_twelve_months(OBSERVED, 5)
    assert np.isnan(year[:7]).all() and np.isfinite(year[7:]).all()
    assert np.isnan(twelve[0, 0]).sum() == 7 and np.isfinite(twelve[7:]).all()
    assert steady_trend(OBSERVED, 1) == pytest.approx(nothing_changes(OBSERVED, 1))


@pytest.mark.parametrize("name", RIVALS)
def test_no_rival_knows_the_month_it_speaks_of_or_a_later_one(name: str) -> None:
    """The first two know nothing after the start; the others, nothing from the month itself on."""
    known = all_rivals(OBSERVED, 15)[name]
    changed = OBSERVED.copy()
    month = 15 if name in ("nothing", "trend") else 25
    changed[month:] += 1000.0
    again = all_rivals(changed, 15)[name]
    until = 25 if name in ("nothing", "trend") else month - 15 + 1
    assert np.array_equal(known[:until], again[:until])
    assert all_rivals(OBSERVED, 15)[name].shape == (25, 2, 12 if name == "last_twelve" else 1)
