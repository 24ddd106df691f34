"""What ends when a partner leaves, and what starts anew when it comes back."""

from dataclasses import replace

import numpy as np
import pytest

from sim.model.processes import departure
from sim.model.processes.departure import apart, holdings_ended
from sim.model.schedule import by_partner
from sim.model.state.dimensions import NOBODY, Bidder, Camp, Leader, Partner
from sim.model.state.ensemble import Ensemble
from sim.model.state.event_log import KIND_INDEX
from sim.scenario import Scenario, load_scenario
from sim.simulation import Spheres

BETWEEN_PARTNERS = (
    *("incident_command", "incident_cover", "incident_economic", "incident_diplomatic", "exchange", "bargain_russia", "bargain_iran"),
    *("tenders_russia", "tenders_iran", "posts_change_hands", "agreement_undone", "breakdown", "mended", "contact_lost"),
    *("contract_russia", "contract_iran", "won_over_iran", "russian_arrival"),
)


def without(p, partner: Partner, budget: float = 0.0):
    """The partners' parameters with a budget for one of them."""
    own = by_partner(p)
    means = replace(own[partner].means, budget=np.full_like(own[partner].means.budget, budget))
    return {**own, partner: replace(own[partner], means=means)}


def test_nobody_is_gone_with_any_budget_to_speak_of_or_if_nothing_counts_as_gone(ensemble: Ensemble, p, given) -> None:
    before = ensemble.state.friction.copy(), ensemble.state.roots.copy(), ensemble.state.holder.copy()
    departure.step(ensemble, p.departure, by_partner(p))
    departure.step(ensemble, given(p.departure, gone_below=0.0), without(p, Partner.IRAN))
    assert not ensemble.state.gone.any()
    for now, then in zip((ensemble.state.friction, ensemble.state.roots, ensemble.state.holder), before, strict=True):
        np.testing.assert_array_equal(now, then)


@pytest.mark.parametrize("partner", Partner)
def test_what_is_between_the_partners_ends_with_either(ensemble: Ensemble, p, partner: Partner) -> None:
    state = ensemble.state
    state.friction[:], state.channel[:], state.partnership_broken[:], state.primacy[:] = 2.0, 0.5, 1.0, 0.4
    other = state.roots[1 - partner].copy()
    own = state.roots[partner].copy()
    departure.step(ensemble, p.departure, without(p, partner))
    assert apart(state.gone).all() and (state.gone[partner] == 1.0).all() and not state.gone[1 - partner].any()
    for name in ("friction", "channel", "partnership_broken", "primacy", "tenders_agreed", "left_alone"):
        assert not getattr(state, name).any(), name
    assert (state.exchanged == -1).all()
    np.testing.assert_array_equal(state.roots[1 - partner], other)
    assert (state.roots[partner] <= own).all() and (state.roots[partner] < own).any()


def test_its_memoranda_are_void_and_its_contracts_pass_on_by_chance() -> None:
    holder = np.array([[Bidder.RUSSIA] * 2, [Bidder.RUSSIA] * 2, [Bidder.IRAN] * 2, [NOBODY] * 2], dtype=np.int8)
    in_force = np.array([[True, True], [False, False], [False, False], [False, False]])
    gone = np.array([[1.0, 0.0], [0.0, 0.0]])
    passes = np.array([[True, True], [False, False], [True, True], [True, True]])
    assert holdings_ended(holder, in_force, gone, passes).tolist() == [[True, False], [True, False], [False, False], [False, False]]
    assert not holdings_ended(holder, in_force, gone, ~passes)[0].any()


@pytest.fixture(scope="module")
def withdrawal() -> Spheres:
    """Both partners withdraw until July 2023, and three years after it, in which most contracts pass on."""
    return Spheres(load_scenario("patrons_withdraw"), worlds=40, months=60, **{"departure.passing_on": 0.2}).run()


def test_after_both_have_left_there_is_no_event_between_them(withdrawal: Spheres) -> None:
    counts = withdrawal.log.counts.sum(axis=2)
    assert counts[KIND_INDEX["partner_gone"]].sum() == 80 and counts[KIND_INDEX["partner_gone"], 25] == 80
    assert counts[KIND_INDEX["incident_diplomatic"], :25].sum() > 0  # so that there was something to end
    assert {name: int(counts[KIND_INDEX[name], 25:].sum()) for name in BETWEEN_PARTNERS} == dict.fromkeys(BETWEEN_PARTNERS, 0)
    assert not withdrawal.ensemble.state.friction.any() and not withdrawal.ensemble.state.channel.any()


def test_its_foreign_troops_go_home_and_its_contracts_are_open_to_others(withdrawal: Spheres) -> None:
    state, groups = withdrawal.ensemble.state, withdrawal.ensemble.groups
    foreign = [g for g in range(len(groups)) if groups.foreign[g] and groups.leader[g] in (Leader.RUSSIA, Leader.IRAN)]
    assert state.force[foreign].sum() < 0.02 * withdrawal.ensemble.manpower[foreign].sum()
    held = np.isin(state.holder, (Bidder.RUSSIA, Bidder.IRAN)) & (state.ground == Camp.GOVERNMENT)
    assert held.sum() <= 2 and not (held & ~state.in_force).any()


def test_a_partner_that_comes_back_starts_with_channels_at_nothing(baseline: Scenario) -> None:
    model = Spheres(baseline, worlds=4, months=6)
    model.step()
    full = model.p
    gone = replace(full, iran=without(full, Partner.IRAN)[Partner.IRAN])
    model.p = gone
    model.step()
    assert not model.ensemble.state.channel.any()
    model.p = full
    model.step()
    assert not model.ensemble.state.gone.any()
    assert (model.ensemble.state.channel < 0.1).all()
    assert model.ensemble.intent.effort[Partner.IRAN].any()
