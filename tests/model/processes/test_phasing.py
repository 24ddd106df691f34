"""The government turns to one enemy after another."""

import numpy as np
import pytest

from sim.model.processes.phasing import endangered, urgency
from sim.model.state.dimensions import Camp
from sim.model.state.ensemble import Ensemble

ENEMIES = [Camp.OPPOSITION, Camp.SDF, Camp.ISLAMIC_STATE]


@pytest.fixture
def strong_opposition(ensemble: Ensemble) -> Ensemble:
    """Worlds in which the opposition is ten times as strong as the others, everywhere."""
    ensemble.perceived.strength[:] = 1.0
    ensemble.perceived.strength[Camp.OPPOSITION] = 10.0
    return ensemble


def test_all_enemies_are_alike_without_phasing(strong_opposition: Ensemble) -> None:
    assert (urgency(strong_opposition, {}, np.zeros(6))[ENEMIES] == 1.0).all()


def test_the_most_dangerous_keeps_its_weight_and_the_others_lose_with_phasing(strong_opposition: Ensemble) -> None:
    half, full = urgency(strong_opposition, {}, np.full(6, 0.5)), urgency(strong_opposition, {}, np.ones(6))
    np.testing.assert_allclose(full[Camp.OPPOSITION], 1.0)
    np.testing.assert_allclose(full[Camp.ISLAMIC_STATE], 0.1)
    np.testing.assert_allclose(half[Camp.ISLAMIC_STATE], 0.1**0.5)


def test_a_zone_that_quiets_a_front_sets_the_army_free_for_another(strong_opposition: Ensemble) -> None:
    everywhere = np.ones((len(strong_opposition.provinces), 6))
    pair = frozenset((Camp.GOVERNMENT, Camp.OPPOSITION))
    half = endangered(strong_opposition, {pair: 0.5 * everywhere})
    np.testing.assert_allclose(half[Camp.OPPOSITION], 0.5 * endangered(strong_opposition, {})[Camp.OPPOSITION])
    whole = urgency(strong_opposition, {pair: 1.2 * everywhere}, np.ones(6))
    assert (whole[Camp.OPPOSITION] == 0.0).all() and (whole[Camp.ISLAMIC_STATE] == 1.0).all()
