"""Posts change hands: who leaves how much of what it yielded, and where it goes."""

import numpy as np
import pytest

from sim.model.processes.post_transfer import hand_over_posts, posts_moved
from sim.model.state.dimensions import PRIMACY_SIGN, Partner
from sim.model.state.ensemble import Ensemble

EVERYWHERE = np.ones((4, 2), dtype=bool)


def twice(*values: float) -> np.ndarray:
    """Values by province, the same in two worlds."""
    return np.repeat(np.array(values, dtype=float)[:, np.newaxis], 2, axis=1)


def given_to(ensemble: Ensemble, partner: Partner, province: int, world: int, firm: float = 1.0) -> np.ndarray:
    """A province just agreed to be a partner's in one world, as an exchange writes it: what is new, (K, P, worlds)."""
    new = np.zeros((len(Partner), *ensemble.state.primacy.shape))
    new[partner, province, world] = firm
    ensemble.monthly.hand_overs = np.zeros(ensemble.n_worlds)
    ensemble.state.primacy = np.zeros_like(ensemble.state.primacy)
    ensemble.state.primacy[province, world] = PRIMACY_SIGN[partner] * firm
    return new


def test_posts_moved_by_hand() -> None:
    """Of 4 thousand a half leaves; 2 go where 1 and 3 are already, in that proportion; nobody goes where nobody is."""
    after, left = posts_moved(twice(4.0, 1.0, 3.0, 0.0), np.full(2, 0.5), twice(1.0, 0.0, 0.0, 0.0), EVERYWHERE)
    np.testing.assert_allclose(after[:, 0], [2.0, 1.5, 4.5, 0.0])
    np.testing.assert_allclose(left[:, 0], [2.0, 0.0, 0.0, 0.0])


def test_a_loose_agreement_moves_less() -> None:
    _, firm = posts_moved(twice(4.0, 1.0, 3.0, 0.0), np.full(2, 0.5), twice(1.0, 0.0, 0.0, 0.0), EVERYWHERE)
    _, loose = posts_moved(twice(4.0, 1.0, 3.0, 0.0), np.full(2, 0.5), twice(0.25, 0.0, 0.0, 0.0), EVERYWHERE)
    np.testing.assert_allclose(loose, 0.25 * firm)


def test_nobody_goes_where_its_partner_left_posts_before() -> None:
    stays = EVERYWHERE.copy()
    stays[2] = False
    after, _ = posts_moved(twice(4.0, 1.0, 3.0, 0.0), np.full(2, 0.5), twice(1.0, 0.0, 0.0, 0.0), stays)
    np.testing.assert_allclose(after[:, 0], [2.0, 3.0, 3.0, 0.0])


def test_who_has_no_other_place_stays() -> None:
    before = twice(4.0, 0.0, 0.0, 0.0)
    after, left = posts_moved(before, np.full(2, 0.5), twice(1.0, 0.0, 0.0, 0.0), EVERYWHERE)
    assert np.array_equal(after, before) and not left.any()


@pytest.mark.parametrize("partner", Partner)
def test_the_others_groups_leave_as_far_as_they_obey_and_none_is_lost(ensemble: Ensemble, partner: Partner) -> None:
    groups, world, other = ensemble.groups, 2, Partner(1 - partner)
    before = ensemble.state.force.copy()
    theirs = groups.of_partner(other)
    province = int(before[theirs].sum(axis=0)[:, world].argmax())
    moved = hand_over_posts(ensemble, np.full(ensemble.n_worlds, 0.5), given_to(ensemble, partner, province, world))
    after = ensemble.state.force
    np.testing.assert_allclose(after.sum(axis=1), before.sum(axis=1), rtol=1e-9)
    rest = [group for group in range(len(groups)) if group not in theirs]
    assert np.array_equal(after[rest], before[rest])
    elsewhere = [w for w in range(ensemble.n_worlds) if w != world]
    assert np.array_equal(after[..., elsewhere], before[..., elsewhere])
    for group in theirs:
        if before[group, :, world].sum() > before[group, province, world] > 0.0:
            left = 0.5 * ensemble.traits["obedience"][group, world] * before[group, province, world]
            np.testing.assert_allclose(before[group, province, world] - after[group, province, world], left)
    assert moved[province, world] and moved.sum() == 1
    gone = (before - after)[theirs, province, world].sum()
    np.testing.assert_allclose(ensemble.monthly.hand_overs[world], gone)
    assert gone > 0.0


def test_where_nothing_is_agreed_nobody_moves(ensemble: Ensemble) -> None:
    before, ensemble.monthly.hand_overs = ensemble.state.force.copy(), np.zeros(ensemble.n_worlds)
    moved = hand_over_posts(ensemble, np.ones(ensemble.n_worlds), np.zeros((2, *ensemble.state.primacy.shape)))
    assert not moved.any() and np.array_equal(ensemble.state.force, before) and not ensemble.monthly.hand_overs.any()


def test_a_world_alone_moves_as_it_does_among_others(ensemble: Ensemble) -> None:
    """The same exchange in one world and in all: the one world ends alike to the bit."""
    start, share = ensemble.state.force.copy(), np.full(ensemble.n_worlds, 0.5)
    province = int(start[ensemble.groups.of_partner(Partner.IRAN)].sum(axis=0)[:, 1].argmax())
    hand_over_posts(ensemble, share, given_to(ensemble, Partner.RUSSIA, province, 1))
    alone = ensemble.state.force[..., 1].copy()
    ensemble.state.force = start.copy()
    new = given_to(ensemble, Partner.RUSSIA, province, slice(None))
    hand_over_posts(ensemble, share, new)
    assert np.array_equal(ensemble.state.force[..., 1], alone)
    assert not np.array_equal(alone, start[..., 1])
