"""What an offensive brings about: chances by a Tullock contest, ground, losses, rout, advance, morale and momentum.

Works on lists of attacks, one per world that has one: worlds `w`, provinces `j`, attacker camp, defender camps `d`, all of shape (n,).
"""

from dataclasses import dataclass

import numpy as np

from sim.model.state.dimensions import TINY, Array, Camp, Row, key
from sim.model.state.ensemble import Ensemble
from sim.model.state.parameters import EXPONENT, FACTOR, SHARE, parameter
from sim.text.names import with_article


@dataclass
class Battle:
    """How a battle goes."""

    decisiveness: Row = parameter(EXPONENT, "how sharply strength decides (exponent m of the Tullock contest)")
    defence_advantage: Row = parameter(FACTOR, "what a defender's strength is multiplied by")
    home_guard: Row = parameter(FACTOR, "strength of self-defence in a province wholly held, without any group")
    reach: Row = parameter(SHARE, "share of the strength next door that an attacker can mass")
    reserve: Row = parameter(SHARE, "share of the strength farther away that an attacker can bring along")
    take: Row = parameter(SHARE, "share of a province that a sure win over defenders of full morale takes; more the lower it is (R47)")
    advance: Row = parameter(SHARE, "share of the massed force next door that moves in after a whole province is taken")
    winner_loss: Row = parameter(SHARE, "share of the attacking force on the spot lost in a win")
    loser_loss: Row = parameter(SHARE, "share of the attacking force on the spot lost in a failure")
    rout: Row = parameter(SHARE, "share of the displaced defenders that melts away when morale is nil")
    morale_loss: Row = parameter(FACTOR, "morale a camp loses, everywhere, with the whole of the most valued province (R47)")
    morale_gain: Row = parameter(FACTOR, "morale the winner gains likewise")
    strain: Row = parameter(SHARE, "how much an offensive exhausts a camp when the defenders' morale is full; none when it is nil")
    momentum_gain: Row = parameter(SHARE, "momentum gained by a win; momentum makes the next offensive likelier")


def chance_of_winning(edge: Array, decisiveness: Array) -> Array:
    """Tullock contest success function: attack^m / (attack^m + defence^m), from the log of attack over defence and the exponent m."""
    return 1.0 / (1.0 + np.exp(-decisiveness * edge))


@dataclass
class Attacks:
    """A list of attacks by one camp, one a world: world, province and defender indices and the chance of winning, each (n,)."""

    attacker: Camp
    w: Array
    j: Array
    d: Array
    chance: Array


@dataclass
class PlaceDraws:
    """Uniforms of the month by which places change hands with the ground around them: assets (A, worlds), towns (T, worlds)."""

    assets: Array
    towns: Array


def resolve(ensemble: Ensemble, p: Battle, attacks: Attacks, luck: Row, places: PlaceDraws) -> Array:
    """Fight the attacks; returns the world indices of those won."""
    won = luck[attacks.w] < attacks.chance
    _exhaust(ensemble, p, attacks)
    wins = Attacks(attacks.attacker, attacks.w[won], attacks.j[won], attacks.d[won], attacks.chance[won])
    losses = Attacks(attacks.attacker, attacks.w[~won], attacks.j[~won], attacks.d[~won], attacks.chance[~won])
    _lose(ensemble, p, losses)
    _win(ensemble, p, wins, places)
    return wins.w


def _exhaust(ensemble: Ensemble, p: Battle, a: Attacks) -> None:
    """An offensive uses up what the camp has in store, the more the firmer the defence; against a rout it costs little."""
    state, c = ensemble.state, a.attacker
    state.exhaustion[c, a.w] += p.strain[a.w] * state.morale[a.d, a.w] * (1.0 - state.exhaustion[c, a.w])


def _win(ensemble: Ensemble, p: Battle, a: Attacks, places: PlaceDraws) -> None:
    """Ground with its people, assets and towns, force, morale and momentum after wins."""
    state, c, w, j, d = ensemble.state, a.attacker, a.w, a.j, a.d
    held = state.control[d, j, w]
    taken = np.minimum(held, p.take[w] * a.chance / np.maximum(state.morale[d, w], TINY))
    part = taken / np.maximum(held, TINY)
    state.control[d, j, w] = held - taken
    state.control[c, j, w] += taken
    moved = state.people[d, j, w] * part
    state.people[d, j, w] -= moved
    state.people[c, j, w] += moved
    _assets_change_hands(ensemble, a, part, places.assets)
    _towns_change_hands(ensemble, a, part, places.towns)
    _displace(ensemble, p, a, part)
    _advance(ensemble, p, a, part)
    state.force[np.array(ensemble.groups.of_camp(c))[:, np.newaxis], j, w] *= 1.0 - p.winner_loss[w]
    valued = moved * ensemble.perceived.worth[j, w]
    state.morale[d, w] *= np.exp(-p.morale_loss[w] * valued)
    state.morale[c, w] += np.minimum(1.0, p.morale_gain[w] * valued) * (1.0 - state.morale[c, w])
    state.momentum[c, w] += p.momentum_gain[w] * (1.0 - state.momentum[c, w])
    if c == Camp.GOVERNMENT:
        state.recovered[j, w] += taken


def _lose(ensemble: Ensemble, p: Battle, a: Attacks) -> None:
    """Force and momentum after failures; losses of Iran's side without air cover are remembered (R12)."""
    state, w, j = ensemble.state, a.w, a.j
    state.force[np.array(ensemble.groups.of_camp(a.attacker))[:, np.newaxis], j, w] *= 1.0 - p.loser_loss[w]
    state.momentum[a.attacker, w] = 0.0
    if a.attacker == Camp.GOVERNMENT:
        ensemble.monthly.uncovered[j, w] += 1.0 - ensemble.perceived.air_share[j, w]


def _assets_change_hands(ensemble: Ensemble, a: Attacks, part: Array, asset_luck: Array) -> None:
    """Each asset on the loser's ground there changes hands with the share of the ground lost; its contract is void."""
    state = ensemble.state
    there = ensemble.assets.province[:, np.newaxis] == a.j
    asset, attack = np.nonzero(there & (state.ground[:, a.w] == a.d) & (asset_luck[:, a.w] < part))
    state.ground[asset, a.w[attack]] = a.attacker
    state.holder[asset, a.w[attack]] = -1


def _towns_change_hands(ensemble: Ensemble, a: Attacks, part: Array, luck: Array) -> None:
    """Each town on the loser's ground there changes hands likewise."""
    state, towns = ensemble.state, ensemble.towns
    there = towns.province[:, np.newaxis] == a.j
    town, attack = np.nonzero(there & (state.towns[:, a.w] == a.d) & (luck[:, a.w] < part))
    state.towns[town, a.w[attack]] = a.attacker
    if ensemble.log.record_events:
        for t in np.unique(town):
            count = np.zeros((len(ensemble.provinces), ensemble.n_worlds))
            count[towns.province[t], a.w[attack[town == t]]] = 1.0
            ensemble.note("town_taken", count, f"{towns.name[t]} passes to {with_article(key(Camp(a.attacker)))}")


def _displace(ensemble: Ensemble, p: Battle, a: Attacks, part: Array) -> None:
    """Defenders on lost ground retreat next door where their camp holds most; some melt away, more of them when morale is low."""
    state, w, j, d = ensemble.state, a.w, a.j, a.d
    beside = ensemble.provinces.neighbours[j]
    own = np.where(beside >= 0, state.control[d[:, np.newaxis], beside, w[:, np.newaxis]], -1.0)
    refuge = np.take_along_axis(beside, own.argmax(axis=1)[:, np.newaxis], axis=1)[:, 0]
    kept = part * (1.0 - p.rout[w] * (1.0 - state.morale[d, w]))
    groups = np.arange(len(ensemble.groups))[:, np.newaxis]
    theirs = np.array(ensemble.groups.camp)[:, np.newaxis] == d
    force = np.where(theirs, state.force[groups, j, w], 0.0)
    state.force[groups, refuge, w] += force * kept
    state.force[groups, j, w] -= force * part


def _advance(ensemble: Ensemble, p: Battle, a: Attacks, part: Array) -> None:
    """Part of the force massed next door moves in."""
    state, w, j = ensemble.state, a.w, a.j
    groups = np.array(ensemble.groups.of_camp(a.attacker))[:, np.newaxis]
    share = p.advance[w] * part
    for beside in ensemble.provinces.neighbours[j].T:
        goes = np.where(beside >= 0, state.force[groups, beside, w] * share, 0.0)
        state.force[groups, j, w] += goes
        state.force[groups, beside, w] -= goes
