"""The benchmark counts what the model does, and counting changes no result."""

from collections import Counter

import numpy as np
import pytest

from sim import benchmark
from sim.benchmark import Counted, count_operations, counted, kind_of, with_twice_the_groups
from sim.model import Spheres


@pytest.fixture(autouse=True)
def _fresh() -> None:
    Counted.tally, Counted.sizes = Counter(), (1, 12)


def test_operations_are_counted_by_kind_and_size() -> None:
    a = counted(np.ones((3, 4)))
    b = np.where(a > 0.5, np.exp(a), 0.0).sum(axis=0)
    assert b.tolist() == np.full(4, 3 * np.exp(1.0)).tolist()
    assert Counted.tally == {("pass", 12): 24, ("exp", 12): 12, ("reduce", 12): 12}
    a *= 2.0
    assert Counted.tally["pass", 12] == 36 and a[0, 0] == 2.0


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
    assert two.world.state.force.sum() == pytest.approx(2.0 * one.world.state.force.sum())
