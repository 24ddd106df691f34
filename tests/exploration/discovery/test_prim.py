"""PRIM on worlds with a known box, and beside EMA Workbench's."""

from itertools import pairwise

import numpy as np
import pytest

from sim.exploration.discovery.boxes import Box, Side, clearness, everything, only
from sim.exploration.discovery.prim import LEAST_SHARE, MOST_FACTORS, dropped, find_box, paste, peel
from sim.model.state.dimensions import Array, BoolRow

CORNER = (Side(0, True), Side(1, False))  # u0 below .3 and u1 above .6


def corner(seed: int, n: int = 1000, within: float = 1.0, outside: float = 0.0) -> tuple[Array, BoolRow]:
    """Worlds with 20 factors, and those that hold: a share of those in the corner, and of those outside."""
    rng = np.random.default_rng(seed)
    u = rng.random((20, n))
    return u, rng.random(n) < np.where((u[0] < 0.3) & (u[1] > 0.6), within, outside)


@pytest.mark.parametrize("seed", range(8))
def test_a_known_box_is_found_to_a_twentieth_with_no_third_factor(seed: int) -> None:
    box = find_box(*corner(seed))
    assert box.sides == CORNER
    assert abs(box.bound(CORNER[0]) - 0.3) < 0.05 and abs(box.bound(CORNER[1]) - 0.6) < 0.05


def test_a_noisy_box_is_found_too() -> None:
    found = [find_box(*corner(seed, within=0.8, outside=0.1)) for seed in range(8)]
    assert all(set(CORNER) <= set(box.sides) for box in found) and sum(box.sides == CORNER for box in found) >= 6
    cuts = np.array([[box.bound(side) for side in CORNER] for box in found])
    assert np.abs(np.median(cuts, axis=0) - [0.3, 0.6]).max() < 0.06


def test_peeling_takes_a_twentieth_at_a_time_and_a_box_restricts_four_factors_at_most() -> None:
    u, holds = corner(1, within=0.5, outside=0.3)
    boxes = list(peel(u, holds, [Side(i, upper) for i in range(20) for upper in (False, True)]))
    sizes = [peeled.n for peeled in boxes]
    assert all(int(one.box.holds(u).sum()) == one.n and int(holds[one.box.holds(u)].sum()) == one.held for one in boxes)
    assert sizes[0] == 1000 and sizes[-1] >= LEAST_SHARE * 1000
    assert all(0.95 * before - 1 <= after < before for before, after in pairwise(sizes))
    many = (u[:7] < 0.8).all(axis=0)
    assert len(boxes[-1].box.factors) > MOST_FACTORS == len(find_box(u, many).factors)


def test_only_ends_that_are_allowed_are_cut() -> None:
    u, holds = corner(2)
    assert find_box(u, holds, [Side(1, False), Side(5, True)]).sides == (Side(1, False),)


def test_the_order_of_worlds_does_not_matter() -> None:
    u, holds = corner(3, within=0.9, outside=0.05)
    order = np.random.default_rng(0).permutation(1000)
    box, other = find_box(u, holds), find_box(u[:, order], holds[order])
    assert np.array_equal(other.low, box.low) and np.array_equal(other.high, box.high)


def test_a_condition_that_does_nothing_is_dropped_and_too_narrow_an_end_is_pasted() -> None:
    u, holds = corner(4)
    narrow = everything(20).cut(CORNER[0], 0.15).cut(CORNER[1], 0.8).cut(Side(7, True), 0.9)
    kept = dropped(u, holds, everything(20).cut(CORNER[0], 0.3).cut(CORNER[1], 0.6).cut(Side(7, True), 0.9))
    wide = paste(u, holds, narrow)
    assert kept.sides == CORNER
    assert (
        wide.bound(CORNER[0]) > 0.25
        and wide.bound(CORNER[1]) < 0.65
        and clearness(holds, wide.holds(u)) > clearness(holds, narrow.holds(u))
    )


def test_where_nothing_differs_there_is_no_condition() -> None:
    u, holds = corner(5, within=0.2, outside=0.2)
    assert len(find_box(u, holds).sides) <= 1  # chance, before anything is asked of other worlds
    assert find_box(u, np.ones(1000, dtype=bool)).sides == ()


def test_a_box_keeps_what_it_is_asked_to() -> None:
    box = Box(np.array([0.2, 0.0, 0.1]), np.array([1.0, 0.5, 0.9]))
    assert box.sides == (Side(0, False), Side(1, True), Side(2, False), Side(2, True))
    assert only(box, (Side(2, True),)).sides == (Side(2, True),) and box.without(Side(0, False)).factors == {1, 2}
    assert box.holds(np.array([[0.3, 0.1], [0.4, 0.4], [0.5, 0.5]])).tolist() == [True, False]


def test_it_finds_what_ema_workbench_finds() -> None:
    prim = pytest.importorskip("ema_workbench.analysis.prim")
    pandas = pytest.importorskip("pandas")
    u, holds = corner(6, within=0.9, outside=0.05)
    names = [f"u{i}" for i in range(20)]
    theirs = prim.Prim(pandas.DataFrame(u.T, columns=names), holds, threshold=0.5, peel_alpha=0.05).find_box()
    trajectory = theirs.peeling_trajectory
    ours = find_box(u, holds)
    mine = holds[ours.holds(u)]
    as_dense = trajectory[trajectory["density"] >= mine.mean() - 0.02]
    assert mine.sum() / holds.sum() >= as_dense["coverage"].max() - 0.05
