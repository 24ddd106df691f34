"""Worlds for tests of how ground is lost: the opposition holds Idlib, the government the rest, and nobody else wants any of it."""

from dataclasses import replace

import numpy as np

from sim.model.processes.combat import PlaceDraws
from sim.model.state.dimensions import Camp
from sim.model.state.ensemble import Ensemble

GOVERNMENT, OPPOSITION = Camp.GOVERNMENT, Camp.OPPOSITION


def divided(ensemble: Ensemble, strong: float = 40.0) -> Ensemble:
    """The worlds with a thousand soldiers everywhere and `strong` thousand rebels in Idlib, full morale, backing and pay, no losses yet."""
    state, there = ensemble.state, ensemble.provinces.index("SY-ID")
    for shares in (state.control, state.people):
        shares[:] = 0.0
        shares[GOVERNMENT] = 1.0
        shares[:, there] = 0.0
        shares[OPPOSITION, there] = 1.0
    for name in ("presence", "pockets", "recent_loss", "garrisons_gone", "fallen", "force"):
        getattr(state, name)[:] = 0.0
    state.force[first_group(ensemble, GOVERNMENT)] = 1.0
    state.force[first_group(ensemble, GOVERNMENT), there] = 0.0
    state.force[first_group(ensemble, OPPOSITION), there] = strong
    ensemble.perceived.quality = np.ones_like(ensemble.perceived.quality)
    state.morale[:], state.coffers = 1.0, ensemble.start.coffers.copy()
    ensemble.intent.effort = ensemble.start.effort.copy()
    ensemble.intent.value[:] = 0.0
    ensemble.intent.value[OPPOSITION, GOVERNMENT] = 1.0
    ensemble.intent.value[GOVERNMENT, OPPOSITION] = 1.0
    for one, owner in ((ensemble.towns, state.towns), (ensemble.assets, state.ground)):
        owner[:] = np.where(one.province == there, OPPOSITION, GOVERNMENT)[:, np.newaxis]
    return ensemble


def first_group(ensemble: Ensemble, camp: Camp) -> int:
    """The first group of a camp."""
    return ensemble.groups.of_camp(camp)[0]


def without_local_powers(ensemble: Ensemble) -> Ensemble:
    """The worlds with local powers nowhere."""
    traits = dict(ensemble.provinces.traits)
    traits["local_power"] = np.zeros_like(traits["local_power"])
    ensemble.provinces = replace(ensemble.provinces, traits=traits)
    return ensemble


def draws_of(ensemble: Ensemble) -> PlaceDraws:
    """The month's draws for places."""
    return PlaceDraws(ensemble.chance, ensemble.month, len(ensemble.assets), len(ensemble.towns), ensemble.state.control.shape)


def whole(ensemble: Ensemble) -> bool:
    """Whether shares of ground and people sum to one and nothing is negative."""
    state = ensemble.state
    parts = (state.control, state.people)
    return all(np.allclose(x.sum(axis=0), 1.0) and (x >= 0.0).all() for x in parts) and bool((state.force >= 0.0).all())
