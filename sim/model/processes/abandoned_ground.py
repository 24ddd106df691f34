"""3e. Ground that a camp leaves goes to who is there: other camps by the strength that they can bring, local powers, cells (ours).

A camp claims ground in provinces where it has ground there or next door, as much as it wants them; the Islamic State also where its cells
are; local powers where there are any. Where nobody claims ground, it is not left.
"""

import numpy as np
from jaxtyping import Float, Int

from sim.model.processes.combat import ALIKE, Battle, PlaceDraws
from sim.model.processes.ground_loss import GroundLoss, LeftGround
from sim.model.state.dimensions import NOBODY, TINY, Array, Camp, Row, key
from sim.model.state.ensemble import Ensemble
from sim.model.state.geography import Provinces, neighbour_sum
from sim.model.state.sensing import camp_strength
from sim.text.names import with_article
from sim.text.number_format import joined

WORTH_NAMING = 0.1  # share of what is left from which a taker is named in a story


def hand_over(
    ensemble: Ensemble,
    p: GroundLoss,
    battle: Battle,
    left: LeftGround,
    draws: PlaceDraws,
    claim: Float[Array, "camps provinces active"],
) -> Float[Array, "provinces active"]:
    """Hand over ground that a camp leaves, with people, assets and towns, in proportion to what others `claim`; its garrisons go elsewhere.

    Returns the shares that were left.
    """
    state, world, camp = ensemble.state, left.world, left.camp
    total = claim.sum(axis=0)
    share = left.share * (total > TINY)
    if not left.dissolves:  # nobody leaves a pocket: it is surrounded
        pocket = np.take(state.pockets[camp], world, axis=-1)
        share *= 1.0 - np.minimum(1.0, pocket / np.maximum(np.take(state.control[camp], world, axis=-1), TINY))
    if not share.any():
        return share
    takers = claim / np.maximum(total, TINY)
    held, people = (np.take(x, world, axis=-1) for x in (state.control, state.people))
    lost, moved = held[camp] * share, people[camp] * share
    for whole, part in ((held, lost), (people, moved)):
        whole += part * takers
        whole[camp] -= part
    state.control[..., world], state.people[..., world] = held, people
    if not left.rises:  # a rising is no enemy's advance
        recent = np.take(state.recent_loss, world, axis=-1) - lost * takers
        recent[camp] += lost
        state.recent_loss[..., world] = np.maximum(0.0, recent)  # what is won back makes good what was lost
    worth = np.take(ensemble.perceived.worth, world, axis=-1)
    state.morale[camp, world] *= np.exp(-battle.morale_loss[world] * (moved * worth).sum(axis=0))
    state.recently_recovered[:, world] = np.take(state.recently_recovered, world, axis=-1) + lost * takers[Camp.GOVERNMENT]
    _places_pass(ensemble, left, share, takers, draws)
    if not (left.rises or left.dissolves):
        _garrisons_go(ensemble, battle, left, share)
    _tell(ensemble, p, left, lost, takers)
    return share


def masses(ensemble: Ensemble, battle: Battle, world: Int[Array, " active"]) -> Float[Array, "camps provinces active"]:
    """Strength that each camp can bring to each province: what is there, and in part what is next door and farther away."""
    strength = camp_strength(
        np.take(ensemble.state.force, world, axis=-1), np.take(ensemble.perceived.quality, world, axis=-1), ensemble.groups.camp
    )
    beside = neighbour_sum(strength, ensemble.provinces.neighbours)
    farther = strength.sum(axis=1, keepdims=True) - strength - beside
    return strength + battle.reach[world] * beside + battle.reserve[world] * farther


def claims(
    ensemble: Ensemble,
    p: GroundLoss,
    mass: Float[Array, "camps provinces active"],
    camp: Camp,
    world: Int[Array, " active"],
    everywhere: bool = False,
) -> Float[Array, "camps provinces active"]:
    """What each camp claims of the ground of `camp`, (C, P, active): the strength that it can bring, `mass`, times how much it wants it,
    where it has ground there or next door, or `everywhere`.

    Cells of the Islamic State claim by their presence, and only where others claim as well: alone they take no town.
    """
    control = np.take(ensemble.state.control, world, axis=-1)
    near = (control + neighbour_sum(control, ensemble.provinces.neighbours) > TINY) | everywhere
    value = np.take(ensemble.intent.value[:, camp], world, axis=-1)
    wish = value / np.maximum(value.max(axis=1, keepdims=True), TINY)
    claim = mass * wish * near
    claim[Camp.LOCAL] = local_claims(ensemble, p, world)
    claim[camp] = 0.0
    cells = (mass * wish)[Camp.ISLAMIC_STATE] * np.take(ensemble.state.presence, world, axis=-1)
    contested = claim.sum(axis=0) - claim[Camp.ISLAMIC_STATE] > TINY
    if camp != Camp.ISLAMIC_STATE:
        own = 0.0 if everywhere else claim[Camp.ISLAMIC_STATE]
        claim[Camp.ISLAMIC_STATE] = np.maximum(own, cells * contested)
    return claim


def local_claims(ensemble: Ensemble, p: GroundLoss, world: Int[Array, " active"]) -> Float[Array, "provinces active"]:
    """Strength with which local powers claim ground, (P, active)."""
    return p.local_claim[world] * ensemble.provinces.traits["local_power"]


def _places_pass(
    ensemble: Ensemble,
    left: LeftGround,
    share: Float[Array, "provinces active"],
    takers: Float[Array, "camps provinces active"],
    draws: PlaceDraws,
) -> None:
    """Assets and towns pass with the ground around them; contracts and memoranda for the assets are void, but after a fall."""
    state, towns, world = ensemble.state, ensemble.towns, left.world
    before = np.take(draws.kept[left.camp], world, axis=-1)
    after = before * (1.0 - share)
    draws.kept[left.camp][:, world] = after
    until = np.cumsum(takers, axis=0)
    asset, to, where = _passing(ensemble.assets.province, state.ground[:, world], draws.assets[:, world], left.camp, before, after, until)
    state.ground[asset, world[where]] = to
    if not left.dissolves:
        state.holder[asset, world[where]] = NOBODY
        state.in_force[asset, world[where]] = False
    town, to, where = _passing(towns.province, state.towns[:, world], draws.towns[:, world], left.camp, before, after, until)
    state.towns[town, world[where]] = to
    if ensemble.log.record_events:
        for t, taker, w in dict.fromkeys(zip(town.tolist(), to.tolist(), world[where].tolist(), strict=True)):
            count = np.zeros((len(ensemble.provinces), ensemble.n_worlds))
            count[towns.province[t], w] = 1.0
            ensemble.note("town_taken", count, f"{towns.name[t]} passes to {with_article(key(Camp(taker)))}", left.day)


def _passing(
    place: Int[Array, " places"],
    owner: Array,
    draws: Float[Array, "places active"],
    camp: Camp,
    before: Float[Array, "provinces active"],
    after: Float[Array, "provinces active"],
    until: Float[Array, "camps provinces active"],
) -> tuple[Int[Array, " passing"], Array, Int[Array, " passing"]]:
    """Which places pass, to which camp, and in which worlds: a place passes when the share of ground lost in the month reaches its draw."""
    gone, still = 1.0 - before[place], after[place]
    place_index, where = np.nonzero((owner == camp) & (draws >= gone) & (draws < 1.0 - still))
    if not where.size:
        return place_index, place_index, where
    part = (draws - gone)[place_index, where] / (before[place] - still)[place_index, where]
    to = (until[:, place[place_index], where] <= part).sum(axis=0)
    return place_index, np.minimum(to, len(Camp) - 1).astype(np.int8), where


def _garrisons_go(ensemble: Ensemble, battle: Battle, left: LeftGround, share: Float[Array, "provinces active"]) -> None:
    """Garrisons go where their camp holds most ground next door, or anywhere; in a rout part of them melts away."""
    state, world, camp = ensemble.state, left.world, left.camp
    own = np.array(ensemble.groups.of_camp(camp), dtype=int)[:, np.newaxis]
    if own.size == 0:
        return
    kept = np.ones(world.shape) if left.orderly else 1.0 - battle.rout[world] * (1.0 - state.morale[camp, world])
    held = np.take(state.control[camp], world, axis=-1)
    places = np.flatnonzero(share.any(axis=1)).tolist()
    going = {province: state.force[own, province, world] * share[province] for province in places}  # before anybody arrives
    for province in places:
        goal = refuge_of(held, province, ensemble.provinces)
        state.force[own, province, world] -= going[province]
        state.force[own, goal, world] += going[province] * kept


def refuge_of(held: Float[Array, "provinces active"], province: int, provinces: Provinces) -> Int[Array, " active"]:
    """Where garrisons of a province go: next door where their camp holds most ground, or anywhere if it holds none there.

    Of provinces held alike, to rounding, the first by ISO code is chosen, whatever their order here.
    """
    held = np.round(held, ALIKE)
    beside, by_iso = provinces.neighbours[province], provinces.by_iso
    elsewhere = held.copy()
    elsewhere[province] = -1.0
    others = beside[beside >= 0]
    return np.where(held[others].max(axis=0) > TINY, others[held[others].argmax(axis=0)], by_iso[elsewhere[by_iso].argmax(axis=0)])


def _tell(
    ensemble: Ensemble,
    p: GroundLoss,
    left: LeftGround,
    lost: Float[Array, "provinces active"],
    takers: Float[Array, "camps provinces active"],
) -> None:
    """Note where enough ground was left to be told, and in stories who took it over."""
    count = np.zeros((len(ensemble.provinces), ensemble.n_worlds))
    count[:, left.world] = lost >= p.noticed[left.world]
    if left.kind == "withdrawal":
        ensemble.monthly.withdrawals += count.sum(axis=0)
    elif left.rises:
        ensemble.monthly.risings += count.sum(axis=0)
    elif not left.dissolves:
        ensemble.monthly.routed = np.maximum(ensemble.monthly.routed, count)
        ensemble.monthly.routs = ensemble.monthly.routed.sum(axis=0)
    if not count.any():
        return
    if not ensemble.log.record_events:
        ensemble.note(left.kind, count)
        return
    for i, w in enumerate(dict.fromkeys(left.world.tolist())):
        for province in np.flatnonzero(count[:, w]):
            one = np.zeros_like(count)
            one[province, w] = 1.0
            ensemble.note(left.kind, one, _takers_named(takers[:, province, i]), left.day)


def _takers_named(share: Row) -> str:
    """Who takes over, the largest share first, in words."""
    order = np.argsort(-share, kind="stable")
    return joined([with_article(key(Camp(c))) for c in order if share[c] >= WORTH_NAMING])
