"""3c. Combat, resolved: attacks are won or lost, and what follows is written into the state. What follows is computed in `combat.py`."""

import numpy as np
from jaxtyping import Float, Int

from sim.model.processes.combat import Attacks, Battle, PlaceDraws, change_hands, ground_taken, not_routed, refuge
from sim.model.state.dimensions import NOBODY, TINY, Array, Camp, Row, key
from sim.model.state.ensemble import Ensemble
from sim.text.names import with_article


def resolve(ensemble: Ensemble, p: Battle, attacks: Attacks, uniforms: Row, draws: PlaceDraws, day: int) -> Int[Array, " won"]:
    """Fight the attacks and write down what follows; returns the world indices of those won."""
    state, camp, world = ensemble.state, attacks.attacker, attacks.world
    won = uniforms[world] < attacks.chance
    firmness = state.morale[attacks.defender, world]  # an offensive against a rout costs little
    state.exhaustion[camp, world] += p.strain[world] * firmness * (1.0 - state.exhaustion[camp, world])
    _write_failures(ensemble, p, attacks.where(~won))
    _write_wins(ensemble, p, attacks.where(won), draws, day)
    return world[won]


def _write_failures(ensemble: Ensemble, p: Battle, attacks: Attacks) -> None:
    """Force and momentum after failures; losses of Iran's side without air cover are remembered (R12)."""
    state, camp, world, province = ensemble.state, attacks.attacker, attacks.world, attacks.province
    state.force[_own_groups(ensemble, camp), province, world] *= 1.0 - p.loser_loss[world]
    state.momentum[camp, world] = 0.0
    if camp == Camp.GOVERNMENT:
        ensemble.monthly.uncovered[province, world] += 1.0 - ensemble.perceived.air_share[province, world]


def _write_wins(ensemble: Ensemble, p: Battle, attacks: Attacks, draws: PlaceDraws, day: int) -> None:
    """Ground with its people, assets and towns, force, morale and momentum after wins."""
    state, camp = ensemble.state, attacks.attacker
    world, province, defender = attacks.world, attacks.province, attacks.defender
    held = state.control[defender, province, world]
    exposed = np.maximum(0.0, held - state.pockets[defender, province, world])
    taken = ground_taken(exposed, attacks.chance, state.morale[defender, world], p.take[world])
    lost = taken / np.maximum(held, TINY)
    state.control[defender, province, world] = held - taken
    state.control[camp, province, world] += taken
    people = state.people[defender, province, world] * lost
    state.people[defender, province, world] -= people
    state.people[camp, province, world] += people
    _write_places(ensemble, attacks, lost, draws, day)
    _write_moves(ensemble, p, attacks, lost)
    valued = people * ensemble.perceived.worth[province, world]
    state.morale[defender, world] *= np.exp(-p.morale_loss[world] * valued)
    state.morale[camp, world] += np.minimum(1.0, p.morale_gain[world] * valued) * (1.0 - state.morale[camp, world])
    state.momentum[camp, world] += p.momentum_gain[world] * (1.0 - state.momentum[camp, world])
    state.recent_loss[defender, province, world] += taken
    own = state.recent_loss[camp, province, world] - taken
    state.recent_loss[camp, province, world] = np.maximum(0.0, own)  # what is won back makes good what was lost
    if camp == Camp.GOVERNMENT:
        state.recently_recovered[province, world] += taken


def _write_places(ensemble: Ensemble, attacks: Attacks, lost: Float[Array, " attacks"], draws: PlaceDraws, day: int) -> None:
    """Assets and towns on the ground that changed hands; contracts and memoranda for the assets are void."""
    state, towns, world = ensemble.state, ensemble.towns, attacks.world
    before = draws.kept[attacks.defender, attacks.province, world]
    after = before * (1.0 - lost)
    draws.kept[attacks.defender, attacks.province, world] = after
    asset, attack = change_hands(ensemble.assets.province, state.ground[:, world], draws.assets[:, world], attacks, before, after)
    state.ground[asset, world[attack]] = attacks.attacker
    state.holder[asset, world[attack]] = NOBODY
    state.in_force[asset, world[attack]] = False
    town, attack = change_hands(towns.province, state.towns[:, world], draws.towns[:, world], attacks, before, after)
    town, attack = _not_besieged(ensemble, attacks, town, attack)
    state.towns[town, world[attack]] = attacks.attacker
    if ensemble.log.record_events:
        for t in np.unique(town):
            count = np.zeros((len(ensemble.provinces), ensemble.n_worlds))
            count[towns.province[t], world[attack[town == t]]] = 1.0
            ensemble.note("town_taken", count, f"{towns.name[t]} passes to {with_article(key(attacks.attacker))}", day)


def _not_besieged(
    ensemble: Ensemble, attacks: Attacks, town: Int[Array, " changes"], attack: Int[Array, " changes"]
) -> tuple[Int[Array, " open"], Int[Array, " open"]]:
    """Those of the towns that change hands which do not lie in a pocket; those that do hold out until it yields."""
    pocket = ensemble.state.pockets[attacks.defender[attack], attacks.province[attack], attacks.world[attack]]
    taken = ~(ensemble.towns.besiegeable[town] & (pocket > TINY))
    return town[taken], attack[taken]


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
