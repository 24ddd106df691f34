"""Tenders: who wins how often, on whose ground, and what a quarrel is."""

import numpy as np
import pytest

from sim.model.processes.tenders import awarded, step
from sim.model.state.dimensions import Bidder, Camp, Instrument
from sim.model.state.ensemble import Ensemble


def test_awards_follow_the_logit_shares() -> None:
    uniform = (np.arange(10_000) + 0.5) / 10_000
    known = np.array([0.5, 0.3, 0.2])
    winner = awarded(np.repeat(np.log(known)[:, np.newaxis], uniform.size, axis=1), uniform)
    np.testing.assert_allclose(np.bincount(winner, minlength=3) / uniform.size, known, atol=1e-4)


def test_only_differences_between_scores_count_and_large_ones_do_no_harm() -> None:
    uniform = np.linspace(0.001, 0.999, 500)
    scores = np.random.default_rng(1).normal(size=(3, 500))
    assert np.array_equal(awarded(scores, uniform), awarded(scores + 5000.0, uniform))
    assert (awarded(np.array([[0.0], [900.0], [0.0]]) + 0.0 * uniform, uniform) == Bidder.IRAN).all()


def test_no_tender_at_all_is_no_error() -> None:
    assert awarded(np.zeros((3, 0)), np.zeros(0)).size == 0


def opened(ensemble: Ensemble) -> Ensemble:
    """Worlds in which no asset has a holder."""
    ensemble.state.holder = np.full_like(ensemble.state.holder, -1)
    return ensemble


def test_only_open_assets_on_the_governments_ground_are_awarded(ensemble: Ensemble, p, given) -> None:
    state = opened(ensemble).state
    assert (state.ground != Camp.GOVERNMENT).any()
    step(ensemble, given(p.contract, tender_rate=1, lapse_rate=0))
    assert np.array_equal(state.holder >= 0, state.ground == Camp.GOVERNMENT)
    before = state.holder.copy()
    step(ensemble, given(p.contract, tender_rate=1, lapse_rate=0))
    assert np.array_equal(state.holder, before)


def test_contracts_lapse_at_their_rate_and_only_on_the_governments_ground(ensemble: Ensemble, p, given) -> None:
    ensemble.state.holder = np.full_like(ensemble.state.holder, int(Bidder.OTHERS))
    step(ensemble, given(p.contract, tender_rate=0, lapse_rate=1))
    assert np.array_equal(ensemble.state.holder < 0, ensemble.state.ground == Camp.GOVERNMENT)


@pytest.mark.parametrize("bidder", [Bidder.RUSSIA, Bidder.IRAN])
def test_a_partner_that_bids_nothing_wins_next_to_nothing(ensemble: Ensemble, p, given, bidder: Bidder) -> None:
    opened(ensemble).intent.effort[bidder, Instrument.FIRMS] = 0.0
    step(ensemble, given(p.contract, tender_rate=1, lapse_rate=0, bid=1))
    won = np.bincount(ensemble.state.holder[ensemble.state.ground == Camp.GOVERNMENT], minlength=3)
    assert won[bidder] == 0 and won.sum() > 100


def test_credit_helps_and_is_used_up_by_a_win(ensemble: Ensemble, p, given) -> None:
    opened(ensemble).state.bargaining_credit = np.array([[0.0] * 6, [30.0] * 6])
    step(ensemble, given(p.contract, tender_rate=1, lapse_rate=0))
    ours = ensemble.state.ground == Camp.GOVERNMENT
    assert (ensemble.state.holder[ours] == Bidder.IRAN).all()
    assert not ensemble.state.bargaining_credit.any()


def test_more_hedging_spreads_contracts(ensemble: Ensemble, p, given) -> None:
    """A bidder that holds all there is gets fewer of the next the more the government hedges."""
    ensemble.perceived.held = np.zeros_like(ensemble.perceived.held)
    ensemble.perceived.held[Bidder.RUSSIA, 0] = 10.0
    wins = []
    for weight in (0.0, 20.0):
        ensemble.intent.tender["autonomy"] = np.full(6, weight)
        step(opened(ensemble), given(p.contract, tender_rate=1, lapse_rate=0))
        wins.append(int((ensemble.state.holder == Bidder.RUSSIA).sum()))
    assert wins[0] > 0 and wins[1] == 0


def test_a_quarrel_is_a_tender_lost_to_the_partner_with_a_serious_bid(ensemble: Ensemble, p, given) -> None:
    step(opened(ensemble), given(p.contract, tender_rate=1, lapse_rate=0, serious=1))
    assert not ensemble.monthly.quarrels.any()
    step(opened(ensemble), given(p.contract, tender_rate=1, lapse_rate=0, serious=0))
    to_partners = np.isin(ensemble.state.holder, (Bidder.RUSSIA, Bidder.IRAN)).sum(axis=0)
    assert np.array_equal(ensemble.monthly.quarrels, to_partners)
