"""Memoranda and contracts: what is carried out, what comes to nothing, what lasts, and what counts as held."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.model.observation.observers import snapshot
from sim.model.processes.memoranda import delivery_chance, dropped_below, step
from sim.model.state.dimensions import NOBODY, Bidder, Camp, Sector
from sim.model.state.ensemble import Ensemble
from sim.model.state.event_log import KIND_INDEX
from sim.model.state.sensing import holdings, memoranda
from sim.scenario import Scenario


def held(ensemble: Ensemble, bidder: int, in_force: bool) -> Ensemble:
    """Worlds in which one bidder holds every asset, by a contract in force or by a memorandum."""
    state = ensemble.state
    state.holder, state.in_force = np.full_like(state.holder, bidder), np.full_like(state.in_force, in_force)
    return ensemble


def terms(given, section: Any, delivery: dict[str, float], feasibility: dict[str, float] | None = None, **numbers: float) -> Any:
    """The section of contracts with some numbers replaced, those below it too."""
    below = {"delivery": given(section.delivery, **delivery), "feasibility": given(section.feasibility, **(feasibility or {}))}
    return replace(given(section, **numbers), **below)


NONE = {"russia": 0, "iran": 0, "others": 0}
EQUAL = dict.fromkeys(("oil_gas", "power", "phosphate", "agriculture", "real_estate", "transport_industry"), 1.0)


def test_the_chance_of_delivery_is_a_rate_by_bidder_times_a_factor_by_sector(ensemble: Ensemble, p, given) -> None:
    contract = terms(given, p.contract, {"russia": 0.1, "iran": 0.02, "others": 0.5}, {**EQUAL, "power": 0.5, "phosphate": 3.0})
    holder = np.array([0, 1, 2], dtype=np.int8)
    sector = np.array([Sector.POWER, Sector.PHOSPHATE, Sector.PHOSPHATE])
    np.testing.assert_allclose(delivery_chance(holder, sector, np.array([0, 3, 5]), contract), [0.05, 0.06, 1.0])


def test_a_memorandum_is_dropped_only_if_it_is_not_carried_out() -> None:
    np.testing.assert_allclose(dropped_below(np.array([0.2, 1.0]), np.array([0.1, 0.5])), [0.2 + 0.8 * 0.1, 1.0])


def test_memoranda_are_carried_out_on_the_governments_ground_only(ensemble: Ensemble, p, given) -> None:
    state = held(ensemble, Bidder.IRAN, False).state
    before = ensemble.log.counts[KIND_INDEX["contract_in_force"]].sum()
    step(ensemble, terms(given, p.contract, {**NONE, "iran": 1}, EQUAL, abandonment=1))
    ours = state.ground == Camp.GOVERNMENT
    assert 0 < ours.sum() < ours.size
    assert np.array_equal(state.in_force, ours) and (state.holder == Bidder.IRAN).all()
    assert ensemble.log.counts[KIND_INDEX["contract_in_force"]].sum() - before == ours.sum()


def test_memoranda_come_to_nothing_on_the_governments_ground_only(ensemble: Ensemble, p, given) -> None:
    state = held(ensemble, Bidder.IRAN, False).state
    before = ensemble.log.counts[KIND_INDEX["contract_lapsed"]].sum()
    step(ensemble, terms(given, p.contract, {**NONE, "russia": 1}, EQUAL, abandonment=1, ending_rate=0))
    ours = state.ground == Camp.GOVERNMENT
    assert np.array_equal(state.holder == NOBODY, ours) and not state.in_force.any()
    assert ensemble.log.counts[KIND_INDEX["contract_lapsed"]].sum() - before == ours.sum()


@pytest.mark.parametrize(("rate", "ends"), [(0, False), (1, True)])
def test_contracts_end_at_their_rate_and_are_not_dropped_as_memoranda(ensemble: Ensemble, p, given, rate: float, ends: bool) -> None:
    state = held(ensemble, Bidder.RUSSIA, True).state
    step(ensemble, terms(given, p.contract, NONE, abandonment=1, ending_rate=rate))
    lost = (state.ground == Camp.GOVERNMENT) & ends
    assert np.array_equal(state.holder == NOBODY, lost) and np.array_equal(state.in_force, ~lost)


def test_neither_rate_leaves_memoranda_open(ensemble: Ensemble, p, given) -> None:
    state = held(ensemble, Bidder.OTHERS, False).state
    step(ensemble, terms(given, p.contract, NONE, abandonment=0, ending_rate=1))
    assert (state.holder == Bidder.OTHERS).all() and not state.in_force.any()


def test_in_the_long_run_memoranda_are_carried_out_by_the_odds_of_both_rates(ensemble: Ensemble, p, given) -> None:
    """Delivery 0.3 against abandonment 0.2 of the rest: 0.3 of 0.44 decided each month."""
    state = held(ensemble, Bidder.RUSSIA, False).state
    contract = terms(given, p.contract, {**NONE, "russia": 0.3}, EQUAL, abandonment=0.2, ending_rate=0)
    for month in range(60):
        ensemble.month = month % ensemble.log.n_months
        ensemble.chance.seed = 1000 + month
        step(ensemble, contract)
    ours = state.ground == Camp.GOVERNMENT
    decided = state.in_force[ours].mean()
    assert (state.in_force | (state.holder == NOBODY))[ours].all()
    error = np.sqrt(decided * (1.0 - decided) / ours.sum())
    assert abs(decided - 0.3 / 0.44) < 4.0 * error


def test_most_iranian_memoranda_come_to_nothing_most_russian_ones_do_not_and_contracts_last(baseline: Scenario) -> None:
    """As of those signed from 2017 on (assets.csv): by the central values of the baseline."""
    value = {path: setting.value for path, setting in baseline.settings.items()}
    dropped = value["contract.abandonment"]
    for bidder, low, high in (("russia", 0.2, 0.5), ("iran", 0.7, 0.95)):
        carried_out = value[f"contract.delivery.{bidder}"]
        assert low < dropped * (1.0 - carried_out) / (carried_out + dropped * (1.0 - carried_out)) < high
    assert (1.0 - value["contract.ending_rate"]) ** 120 > 0.9


def test_only_contracts_in_force_are_held_and_memoranda_are_not_open_to_tender(ensemble: Ensemble) -> None:
    state = held(ensemble, Bidder.IRAN, False).state
    ours = state.ground == Camp.GOVERNMENT
    open_value, by_bidder = holdings(ensemble)
    assert not open_value.any() and not by_bidder.any()
    assert np.array_equal(memoranda(state), ours.sum(axis=0))
    state.in_force[:] = True
    open_value, by_bidder = holdings(ensemble)
    assert not open_value.any() and np.array_equal(by_bidder[Bidder.IRAN].sum(axis=0), ours.sum(axis=0))
    assert not memoranda(state).any()


def test_the_yearly_picture_shows_contracts_in_force(ensemble: Ensemble, p) -> None:
    state = held(ensemble, Bidder.RUSSIA, True).state
    state.in_force[:, 3:] = False
    holders = snapshot(ensemble, p.influence, p.definitions, 6).holders.sum(axis=0)
    assert (holders[Bidder.RUSSIA] == [len(ensemble.assets)] * 3 + [0] * 3).all()
    assert (holders[-1] == [0] * 3 + [len(ensemble.assets)] * 3).all()
