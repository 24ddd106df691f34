"""Incidents, friction, channels, and whether the partnership holds."""

import numpy as np
import pytest

from sim.model.processes.coordination import (
    acting,
    contested_at,
    dispute_rate,
    evasion_after,
    gravity,
    grown_channels,
    left_uncovered,
    settled_friction,
    step,
    tolerance,
    usable_channels,
)
from sim.model.state.dimensions import Field, Instrument, Partner
from sim.model.state.ensemble import Ensemble

QUIET = {"command_disputes": 0, "publicity_resented": 0, "strikes_resented": 0, "tenders_resented": 0, "cover_resented": 0}
MANY = QUIET | {"command_disputes": 500, "avoidance": 0, "primacy_calm": 0}  # disputes wherever there can be any


def column(*values: float) -> np.ndarray:
    """Values by field, the same in every world."""
    return np.repeat(np.array(values, dtype=float)[:, np.newaxis], 6, axis=1)


def contest_everywhere(ensemble: Ensemble) -> Ensemble:
    """Worlds in which both partners are felt everywhere, and act and have a stake there alike."""
    n = len(ensemble.provinces)
    ensemble.perceived.felt[:] = 0.5
    ensemble.intent.stake[:] = ensemble.start.contested
    ensemble.intent.placed[:] = 0.0
    ensemble.intent.placed[:, Instrument.ROOTS] = 1.0 / n
    ensemble.state.primacy[:] = 0.0
    ensemble.monthly.campaign = np.zeros((n, ensemble.n_worlds))
    return ensemble


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


def test_what_a_channel_can_be_used_for_by_hand() -> None:
    """Half of what the military channel (0.6) has beyond the economic one (0.2) serves it too; a stronger one (0.7) gets nothing."""
    channel = column(0.6, 0.2, 0.7)
    np.testing.assert_allclose(usable_channels(channel, np.full(6, 0.5))[:, 0], [0.6, 0.2 + 0.5 * 0.4, 0.7])
    assert np.array_equal(usable_channels(channel, np.zeros(6)), channel)
    np.testing.assert_allclose(usable_channels(channel, np.ones(6))[:, 0], [0.6, 0.6, 0.7])


def test_channels_learn_by_their_own_use_alone(p, given) -> None:
    """What carries over is a level that can be used, not something learned: the military channel leaves the others as they are."""
    use = column(0.2, 0.3, 0.4)
    for share in (0.0, 0.7):
        known = given(p.coordinate, carry_over=share, learning=0.1)
        low, high = grown_channels(column(0.1, 0.2, 0.3), use, known), grown_channels(column(0.9, 0.2, 0.3), use, known)
        assert np.array_equal(high[1:], low[1:])


def test_a_month_of_a_channel_computed_by_hand(p, given) -> None:
    known = given(p.coordinate, learning=0.1, disuse=0.02)
    after = grown_channels(column(0.6, 0.2, 0.7), column(1.0, 0.5, 0.0), known)
    np.testing.assert_allclose(after[:, 0], [0.6 + 0.1 * 0.4, 0.2 + 0.1 * 0.5 * 0.8 - 0.02 * 0.5 * 0.2, 0.7 - 0.02 * 0.7])


def test_without_learning_no_channel_grows(p, given) -> None:
    before = column(0.6, 0.2, 0.7)
    assert (grown_channels(before, column(1.0, 1.0, 1.0), given(p.coordinate, learning=0)) <= before).all()


def test_carry_over_lets_the_military_channel_settle_and_prevent_what_is_not_military(ensemble: Ensemble, p, given) -> None:
    """The economic channel is empty, the military one full: with full carry-over economic incidents are avoided and friction settled."""
    ensemble.monthly.quarrels = np.full(6, 400.0)
    for share, avoided in ((0.0, False), (1.0, True)):
        ensemble.state.channel, ensemble.state.friction = column(1.0, 0.0, 0.0), column(0.0, 1.0, 0.0)
        section = given(p.coordinate, **(QUIET | {"tenders_resented": 1}), carry_over=share, avoidance=1, settling=0.5, forgetting=0)
        step(ensemble, given(section, framework=0))
        assert (ensemble.monthly.incidents[Field.ECONOMIC] == 0.0).all() == avoided
        if avoided:
            np.testing.assert_allclose(ensemble.state.friction[Field.ECONOMIC], 0.5)


def test_evasion_is_carried_by_the_channel_that_can_be_used(p, given) -> None:
    known = given(p.coordinate, evasion_pace=0.5)
    np.testing.assert_allclose(evasion_after(np.full(6, 0.2), np.full(6, 0.9), np.full(6, 0.4), known), 0.2 + 0.5 * (0.6 - 0.2))


def test_what_is_contested_by_hand() -> None:
    """The geometric mean of both stakes: nothing where one of them has none."""
    stake = np.array([[[0.9, 0.9], [0.5, 0.5], [0.0, 0.0]], [[0.4, 0.4], [0.0, 0.0], [0.7, 0.7]]])
    np.testing.assert_allclose(contested_at(stake)[:, 0], [0.6, 0.0, 0.0])


def test_an_incident_weighs_by_what_is_contested() -> None:
    """One where it is as much as on average, nothing for nothing, towards two for very much."""
    np.testing.assert_allclose(gravity(np.array([[0.0], [1.0], [3.0], [1e9]]))[:, 0], [0.0, 1.0, 1.5, 2.0])


def test_how_much_the_partners_do_in_a_province_by_hand() -> None:
    """Russia spends a half here and a half there; Iran three quarters here: 2 x (0.5 + 0.75) / 2; nothing where nothing is spent."""
    placed = np.zeros((2, 3, 2, 2))
    placed[Partner.RUSSIA, 0] = [[2.0, 0.0], [0.0, 0.0]]
    placed[Partner.RUSSIA, 1] = [[0.0, 0.0], [2.0, 0.0]]
    placed[Partner.IRAN, 2] = [[0.3, 0.0], [0.1, 0.0]]
    np.testing.assert_allclose(acting(placed), [[1.25, 0.0], [0.75, 0.0]])
    np.testing.assert_allclose(acting(np.ones((2, 3, 5, 2))), 1.0)


def test_disputes_by_hand(p, given) -> None:
    """0.4 a month x overlap 0.5 x activity 2 x what a primacy of a half leaves (1 - 0.6 / 2) x what the channel lets arise (0.9)."""
    known = given(p.coordinate, command_disputes=0.4, primacy_calm=0.6)
    rate = dispute_rate(np.full((1, 6), 0.5), np.full((1, 6), 2.0), np.full((1, 6), -0.5), np.full(6, 0.9), known)
    np.testing.assert_allclose(rate, 0.4 * 0.5 * 2.0 * 0.7 * 0.9)


def test_disputes_arise_where_both_are_felt_act_and_have_a_stake(ensemble: Ensemble, p, given) -> None:
    """Province by province something is missing: a stake of Russia's, of Iran's, either's presence, anybody's effort, and nothing."""
    contest_everywhere(ensemble)
    ensemble.intent.stake[Partner.RUSSIA, 0] = ensemble.intent.stake[Partner.IRAN, 1] = 0.0
    ensemble.perceived.felt[Partner.RUSSIA, 2] = ensemble.perceived.felt[Partner.IRAN, 3] = 0.0
    ensemble.intent.placed[:, :, 4] = 0.0
    ensemble.monthly.campaign[:] = 1.0  # joint operations alone bring none about
    step(ensemble, given(p.coordinate, **MANY))
    assert not ensemble.monthly.incidents_at[:5].any()
    assert (ensemble.monthly.incidents_at[5:] > 0.0).all()


def test_nothing_contested_at_the_start_is_no_error(ensemble: Ensemble, p, given) -> None:
    contest_everywhere(ensemble)
    ensemble.start.contested[:] = 0.0
    for stake, any_at_all in ((0.0, False), (0.3, True)):
        ensemble.intent.stake[:] = stake
        step(ensemble, given(p.coordinate, **MANY))
        assert ensemble.monthly.incidents_at.any() == any_at_all and np.isfinite(ensemble.state.friction).all()


@pytest.mark.parametrize(("stakes", "weight"), [(1.0, 1.0), (3.0, 1.5), (0.25, 0.4)])
def test_military_friction_is_incidents_by_what_was_contested(ensemble: Ensemble, p, given, stakes: float, weight: float) -> None:
    """At as much as on average an incident counts 1, at three times that 2 x 3 / 4, at a quarter 2 x 0.25 / 1.25."""
    contest_everywhere(ensemble)
    ensemble.intent.stake *= stakes
    ensemble.state.friction = column(0.0, 0.0, 0.0)
    step(ensemble, given(p.coordinate, **MANY, weight_military=1, compartmentalisation=1))
    np.testing.assert_allclose(ensemble.state.friction[Field.MILITARY], weight * ensemble.monthly.incidents[Field.MILITARY])
    assert not ensemble.state.friction[[Field.ECONOMIC, Field.DIPLOMATIC]].any()


def test_more_contested_breeds_more_disputes_and_an_agreed_primacy_fewer(ensemble: Ensemble, p, given) -> None:
    found = {}
    for name, stakes, primacy in (("usual", 1.0, 0.0), ("more", 4.0, 0.0), ("agreed", 1.0, 0.5), ("settled", 1.0, 1.0)):
        contest_everywhere(ensemble)
        ensemble.intent.stake *= stakes
        ensemble.state.primacy[:] = primacy
        step(ensemble, given(p.coordinate, **(MANY | {"command_disputes": 30, "primacy_calm": 1})))
        found[name] = ensemble.monthly.incidents_at.sum()
    np.testing.assert_allclose([found["more"] / found["usual"], found["agreed"] / found["usual"]], [2.0, 0.5], rtol=0.1)
    assert found["settled"] == 0.0


def test_a_framework_keeps_lost_tenders_from_becoming_incidents(ensemble: Ensemble, p, given) -> None:
    ensemble.monthly.quarrels = np.full(6, 40.0)
    step(ensemble, given(p.coordinate, framework=0, tenders_resented=1, avoidance=0))
    assert (ensemble.monthly.incidents[Field.ECONOMIC] > 10).all()
    step(ensemble, given(p.coordinate, framework=1, tenders_resented=1, avoidance=0))
    assert not ensemble.monthly.incidents[Field.ECONOMIC].any()


@pytest.mark.parametrize("partner", Partner)
def test_display_is_resented_as_far_as_the_other_minds_it(ensemble: Ensemble, p, given, partner: Partner) -> None:
    """Either partner may advertise, and either may mind: it takes the display of one and the aversion of the other."""
    other = Partner(1 - partner)
    for minds, resented in ((partner, False), (other, True)):
        ensemble.intent.publicity[:] = ensemble.intent.aversion[:] = 0.0
        ensemble.intent.publicity[partner] = 1.0
        ensemble.intent.aversion[minds] = 1.0
        step(ensemble, given(p.coordinate, **(QUIET | {"publicity_resented": 100}), avoidance=0))
        assert (ensemble.monthly.incidents[Field.DIPLOMATIC] > 0.0).all() == resented


def test_who_relies_on_the_others_aircraft_misses_them() -> None:
    """Russia flies three quarters: its losses are resented by a quarter, Iran's by three; each as far as it is felt."""
    felt = np.array([[[0.4, 0.4]], [[0.8, 0.8]]])
    np.testing.assert_allclose(left_uncovered(felt, np.array([[0.3, 0.3], [0.1, 0.1]])), 0.25 * 0.4 + 0.75 * 0.8)


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
    calm = given(tense, **QUIET)
    for _ in range(3):
        ensemble.state.friction = column(0.0, 0.0, 0.0)
        assert ensemble.state.partnership_broken.all()
        step(ensemble, calm)
    assert not ensemble.state.partnership_broken.any()
    assert (ensemble.records.breakdown_month == 2).all()
