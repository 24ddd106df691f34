"""How a number in a file becomes a row of worlds."""

from dataclasses import dataclass

import numpy as np
import pytest

from sim.model.state.parameters import SHARE, SIGNED, WEIGHT, Change, ParameterValue, apply, build, declared, parameter, quantile

U = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
SETTING = ParameterValue("a.path", WEIGHT, 2.0, (1.0, 5.0), "index", "assumed", "a test")


def test_the_quantiles_of_a_range_run_through_its_median() -> None:
    np.testing.assert_allclose(quantile(U, 1.0, 2.0, 5.0), [1.0, 1.5, 2.0, 3.5, 5.0])


def test_without_draws_a_parameter_is_its_central_value() -> None:
    assert SETTING.row(None, 3).tolist() == [2.0] * 3
    assert SETTING.central() == 2.0


def test_a_setting_without_a_range_is_never_drawn() -> None:
    fixed = ParameterValue("a.path", WEIGHT, 2.0, None, "index", "assumed", "a test")
    assert not fixed.varies and fixed.row(U, 5).tolist() == [2.0] * 5


@pytest.mark.parametrize(
    ("changes", "expected", "drawn"),
    [
        ([Change("set", 4.0)], [4.0] * 5, False),
        ([Change("range", 0.0, 8.0)], [0.0, 2.0, 4.0, 6.0, 8.0], True),
        ([Change("scale", 2.0)], [2.0, 3.0, 4.0, 7.0, 10.0], True),
        ([Change("add", 1.0)], [2.0, 2.5, 3.0, 4.5, 6.0], True),
        ([Change("add", -2.0)], [0.0, 0.0, 0.0, 1.5, 3.0], True),
        ([Change("scale", 30.0)], [30.0, 45.0, 60.0, 100.0, 100.0], True),
        ([Change("set", 4.0), Change("scale", 0.5)], [2.0] * 5, False),
        ([Change("scale", 3.0), Change("set", 4.0)], [4.0] * 5, False),
    ],
)
def test_changes_act_in_order_on_each_worlds_own_draw_within_bounds(changes: list[Change], expected: list[float], drawn: bool) -> None:
    changed = SETTING.changed(*changes)
    np.testing.assert_allclose(changed.row(U, 5), expected)
    assert changed.varies is drawn


def test_a_range_without_draws_gives_its_middle() -> None:
    assert SETTING.changed(Change("range", 0.0, 8.0)).central() == 4.0


def test_a_signed_parameter_may_become_negative() -> None:
    assert apply(Change("add", -3.0), np.ones(2), None, SIGNED).tolist() == [-2.0, -2.0]
    assert apply(Change("add", 3.0), np.ones(2), None, SHARE).tolist() == [1.0, 1.0]


@dataclass
class Inner:
    size: np.ndarray = parameter(WEIGHT, "a size")


@dataclass
class Outer:
    inner: Inner
    many: dict[str, Inner]
    share: np.ndarray = parameter(SHARE, "a share")


MEMBERS = {"many": ("one", "two")}
PATHS = ["inner.size", "many.one.size", "many.two.size", "share"]


def test_every_path_of_a_section_is_declared_with_those_of_its_members() -> None:
    assert [(d.path, d.kind.name) for d in declared(Outer, "", MEMBERS)] == list(zip(PATHS, ["weight"] * 3 + ["share"], strict=True))


def test_sections_are_filled_by_path_and_a_missing_one_is_an_error() -> None:
    rows = {path: np.array([float(i)]) for i, path in enumerate(PATHS)}
    filled = build(Outer, rows, "", MEMBERS)
    assert (filled.inner.size, filled.many["two"].size, filled.share) == (0.0, 2.0, 3.0)
    with pytest.raises(KeyError, match=r"many\.two\.size"):
        build(Outer, {path: row for path, row in rows.items() if path != "many.two.size"}, "", MEMBERS)
