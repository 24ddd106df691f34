"""The benchmark counts what the model does, and counting changes no result."""

from collections import Counter

import numpy as np
import pytest

from sim import benchmark
from sim.benchmark.model_sizes import with_provinces, with_twice_the_groups
from sim.benchmark.numpy_floor import CountingArray, count_operations, counting, kind_of
from sim.benchmark.timing import ratio
from sim.simulation import Spheres


@pytest.fixture(autouse=True)
def _fresh() -> None:
    CountingArray.tally, CountingArray.sizes = Counter(), (1, 12)


def test_operations_are_counted_by_kind_and_size() -> None:
    a = counting(np.ones((3, 4)))
    b = np.where(a > 0.5, np.exp(a), 0.0).sum(axis=0)
    assert b.tolist() == np.full(4, 3 * np.exp(1.0)).tolist()
    assert CountingArray.tally == {("pass", 12): 24, ("exp", 12): 12, ("reduce", 12): 12}
    a *= 2.0
    assert CountingArray.tally["pass", 12] == 36 and a[0, 0] == 2.0


def test_kinds_are_told_apart() -> None:
    assert [kind_of("exp", "__call__"), kind_of("add", "__call__"), kind_of("add", "reduce")] == ["exp", "pass", "reduce"]


def test_a_run_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(benchmark.__file__.rsplit("/sim/", 1)[0])
    few, more = (sum(count_operations(8, months).values()) for months in (1, 2))
    assert few > 8 * 1000 and 1.8 < more / few < 2.2


def test_twice_the_groups_are_twice_the_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(benchmark.__file__.rsplit("/sim/", 1)[0])
    one, two = (Spheres(it, worlds=2, months=1, draws=False) for it in ("baseline", with_twice_the_groups()))
    assert len(two.groups) == 2 * len(one.groups)
    assert two.ensemble.state.force.sum() == pytest.approx(2.0 * one.ensemble.state.force.sum())


def test_a_cut_map_has_the_people_the_force_and_the_borders_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(benchmark.__file__.rsplit("/sim/", 1)[0])
    scenario, provinces = with_provinces(61)
    whole, cut = (
        Spheres("baseline", worlds=2, months=1, draws=False),
        Spheres(scenario, worlds=2, months=1, draws=False, provinces=provinces),
    )
    assert len(provinces) == len(set(provinces.iso)) == 61
    assert provinces.population.sum() == pytest.approx(1.0) and provinces.area.sum() == pytest.approx(whole.provinces.area.sum())
    assert cut.ensemble.state.force.sum() == pytest.approx(whole.ensemble.state.force.sum())
    held = [(m.ensemble.state.control * m.provinces.area).sum(axis=(1, 2)) for m in (whole, cut)]
    np.testing.assert_allclose(*held)
    joined = {frozenset((provinces.iso[a][:5], provinces.iso[b][:5])) for a, b in provinces.borders}
    real = {frozenset((whole.provinces.iso[a], whole.provinces.iso[b])) for a, b in whole.provinces.borders}
    assert {pair for pair in joined if len(pair) == 2} == real
    cut.run()


def test_a_ratio_is_of_the_quickest_rounds() -> None:
    one, other = iter([3.0, 2.0, 5.0]), iter([4.0, 9.0, 8.0])
    assert ratio(lambda: next(one), lambda: next(other)) == 0.5
