"""What fills the government's coffers."""

import numpy as np
import pytest

from sim.model.processes.economy import income, land_share, step
from sim.model.state.dimensions import Camp
from sim.model.state.ensemble import Ensemble


def test_income_by_hand(p, given) -> None:
    """Half the land under full sanctions that cost 0.4 of it, half made good: 0.5 x (1 - 0.4 x 0.5) x 0.02, aid 0.01, contracts 0.003."""
    rates = {"income_from_land": 0.02, "income_from_partners": 0.01, "income_from_contracts": 0.03}
    section = given(p.reckon, sanctions_cost=0.4, evasion_recovers=0.5, **rates)
    half, one, tenth = np.full(6, 0.5), np.ones(6), np.full(6, 0.1)
    np.testing.assert_allclose(income(half, tenth, one, one, one, section), 0.008 + 0.01 + 0.003)


def test_land_is_people_and_oil(p, given) -> None:
    control, oil = np.array([[1.0] * 6, [0.0] * 6]), np.array([[1.0], [3.0]])
    np.testing.assert_allclose(land_share(control, np.full(6, 0.8), oil, given(p.reckon, oil_share=0.5)), 0.5 * 0.8 + 0.5 * 0.25)


@pytest.mark.parametrize(("cost", "matters"), [(0.0, False), (0.8, True)])
def test_sanctions_cut_income_unless_they_cost_nothing(ensemble: Ensemble, p, given, cost: float, matters: bool) -> None:
    start, coffers = ensemble.state.coffers.copy(), []
    ensemble.state.control[Camp.GOVERNMENT] = 0.7
    for weight in (0.0, 1.0):
        ensemble.state.coffers = start.copy()
        ensemble.intent.sanctions = np.full(6, weight)
        step(ensemble, given(p.reckon, sanctions_cost=cost))
        coffers.append(ensemble.state.coffers)
    assert (coffers[1] < coffers[0]).all() if matters else np.array_equal(*coffers)


@pytest.mark.parametrize(("decay", "matters"), [(0.0, False), (0.01, True)])
def test_what_land_yields_decays_with_time_unless_nothing_decays(ensemble: Ensemble, p, given, decay, matters) -> None:
    before, left = ensemble.state.coffers.copy(), []
    for month in (0, 100):
        ensemble.state.coffers, ensemble.month = before.copy(), month
        step(ensemble, given(p.reckon, income_decay=decay, spending=0.1))
        left.append(ensemble.state.coffers)
    assert (left[1] < left[0]).all() if matters else np.array_equal(*left)
