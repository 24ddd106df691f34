"""Another order of provinces or armed groups relabels the results, to rounding.

Sums over provinces and groups then round differently, so a world may flip on a knife's edge within 24 months; none of these twelve does.
"""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from sim.model.state.geography import load_provinces
from sim.scenario import Scenario

from .bench import STRESS, Results, results

SORTED = load_provinces().iso
PROVINCE_ORDERS = {"backwards": SORTED[::-1], "shuffled": tuple(SORTED[i] for i in np.random.default_rng(3).permutation(len(SORTED)))}
BY_PROVINCE = ("province.", "horizon.province.", "horizon.sphere.", "horizon.lost_month.", "horizon.force.")
BY_PROVINCE += ("horizon.goal_effort_by_province", "horizon.lower.sphere", "horizon.higher.sphere")
SETTINGS = {"quiet": {}, "stressed": STRESS}
MONTHS, WORLDS = 24, 12


@pytest.fixture(scope="module")
def plain(baseline: Scenario):
    """The results in the usual order, run once for each setting."""

    @cache
    def run(setting: str) -> Results:
        return results(baseline, MONTHS, SETTINGS[setting], worlds=WORLDS)

    return run


def province_axis(name: str) -> int | None:
    """Which axis of a result is provinces: months come first in a series, groups in the force at the horizon."""
    if not name.startswith(BY_PROVINCE):
        return None
    return 1 if name.startswith(("province.", "horizon.force.", "horizon.goal_effort_by_province")) else 0


def assert_same(relabelled: Results, plain: Results) -> None:
    assert relabelled.keys() == plain.keys()
    for name, array in relabelled.items():
        np.testing.assert_allclose(array, plain[name], rtol=1e-6, atol=1e-9, err_msg=name)


@pytest.mark.parametrize("order", PROVINCE_ORDERS.values(), ids=PROVINCE_ORDERS.keys())
@pytest.mark.parametrize("setting", SETTINGS)
def test_provinces_in_another_order_give_the_same_results(baseline: Scenario, plain, setting: str, order: tuple[str, ...]) -> None:
    other = results(baseline, MONTHS, SETTINGS[setting], worlds=WORLDS, provinces=load_provinces(order))
    back = [order.index(code) for code in SORTED]
    axes = {name: province_axis(name) for name in other}
    assert_same({name: x if axes[name] is None else np.take(x, back, axis=axes[name]) for name, x in other.items()}, plain(setting))


@pytest.mark.parametrize("order", ["backwards", "shuffled"])
@pytest.mark.parametrize("setting", SETTINGS)
def test_groups_in_another_order_give_the_same_results(baseline: Scenario, plain, setting: str, order: str) -> None:
    table = baseline.start_state["groups"]
    keys = list(table)
    moved = keys[::-1] if order == "backwards" else [keys[i] for i in np.random.default_rng(4).permutation(len(keys))]
    start = {**baseline.start_state, "groups": {key: table[key] for key in moved}}
    other = results(replace(baseline, start_state=start), MONTHS, SETTINGS[setting], worlds=WORLDS)
    other["horizon.force."] = other["horizon.force."][[moved.index(key) for key in keys]]
    assert_same(other, plain(setting))
