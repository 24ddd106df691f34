"""3c. Combat, resolved: attacks are won or lost, and what follows is written into the state. What follows is computed in `combat.py`."""

import numpy as np
from jaxtyping import Bool, Float, Int

from sim.model.processes.combat import Attacks, Battle, PlaceDraws, change_hands, ground_taken, not_routed, refuge
from sim.model.state.dimensions import NOBODY, TINY, Array, Camp, key
from sim.model.state.ensemble import Ensemble
from sim.text.names import with_article


def resolve(
    ensemble: Ensemble, p: Battle, attacks: Attacks, uniforms: Float[Array, " attacks"], draws: PlaceDraws, day: int
) -> Bool[Array, " attacks"]:
    """Fight attacks, at most one a world, by a uniform each, and write down what follows; which of them are won."""
    state, camp, world = ensemble.state, attacks.attacker, attacks.world
    won = uniforms < attacks.chance
    firmness = state.morale[attacks.defender, world]  # an offensive against a rout costs little
    state.exhaustion[camp, world] += p.strain[world] * firmness * (1.0 - state.exhaustion[camp, world])
    if not won.all():
        _write_failures(ensemble, p, attacks.where(~won))
    if won.any():
        _write_wins(ensemble, p, attacks if won.all() else attacks.where(won), draws, day)
    return won


def _write_failures(ensemble: Ensemble, p: Battle, attacks: Attacks) -> None:
    """Force and momentum after failures; losses of Iran's side without air cover are remembered (R12)."""
    state, camp, world, province = ensemble.state, attacks.attacker, attacks.world, attacks.province
    state.force[:, province, world] *= np.where(_groups_of(ensemble, camp), 1.0 - p.loser_loss[world], 1.0)
    state.momentum[camp, world] = 0.0
    uncovered = 1.0 - ensemble.perceived.air_share[province, world]
    ensemble.monthly.uncovered[province, world] += uncovered * (camp == Camp.GOVERNMENT)


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
    state.recently_recovered[province, world] += taken * (camp == Camp.GOVERNMENT)


def _write_places(ensemble: Ensemble, attacks: Attacks, lost: Float[Array, " attacks"], draws: PlaceDraws, day: int) -> None:
    """Assets and towns on the ground that changed hands; contracts and memoranda for the assets are void."""
    state, towns, world = ensemble.state, ensemble.towns, attacks.world
    before = draws.kept[attacks.defender, attacks.province, world]
    after = before * (1.0 - lost)
    draws.kept[attacks.defender, attacks.province, world] = after
    asset, attack = change_hands(ensemble.assets.province, state.ground[:, world], draws.assets[:, world], attacks, before, after)
    state.ground[asset, world[attack]] = attacks.attacker[attack]
    state.holder[asset, world[attack]] = NOBODY
    state.in_force[asset, world[attack]] = False
    town, attack = change_hands(towns.province, state.towns[:, world], draws.towns[:, world], attacks, before, after)
    town, attack = _not_besieged(ensemble, attacks, town, attack)
    state.towns[town, world[attack]] = attacks.attacker[attack]
    if ensemble.log.record_events:
        for t, one in zip(town.tolist(), attack.tolist(), strict=True):
            text = f"{towns.name[t]} passes to {with_article(key(Camp(attacks.attacker[one])))}"
            ensemble.log.note_one("town_taken", ensemble.month, int(towns.province[t]), int(world[one]), text, day)


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
    defending, own = _groups_of(ensemble, defender), _groups_of(ensemble, attacks.attacker)
    displaced = np.where(defending, force[:, province, world], 0.0)
    force[:, goal, world] += displaced * kept
    here = force[:, province, world] - displaced * lost
    beside = neighbours[province].T
    moves, beside = own[:, np.newaxis] & (beside >= 0), np.where(beside >= 0, beside, province)
    moving = np.where(moves, force[:, beside, world] * (p.advance[world] * lost), 0.0)
    force[:, beside, world] -= moving
    for arriving in moving.swapaxes(0, 1):
        here += arriving
    force[:, province, world] = np.where(own, here * (1.0 - p.winner_loss[world]), here)


def _groups_of(ensemble: Ensemble, camp: Int[Array, " attacks"]) -> Bool[Array, "groups attacks"]:
    """Which groups fight in the camp that each attack names."""
    return ensemble.groups.camp_index[:, np.newaxis] == camp
