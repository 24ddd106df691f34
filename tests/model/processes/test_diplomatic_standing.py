"""What builds a partner's standing."""

import numpy as np

from sim.model.processes.diplomatic_standing import standing_after


def test_standing_comes_of_recovered_core_talks_and_display_and_fades(p, given) -> None:
    """Recovered 0.5 of the core counts as 0.5 x 0.1, talks 0.2 x 0.5, display 0.1 x 1: a gain of 0.25 on what is left to gain,
    as far as the partner is a broker; none for one that is not.
    """
    rates = {"standing_from_ground": 1.0, "memory_of_ground": 0.1, "standing_from_talks": 0.2, "standing_from_display": 0.1}
    none, half, one = np.zeros(6), np.full(6, 0.5), np.ones(6)
    steady = given(p.reckon, standing_fading=0, **rates)
    for broker in (0.0, 0.5, 1.0):
        gained = standing_after(half, broker * one, half, half, one, steady)
        np.testing.assert_allclose(gained, 0.5 + broker * 0.25 * 0.5)
    np.testing.assert_allclose(standing_after(half, one, none, none, none, given(p.reckon, standing_fading=0.1)), 0.45)
