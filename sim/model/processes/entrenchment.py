"""5. Entrench: roots grow and fade, the Islamic State fills vacuums, groups recruit, the army is rebuilt or hollowed out."""

from dataclasses import dataclass

import numpy as np

from sim.model.state.dimensions import TINY, Array, Camp, Instrument, Leader, Partner, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import sum_of
from sim.model.state.parameters import EXPONENT, FACTOR, RATE, SHARE, parameter


@dataclass
class Entrench:
    """Rates of rooting, recruiting, rebuilding and returning."""

    rooting: Row = parameter(RATE, "growth of roots a month at full presence and one unit of effort (R11, R56)")
    returns: Row = parameter(EXPONENT, "diminishing returns of effort (exponent)")
    recovered_ground: Row = parameter(FACTOR, "how much faster roots grow on wholly recovered ground (R19, R56)")
    rivalry: Row = parameter(SHARE, "how far the other partner's roots slow one's own")
    uprooting: Row = parameter(SHARE, "share of roots lost a month where the partner's force is gone")
    recruiting: Row = parameter(SHARE, "share of the way a month to the manpower that is sustained")
    consent: Row = parameter(SHARE, "how far recruits depend on how rooted the patron is where the group sits")
    army_building: Row = parameter(RATE, "gain of army quality a month per unit of effort for the army (R54)")
    army_decay: Row = parameter(SHARE, "share of army quality lost a month in any case")
    hollowing: Row = parameter(RATE, "how much militias beside it and empty coffers speed up that loss (R09)")
    integration: Row = parameter(SHARE, "share of local militias taken into the army a month (R09: an aim)")
    absorption: Row = parameter(RATE, "former rebels (thousand) that the 5th Corps enrols a month per unit of effort for the army (R29)")
    vacuum: Row = parameter(SHARE, "share of the way a month to the Islamic State presence that thinly held ground allows")
    grip: Row = parameter(FACTOR, "how strongly thinner holders let Islamic State presence rise (elasticity)")
    suppression: Row = parameter(FACTOR, "how strongly air power and pooled intelligence hold presence down")


def step(ensemble: Ensemble, p: Entrench) -> None:
    """Grow what grows and fade what fades; forces are raised as well as lost."""
    state = ensemble.state
    state.presence = _presence(ensemble, p)
    state.roots = _roots(ensemble, p)
    state.force, state.reserve = recruited(ensemble, p)
    _integrate(ensemble, p)
    _absorb(ensemble, p)
    state.army_quality = _army_quality(ensemble, p)


def _roots(ensemble: Ensemble, p: Entrench) -> Array:
    """Roots of both partners: slow growth where a partner sits unopposed, faster on recovered ground, decay where it is gone."""
    state, intent = ensemble.state, ensemble.intent
    ground = (1.0 - state.presence) * (1.0 + p.recovered_ground * np.minimum(1.0, state.recovered))
    roots = []
    for k in Partner:
        effort = intent.at(k, Instrument.ROOTS)
        own, other = state.roots[k], state.roots[1 - k]
        felt = ensemble.perceived.felt[k]
        growth = p.rooting * effort**p.returns * felt * ground * (1.0 - p.rivalry * other) * (1.0 - own)
        roots.append(own + growth - p.uprooting * (1.0 - felt) * own)
    return np.clip(np.stack(roots), 0.0, 1.0)


def thinness(ensemble: Ensemble) -> Array:
    """How thinly ground is held, (P, worlds): 1 over the force per area of those who hold it, scaled by the whole country's."""
    strength = ensemble.perceived.strength[: Camp.ISLAMIC_STATE].sum(axis=0)
    density = strength / ensemble.provinces.area
    usual = strength.sum(axis=0) / ensemble.provinces.area.sum() + TINY
    return 1.0 / (density / usual + 1.0)


def _presence(ensemble: Ensemble, p: Entrench) -> Array:
    """Islamic State presence moves towards what refuge and thin holders allow, measured against the start (at rest there)."""
    state, before = ensemble.state, ensemble.start
    now = thinness(ensemble)
    held_down = 1.0 + p.suppression * (ensemble.perceived.air_share + ensemble.intent.pooled)
    usual = 1.0 + p.suppression * (before.air_share + before.pooled)
    allowed = before.presence * (now / before.thinness) ** p.grip * (usual / held_down)
    vacuum = ensemble.provinces.traits["refuge"] * np.maximum(0.0, now - before.thinness)
    level = np.minimum(1.0, (allowed + vacuum) * ensemble.intent.sustain[Leader.ISLAMIC_STATE])
    ground = state.control[Camp.ISLAMIC_STATE]
    return np.clip(state.presence + p.vacuum * (np.maximum(level, ground) - state.presence), 0.0, 1.0)


def recruited(ensemble: Ensemble, p: Entrench) -> tuple[Array, Array]:
    """Force and reserves after a month of recruiting towards (or shrinking to) what leaders' support and local consent sustain."""
    state, groups = ensemble.state, ensemble.groups
    manpower = state.force.sum(axis=1) + state.reserve
    sustained = ensemble.manpower * ensemble.intent.sustain[list(groups.leader)]
    for k in Partner:
        for g in groups.of_partner(k):
            sustained[g] *= consent(ensemble, g, k, p.consent)
    wanted = np.where(state.fallen > 0.0, np.minimum(sustained, manpower), sustained)
    factor = np.minimum(1.0 + p.recruiting * (wanted / (manpower + TINY) - 1.0), 1.0 + p.recruiting)
    return state.force * factor[:, np.newaxis, :], state.reserve * factor


def consent(ensemble: Ensemble, g: int, patron: Partner, weight: Row) -> Row:
    """Local consent to a group: how rooted its patron is where it sits, relative to the start, (worlds,)."""
    force = ensemble.state.force[g]
    rooted = (force * ensemble.state.roots[patron]).sum(axis=0) / (force.sum(axis=0) + TINY)
    return 1.0 - weight + weight * rooted / (ensemble.start.rooted[g] + TINY)


def _integrate(ensemble: Ensemble, p: Entrench) -> None:
    """Local militias of the government's camp are taken into the army; men are moved, not made."""
    state, groups = ensemble.state, ensemble.groups
    army = groups.of_leader(Leader.GOVERNMENT)[0]
    force = state.force.copy()
    for g in groups.of_camp(Camp.GOVERNMENT):
        if not groups.army[g] and not groups.foreign[g]:
            joins = p.integration * force[g]
            force[army] += joins
            force[g] -= joins
    state.force = force


def _absorb(ensemble: Ensemble, p: Entrench) -> None:
    """The formation at home where rebels were reconciled enrols some of them, as far as Russia's army effort goes (R29)."""
    state, groups, intent = ensemble.state, ensemble.groups, ensemble.intent
    effort = intent.at(Partner.RUSSIA, Instrument.ARMY)
    enrolled = p.absorption * effort * ensemble.provinces.traits["reconciled"] * state.control[Camp.GOVERNMENT]
    corps = [g for g in groups.of_leader(Leader.RUSSIA) if not groups.foreign[g]]
    total = sum_of(state.force, corps) + TINY
    force = state.force.copy()
    for g in corps:
        force[g] += enrolled * state.force[g] / total
    state.force = force


def _army_quality(ensemble: Ensemble, p: Entrench) -> Row:
    """Quality gains by both partners' effort for the army, and is lost faster beside militias and with empty coffers (R07, R09, R54)."""
    state, groups = ensemble.state, ensemble.groups
    effort = (ensemble.intent.effort[:, Instrument.ARMY]).sum(axis=0)
    side = sum_of(state.force, groups.of_camp(Camp.GOVERNMENT)).sum(axis=0) + TINY
    regular = sum_of(state.force, list(np.flatnonzero(groups.army))).sum(axis=0)
    militias = 1.0 - regular / side
    loss = p.army_decay * (1.0 + p.hollowing * (militias + 1.0 - state.coffers))
    return np.clip(
        state.army_quality + p.army_building * effort**p.returns * (1.0 - state.army_quality) - loss * state.army_quality,
        0.0,
        1.0,
    )
