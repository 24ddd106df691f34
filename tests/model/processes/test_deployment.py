"""Groups move; force is neither made nor lost."""

import numpy as np

from sim.model.processes.deployment import handed_over, moved, step
from sim.model.state.ensemble import Ensemble


def total(ensemble: Ensemble) -> np.ndarray:
    return ensemble.state.force.sum(axis=1) + ensemble.state.reserve


def test_deploying_conserves_every_groups_force(ensemble: Ensemble, p) -> None:
    before, place = total(ensemble), ensemble.state.force.copy()
    rng = np.random.default_rng(1)
    wish = rng.random((len(ensemble.groups), 15, ensemble.n_worlds))
    wish /= wish.sum(axis=1, keepdims=True)
    ensemble.intent.target, ensemble.intent.outside = wish[:, :14], wish[:, 14]
    step(ensemble, p.arrival)
    np.testing.assert_allclose(total(ensemble), before, rtol=1e-12)
    assert (ensemble.state.force >= 0).all() and not np.allclose(ensemble.state.force, place)


def test_what_actors_intend_adds_up_to_the_whole_group(ensemble: Ensemble) -> None:
    np.testing.assert_allclose(ensemble.intent.target.sum(axis=1) + ensemble.intent.outside, 1.0)
    assert (ensemble.intent.target >= 0.0).all()


def test_only_foreign_groups_leave_syria_of_their_own_will(ensemble: Ensemble) -> None:
    foreign = ensemble.groups.foreign
    assert (ensemble.intent.outside[foreign] > 0.0).all() and not ensemble.intent.outside[~foreign].any()


def test_full_mobility_arrives_at_once_and_none_stays(ensemble: Ensemble, p) -> None:
    before = ensemble.state.force.copy()
    ensemble.traits["mobility"] = np.zeros_like(ensemble.traits["mobility"])
    step(ensemble, p.arrival)
    assert np.array_equal(ensemble.state.force, before)
    ensemble.traits["mobility"] = np.full_like(ensemble.traits["mobility"], 50.0)
    manpower = total(ensemble)
    step(ensemble, p.arrival)
    np.testing.assert_allclose(ensemble.state.force, ensemble.intent.target * manpower[:, np.newaxis, :])


def test_a_share_of_the_way_is_moved() -> None:
    np.testing.assert_allclose(moved(np.array([2.0, 0.0]), np.array([0.0, 4.0]), np.array([0.25, 0.25])), [1.5, 1.0])


def test_force_is_handed_over_only_where_it_leaves_what_is_agreed_to_be_the_others() -> None:
    left = np.array([[[2.0], [2.0], [-1.0]], [[3.0], [3.0], [3.0]]])
    primacy = np.array([[-0.5], [1.0], [0.0]])
    np.testing.assert_allclose(handed_over(left, primacy), [[1.0], [3.0], [0.0]])
