"""Tenders: who wins how often, on whose ground, what is agreed shows in bids, and what a quarrel is."""

import numpy as np
import pytest

from sim.model.observation.observers import observe
from sim.model.processes.tenders import award_scores, awarded, bids_made, sore_losers, step, withheld, won_by_best_bid
from sim.model.state.dimensions import NOBODY, Bidder, Camp, Instrument, Partner, Sector
from sim.model.state.ensemble import Ensemble

STILL = {"tender_rate": 1, "abandonment": 0, "ending_rate": 0}  # everything open is tendered, and what is held is kept
HARDEST = 1.0 - 2.0**-53  # the largest number below one


def opened(ensemble: Ensemble) -> Ensemble:
    """Worlds in which no asset has a holder."""
    state = ensemble.state
    state.holder, state.in_force = np.full_like(state.holder, NOBODY), np.zeros_like(state.in_force)
    return ensemble


def everywhere(ensemble: Ensemble) -> tuple[np.ndarray, np.ndarray]:
    """Every asset in every world, as tenders."""
    asset, world = np.indices(ensemble.state.holder.shape)
    return asset.ravel(), world.ravel()


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


@pytest.mark.parametrize("absent", [{b} for b in Bidder] + [set(Bidder) - {b} for b in Bidder])
def test_who_does_not_bid_never_wins_and_the_others_share_alike(absent: set[Bidder]) -> None:
    uniform = np.append((np.arange(6000) + 0.5) / 6000, [2.0**-54, HARDEST, 1.0])  # 1.0 is what rounding can make of a uniform
    scores = np.zeros((3, uniform.size))
    scores[sorted(absent)] = -np.inf
    wins = np.bincount(awarded(scores, uniform), minlength=3)
    there = sorted(set(Bidder) - absent)
    assert not wins[sorted(absent)].any()
    np.testing.assert_allclose(wins[there], uniform.size / len(there), atol=3)


def test_nobody_wins_where_nobody_bids_and_that_is_no_quarrel() -> None:
    scores = np.full((3, 4), -np.inf)
    with np.errstate(all="raise"):
        winner = awarded(scores, np.linspace(0.1, 0.9, 4))
        sore = sore_losers(scores, winner, np.zeros(4))
    assert (winner == NOBODY).all() and not any(mask.any() for mask in sore.values())
    assert not won_by_best_bid(np.zeros((3, 4)), winner).any()


def test_the_highest_bid_is_counted_where_it_wins() -> None:
    bid = np.array([[3.0, 3.0, 1.0, 2.0], [1.0, 4.0, 0.0, 2.0], [2.0, 1.0, 0.5, 0.0]])
    winner = np.array([Bidder.RUSSIA, Bidder.RUSSIA, NOBODY, Bidder.IRAN], dtype=np.int8)
    assert won_by_best_bid(bid, winner).tolist() == [True, False, False, True]


def test_only_open_assets_on_the_governments_ground_are_awarded(ensemble: Ensemble, p, given) -> None:
    state = opened(ensemble).state
    assert (state.ground != Camp.GOVERNMENT).any()
    step(ensemble, given(p.contract, **STILL))
    assert np.array_equal(state.holder >= 0, state.ground == Camp.GOVERNMENT)
    before = state.holder.copy()
    step(ensemble, given(p.contract, **STILL))
    assert np.array_equal(state.holder, before)


def test_an_award_is_a_memorandum_which_counts_for_nothing_yet(ensemble: Ensemble, p, given) -> None:
    step(opened(ensemble), given(p.contract, **STILL))
    assert (ensemble.state.holder >= 0).any() and not ensemble.state.in_force.any()
    ours = (ensemble.state.ground == Camp.GOVERNMENT).mean(axis=0)
    np.testing.assert_allclose(observe(ensemble, p.influence, p.definitions).whole["memoranda"], ours)


def test_what_falls_open_in_a_month_is_not_tendered_in_the_same_month(ensemble: Ensemble, p, given) -> None:
    state = ensemble.state
    state.holder, state.in_force = np.full_like(state.holder, Bidder.OTHERS), np.ones_like(state.in_force)
    step(ensemble, given(p.contract, tender_rate=1, ending_rate=1))
    assert (state.holder[state.ground == Camp.GOVERNMENT] == NOBODY).all()
    assert not ensemble.monthly.tenders.any()


@pytest.mark.parametrize("bidder", [Bidder.RUSSIA, Bidder.IRAN])
@pytest.mark.parametrize("bid", [0, 1])
def test_a_partner_that_bids_nothing_never_wins_whatever_speaks_for_it(ensemble: Ensemble, p, given, bidder: Bidder, bid: float) -> None:
    opened(ensemble).intent.placed[bidder, Instrument.FIRMS] = 0.0
    ensemble.intent.tender["leverage"] = np.full(6, 1e6)
    with np.errstate(invalid="raise", divide="raise"):
        step(ensemble, given(p.contract, bid=bid, **STILL))
    won = np.bincount(ensemble.state.holder[ensemble.state.ground == Camp.GOVERNMENT], minlength=3)
    assert won[bidder] == 0 and won.sum() > 100


def test_a_partner_that_bids_nothing_in_a_province_wins_elsewhere_only(ensemble: Ensemble, p, given) -> None:
    here = ensemble.assets.province == ensemble.provinces.index("SY-HI")
    opened(ensemble).intent.placed[Partner.RUSSIA, Instrument.FIRMS, ensemble.provinces.index("SY-HI")] = 0.0
    step(ensemble, given(p.contract, **STILL))
    russian = ensemble.state.holder == Bidder.RUSSIA
    assert not russian[here].any() and russian[~here].any()


def test_without_any_bid_there_is_no_award(ensemble: Ensemble, p, given) -> None:
    opened(ensemble).intent.placed[:, Instrument.FIRMS] = 0.0
    with np.errstate(invalid="raise", divide="raise"):
        step(ensemble, given(p.contract, others_bid=0, **STILL))
    assert (ensemble.state.holder == NOBODY).all()
    assert not (ensemble.monthly.tenders.any() or ensemble.monthly.quarrels.any())


def test_a_partner_withholds_as_far_as_a_sector_is_agreed_to_be_the_others() -> None:
    agreed, respect = np.array([[-1.0, -0.5, 0.0, 0.5, 1.0]]), np.full(5, 0.8)
    np.testing.assert_allclose(withheld(agreed, Partner.RUSSIA, respect), [[0.8, 0.4, 0.0, 0.0, 0.0]])
    np.testing.assert_allclose(withheld(agreed, Partner.IRAN, respect), [[0.0, 0.0, 0.0, 0.4, 0.8]])


def test_what_is_agreed_lowers_the_others_bids_in_that_sector_alone(ensemble: Ensemble, p, given) -> None:
    asset, world = everywhere(ensemble)
    terms = given(p.contract, respect=0.8)
    before = bids_made(ensemble, terms, asset, world)
    ensemble.state.tenders_agreed = ensemble.state.tenders_agreed.copy()
    ensemble.state.tenders_agreed[Sector.PHOSPHATE], ensemble.state.tenders_agreed[Sector.POWER] = 1.0, -1.0
    after, sector = bids_made(ensemble, terms, asset, world), ensemble.assets.sector[asset]
    left = np.ones_like(before)
    left[Bidder.IRAN, sector == Sector.PHOSPHATE] = left[Bidder.RUSSIA, sector == Sector.POWER] = 0.2
    np.testing.assert_allclose(after, before * left)


def test_who_respects_an_agreement_wholly_never_wins_in_the_others_sector(ensemble: Ensemble, p, given) -> None:
    opened(ensemble).state.tenders_agreed = np.full_like(ensemble.state.tenders_agreed, -1.0)
    step(ensemble, given(p.contract, respect=1, **STILL))
    assert not (ensemble.state.holder == Bidder.RUSSIA).any() and (ensemble.state.holder == Bidder.IRAN).any()


def test_revenue_multiplies_the_weight_of_a_bid(ensemble: Ensemble, p, given) -> None:
    asset, world = everywhere(ensemble)
    bid = np.maximum(bids_made(ensemble, p.contract, asset, world), 0.01)  # where none is made there is nothing to weigh

    def scores(weight: float, revenue: float) -> np.ndarray:
        ensemble.intent.tender["revenue"] = np.full(6, revenue)
        return award_scores(ensemble, given(p.contract, bid=weight), asset, world, bid)

    np.testing.assert_allclose(scores(1.0, 2.0), scores(2.0, 1.0))
    made = bid > 0.0
    assert made.any() and np.isneginf(scores(1.0, 2.0)[~made]).all()
    np.testing.assert_allclose((scores(1.0, 2.0)[made] - scores(1.0, 0.0)[made]), 2.0 * np.log(bid[made]))


def test_the_more_revenue_counts_the_more_tenders_go_to_the_highest_bid(ensemble: Ensemble, p, given) -> None:
    won = []
    for revenue in (0.0, 1.0, 100.0):
        ensemble.intent.tender["revenue"] = np.full(6, revenue)
        step(opened(ensemble), given(p.contract, bid=1, **STILL))
        assert np.array_equal(ensemble.monthly.tenders, (ensemble.state.ground == Camp.GOVERNMENT).sum(axis=0))
        won.append(ensemble.monthly.tenders_to_best_bid.sum())
    assert won[0] < won[1] < won[2] > 0.9 * ensemble.monthly.tenders.sum()


def test_more_hedging_spreads_contracts(ensemble: Ensemble, p, given) -> None:
    """A bidder that holds all there is gets fewer of the next the more the government hedges."""
    ensemble.perceived.held = np.zeros_like(ensemble.perceived.held)
    ensemble.perceived.held[Bidder.RUSSIA, 0] = 10.0
    wins = []
    for weight in (0.0, 20.0):
        ensemble.intent.tender["autonomy"] = np.full(6, weight)
        step(opened(ensemble), given(p.contract, **STILL))
        wins.append(int((ensemble.state.holder == Bidder.RUSSIA).sum()))
    assert wins[0] > 0 and wins[1] == 0


def test_a_quarrel_is_a_tender_lost_to_the_partner_with_a_serious_bid(ensemble: Ensemble, p, given) -> None:
    step(opened(ensemble), given(p.contract, serious=1, **STILL))
    assert not ensemble.monthly.quarrels.any()
    step(opened(ensemble), given(p.contract, serious=0, **STILL))
    to_partners = np.isin(ensemble.state.holder, (Bidder.RUSSIA, Bidder.IRAN)).sum(axis=0)
    assert np.array_equal(ensemble.monthly.quarrels, to_partners)
