"""How the two partners turn goals into effort: one rule for both, from their own numbers."""

from dataclasses import replace

import numpy as np
import pytest

from sim.model.actors.goals import weights_of
from sim.model.actors.partner import publicity, sustained_manpower
from sim.model.actors.partner_goals import PARTNER_GOALS
from sim.model.state.dimensions import Camp, Field, Instrument, Leader, Partner, key
from sim.model.state.intent import PLACED_INSTRUMENTS

from .deciding import decided, troubled, wanting

BOTH = pytest.mark.parametrize(("actor", "partner"), [("russia", Partner.RUSSIA), ("iran", Partner.IRAN)])


def changed(p, actor: str, given, skill: dict[str, float] | None = None, means: dict[str, float] | None = None, **numbers: float):
    """All parameters with some of a partner's replaced by numbers."""
    section = getattr(p, actor)
    parts = {"skill": given(section.skill, **(skill or {})), "means": given(section.means, **(means or {}))}
    return replace(p, **{actor: replace(given(section, **numbers), **parts)})


def total(ensemble, actor: str) -> np.ndarray:
    """Effort that an actor spends on all its goals, (worlds,)."""
    return ensemble.agenda.effort[list(ensemble.agenda.plan.rows[actor])].sum(axis=0)


def test_interests_are_normalised_in_every_world(p) -> None:
    for section in (p.russia, p.iran, p.government):
        np.testing.assert_allclose(sum(weights_of(section.interests).values()), 1.0)


@BOTH
def test_its_budget_is_spent_and_no_more(model, ensemble, p, given, actor, partner) -> None:
    """With every skill at 1 effort by instrument is what is spent: the budget, more by the danger, less by the land route."""
    even = changed(p, actor, given, skill=dict.fromkeys(vars(p.russia.skill), 1.0), means={"budget": 0.8, "commitment": 2.0},
                   land_dependence=0.5)  # fmt: skip
    ensemble.state.danger[:], ensemble.state.land_route[:] = 0.5, 0.6
    intent = decided(model, ensemble, even)
    np.testing.assert_allclose(total(ensemble, actor), 0.8 * 2.0 * 0.8)
    np.testing.assert_allclose(intent.effort[partner].sum(axis=0), 0.8 * 2.0 * 0.8)


@BOTH
def test_what_works_in_places_adds_up_to_its_effort_and_roots_need_ground_of_the_government(model, ensemble, p, actor, partner) -> None:
    ensemble.state.control[Camp.GOVERNMENT, 4] = 0.0
    intent = decided(model, ensemble, p)
    for j in range(PLACED_INSTRUMENTS):
        np.testing.assert_allclose(intent.placed[partner, j].sum(axis=0), intent.effort[partner, j])
    assert intent.placed[partner, Instrument.ROOTS].any() and not intent.placed[partner, Instrument.ROOTS, 4].any()


@BOTH
def test_more_danger_to_the_government_means_more_effort(model, ensemble, p, actor, partner) -> None:
    efforts = []
    for danger in (0.0, 0.9):
        ensemble.state.danger[:] = danger
        decided(model, ensemble, p)
        efforts.append(total(ensemble, actor))
    assert (efforts[1] > efforts[0]).all()


@BOTH
def test_an_instrument_without_skill_is_not_used(model, ensemble, p, given, actor, partner) -> None:
    for instrument in (Instrument.ROOTS, Instrument.FIRMS, Instrument.MILITIAS):
        idle = decided(model, ensemble, changed(p, actor, given, skill={key(instrument): 0.0}))
        assert not idle.effort[partner, instrument].any() and not idle.placed[partner, instrument].any()
        assert decided(model, ensemble, p).effort[partner, instrument].all()


@BOTH
@pytest.mark.parametrize("goal", PARTNER_GOALS, ids=lambda goal: goal.name)
def test_every_goal_that_is_wanted_draws_effort_to_its_instruments(model, ensemble, p, given, actor, partner, goal) -> None:
    """One that a partner does not pursue today would draw it too: both have the same table of goals."""
    skilled = changed(p, actor, given, skill=dict.fromkeys(vars(p.russia.skill), 1.0), heed=1, exposed=1)
    usual, more = (wanting(skilled, actor, lambda name, own=own: own if name == goal.name else 1.0) for own in (0.5, 3.0))
    spent = []
    for section in (usual, more):
        intent = decided(model, troubled(ensemble), section)
        spent.append(sum(intent.effort[partner, instrument] for instrument in goal.instruments))
        assert ensemble.agenda.effort_on(actor, goal.name).all()
    assert (spent[1] > spent[0]).all()


def test_without_compliance_the_agreement_with_israel_does_not_move_iran(model, ensemble, p, given) -> None:
    for weight, matters in ((0.0, False), (1.0, True)):
        lapsed, kept = (
            decided(model, ensemble, changed(p, "iran", given, golan_compliance=weight, golan_agreement=share)).pull[Leader.IRAN]
            for share in (0.0, 1.0)
        )
        assert (kept < lapsed).any() if matters else np.array_equal(kept, lapsed)
        outside = ensemble.provinces.exclusion[:, 0] == 0.0
        assert np.array_equal(kept[outside], lapsed[outside])


@pytest.mark.parametrize(("actor", "partner"), [("russia", Partner.IRAN), ("iran", Partner.RUSSIA)])
def test_the_others_restraint_keeps_groups_back_as_far_as_it_is_felt(model, ensemble, p, given, actor, partner) -> None:
    for weight, matters in ((0.0, False), (1.0, True)):
        pulls = []
        for restraint in (0.0, 0.5):
            ensemble.state.restraint[partner, 2] = restraint
            pulls.append(decided(model, ensemble, changed(p, actor, given, held_back=weight)).pull[Leader[actor.upper()]])
        held = pulls[0] - pulls[1]
        np.testing.assert_allclose(held[2], 0.5 * weight)
        assert not np.delete(held, 2, axis=0).any() and held.any() is np.bool_(matters)


@BOTH
def test_what_it_leaves_to_the_other_gets_none_of_its_effort_for_what_is_contested_if_it_keeps_to_that(
    model, ensemble, p, given, actor, partner
) -> None:
    """The shared aim and tenders go on there, and other provinces get what this one loses."""
    ensemble.state.left_alone[partner, 7] = 1.0
    for respect, left in ((0.0, None), (1.0, 0.0)):
        decided(model, troubled(ensemble), changed(p, actor, given, respect=respect))
        agenda = ensemble.agenda
        for row, goal in agenda.plan.goals_of(actor):
            expected = left if goal.contested else None
            there = agenda.place[row, 7]
            assert not there.any() if expected == 0.0 else np.array_equal(there > 0.0, agenda.at_stake[row, 7] > 0.0), goal.name
            np.testing.assert_allclose(agenda.place[row].sum(axis=0), (agenda.place[row] > 0.0).any(axis=0), err_msg=goal.name)


@BOTH
def test_a_closed_land_route_cuts_effort_unless_it_depends_on_none(model, ensemble, p, given, actor, partner) -> None:
    for dependence, left in ((0.0, 1.0), (0.4, 0.6)):
        efforts = []
        for route in (1.0, 0.0):
            ensemble.state.land_route[:] = route
            decided(model, ensemble, changed(p, actor, given, land_dependence=dependence))
            efforts.append(total(ensemble, actor))
        np.testing.assert_allclose(efforts[1], left * efforts[0])


@BOTH
def test_it_advertises_by_its_effort_for_standing_and_grows_quieter_with_friction(model, ensemble, p, given, actor, partner) -> None:
    vocal = wanting(changed(p, actor, given, loudness=0.8, discretion=1), actor, lambda name: 1.0)
    loud = []
    for friction in (0.0, 2.0):
        ensemble.state.friction[Field.DIPLOMATIC] = friction
        loud.append(decided(model, ensemble, vocal).publicity[partner])
    assert (loud[0] > 0.0).all()
    np.testing.assert_allclose(loud[1], loud[0] / 3.0)
    modest = wanting(vocal, actor, lambda name: float(name != "standing"))
    assert not decided(model, ensemble, modest).publicity[partner].any()


def test_publicity_by_hand(p, given) -> None:
    """Half of the most at the effort where it is half reached; nothing without effort."""
    own = given(p.russia, loudness=0.6, display_half=0.05, discretion=1)
    np.testing.assert_allclose(publicity(np.full(6, 0.05), np.full(6, 0.5), own), 0.6 * 0.5 / 1.5)
    assert not publicity(np.zeros(6), np.zeros(6), own).any()


@BOTH
def test_a_partner_that_heeds_nobody_is_not_moved_by_pressure(model, ensemble, p, given, actor, partner) -> None:
    for heed, matters in ((0.0, False), (1.0, True)):
        listening = wanting(changed(p, actor, given, heed=heed, skill={"restraint": 0.6}), actor, lambda name: 1.0)
        efforts = []
        for pressure in (0.1, 0.9):
            ensemble.state.pressure[:] = pressure
            efforts.append(decided(model, ensemble, listening).effort[partner, Instrument.RESTRAINT])
        assert (efforts[1] > efforts[0]).all() if matters else np.array_equal(*efforts)


def test_manpower_follows_effort_with_diminishing_returns(p, given) -> None:
    """Half depends on support, elasticity 1/2: a quarter of the effort leaves half of that half, four times as much doubles it."""
    means, one = given(p.iran.means, militia_share=0.5, reaction=0.5), np.ones(6)
    np.testing.assert_allclose(sustained_manpower(one, one, means), 1.0)
    np.testing.assert_allclose(sustained_manpower(0.25 * one, one, means), 0.75)
    np.testing.assert_allclose(sustained_manpower(4.0 * one, one, means), 1.5)
    np.testing.assert_allclose(sustained_manpower(4.0 * one, one, given(means, militia_share=0)), 1.0)
