"""Random numbers: uniform, independent by name, and the same for world k whatever the chunk."""

import numpy as np
import pytest
from scipy import stats

from sim.model.state.geography import load_provinces
from sim.model.state.random_streams import MAX_COUNT, RandomStreams, poisson, stream_key

SEED_1_MONTH_3 = [0.968999140315711, 0.42367972241232726]  # worlds 5 and 6


def test_uniforms_are_uniform_and_lie_in_the_open_interval() -> None:
    u = RandomStreams(1, 0, 20_000).uniforms("a source", 3, 5)
    assert u.shape == (5, 20_000)
    assert u.min() > 0.0 and u.max() < 1.0
    assert u.mean() == pytest.approx(0.5, abs=0.004)
    assert u.var() == pytest.approx(1.0 / 12.0, abs=0.002)
    assert stats.kstest(u.ravel(), "uniform").pvalue > 0.001


def test_names_months_seeds_and_rows_are_independent() -> None:
    chance = RandomStreams(1, 0, 20_000)
    rows = [
        *chance.uniforms("one", 0, 3),
        chance.row("other", 0),
        chance.row("one", 1),
        RandomStreams(2, 0, 20_000).row("one", 0),
        chance.draw("one"),
    ]
    correlation = np.corrcoef(np.stack(rows)) - np.eye(len(rows))
    assert np.abs(correlation).max() < 0.03


@pytest.mark.parametrize("n", [1, 3, 4, 5, 14, 40])
@pytest.mark.parametrize(("first", "worlds"), [(0, 1), (7, 2), (3, 17), (29, 1)])
def test_a_chunk_has_the_random_numbers_of_the_whole(n: int, first: int, worlds: int) -> None:
    whole = RandomStreams(5, 0, 30).uniforms("a source", 11, n)
    assert np.array_equal(RandomStreams(5, first, worlds).uniforms("a source", 11, n), whole[:, first : first + worlds])


@pytest.mark.parametrize("n", [1, 4, 14])
def test_scattered_worlds_have_the_numbers_of_the_whole(n: int) -> None:
    numbers = (0, 3, 4, 5, 11, 29)
    whole, scattered = RandomStreams(5, 0, 30), RandomStreams(5, 0, len(numbers), numbers)
    for month in (0, 11):
        assert np.array_equal(scattered.uniforms("a source", month, n), whole.uniforms("a source", month, n)[:, numbers])


@pytest.mark.parametrize("n", [1, 4, 14])
@pytest.mark.parametrize("luck", [(29, 0, 4, 3), (7, 7, 7), (5, 2, 5, 2, 11), (0, 0), (1, 2, 3)])
def test_columns_may_have_the_luck_of_any_worlds_in_any_order(n: int, luck: tuple[int, ...]) -> None:
    whole, rows = RandomStreams(5, 0, 30), RandomStreams(5, 0, len(luck), luck)
    for month in (0, 11):
        assert np.array_equal(rows.uniforms("a source", month, n), whole.uniforms("a source", month, n)[:, luck])
    assert np.array_equal(rows.draw("x"), whole.draw("x")[list(luck)])


def test_asking_for_other_streams_in_between_changes_nothing() -> None:
    quiet, busy = RandomStreams(5, 2, 6), RandomStreams(5, 2, 6)
    for month in range(3):
        busy.uniforms("something else", month, 9)
        assert np.array_equal(quiet.row("a source", month), busy.row("a source", month))


def test_streams_do_not_change_from_one_version_to_the_next() -> None:
    """The key is a stable hash of the name, not Python's own, which differs from process to process."""
    assert stream_key("shock:crisis") == 0x8351C6A0A072A9AB
    np.testing.assert_array_equal(RandomStreams(1, 5, 2).row("shock:crisis", 3), SEED_1_MONTH_3)


def test_numbers_by_province_follow_the_iso_codes() -> None:
    """Rows of uniforms go by a province's rank among the codes, so the order of the axis does not matter."""
    plain = load_provinces()
    backwards = load_provinces(plain.iso[::-1])
    u = RandomStreams(1, 0, 4).uniforms("a source", 0, len(plain))
    assert np.array_equal(u[plain.iso_rank], u[backwards.iso_rank][::-1])


def test_poisson_counts_are_the_inverse_of_the_distribution() -> None:
    u = np.linspace(0.0005, 0.9995, 400)
    for rate in (0.0, 1e-6, 0.1, 0.7, 2.5, 9.0, 25.0):
        assert np.array_equal(poisson(u, np.full(u.shape, rate)), stats.poisson.ppf(u, rate)), rate


def test_a_higher_rate_never_means_fewer_from_the_same_uniform() -> None:
    u = np.random.default_rng(1).random(500)
    counts = np.stack([poisson(u, np.full(u.shape, rate)) for rate in (0.0, 0.2, 1.0, 5.0, 30.0, 1000.0)])
    assert (np.diff(counts, axis=0) >= 0).all()
    assert counts[0].max() == 0 and counts[-1].min() == MAX_COUNT
