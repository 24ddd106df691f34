"""Incidents, friction, channels, and whether the partnership holds."""

import numpy as np
import pytest

from sim.model.processes.coordination import grown_channels, settled_friction, step, tolerance
from sim.model.state.dimensions import Field
from sim.model.state.ensemble import Ensemble


def column(*values: float) -> np.ndarray:
    """Values by field, the same in every world."""
    return np.repeat(np.array(values, dtype=float)[:, np.newaxis], 6, axis=1)


def test_a_month_of_friction_computed_by_hand(p, given) -> None:
    """Half of what a full channel settles, a tenth forgotten: 1 - 0.1 - 0.4 x 0.5 = 0.7 is left; of 2 new, a quarter spills over."""
    known = given(p.coordinate, forgetting=0.1, settling=0.4, compartmentalisation=0.75)
    after = settled_friction(column(1.0, 1.0, 1.0), column(2.0, 0.0, 0.0), column(0.5, 0.5, 0.5), known)
    np.testing.assert_allclose(after[:, 0], [0.7 + 2.0, 0.7 + 0.5, 0.7 + 0.5])


def test_full_compartmentalisation_keeps_incidents_in_their_field(p, given) -> None:
    friction, channel = column(0.4, 0.3, 0.2), column(0.5, 0.5, 0.5)
    for share, kept in ((1.0, True), (0.5, False)):
        apart = given(p.coordinate, compartmentalisation=share)
        quiet = settled_friction(friction, column(0.0, 1.0, 0.0), channel, apart)
        loud = settled_friction(friction, column(9.0, 1.0, 0.0), channel, apart)
        others = [Field.ECONOMIC, Field.DIPLOMATIC]
        assert np.array_equal(quiet[others], loud[others]) is kept


def test_without_carry_over_the_military_channel_teaches_the_others_nothing(p, given) -> None:
    use = column(0.2, 0.3, 0.4)
    for share, taught in ((0.0, False), (0.7, True)):
        known = given(p.coordinate, carry_over=share, learning=0.1)
        low, high = grown_channels(column(0.1, 0.2, 0.3), use, known), grown_channels(column(0.9, 0.2, 0.3), use, known)
        assert (high[1:] > low[1:]).all() if taught else np.array_equal(high[1:], low[1:])


def test_a_month_of_a_channel_computed_by_hand(p, given) -> None:
    known = given(p.coordinate, learning=0.1, carry_over=0.5, disuse=0.02)
    after = grown_channels(column(0.6, 0.2, 0.7), column(1.0, 0.5, 0.0), known)
    expected = [0.6 + 0.1 * 0.4, 0.2 + 0.1 * 0.5 * 0.8 + 0.1 * 0.5 * 0.4 - 0.02 * 0.5 * 0.2, 0.7 - 0.02 * 0.7]
    np.testing.assert_allclose(after[:, 0], expected)


def test_without_learning_no_channel_grows(p, given) -> None:
    before = column(0.6, 0.2, 0.7)
    assert (grown_channels(before, column(1.0, 1.0, 1.0), given(p.coordinate, learning=0)) <= before).all()


def test_a_framework_keeps_lost_tenders_from_becoming_incidents(ensemble: Ensemble, p, given) -> None:
    ensemble.monthly.quarrels = np.full(6, 40.0)
    step(ensemble, given(p.coordinate, framework=0, tenders_resented=1, avoidance=0))
    assert (ensemble.monthly.incidents[Field.ECONOMIC] > 10).all()
    step(ensemble, given(p.coordinate, framework=1, tenders_resented=1, avoidance=0))
    assert not ensemble.monthly.incidents[Field.ECONOMIC].any()


def test_incidents_of_the_fields_and_of_the_provinces_agree(ensemble: Ensemble, p, given) -> None:
    step(ensemble, given(p.coordinate, command_disputes=50))
    assert ensemble.monthly.incidents_at.sum() > 0
    assert np.array_equal(ensemble.monthly.incidents_at.sum(axis=0), ensemble.monthly.incidents[Field.MILITARY])


@pytest.mark.parametrize(("name", "row"), [("need", 0), ("shared_pressure", 1)])
def test_need_and_shared_pressure_raise_tolerance_unless_they_count_nothing(p, given, name: str, row: int) -> None:
    for weight, matters in ((0.0, False), (2.0, True)):
        low, high = np.full((2, 6), 0.1), np.full((2, 6), 0.1)
        high[row] = 0.9
        section = given(p.coordinate, **{name: weight})
        before, after = tolerance(*low, section), tolerance(*high, section)
        assert (after > before).all() if matters else np.array_equal(before, after)


def test_friction_above_tolerance_breaks_the_partnership_only_after_patience_and_it_can_mend(ensemble: Ensemble, p, given) -> None:
    ensemble.state.partnership_broken[:] = ensemble.state.months_strained[:] = ensemble.state.fallen[:] = 0.0
    ensemble.records.breakdown_month[:] = -1.0
    tense = given(p.coordinate, forgetting=0, settling=0, patience=3, tolerance=1, need=0, shared_pressure=0)
    broken = []
    for month in range(4):
        ensemble.month = month
        ensemble.state.friction = column(5.0, 5.0, 5.0)
        step(ensemble, tense)
        broken.append(bool(ensemble.state.partnership_broken.all()))
    assert broken == [False, False, True, True]
    assert (ensemble.records.breakdown_month == 2).all()
    calm = given(tense, command_disputes=0, publicity_resented=0, strikes_resented=0, tenders_resented=0, cover_resented=0)
    for _ in range(3):
        ensemble.state.friction = column(0.0, 0.0, 0.0)
        assert ensemble.state.partnership_broken.all()
        step(ensemble, calm)
    assert not ensemble.state.partnership_broken.any()
    assert (ensemble.records.breakdown_month == 2).all()
