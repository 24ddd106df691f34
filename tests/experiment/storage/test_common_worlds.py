"""The worlds that two scenarios both have, however they are divided into chunks."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.experiment.storage.common_worlds import common_ranges, count_common

SIZES = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 9)), max_size=12)  # how many are missing before a chunk, how many it has


def spans(sizes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Chunks one after the other, with gaps."""
    found, at = [], 0
    for gap, n in sizes:
        found.append((at + gap, n))
        at += gap + n
    return found


def numbers(of: list[tuple[int, int]]) -> set[int]:
    """The worlds of some chunks."""
    return {world for first, n in of for world in range(first, first + n)}


@given(SIZES, SIZES, st.randoms())
def test_every_common_world_is_taken_once_from_its_place_in_both(mine: list, other: list, mix: np.random.Generator) -> None:
    own, others = spans(mine), spans(other)
    mix.shuffle(own)
    found = list(common_ranges(own, others))
    worlds = [world for common in found for world in range(common.first, common.first + common.n)]
    assert worlds == sorted(numbers(own) & numbers(others)) and count_common(own, others) == len(worlds)
    for common in found:
        expected = list(range(common.first, common.first + common.n))
        for chunk, where, known in ((common.mine, common.in_mine, own), (common.other, common.in_other, others)):
            assert chunk in known and list(range(chunk[0], sum(chunk)))[where] == expected


def test_the_same_chunks_are_taken_whole() -> None:
    chunks = [(0, 10), (10, 10), (30, 4)]
    found = list(common_ranges(chunks, reversed(chunks)))
    assert [(common.span, common.mine, common.other) for common in found] == [(chunk, chunk, chunk) for chunk in chunks]
    assert all((common.in_mine, common.in_other) == (slice(0, common.n),) * 2 for common in found)


def test_a_world_in_two_chunks_of_one_side_is_taken_once() -> None:
    assert [common.span for common in common_ranges([(0, 10), (6, 2), (8, 8)], [(0, 20)])] == [(0, 10), (10, 6)]
    assert list(common_ranges([(0, 5)], [(5, 5)])) == list(common_ranges([], [(0, 5)])) == []
