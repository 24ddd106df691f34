"""Influence shares sum to one and go to those who count on each camp's ground."""

import numpy as np
import pytest

from sim.model.observation.influence import shares
from sim.model.state.dimensions import Camp, Leader, Partner, Power
from sim.model.state.ensemble import Ensemble

GROUND = {
    Camp.GOVERNMENT: {Power.GOVERNMENT, Power.RUSSIA, Power.IRAN, Power.LOCAL},  # Suwayda, Daraa
    Camp.OPPOSITION: {Power.LOCAL, Power.TURKEY},
    Camp.SDF: {Power.LOCAL, Power.UNITED_STATES},
    Camp.ISLAMIC_STATE: {Power.ISLAMIC_STATE},
    Camp.LOCAL: {Power.LOCAL},
}


@pytest.mark.parametrize("camp", list(Camp))
def test_only_those_who_count_on_a_camps_ground_have_influence_there(ensemble: Ensemble, p, camp: Camp) -> None:
    ensemble.state.control[:], ensemble.state.presence[:], ensemble.state.fallen[:] = 0.0, 0.0, 0.0
    ensemble.state.control[camp] = 1.0
    x = shares(ensemble, p.influence)
    np.testing.assert_allclose(x.sum(axis=0), 1.0)
    assert {power for power in Power if (x[power] > 1e-9).any()} == GROUND[camp]


def test_shares_sum_to_one_on_mixed_ground_and_without_any_force(ensemble: Ensemble, p) -> None:
    for force in (1.0, 0.0):
        ensemble.state.force *= force
        x = shares(ensemble, p.influence)
        np.testing.assert_allclose(x.sum(axis=0), 1.0)
        assert (x >= 0.0).all()


def test_presence_without_ground_takes_its_shadow_from_all(ensemble: Ensemble, p, given) -> None:
    ensemble.state.control[Camp.ISLAMIC_STATE] = 0.0
    ensemble.state.control[:] /= ensemble.state.control.sum(axis=0)
    ensemble.state.presence[:] = 0.0
    clear = shares(ensemble, p.influence)
    ensemble.state.presence[:] = 0.5
    shaded = shares(ensemble, given(p.influence, shadow=0.4))
    np.testing.assert_allclose(shaded[Power.ISLAMIC_STATE], 0.2)
    np.testing.assert_allclose(shaded[Power.GOVERNMENT], 0.8 * clear[Power.GOVERNMENT])


@pytest.mark.parametrize("what", ["roots", "primacy", "force", "holdings"])
def test_more_of_what_counts_is_more_influence_unless_its_weight_is_zero(ensemble: Ensemble, p, given, what: str) -> None:
    for weight, matters in ((0.0, False), (1.0, True)):
        rows = []
        for level in (0.0, 1.0):
            ensemble.state.control[:], ensemble.state.presence[:] = 0.0, 0.0
            ensemble.state.control[Camp.GOVERNMENT] = 1.0
            if what == "roots":
                ensemble.state.roots[Partner.IRAN] = level
            elif what == "primacy":
                ensemble.state.primacy[:] = -level
            elif what == "force":
                ensemble.state.force[ensemble.groups.of_leader(Leader.IRAN)] = level
            else:
                ensemble.perceived.held[:] = 1.0
                ensemble.perceived.held[Partner.IRAN] = 5.0 * level
            rows.append(shares(ensemble, given(p.influence, **{what: weight}))[Power.IRAN])
        assert (rows[1] > rows[0]).all() if matters else np.array_equal(*rows)
