"""The government turns to one enemy after another."""

import numpy as np

from sim.model.actors.government import phased
from sim.model.state.dimensions import Camp
from sim.model.state.ensemble import Ensemble


def test_all_enemies_are_alike_without_phasing(ensemble: Ensemble) -> None:
    weights = phased(ensemble, np.zeros(6))
    assert (weights[[Camp.OPPOSITION, Camp.SDF, Camp.ISLAMIC_STATE]] == 1.0).all()


def test_the_most_dangerous_keeps_its_weight_and_the_others_lose_with_phasing(ensemble: Ensemble) -> None:
    ensemble.perceived.strength[Camp.OPPOSITION] = 10.0
    ensemble.perceived.strength[[Camp.SDF, Camp.ISLAMIC_STATE]] = 1.0
    half, full = phased(ensemble, np.full(6, 0.5)), phased(ensemble, np.ones(6))
    np.testing.assert_allclose(full[Camp.OPPOSITION], 1.0)
    np.testing.assert_allclose(full[Camp.ISLAMIC_STATE], 0.1)
    np.testing.assert_allclose(half[Camp.ISLAMIC_STATE], 0.1**0.5)
