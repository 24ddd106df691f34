"""Exchanges of issues: what each is worth to either partner, and which of those from which both gain is struck."""

import numpy as np
import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st

from sim.model.processes.issue_exchange import Issues, Terms, best_exchange, expected_shares, gains_kept, gains_of, issue_fields, issues_of
from sim.model.state.dimensions import NOBODY, Camp, Field, Partner, Sector
from sim.model.state.ensemble import Ensemble

NORTH, EAST, OIL = range(3)  # two provinces and a sector, the issues of the example
ANY = np.ones((3, 2), dtype=bool)
SWAP = [1, 0]


def twice(*values: float) -> np.ndarray:
    """Values by issue (or one for a row), the same in two worlds."""
    return np.repeat(np.array(values, dtype=float)[..., np.newaxis], 2, axis=-1)


def example(**changes: np.ndarray) -> Issues:
    """Russia cares most about the east, Iran about the north; each has a foothold in both, and firms that bid for oil.

    Claims are stakes times footholds: 0.1 and 0.3 in the north, 0.3 and 0.075 in the east, 0.12 and 0.04 for oil.
    """
    stake = np.stack([twice(0.2, 0.6, 0.1), twice(0.5, 0.3, 0.1)])
    weight = np.stack([twice(0.5, 0.5, 1.2), twice(0.6, 0.25, 0.4)])
    given = {
        "stake": stake,
        "expected": expected_shares(stake, weight),
        "obeyed": np.ones((2, 2)),
        "free": ANY.copy(),
        "field": np.array([Field.MILITARY, Field.MILITARY, Field.ECONOMIC]),
    }
    return Issues(**(given | changes))


def struck(issues: Issues, friction_cost: float = 0.1, worth: float = 0.0, channels=(1.0, 1.0, 1.0), about=ANY) -> Terms:
    """The exchange of two worlds that are alike, with luck that favours nothing."""
    terms = best_exchange(
        issues,
        friction_cost=np.full(2, friction_cost),
        worth=np.full(2, worth),
        channels=twice(*channels),
        about=about,
        ties=np.zeros(issues.free.shape),
    )
    assert np.array_equal(terms.to_russia[:1], terms.to_russia[1:])
    return terms


def at_random(seed: int, n: int = 7, worlds: int = 5) -> tuple[Issues, dict[str, np.ndarray]]:
    """Issues and all else that an exchange depends on, at random."""
    rng = np.random.default_rng(seed)
    stake = rng.random((2, n, worlds)) * (rng.random((2, n, worlds)) < 0.8)
    issues = Issues(
        stake=stake,
        expected=expected_shares(stake, rng.random((2, n, worlds)) + 0.1),
        obeyed=rng.random((2, worlds)),
        free=rng.random((n, worlds)) < 0.8,
        field=np.array([Field.MILITARY] * (n - 2) + [Field.ECONOMIC] * 2),
    )
    rest = {
        "friction_cost": rng.random(worlds) * 0.5,
        "worth": rng.random(worlds) * 0.02,
        "channels": rng.random((3, worlds)),
        "about": rng.random((n, worlds)) < 0.7,
        "ties": rng.random((n, worlds)),
    }
    return issues, rest


def test_what_a_contest_would_bring_by_hand() -> None:
    """A quarter and three quarters in the north, four fifths and one in the east, three quarters and one of the oil."""
    np.testing.assert_allclose(example().expected[:, :, 0], [[0.25, 0.8, 0.75], [0.75, 0.2, 0.25]])


def test_an_issue_that_one_alone_cares_for_is_its_own_and_one_of_no_interest_even() -> None:
    shares = expected_shares(np.array([[[0.3, 0.3], [0.0, 0.0]], [[0.0, 0.0], [0.0, 0.0]]]), np.ones((2, 2, 2)))
    np.testing.assert_array_equal(shares[:, :, 0], [[1.0, 0.5], [0.0, 0.5]])


def test_gains_by_hand() -> None:
    """Contesting costs 0.1 x 4 x 0.25 x 0.75 = 0.075 of a stake in the north and for oil, 0.1 x 4 x 0.8 x 0.2 = 0.064 in the east.

    Russia gets the east, worth 0.6 x (1 - 0.8 + 0.064) = 0.1584 more, for the north, of which it loses 0.2 x (0.25 - 0.075) = 0.035. Iran
    gets the north, worth 0.5 x (1 - 0.75 + 0.075) = 0.1625 more, for the east, of which it loses 0.3 x (0.2 - 0.064) = 0.0408.
    """
    gain = gains_of(example(), np.full(2, 0.1))[..., 0]
    np.testing.assert_allclose(gain[:, EAST, NORTH], [0.1584 - 0.035, 0.1625 - 0.0408])
    np.testing.assert_allclose(gain[:, EAST, OIL], [0.1584 - 0.0675, 0.0825 - 0.0408])
    np.testing.assert_allclose(gain[:, OIL, NORTH], [0.0325 - 0.035, 0.1625 - 0.0175])
    np.testing.assert_allclose(gain[:, NORTH, EAST], [0.165 - 0.4416, 0.2592 - 0.3375])


def test_what_one_of_them_does_not_contest_costs_no_friction() -> None:
    """The north is Russia's alone: it has nothing to gain by being given it, however much friction costs."""
    stake = np.stack([twice(0.2, 0.6, 0.1), twice(0.0, 0.3, 0.1)])
    issues = example(stake=stake, expected=expected_shares(stake, np.ones((2, 3, 2))))
    gain = [gains_of(issues, np.full(2, cost))[Partner.RUSSIA, NORTH, OIL, 0] for cost in (0.0, 1.0)]
    yields = [0.1 * (0.5 - cost) for cost in (0.0, 1.0)]
    np.testing.assert_allclose(gain, np.negative(yields))


def test_each_gets_what_it_cares_for_most_as_firmly_as_the_channel_of_both_fields_allows() -> None:
    """East for north: 0.1234 x 0.1217 is the largest product; with the north settled, east for oil: 0.0909 x 0.0417."""
    terms = struck(example(), channels=(0.5, 0.2, 0.9))
    assert terms.struck.all() and (terms.to_russia[0], terms.to_iran[0]) == (EAST, NORTH)
    np.testing.assert_allclose(terms.firmness, 0.5)
    settled = ANY.copy()
    settled[NORTH] = False
    terms = struck(example(free=settled), channels=(0.5, 0.2, 0.9))
    assert terms.struck.all() and (terms.to_russia[0], terms.to_iran[0]) == (EAST, OIL)
    np.testing.assert_allclose(terms.firmness, 0.2)  # the lesser of the two


def test_channels_choose_too() -> None:
    """0.1234 x 0.1217 x 0.2 x 0.2 = 0.0006 is less than 0.0909 x 0.0417 x 0.2 x 0.9 = 0.0007: oil is easier to agree on than posts."""
    terms = struck(example(), channels=(0.2, 0.9, 0.0))
    assert (terms.to_russia[0], terms.to_iran[0]) == (EAST, OIL)
    np.testing.assert_allclose(terms.firmness, 0.2)


@pytest.mark.parametrize(("channels", "strikes"), [((0.0, 1.0, 1.0), False), ((1.0, 0.0, 1.0), True), ((0.0, 0.0, 1.0), False)])
def test_nothing_is_agreed_through_no_channel(channels: tuple[float, ...], strikes: bool) -> None:
    assert struck(example(), channels=channels).struck.any() == strikes


def test_nobody_agrees_to_what_it_would_lose_by() -> None:
    """Of the provinces alone, north for Russia and east for Iran is a loss to both: where nothing else is left, nothing is struck."""
    gain = gains_of(example(), np.full(2, 0.1))[..., 0]
    assert (gain[:, NORTH, EAST] < 0.0).all() and gain[Partner.IRAN, NORTH, OIL] < 0.0 < gain[Partner.RUSSIA, NORTH, OIL]
    without_east = ANY.copy()
    without_east[EAST] = False
    assert not struck(example(free=without_east)).struck.any()
    terms = struck(example(free=without_east), friction_cost=0.2)
    assert (terms.to_russia[0], terms.to_iran[0]) == (OIL, NORTH)  # the one left from which both gain where friction costs more
    assert not struck(example(free=without_east), friction_cost=0.2, worth=0.021).struck.any()  # Russia gains 0.02 only


@over(st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_what_is_in_force_is_judged_as_when_it_was_struck(seed: int) -> None:
    issues, rest = at_random(seed)
    gain, counterpart = gains_of(issues, rest["friction_cost"]), np.random.default_rng(seed).integers(0, 7, issues.free.shape)
    first, along = np.nonzero(counterpart != 7)  # every issue in every world
    other = counterpart[first, along]
    np.testing.assert_array_equal(gains_kept(issues, rest["friction_cost"], first, other, along), gain[:, first, other, along])


@over(st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_both_gain_more_than_a_talk_is_worth(seed: int) -> None:
    issues, rest = at_random(seed)
    terms = best_exchange(issues, **rest)
    along = np.arange(terms.struck.size)
    gain = gains_of(issues, rest["friction_cost"])[:, terms.to_russia, terms.to_iran, along]
    assert (gain[:, terms.struck] > rest["worth"][terms.struck]).all()
    assert (terms.to_russia != terms.to_iran)[terms.struck].all()
    for issue in (terms.to_russia, terms.to_iran):
        assert issues.free[issue, along][terms.struck].all()
    named = rest["about"][terms.to_russia, along] | rest["about"][terms.to_iran, along]
    assert named[terms.struck].all()


def test_talks_about_an_issue_contain_it() -> None:
    oil = np.zeros((3, 2), dtype=bool)
    assert not struck(example(), about=oil).struck.any()
    oil[OIL] = True
    terms = struck(example(), about=oil)
    assert terms.struck.all() and (terms.to_russia[0], terms.to_iran[0]) == (EAST, OIL)


def test_what_the_others_groups_do_not_obey_is_worth_less_to_get() -> None:
    """Iran's groups obey it by half: the east is worth 0.0792 to Russia and not 0.1584. For tenders nobody has to leave."""
    obeyed = np.ones((2, 2))
    obeyed[Partner.IRAN] = 0.5
    half, full = (gains_of(issues, np.full(2, 0.1)) for issues in (example(obeyed=obeyed), example()))
    np.testing.assert_allclose(half[Partner.RUSSIA, EAST, NORTH], 0.0792 - 0.035)
    assert (half[Partner.RUSSIA, :OIL] < full[Partner.RUSSIA, :OIL]).all()
    np.testing.assert_array_equal(half[Partner.RUSSIA, OIL], full[Partner.RUSSIA, OIL])
    np.testing.assert_array_equal(half[Partner.IRAN], full[Partner.IRAN])


@over(st.integers(0, 10**6), st.floats(0.0, 1.0))
@settings(max_examples=40, deadline=None)
def test_more_costly_friction_never_lowers_a_gain(seed: int, more: float) -> None:
    issues, rest = at_random(seed)
    assert (gains_of(issues, rest["friction_cost"] + more) >= gains_of(issues, rest["friction_cost"]) - 1e-12).all()


@over(st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_partners_exchanged_exchange_the_same_the_other_way_round(seed: int) -> None:
    issues, rest = at_random(seed)
    mirrored = Issues(issues.stake[SWAP], issues.expected[SWAP], issues.obeyed[SWAP], issues.free, issues.field)
    one, two = best_exchange(issues, **rest), best_exchange(mirrored, **rest)
    assert np.array_equal(one.struck, two.struck)
    assert np.array_equal(one.to_russia[one.struck], two.to_iran[one.struck])
    assert np.array_equal(one.to_iran[one.struck], two.to_russia[one.struck])
    np.testing.assert_array_equal(one.firmness[one.struck], two.firmness[one.struck])


@over(st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_issues_in_another_order_are_exchanged_alike(seed: int) -> None:
    issues, rest = at_random(seed)
    order = np.random.default_rng(seed + 1).permutation(len(issues.field))
    shuffled = Issues(issues.stake[:, order], issues.expected[:, order], issues.obeyed, issues.free[order], issues.field[order])
    moved = rest | {"about": rest["about"][order], "ties": rest["ties"][order]}
    one, two = best_exchange(issues, **rest), best_exchange(shuffled, **moved)
    assert np.array_equal(one.struck, two.struck)
    assert np.array_equal(one.to_russia[one.struck], order[two.to_russia[one.struck]])
    assert np.array_equal(one.to_iran[one.struck], order[two.to_iran[one.struck]])


def test_between_equals_luck_alone_decides() -> None:
    """Three provinces alike to both: six exchanges are equally good, and each comes up about as often."""
    worlds = 3000
    ones = np.ones((2, 3, worlds))
    issues = Issues(0.5 * ones, 0.5 * ones, ones[:, 0], np.ones((3, worlds), dtype=bool), np.full(3, Field.MILITARY))
    rest = {"friction_cost": 0.2 * ones[0, 0], "worth": 0.0 * ones[0, 0], "channels": np.ones((3, worlds)), "about": issues.free}
    terms = best_exchange(issues, **rest, ties=np.random.default_rng(3).random((3, worlds)))
    assert terms.struck.all()
    counts = np.bincount(3 * terms.to_russia + terms.to_iran, minlength=9).reshape(3, 3)
    assert not counts.diagonal().any()
    np.testing.assert_allclose(counts[~np.eye(3, dtype=bool)] / worlds, 1 / 6, atol=0.03)


def test_issues_are_read_from_the_worlds(ensemble: Ensemble, p) -> None:
    """Posts count by stake and presence, tenders by the interest in contracts and what is open; what is lost or settled is not free."""
    state, n = ensemble.state, len(ensemble.provinces)
    state.exchanged[:] = -1
    state.exchanged[2] = 5
    state.control[:, 3] = 0.0
    state.control[Camp.OPPOSITION, 3] = 1.0
    state.holder = np.where((ensemble.assets.sector == Sector.POWER)[:, np.newaxis], NOBODY, 0).astype(np.int8)
    state.ground = np.full_like(state.ground, Camp.GOVERNMENT)
    issues = issues_of(ensemble, p.contract, p.bargain.foothold)
    assert np.array_equal(issues.stake[:, :n], ensemble.intent.stake)
    assert np.array_equal(issues.stake[:, n + Sector.POWER], ensemble.intent.contract_stake)
    others = [n + sector for sector in Sector if sector != Sector.POWER]
    assert not issues.stake[:, others].any()
    assert not issues.free[[2, 3]].any() and issues.free[n:].all()
    np.testing.assert_array_equal(issues.field, issue_fields(n))
    np.testing.assert_allclose(issues.expected.sum(axis=0), 1.0)
    assert (issues.obeyed > 0.0).all() and (issues.obeyed <= 1.0).all()
