"""What an offensive brings about: chances by a Tullock contest, ground, losses, rout, advance, morale and momentum.

Works on a list of attacks by one camp, at most one a world, so that every array along the list has shape (attacks,). The list names
the world, the province and the defending camp of each attack by their indices. The functions before `resolve` compute what follows
from an attack; `resolve` writes it into the state.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int, Int8

from sim.model.state.dimensions import NOBODY, TINY, Array, Camp, Row, key
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


@dataclass
class Attacks:
    """A list of attacks by one camp, at most one a world: indices of world, province and defending camp, and the chance of winning."""

    attacker: Camp
    world: Int[Array, " attacks"]
    province: Int[Array, " attacks"]
    defender: Int[Array, " attacks"]
    chance: Float[Array, " attacks"]

    def where(self, chosen: Bool[Array, " attacks"]) -> "Attacks":
        """Those of the attacks that are chosen."""
        return Attacks(self.attacker, self.world[chosen], self.province[chosen], self.defender[chosen], self.chance[chosen])


@dataclass
class PlaceDraws:
    """The month's uniforms by which places change hands with the ground around them."""

    assets: Float[Array, "assets worlds"]
    towns: Float[Array, "towns worlds"]


def chance_of_winning(edge: Float[Array, "*shape"], decisiveness: Row) -> Float[Array, "*shape"]:
    """Tullock contest success function: attack^m / (attack^m + defence^m), from the log of attack over defence and the exponent m."""
    return 1.0 / (1.0 + np.exp(-decisiveness * edge))


def ground_taken(
    held: Float[Array, " attacks"], chance: Float[Array, " attacks"], morale: Float[Array, " attacks"], take: Float[Array, " attacks"]
) -> Float[Array, " attacks"]:
    """Share of the province that a win takes: more the surer it was and the lower the defenders' morale, at most what they held."""
    return np.minimum(held, take * chance / np.maximum(morale, TINY))


def change_hands(
    place: Int[Array, " places"], owner: Int8[Array, "places attacks"], draws: Float[Array, "places attacks"], attacks: Attacks, lost: Array
) -> tuple[Int[Array, " changes"], Int[Array, " changes"]]:
    """Which places (by the province they lie in) change hands, and in which attack: with the share of the loser's ground there lost."""
    there = place[:, np.newaxis] == attacks.province
    where = np.nonzero(there & (owner == attacks.defender) & (draws < lost))
    return where[0], where[1]


def refuge(
    control: Float[Array, "camps provinces worlds"], neighbours: Int[Array, "provinces most"], attacks: Attacks
) -> Int[Array, " attacks"]:
    """Where displaced defenders go: the province next door where their camp holds most ground."""
    beside = neighbours[attacks.province]
    own = np.where(beside >= 0, control[attacks.defender[:, np.newaxis], beside, attacks.world[:, np.newaxis]], -1.0)
    return np.take_along_axis(beside, own.argmax(axis=1)[:, np.newaxis], axis=1)[:, 0]


def not_routed(
    lost: Float[Array, " attacks"], rout: Float[Array, " attacks"], morale: Float[Array, " attacks"]
) -> Float[Array, " attacks"]:
    """Share of the defenders in the province that retreats in order: those on lost ground but for the part that melts away."""
    return lost * (1.0 - rout * (1.0 - morale))


def resolve(ensemble: Ensemble, p: Battle, attacks: Attacks, uniforms: Row, draws: PlaceDraws) -> Int[Array, " won"]:
    """Fight the attacks and write down what follows; returns the world indices of those won."""
    state, camp, world = ensemble.state, attacks.attacker, attacks.world
    won = uniforms[world] < attacks.chance
    firmness = state.morale[attacks.defender, world]  # an offensive against a rout costs little
    state.exhaustion[camp, world] += p.strain[world] * firmness * (1.0 - state.exhaustion[camp, world])
    _write_failures(ensemble, p, attacks.where(~won))
    _write_wins(ensemble, p, attacks.where(won), draws)
    return world[won]


def _write_failures(ensemble: Ensemble, p: Battle, attacks: Attacks) -> None:
    """Force and momentum after failures; losses of Iran's side without air cover are remembered (R12)."""
    state, camp, world, province = ensemble.state, attacks.attacker, attacks.world, attacks.province
    state.force[_own_groups(ensemble, camp), province, world] *= 1.0 - p.loser_loss[world]
    state.momentum[camp, world] = 0.0
    if camp == Camp.GOVERNMENT:
        ensemble.monthly.uncovered[province, world] += 1.0 - ensemble.perceived.air_share[province, world]


def _write_wins(ensemble: Ensemble, p: Battle, attacks: Attacks, draws: PlaceDraws) -> None:
    """Ground with its people, assets and towns, force, morale and momentum after wins."""
    state, camp = ensemble.state, attacks.attacker
    world, province, defender = attacks.world, attacks.province, attacks.defender
    held = state.control[defender, province, world]
    taken = ground_taken(held, attacks.chance, state.morale[defender, world], p.take[world])
    lost = taken / np.maximum(held, TINY)
    state.control[defender, province, world] = held - taken
    state.control[camp, province, world] += taken
    people = state.people[defender, province, world] * lost
    state.people[defender, province, world] -= people
    state.people[camp, province, world] += people
    _write_places(ensemble, attacks, lost, draws)
    _write_moves(ensemble, p, attacks, lost)
    valued = people * ensemble.perceived.worth[province, world]
    state.morale[defender, world] *= np.exp(-p.morale_loss[world] * valued)
    state.morale[camp, world] += np.minimum(1.0, p.morale_gain[world] * valued) * (1.0 - state.morale[camp, world])
    state.momentum[camp, world] += p.momentum_gain[world] * (1.0 - state.momentum[camp, world])
    if camp == Camp.GOVERNMENT:
        state.recently_recovered[province, world] += taken


def _write_places(ensemble: Ensemble, attacks: Attacks, lost: Float[Array, " attacks"], draws: PlaceDraws) -> None:
    """Assets and towns on the ground that changed hands; contracts for the assets are void."""
    state, towns, world = ensemble.state, ensemble.towns, attacks.world
    asset, attack = change_hands(ensemble.assets.province, state.ground[:, world], draws.assets[:, world], attacks, lost)
    state.ground[asset, world[attack]] = attacks.attacker
    state.holder[asset, world[attack]] = NOBODY
    town, attack = change_hands(towns.province, state.towns[:, world], draws.towns[:, world], attacks, lost)
    state.towns[town, world[attack]] = attacks.attacker
    if ensemble.log.record_events:
        for t in np.unique(town):
            count = np.zeros((len(ensemble.provinces), ensemble.n_worlds))
            count[towns.province[t], world[attack[town == t]]] = 1.0
            ensemble.note("town_taken", count, f"{towns.name[t]} passes to {with_article(key(attacks.attacker))}")


def _write_moves(ensemble: Ensemble, p: Battle, attacks: Attacks, lost: Float[Array, " attacks"]) -> None:
    """Defenders retreat from lost ground, some of them melt away; part of the attackers massed next door moves in, at some loss."""
    force, neighbours = ensemble.state.force, ensemble.provinces.neighbours
    world, province, defender = attacks.world, attacks.province, attacks.defender
    kept = not_routed(lost, p.rout[world], ensemble.state.morale[defender, world])
    goal = refuge(ensemble.state.control, neighbours, attacks)
    every = np.arange(len(ensemble.groups))[:, np.newaxis]
    defending = np.array(ensemble.groups.camp)[:, np.newaxis] == defender
    displaced = np.where(defending, force[every, province, world], 0.0)
    force[every, goal, world] += displaced * kept
    force[every, province, world] -= displaced * lost
    own, share = _own_groups(ensemble, attacks.attacker), p.advance[world] * lost
    for beside in neighbours[province].T:
        moving = np.where(beside >= 0, force[own, beside, world] * share, 0.0)
        force[own, province, world] += moving
        force[own, beside, world] -= moving
    force[own, province, world] *= 1.0 - p.winner_loss[world]


def _own_groups(ensemble: Ensemble, camp: Camp) -> Int[Array, "own 1"]:
    """Indices of a camp's groups as a column, to go with lists of provinces and worlds."""
    return np.array(ensemble.groups.of_camp(camp), dtype=int)[:, np.newaxis]
