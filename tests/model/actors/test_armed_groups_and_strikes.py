"""Armed groups tilt what is observed at the start; Israel and the United States strike what is at stake for them."""

from dataclasses import replace

import numpy as np
import pytest

from sim.model.actors.armed_groups import GroupActor, staying
from sim.model.state.dimensions import Camp, Instrument, Leader, Partner
from sim.model.state.ensemble import Ensemble
from sim.simulation import Spheres

from .deciding import decided, wanting


def targets(model: Spheres, ensemble: Ensemble, section) -> np.ndarray:
    """Where every group intends to be, (G, P, worlds)."""
    for agent in model.agents.select(lambda one: isinstance(one, GroupActor)):
        agent.act(ensemble, section, ensemble.agenda, ensemble.intent)
    return ensemble.intent.target


def test_without_precision_groups_stay_as_observed_whatever_their_leaders_want(model, ensemble, p, given) -> None:
    rng = np.random.default_rng(1)
    for precision, moves in ((0.0, False), (5.0, True)):
        section, rows = given(p.armed_groups, precision=precision, newcomers=0), []
        for _ in range(2):
            ensemble.intent.pull = rng.random(ensemble.intent.pull.shape)
            rows.append(targets(model, ensemble, section).copy())
        assert np.array_equal(*rows) is not moves
    ensemble.state.control[:], ensemble.perceived.won[:] = 0.25, 0.0
    still = targets(model, ensemble, given(p.armed_groups, precision=0, newcomers=0, leaving=0))
    home = ~ensemble.groups.foreign
    np.testing.assert_allclose(still[home], ensemble.reference.deployment[home], atol=1e-6)


def test_on_ground_won_since_the_start_groups_spread_evenly_until_something_pulls(model, ensemble, p, given) -> None:
    """Half of a camp's ground is new: half of each local group stays as observed, half spreads as the ground does."""
    ensemble.state.control[:], ensemble.perceived.won[:] = 0.25, 0.5
    target = targets(model, ensemble, given(p.armed_groups, precision=0, newcomers=0, leaving=0))
    for g in np.flatnonzero(~ensemble.groups.foreign & (np.array(ensemble.groups.camp) != Camp.ISLAMIC_STATE)):  # which holds no ground
        expected = 0.5 * ensemble.reference.deployment[g] + 0.5 * ensemble.perceived.spread[ensemble.groups.camp[g]]
        np.testing.assert_allclose(target[g], expected, atol=1e-6)


def test_groups_go_where_their_leader_pulls_as_far_as_they_obey(model, ensemble, p, given) -> None:
    section = given(p.armed_groups, precision=3)
    before = targets(model, ensemble, section).copy()
    place = ensemble.provinces.index("SY-HL")
    ensemble.intent.pull[Leader.IRAN, place] += 1.0
    after = targets(model, ensemble, section)
    iran = ensemble.groups.of_leader(Leader.IRAN)
    assert (after[iran, place] >= before[iran, place]).all() and (after[iran, place] > before[iran, place]).any()
    others = [g for g in range(len(ensemble.groups)) if g not in iran]
    assert np.array_equal(after[others], before[others])
    ensemble.traits["obedience"] = np.zeros_like(ensemble.traits["obedience"])
    deaf = targets(model, ensemble, section).copy()
    ensemble.intent.pull[Leader.IRAN, place] += 1.0
    assert np.array_equal(targets(model, ensemble, section), deaf)


@pytest.mark.parametrize("partner", list(Partner))
def test_what_a_partner_leaves_to_the_other_keeps_its_groups_out_unless_nobody_yields(model, ensemble, p, given, partner) -> None:
    place, own = ensemble.provinces.index("SY-DY"), ensemble.groups.of_partner(partner)
    others = [g for g in range(len(ensemble.groups)) if g not in own]
    for yielding, matters in ((0.0, False), (2.0, True)):
        section, rows = given(p.armed_groups, yielding=yielding), []
        for left in (0.0, 1.0):
            ensemble.state.left_alone[partner, place] = left
            rows.append(targets(model, ensemble, section).copy())
        kept, gone = rows[0][own, place], rows[1][own, place]
        assert (gone <= kept).all() and (gone < kept).any() if matters else np.array_equal(kept, gone)
        assert np.array_equal(rows[0][others], rows[1][others])


def test_groups_stay_only_on_ground_of_their_camp_but_cells_need_none(ensemble: Ensemble) -> None:
    ensemble.state.fallen[:] = 0.0
    ensemble.state.control[Camp.SDF, 2] = 0.0
    sdf, cells = ensemble.groups.of_leader(Leader.SDF)[0], ensemble.groups.of_leader(Leader.ISLAMIC_STATE)[0]
    stays = staying(ensemble, np.ones_like(ensemble.state.force))
    assert not stays[sdf, 2].any() and stays[cells].all()


def test_after_the_governments_fall_a_group_stays_where_it_was_kept(ensemble: Ensemble) -> None:
    ensemble.state.fallen[:], ensemble.state.fallen[1] = 0.0, 1.0
    ensemble.state.control[Camp.GOVERNMENT] = 0.0
    g = ensemble.groups.of_leader(Leader.RUSSIA)[0]
    ensemble.state.force[g], ensemble.state.force[g, 2] = 0.0, 0.5
    stays = staying(ensemble, np.ones_like(ensemble.state.force))[g]
    assert stays[2, 1] == 1.0 and stays.sum() == 1.0


def test_israel_strikes_with_all_the_effort_that_does_not_go_into_pressure(model, ensemble, p, given) -> None:
    """Four strikes a month of its whole effort, more in times of tension; none without a rate."""
    ensemble.state.escalation[:] = 0.0
    planned = decided(model, ensemble, replace(p, israel=given(p.israel, strike_rate=4))).strikes["israel"]
    pressing = ensemble.agenda.total_on("israel", Instrument.PRESSURE)
    assert (pressing > 0.0).all()
    np.testing.assert_allclose(planned.sum(axis=0) / 4.0 + pressing, 1.0)
    ensemble.state.escalation[:] = 1.0
    tense = decided(model, ensemble, replace(p, israel=given(p.israel, strike_rate=4, escalation=0.5))).strikes["israel"]
    np.testing.assert_allclose(tense, 1.5 * planned)
    assert not decided(model, ensemble, replace(p, israel=given(p.israel, strike_rate=0))).strikes["israel"].any()


def test_israel_strikes_where_targets_are_and_by_each_interest_where_that_is_at_stake(model, ensemble, p) -> None:
    ensemble.perceived.target[5] = 0.0
    near, corridor = ensemble.provinces.exclusion[:, 0] > 0.0, ensemble.provinces.traits["iraq_corridor"][:, 0] > 0.0
    for interest, where in (("keep_the_line_clear", near), ("cut_the_corridor", corridor), ("stop_entrenchment", near | True)):
        alone = wanting(p, "israel", lambda name, interest=interest: float(name == interest))
        planned = decided(model, ensemble, alone).strikes["israel"]
        assert planned.any() and not planned[~where].any() and not planned[5].any()


def test_pressure_is_put_on_the_partner_of_the_one_that_stands_near_the_line(model, ensemble, p) -> None:
    """Iran alone is a target today, so Russia alone is pressed; were Russia the target, Iran would be."""
    pressed = decided(model, ensemble, p).pressure
    assert (pressed[Partner.RUSSIA] > 0.0).all() and not pressed[Partner.IRAN].any()
    ensemble.perceived.targets = ensemble.perceived.targets[::-1]
    assert np.array_equal(decided(model, ensemble, p).pressure, pressed[::-1])


def test_the_united_states_strikes_only_near_its_own_and_not_after_it_has_left(model, ensemble, p, given) -> None:
    here = ensemble.provinces.traits["us_presence"][:, 0] > 0.0
    planned = decided(model, ensemble, p).strikes["us"]
    assert planned[here].sum() > 0 and not planned[~here].any()
    gone = decided(model, ensemble, replace(p, united_states=given(p.united_states, commitment=0)))
    assert not gone.strikes["us"].any() and not gone.guarantee["united_states"].any()
