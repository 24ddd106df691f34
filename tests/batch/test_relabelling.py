"""Relabelling provinces relabels the results, to rounding."""

import numpy as np
import pytest

from sim.model.state.geography import load_provinces
from sim.scenario import Scenario

from .bench import STRESS, results

SORTED = load_provinces().iso
ORDERS = {"backwards": SORTED[::-1], "shuffled": tuple(SORTED[i] for i in np.random.default_rng(3).permutation(len(SORTED)))}
BY_PROVINCE = ("province.", "horizon.province.", "horizon.sphere.", "horizon.lost_month.", "horizon.force.")
BY_PROVINCE += ("horizon.lower.sphere", "horizon.higher.sphere")


def place_axis(name: str) -> int | None:
    """Which axis of a result is provinces: months come first in a series, groups in the force at the horizon."""
    if not name.startswith(BY_PROVINCE):
        return None
    return 1 if name.startswith(("province.", "horizon.force.")) else 0


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS.keys())
@pytest.mark.parametrize("values", [{}, STRESS], ids=["quiet", "stressed"])
def test_provinces_in_another_order_give_the_same_results(baseline: Scenario, values: dict[str, float], order: tuple[str, ...]) -> None:
    """Sums over provinces round differently, so a world may flip on a knife's edge within 24 months; none of these twelve does."""
    plain = results(baseline, 24, values, worlds=12)
    other = results(baseline, 24, values, worlds=12, provinces=load_provinces(order))
    back = [order.index(code) for code in SORTED]
    for name, array in other.items():
        axis = place_axis(name)
        ordered = array if axis is None else np.take(array, back, axis=axis)
        np.testing.assert_allclose(ordered, plain[name], rtol=1e-6, atol=1e-9, err_msg=name)
