"""How the two partners turn interests into effort."""

from dataclasses import replace

import numpy as np
import pytest

from sim.model.actors.interests import weights_of
from sim.model.actors.iran import IranActor
from sim.model.actors.russia import RussiaActor
from sim.model.state.dimensions import Camp, Field, Instrument, Leader, Partner
from sim.model.state.ensemble import Ensemble, Intent
from sim.simulation import Spheres

BOTH = pytest.mark.parametrize(("actor", "partner"), [(RussiaActor, Partner.RUSSIA), (IranActor, Partner.IRAN)])


def decided(model: Spheres, ensemble: Ensemble, actor: type, section) -> Intent:
    """What an actor intends in these worlds under a section of parameters."""
    (agent,) = model.agents.select(lambda one: isinstance(one, actor))
    intent = Intent.blank(len(ensemble.provinces), len(ensemble.groups), ensemble.n_worlds)
    ensemble.intent = intent
    agent.intend(ensemble, section, intent)
    return intent


def test_interests_are_normalised_in_every_world(p) -> None:
    for section in (p.russia, p.iran, p.government):
        np.testing.assert_allclose(sum(weights_of(section.interests).values()), 1.0)


@BOTH
def test_effort_is_spent_where_the_government_holds_ground_and_places_sum_to_one(model, ensemble, p, actor, partner) -> None:
    ensemble.state.control[Camp.GOVERNMENT, 4] = 0.0
    intent = decided(model, ensemble, actor, getattr(p, actor.section))
    for j in Instrument:
        if j != Instrument.DIPLOMACY:
            np.testing.assert_allclose(intent.place[partner, j].sum(axis=0), 1.0)
            assert not intent.place[partner, j, 4].any()
    assert not any(intent.effort[other].any() for other in Partner if other != partner)


@BOTH
def test_more_danger_to_the_government_means_more_effort(model, ensemble, p, actor, partner) -> None:
    efforts = []
    for danger in (0.0, 0.9):
        ensemble.state.danger[:] = danger
        efforts.append(decided(model, ensemble, actor, getattr(p, actor.section)).effort[partner].sum(axis=0))
    assert (efforts[1] > efforts[0]).all()


@BOTH
def test_an_instrument_without_skill_is_not_used(model, ensemble, p, given, actor, partner) -> None:
    section = getattr(p, actor.section)
    idle = decided(model, ensemble, actor, replace(section, skill=given(section.skill, firms=0)))
    assert not idle.effort[partner, Instrument.FIRMS].any()
    assert decided(model, ensemble, actor, section).effort[partner, Instrument.FIRMS].all()


@BOTH
def test_every_interest_counts(model, ensemble, p, given, actor, partner) -> None:
    """Setting an interest to zero changes what the actor does."""
    section, start = getattr(p, actor.section), ensemble.state
    start.danger[:], start.threat[:], start.publicity[:], start.pressure[:] = 0.4, 0.4, 0.4, 0.4
    start.recently_recovered[:, :] = np.linspace(0.0, 0.3, 14)[:, np.newaxis]
    usual = decided(model, ensemble, actor, section)
    for name in vars(section.interests):
        without = decided(model, ensemble, actor, replace(section, interests=given(section.interests, **{name: 0})))
        assert np.abs(without.effort[partner] - usual.effort[partner]).max() > 1e-6, name


def test_without_compliance_the_agreement_with_israel_does_not_move_iran(model, ensemble, p, given) -> None:
    for weight, matters in ((0.0, False), (1.0, True)):
        lapsed, kept = (
            decided(model, ensemble, IranActor, given(p.iran, golan_compliance=weight, golan_agreement=share)).pull[Leader.IRAN]
            for share in (0.0, 1.0)
        )
        assert (kept < lapsed).any() if matters else np.array_equal(kept, lapsed)
        outside = ensemble.provinces.exclusion[:, 0] == 0.0
        assert np.array_equal(kept[outside], lapsed[outside])


def test_a_closed_land_route_cuts_irans_effort_unless_it_depends_on_none(model, ensemble, p, given) -> None:
    for dependence, left in ((0.0, 1.0), (0.4, 0.6)):
        efforts = []
        for route in (1.0, 0.0):
            ensemble.state.land_route[:] = route
            efforts.append(decided(model, ensemble, IranActor, given(p.iran, land_dependence=dependence)).effort[Partner.IRAN].sum(axis=0))
        np.testing.assert_allclose(efforts[1], left * efforts[0])


def test_russia_grows_quieter_with_friction_in_tehran_and_louder_with_its_wish_for_standing(model, ensemble, p, given) -> None:
    loud = []
    for friction in (0.0, 2.0):
        ensemble.state.friction[Field.DIPLOMATIC] = friction
        loud.append(decided(model, ensemble, RussiaActor, given(p.russia, discretion=1)).publicity)
    np.testing.assert_allclose(loud[1], loud[0] / 3.0)
    modest = replace(p.russia, interests=given(p.russia.interests, standing=0))
    assert not decided(model, ensemble, RussiaActor, modest).publicity.any()


def test_a_russia_that_heeds_nobody_is_not_moved_by_pressure(model, ensemble, p, given) -> None:
    for heed, matters in ((0.0, False), (1.0, True)):
        efforts = []
        for pressure in (0.1, 0.9):
            ensemble.state.pressure[:] = pressure
            efforts.append(decided(model, ensemble, RussiaActor, given(p.russia, heed=heed)).effort[Partner.RUSSIA, Instrument.RESTRAINT])
        assert (efforts[1] > efforts[0]).all() if matters else np.array_equal(*efforts)
