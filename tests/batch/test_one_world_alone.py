"""World k alone is world k in a batch, to the bit, however the worlds are cut into chunks."""

from functools import cache

import pytest

from sim.scenario import Scenario

from .bench import STRESS, Results, differing, results

MONTHS = {"quiet": 24, "stressed": 18}
VALUES = {"quiet": {}, "stressed": STRESS}
WORLDS = 24
CHUNKS = [(0, 1), (9, 1), (23, 1), (0, 2), (21, 3), (5, 7), (3, 17)]


@pytest.fixture(scope="module")
def whole(baseline: Scenario):
    """All worlds in one batch, run once for each setting."""

    @cache
    def run(setting: str) -> Results:
        return results(baseline, MONTHS[setting], VALUES[setting], worlds=WORLDS)

    return run


@pytest.mark.parametrize("setting", ["quiet", "stressed"])
@pytest.mark.parametrize(("first", "worlds"), CHUNKS)
def test_a_chunk_gives_the_same_bits_as_the_whole(baseline: Scenario, whole, setting: str, first: int, worlds: int) -> None:
    chunk = results(baseline, MONTHS[setting], VALUES[setting], first_world=first, worlds=worlds)
    assert all(array.shape[-1] == worlds for array in chunk.values())
    assert differing(whole(setting), chunk, slice(first, first + worlds)) == []


def test_the_stressed_setting_reaches_what_could_break_a_batch(whole) -> None:
    """Second rounds in some worlds but not in others, single winners, routs, falls: where columns part company."""
    stressed = whole("stressed")
    offensives = stressed["whole.offensives"]
    assert (offensives >= 3).any()
    assert ((offensives > 0).sum(axis=1) == 1).any() or ((offensives >= 2).sum(axis=1) == 1).any()
    assert 0 < (stressed["whole.routs"] > 0).any(axis=0).sum() < WORLDS
    assert 0 < (stressed["horizon.collapse_month."] >= 0).sum() < WORLDS


def test_worlds_differ_from_each_other(whole) -> None:
    quiet = whole("quiet")
    assert len(set(quiet["whole.iran_force"][-1])) == WORLDS


def test_a_world_far_down_the_list_is_the_same_alone_and_in_a_batch(baseline: Scenario) -> None:
    far = 10_000_000
    batch = results(baseline, 6, first_world=far, worlds=5)
    alone = results(baseline, 6, first_world=far + 3, worlds=1)
    assert differing(batch, alone, slice(3, 4)) == []


def test_without_draws_too_a_world_alone_is_the_same(baseline: Scenario) -> None:
    batch = results(baseline, 12, STRESS, worlds=6, draws=False)
    alone = results(baseline, 12, STRESS, worlds=1, first_world=4, draws=False)
    assert differing(batch, alone, slice(4, 5)) == []
