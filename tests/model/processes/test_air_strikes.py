"""Strikes on visible presence, and what happens from outside."""

import numpy as np
import pytest

from sim.model.processes import air_strikes, exogenous_shocks
from sim.model.state.dimensions import Field, Instrument, Partner
from sim.model.state.ensemble import Ensemble


def strikes(ensemble: Ensemble, p, mixing: float) -> np.ndarray:
    """Strikes by province under very many sorties, with this much mixing effort."""
    ensemble.intent.strikes["israel"] = np.full((14, 6), 10.0)
    ensemble.intent.placed[Partner.IRAN, Instrument.MIXING] = mixing
    air_strikes.step(ensemble, p)
    return ensemble.monthly.strikes


def test_mixing_shields_only_where_the_shield_is_above_zero(ensemble: Ensemble, p, given) -> None:
    bare, mixed = (strikes(ensemble, given(p.strike, shield=0, lethality=0), effort) for effort in (0.0, 5.0))
    assert np.array_equal(bare, mixed)
    bare, mixed = (strikes(ensemble, given(p.strike, shield=1, lethality=0), effort) for effort in (0.0, 5.0))
    assert (mixed <= bare).all() and 0 < mixed.sum() < bare.sum()


def test_where_there_is_no_presence_nothing_is_struck(ensemble: Ensemble, p) -> None:
    ensemble.perceived.targets[:, 3] = 0.0
    assert not strikes(ensemble, p.strike, 0.0)[3].any()


def test_strikes_cost_irans_groups_and_roots_their_share_and_nobody_elses(ensemble: Ensemble, p, given) -> None:
    force, roots = ensemble.state.force.copy(), ensemble.state.roots.copy()
    hits = strikes(ensemble, given(p.strike, lethality=0.1, root_damage=0.2), 0.0)
    iran = ensemble.groups.of_partner(Partner.IRAN)
    others = [g for g in range(len(ensemble.groups)) if g not in iran]
    np.testing.assert_allclose(ensemble.state.force[iran], force[iran] * 0.9**hits)
    np.testing.assert_allclose(ensemble.state.roots[Partner.IRAN], roots[Partner.IRAN] * 0.8**hits)
    assert np.array_equal(ensemble.state.force[others], force[others])
    assert np.array_equal(ensemble.state.roots[Partner.RUSSIA], roots[Partner.RUSSIA])


def test_wholly_lethal_strikes_leave_next_to_nothing_and_no_error(ensemble: Ensemble, p, given) -> None:
    with np.errstate(all="raise", under="ignore"):
        hits = strikes(ensemble, given(p.strike, lethality=1, root_damage=1), 0.0)
    left = ensemble.state.force[ensemble.groups.of_partner(Partner.IRAN)]
    assert left[:, hits > 0].max() < 1e-6


@pytest.mark.parametrize(("rate", "happens"), [(0.0, False), (1.0, True)])
def test_shocks_come_at_their_rates_and_do_what_they_say(ensemble: Ensemble, p, given, rate: float, happens: bool) -> None:
    state = ensemble.state
    state.escalation[:] = state.surge[:] = 0.0
    coffers, channel = state.coffers.copy(), state.channel.copy()
    sizes = {"escalation_size": 2.0, "surge_size": 0.5, "crisis_size": 0.25, "contact_cost": 0.1}
    rates = dict.fromkeys(("escalation_rate", "crisis_rate", "surge_rate", "contact_rate"), rate)
    exogenous_shocks.step(ensemble, given(p.shocks, **sizes, **rates))
    np.testing.assert_allclose(state.escalation, 2.0 * happens)
    np.testing.assert_allclose(state.surge, 0.5 * happens)
    np.testing.assert_allclose(state.coffers, coffers * (1.0 - 0.25 * happens))
    np.testing.assert_allclose(state.channel[Field.MILITARY], channel[Field.MILITARY] * (1.0 - 0.1 * happens))
    assert np.array_equal(state.channel[1:], channel[1:])


def test_the_loss_of_a_contact_may_cost_nothing(ensemble: Ensemble, p, given) -> None:
    channel = ensemble.state.channel.copy()
    exogenous_shocks.step(ensemble, given(p.shocks, contact_rate=1, contact_cost=0))
    assert np.array_equal(ensemble.state.channel, channel)


def test_tension_fades(ensemble: Ensemble, p, given) -> None:
    ensemble.state.escalation[:] = 1.0
    exogenous_shocks.step(ensemble, given(p.shocks, escalation_rate=0, fading=0.3))
    np.testing.assert_allclose(ensemble.state.escalation, 0.7)
