"""3h. Sieges: surrounded pockets yield to a long siege or to an assault, are relieved, or form where ground around towns is lost (ours).

`state.pockets` is the ground that a camp holds surrounded, part of its control. Ordinary offensives leave it alone. Its besieger is the
camp that holds most of the open ground of the province. When a pocket yields, its ground, people, assets and a town pass to the
besieger, and its fighters leave for where their camp holds most (evacuation deals), but for those that give up arms.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from sim.model.processes.combat import ALIKE, chance_of_winning
from sim.model.processes.offensive_choice import MAX_LOG_ODDS, CombatContext, active_worlds, front_of, massed
from sim.model.state.dimensions import FIGHTING_CAMPS, NOBODY, TINY, Array, ByProvince, Camp, Row, key, never_alone
from sim.model.state.ensemble import Ensemble
from sim.model.state.parameters import FACTOR, RATE, SHARE, parameter
from sim.text.names import with_article


@dataclass
class Siege:
    """How pockets form, hold out and end."""

    rate: Row = parameter(RATE, "how often a month a pocket yields to a besieger that is far stronger, without an assault")
    walls: Row = parameter(FACTOR, "what a pocket's strength is multiplied by against an assault, beside the advantage of defence")
    evacuated: Row = parameter(SHARE, "share of a pocket's fighters that leave for other ground of their camp; the others give up arms")
    encircled: Row = parameter(
        SHARE, "ground that is surrounded with each unit of ground that the weaker camp in a province loses around its towns"
    )
    relief: Row = parameter(SHARE, "open ground of its camp in the province, as a share of the besieger's, from which a pocket is relieved")


@dataclass
class Yields:
    """Pockets of one camp in one province that yield this month: world indices, who besieges them, and the share that yields."""

    camp: Camp
    province: int
    world: Int[Array, " yields"]
    besieger: Int[Array, " yields"]
    share: Float[Array, " yields"]  # of all ground of the camp in the province
    town: Int[Array, " yields"]  # index of the town that passes, or NOBODY


def step(ensemble: Ensemble, p: Siege, context: CombatContext, before: Float[Array, "camps provinces worlds"]) -> None:
    """Pockets form beside ground lost since `before` (open ground as the month began), are relieved, or yield."""
    state = ensemble.state
    pockets = np.minimum(state.pockets, state.control)
    state.pockets = after_encirclement(p, ensemble, before, pockets)
    world = never_alone(np.flatnonzero(state.pockets.max(axis=(0, 1))))
    if not world.size:
        return
    control, held_out = np.take(state.control, world, axis=-1), np.take(state.pockets, world, axis=-1)
    state.pockets[..., world] = after_relief(p.relief[world], control, held_out)
    hazard = hazards(ensemble, p, context)
    if not hazard.any():
        return
    besieger = besiegers(state.control, state.pockets)
    for camp in FIGHTING_CAMPS:
        if not hazard[camp].any():
            continue
        yields = ensemble.random_by_province(f"siege:{key(camp)}") < hazard[camp]
        if not yields.any():
            continue
        ensemble.note("pocket_yields", yields)
        picks = ensemble.random_by_province(f"siege:town:{key(camp)}")
        assets = ensemble.chance.uniforms("siege:assets", ensemble.month, len(ensemble.assets))
        for province in np.flatnonzero(yields.any(axis=-1)):
            world = np.flatnonzero(yields[province])
            _end(ensemble, p, _found(ensemble, camp, int(province), world, besieger[camp, province, world], picks), assets)


def besiegers(control: Array, pockets: Array) -> Int[Array, "camps provinces worlds"]:
    """Who besieges each camp's pockets: of the others with armed groups, who holds most open ground in the province."""
    held = control - pockets
    held[Camp.LOCAL] = -1.0
    rivals = {camp: held.copy() for camp in Camp}
    for camp in Camp:
        rivals[camp][camp] = -1.0
    return np.stack([rivals[camp].argmax(axis=0) for camp in Camp])


def after_encirclement(p: Siege, ensemble: Ensemble, before: Array, pockets: Array) -> Float[Array, "camps provinces worlds"]:
    """Pockets with those that form: where a camp has lost open ground to a stronger one and still holds towns that can be besieged."""
    towns, held = ensemble.towns, ensemble.state.control - pockets
    lost = before - held
    world = np.flatnonzero((lost > 0.0).any(axis=(0, 1)))
    if not world.size:
        return pockets
    held, lost, in_town = (np.take(x, world, axis=-1) for x in (held, lost, ensemble.state.towns))
    walled = np.zeros(held.shape)
    walled[in_town[towns.besiegeable], towns.province[towns.besiegeable, np.newaxis], np.arange(world.size)] = 1.0
    walled[Camp.LOCAL] = 0.0
    weaker = held < held.max(axis=0)  # than some other camp
    after = pockets.copy()
    after[..., world] += np.minimum(held, p.encircled[world] * np.maximum(0.0, lost)) * walled * weaker
    return after


def after_relief(relief: Row, control: Array, pockets: Array) -> Float[Array, "camps provinces worlds"]:
    """Pockets but for those whose camp holds enough open ground around them, a share of the besieger's, or that nobody besieges."""
    held = control - pockets
    rival = np.stack([held[[c for c in FIGHTING_CAMPS if c != camp]].max(axis=0) for camp in Camp])
    relieved = (rival <= TINY) | (held >= relief * rival)
    return np.where(relieved, 0.0, pockets)


def hazards(ensemble: Ensemble, p: Siege, context: CombatContext) -> Float[Array, "camps provinces worlds"]:
    """Chance that a pocket yields this month: to the siege, or to an assault that the besieger chooses (logit) and wins."""
    state = ensemble.state
    result = np.zeros(state.control.shape)
    besieged = never_alone(np.flatnonzero(state.pockets.max(axis=(0, 1)) > TINY))
    if not besieged.size:
        return result
    active = active_worlds(besieged, ensemble.n_worlds)
    of, fight, battle, front = active.of, context.fight, context.battle, front_of(state, context, active)
    control, pockets, morale = of(state.control), of(state.pockets), of(state.morale)
    who, (able, log_mass) = besiegers(control, pockets), massed(context, front)
    for camp in FIGHTING_CAMPS:
        pocket = pockets[camp]
        if not pocket.any():
            continue
        chance = np.zeros(pocket.shape)
        inside = front.surrounded[camp] + of(battle.home_guard) * pocket
        guard = np.log(np.maximum(inside * of(battle.defence_advantage) * morale[camp], TINY))
        for rival in FIGHTING_CAMPS:
            there = (who[camp] == rival) & (pocket > TINY)
            if rival == camp or not there.any():
                continue
            edge = log_mass[rival] - guard
            zone = context.barriers.get(frozenset((rival, camp)))
            barrier = np.zeros(pocket.shape) if zone is None else of(zone)
            siege = chance_of_winning(edge, of(battle.decisiveness)) * np.maximum(0.0, 1.0 - barrier)
            storm = chance_of_winning(edge - np.log(np.maximum(of(p.walls), TINY)), of(battle.decisiveness))
            prize = of(context.value[rival, camp]) * np.minimum(1.0, pocket / np.maximum(of(battle.take), TINY))
            price = of(fight.cost) + of(fight.exhausted) * front.exhaustion[rival] + of(context.reluctance[rival, camp]) + barrier
            gain = storm * prize - (1.0 - storm) * of(fight.failure) - price
            odds = np.exp(np.minimum(of(fight.precision) * gain, MAX_LOG_ODDS))
            assault = odds / (1.0 + odds) * storm * (of(p.walls) > 0.0)
            chance += (able[rival] & there) * (1.0 - np.exp(-of(p.rate) * siege) * (1.0 - assault))
        result[camp][:, besieged] = chance
    return result


def _found(ensemble: Ensemble, camp: Camp, province: int, world: Int[Array, " yields"], besieger: Array, picks: ByProvince) -> Yields:
    """What yields: one besieged town with its part of the pocket, or the whole pocket where it has no town."""
    state, towns = ensemble.state, ensemble.towns
    index = np.flatnonzero(towns.besiegeable & (towns.province == province))
    held: Bool[Array, "towns yields"] = state.towns[index][:, world] == camp
    count = held.sum(axis=0)
    pick = np.minimum((picks[province, world] * count).astype(int), np.maximum(count - 1, 0))
    town = np.full(world.shape, NOBODY)
    if index.size:
        chosen = held & (held.cumsum(axis=0) == pick + 1)
        town = np.where(count > 0, index[chosen.argmax(axis=0)], NOBODY)
    pocket, control = state.pockets[camp, province, world], state.control[camp, province, world]
    return Yields(camp, province, world, besieger, pocket / np.maximum(count, 1) / np.maximum(control, TINY), town)


def _end(ensemble: Ensemble, p: Siege, y: Yields, draws: Float[Array, "assets worlds"]) -> None:
    """Ground, people, assets and the town pass to the besieger; fighters leave for where their camp holds most open ground."""
    state, camp, province, world = ensemble.state, y.camp, y.province, y.world
    ground, people = state.control[camp, province, world] * y.share, state.people[camp, province, world] * y.share
    for whole, part in ((state.control, ground), (state.people, people)):
        whole[camp, province, world] -= part
        whole[y.besieger, province, world] += part
    state.pockets[camp, province, world] = np.maximum(0.0, state.pockets[camp, province, world] - ground)
    state.recently_recovered[province, world] += ground * (y.besieger == Camp.GOVERNMENT)
    own = np.array(ensemble.groups.of_camp(camp), dtype=int)[:, np.newaxis]
    leaving = state.force[own, province, world] * y.share
    held, by_iso = np.take(state.control[camp] - state.pockets[camp], world, axis=-1), ensemble.provinces.by_iso
    state.force[own, province, world] -= leaving
    goal = by_iso[np.round(held[by_iso], ALIKE).argmax(axis=0)]  # of those held alike, the first by ISO code
    state.force[own, goal, world] += leaving * p.evacuated[world] * (held.max(axis=0) > TINY)
    passing = (ensemble.assets.province == province)[:, np.newaxis] & (state.ground[:, world] == camp) & (draws[:, world] < y.share)
    asset, where = np.nonzero(passing)
    state.ground[asset, world[where]] = y.besieger[where]
    state.holder[asset, world[where]] = NOBODY
    state.in_force[asset, world[where]] = False
    named = y.town != NOBODY
    state.towns[y.town[named], world[named]] = y.besieger[named]
    if ensemble.log.record_events:
        for town, taker, w in zip(y.town[named], y.besieger[named], world[named], strict=True):
            count = np.zeros((len(ensemble.provinces), ensemble.n_worlds))
            count[province, w] = 1.0
            ensemble.note("town_taken", count, f"{ensemble.towns.name[town]} passes to {with_article(key(Camp(taker)))}")
