"""The yardstick itself: pairs see what a comparison of means would miss, and noise is not taken for an effect."""

import numpy as np
import pytest

from directions.paired import falls, rises, z


def test_a_small_shift_of_every_world_is_seen() -> None:
    """Worlds differ much among themselves, but each moves by a hundredth: clear."""
    before = np.random.default_rng(1).normal(size=100)
    after = before + 0.01 + np.random.default_rng(2).normal(size=100) * 0.01
    rises("a shift", before, after)
    falls("a shift", after, before)


def test_noise_is_not_an_effect() -> None:
    """The same distribution twice, no shift: both directions are refused."""
    before, after = np.random.default_rng(3).normal(size=(2, 100))
    for claim in (rises, falls):
        with pytest.raises(AssertionError, match="a shift should"):
            claim("a shift", before, after)


def test_nothing_moved_is_no_effect_and_all_alike_is_one() -> None:
    """No standard error: zero where no world moves, infinite where all move alike."""
    row = np.arange(5.0)
    assert z(row, row) == 0.0
    assert z(row, row + 1.0) == np.inf
    assert z(row, row - 1.0) == -np.inf
