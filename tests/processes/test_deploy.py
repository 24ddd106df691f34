"""Groups move; force is neither made nor lost."""

import numpy as np

from sim.processes.deploy import handed_over, moved, step
from sim.world.world import World


def total(world: World) -> np.ndarray:
    return world.state.force.sum(axis=1) + world.state.reserve


def test_deploying_conserves_every_groups_force(world: World, p) -> None:
    before, place = total(world), world.state.force.copy()
    rng = np.random.default_rng(1)
    wish = rng.random((len(world.groups), 15, world.worlds))
    wish /= wish.sum(axis=1, keepdims=True)
    world.intent.target, world.intent.outside = wish[:, :14], wish[:, 14]
    step(world, p.arrival)
    np.testing.assert_allclose(total(world), before, rtol=1e-12)
    assert (world.state.force >= 0).all() and not np.allclose(world.state.force, place)


def test_what_actors_intend_adds_up_to_the_whole_group(world: World) -> None:
    np.testing.assert_allclose(world.intent.target.sum(axis=1) + world.intent.outside, 1.0)
    assert (world.intent.target >= 0.0).all()


def test_only_foreign_groups_leave_syria_of_their_own_will(world: World) -> None:
    foreign = world.groups.foreign
    assert (world.intent.outside[foreign] > 0.0).all() and not world.intent.outside[~foreign].any()


def test_full_mobility_arrives_at_once_and_none_stays(world: World, p) -> None:
    before = world.state.force.copy()
    world.traits["mobility"] = np.zeros_like(world.traits["mobility"])
    step(world, p.arrival)
    assert np.array_equal(world.state.force, before)
    world.traits["mobility"] = np.full_like(world.traits["mobility"], 50.0)
    manpower = total(world)
    step(world, p.arrival)
    np.testing.assert_allclose(world.state.force, world.intent.target * manpower[:, np.newaxis, :])


def test_a_share_of_the_way_is_moved() -> None:
    np.testing.assert_allclose(moved(np.array([2.0, 0.0]), np.array([0.0, 4.0]), np.array([0.25, 0.25])), [1.5, 1.0])


def test_force_is_handed_over_only_where_it_leaves_what_is_agreed_to_be_the_others() -> None:
    left = np.array([[[2.0], [2.0], [-1.0]], [[3.0], [3.0], [3.0]]])
    primacy = np.array([[-0.5], [1.0], [0.0]])
    np.testing.assert_allclose(handed_over(left, primacy), [[1.0], [3.0], [0.0]])
