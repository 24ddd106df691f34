"""5. Entrench: roots grow and fade, the Islamic State fills vacuums, groups recruit, the army is rebuilt or hollowed out."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from sim.model.actors.partner import PartnerParameters, RootedIn
from sim.model.state.dimensions import TINY, Array, Bidder, ByProvince, Camp, Instrument, Leader, Partner, Row, other_camps
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import Groups, sum_of, together
from sim.model.state.parameters import EXPONENT, FACTOR, RATE, SHARE, parameter

Shares = Float[Array, "*partners provinces worlds"]  # of one partner or of all, 0..1


@dataclass
class Entrench:
    """Rates of rooting, recruiting, rebuilding and returning."""

    rooting: Row = parameter(RATE, "growth of roots a month at one unit of effort, as a share of what presence leaves room for (R11, R56)")
    by_presence: Row = parameter(RATE, "effort for roots that presence itself is worth: bases, contracts and garrisons make ties unasked")
    returns: Row = parameter(EXPONENT, "diminishing returns of effort (exponent)")
    recovered_ground: Row = parameter(FACTOR, "how much faster roots grow on wholly recovered ground (R19, R56)")
    rivalry: Row = parameter(SHARE, "how far the other partner's roots slow one's own")
    upkeep: Row = parameter(SHARE, "share of roots lost a month where a partner spends nothing of what it spent at the start")
    local_rooting: Row = parameter(RATE, "growth of local powers' roots a month at one unit of their effort in a province")
    local_erosion: Row = parameter(SHARE, "share of these roots lost a month where the force of the government's camp is fully felt")
    uprooting: Row = parameter(SHARE, "share of roots lost a month where the partner's force is gone")
    recruiting: Row = parameter(SHARE, "share of the way a month to the manpower that is sustained")
    consent: Row = parameter(SHARE, "how far recruits depend on how rooted its partner is where the group sits")
    army_building: Row = parameter(RATE, "gain of army quality a month per unit of effort for the army (R54)")
    army_decay: Row = parameter(SHARE, "share of army quality lost a month in any case")
    hollowing: Row = parameter(RATE, "how much militias beside it and empty coffers speed up that loss (R09)")
    integration: Row = parameter(SHARE, "share of local militias taken into the army a month (R09: an aim)")
    vacuum: Row = parameter(SHARE, "share of the way a month to the Islamic State presence that thinly held ground allows")
    grip: Row = parameter(FACTOR, "how strongly thinner holders let Islamic State presence rise (elasticity)")
    suppression: Row = parameter(FACTOR, "how strongly air power and pooled intelligence hold presence down")


def step(ensemble: Ensemble, p: Entrench, partners: Mapping[Partner, PartnerParameters]) -> None:
    """Grow what grows and fade what fades; forces are raised as well as lost."""
    state, intent, groups, start = ensemble.state, ensemble.intent, ensemble.groups, ensemble.start
    state.presence = next_presence(ensemble, p)
    state.roots = next_roots(ensemble, p, partners)
    state.local_roots = next_local_roots(ensemble, p)
    sustained = ensemble.manpower * paid_for(intent.sustain, state.gone)[list(groups.leader)]
    sustained *= consent(p.consent, groups, state.force, state.roots, start.rooted)
    state.force, state.reserve = recruited(p.recruiting, state.force, state.reserve, sustained, state.fallen)
    state.force = integrated(p.integration, groups, state.force)
    reconciled = ensemble.provinces.traits["reconciled"] * state.control[Camp.GOVERNMENT]
    for partner, own in partners.items():
        if not own.enrolment.any():
            continue
        rebels = own.enrolment * intent.placed[partner, Instrument.ARMY] * reconciled
        state.force = enrolled(rebels, groups, Leader[partner.name], state.force)
    spent = intent.effort[:, Instrument.ARMY].sum(axis=0)
    state.army_quality = army_quality_after(p, state.army_quality, spent, militia_share(groups, state.force), state.coffers)


def next_presence(ensemble: Ensemble, p: Entrench) -> ByProvince:
    """Islamic State presence a month later."""
    state, start = ensemble.state, ensemble.start
    now = thinness(ensemble.perceived.strength, ensemble.provinces.area)
    held_down = 1.0 + p.suppression * (ensemble.perceived.air_share + ensemble.intent.pooled)
    usual = 1.0 + p.suppression * (start.air_share + start.pooled)
    allowed = allowed_presence(p.grip, start.presence, now, start.thinness, usual / held_down)
    vacuum = ensemble.provinces.traits["refuge"] * np.maximum(0.0, now - start.thinness)
    level = np.minimum(1.0, (allowed + vacuum) * ensemble.intent.sustain[Leader.ISLAMIC_STATE])
    return presence_after(p.vacuum, state.presence, level, state.control[Camp.ISLAMIC_STATE])


def next_roots(ensemble: Ensemble, p: Entrench, partners: Mapping[Partner, PartnerParameters]) -> Float[Array, "partners provinces worlds"]:
    """Roots of both partners a month later, each towards what its own kinds of presence bear."""
    state, own = ensemble.state, ensemble.state.roots
    ground = (1.0 - state.presence) * (1.0 + p.recovered_ground * np.minimum(1.0, state.recently_recovered))
    effort, before = ensemble.intent.placed[:, Instrument.ROOTS], ensemble.start.roots_effort
    other = own[::-1]  # the other partner's
    ceiling = np.stack([roots_ceiling(partners[partner].rooted_in, presence_of(ensemble, partner)) for partner in Partner])
    kept = roots_after(p, own, other, effort, ensemble.perceived.felt, ground * ensemble.intent.access, ceiling)
    return np.maximum(0.0, kept - neglected(p.upkeep, own, effort, before))


def next_local_roots(ensemble: Ensemble, p: Entrench) -> ByProvince:
    """Roots of local powers a month later, where there are any to speak of (trait `local_power`): they grow by their effort on the
    government's ground and erode under the force above them.
    """
    state, side = ensemble.state, ensemble.perceived.side
    there = ensemble.provinces.traits["local_power"]
    room = np.maximum(0.0, there - state.local_roots)
    growth = p.local_rooting * ensemble.intent.local_rooting * state.control[Camp.GOVERNMENT] * room
    erosion = p.local_erosion * side / (side + ensemble.perceived.visible_force) * state.local_roots
    return np.clip(state.local_roots + growth - erosion, 0.0, 1.0)


def presence_of(ensemble: Ensemble, partner: Partner) -> dict[str, ByProvince]:
    """A partner's presence in every province by kind, (P, worlds) each, 0..1, on the government's ground."""
    provinces, assets = ensemble.provinces, ensemble.assets
    held = ensemble.state.control[Camp.GOVERNMENT]
    there = np.bincount(assets.province, minlength=len(provinces))[:, np.newaxis]
    people = provinces.peopled * ensemble.state.people[Camp.GOVERNMENT]
    return {
        "bases": provinces.traits["bases"] * held,
        "contracts": ensemble.perceived.held[Bidder[partner.name]] / np.maximum(1, there),
        "society": people,
        "militias": ensemble.perceived.felt[partner],
    }


def roots_ceiling(section: RootedIn, presence: Mapping[str, ByProvince]) -> ByProvince:
    """How rooted a partner can become, (P, worlds), 0..1: kinds of presence add up with diminishing returns (noisy or)."""
    missing = np.ones_like(presence["society"])
    for kind, there in presence.items():
        missing *= 1.0 - getattr(section, kind) * there
    return 1.0 - missing


def roots_after(
    p: Entrench,
    own: Shares,
    other: Shares,
    effort: Shares,
    felt: Shares,
    ground: Shares,
    ceiling: Shares,
) -> Shares:
    """Partners' roots a month later: logistic growth to the `ceiling`, by presence itself and by effort, faster on good `ground`; decay
    where it is not `felt`. Above the ceiling they do not grow.
    """
    room = np.maximum(0.0, ceiling - own)
    growth = p.rooting * (p.by_presence + effort**p.returns) * ground * (1.0 - p.rivalry * other) * room
    return np.clip(own + growth - p.uprooting * (1.0 - felt) * own, 0.0, 1.0)


def neglected(upkeep: Row, roots: Shares, effort: Shares, before: Shares) -> Shares:
    """Roots lost in a month for want of effort: none at the effort of the start, a small share where nothing of it is left."""
    kept = np.minimum(1.0, (effort + TINY) / (before + TINY))
    return upkeep * (1.0 - kept) * roots


def thinness(strength: Float[Array, "camps provinces worlds"], area: Float[Array, "provinces 1"]) -> ByProvince:
    """How thinly ground is held against the Islamic State: 1 over the holders' strength per area, scaled by the whole country's."""
    holders = sum_of(strength, other_camps(Camp.ISLAMIC_STATE))
    usual = holders.sum(axis=0) / area.sum() + TINY
    return 1.0 / (holders / area / usual + 1.0)


def allowed_presence(
    grip: Row,
    at_start: ByProvince,
    thin: ByProvince,
    thin_at_start: ByProvince,
    eased: ByProvince,
) -> ByProvince:
    """Islamic State presence that holders allow: that of the start, more where they thin out or suppression has `eased` since."""
    return at_start * (thin / thin_at_start) ** grip * eased


def presence_after(
    speed: Row,
    presence: ByProvince,
    level: ByProvince,
    ground: ByProvince,
) -> ByProvince:
    """Presence a month later: part of the way to the `level` allowed, and never below the ground that the Islamic State holds."""
    return np.clip(presence + speed * (np.maximum(level, ground) - presence), 0.0, 1.0)


def consent(
    weight: Row,
    groups: Groups,
    force: Float[Array, "groups provinces worlds"],
    roots: Float[Array, "partners provinces worlds"],
    rooted_at_start: Float[Array, "groups worlds"],
) -> Float[Array, "groups worlds"]:
    """Local consent to each group: how rooted its partner is where it sits, relative to the start; 1 for groups of neither partner."""
    consents = np.ones(rooted_at_start.shape)
    for partner in Partner:
        members = together(groups.of_partner(partner))
        rooted = (force[members] * roots[partner]).sum(axis=1) / (force[members].sum(axis=1) + TINY)
        consents[members] = 1.0 - weight + weight * rooted / (rooted_at_start[members] + TINY)
    return consents


def paid_for(sustain: Float[Array, "leaders worlds"], gone: Float[Array, "partners worlds"]) -> Float[Array, "leaders worlds"]:
    """Manpower that each leader sustains, (leaders, worlds): what a partner that is gone left lives on the government's means as well."""
    after = sustain.copy()
    for partner in Partner:
        after[Leader[partner.name]] *= np.where(gone[partner] > 0.0, sustain[Leader.GOVERNMENT], 1.0)
    return after


def recruited(
    speed: Row,
    force: Float[Array, "groups provinces worlds"],
    reserve: Float[Array, "groups worlds"],
    sustained: Float[Array, "groups worlds"],
    fallen: Row,
) -> tuple[Float[Array, "groups provinces worlds"], Float[Array, "groups worlds"]]:
    """Force and reserves after a month of recruiting towards (or shrinking to) the manpower that is sustained; none after the fall."""
    manpower = force.sum(axis=1) + reserve
    wanted = np.where(fallen > 0.0, np.minimum(sustained, manpower), sustained)
    factor = np.minimum(1.0 + speed * (wanted / (manpower + TINY) - 1.0), 1.0 + speed)
    return force * factor[:, np.newaxis, :], reserve * factor


def integrated(share: Row, groups: Groups, force: Float[Array, "groups provinces worlds"]) -> Float[Array, "groups provinces worlds"]:
    """Force after a share of the local militias of the government's camp is taken into its army; men are moved, not made."""
    after, armies = force.copy(), groups.national_army
    for group in groups.local_militias:
        joins = share * force[group]
        after[group] -= joins
        for army in armies:
            after[army] += joins / len(armies)
    return after


def enrolled(
    rebels: ByProvince, groups: Groups, leader: Leader, force: Float[Array, "groups provinces worlds"]
) -> Float[Array, "groups provinces worlds"]:
    """Force after a partner's Syrian formations enrol reconciled rebels where they are, each in proportion to its force there (R29)."""
    formations = [group for group in groups.of_leader(leader) if not groups.foreign[group]]
    total = sum_of(force, formations) + TINY
    after = force.copy()
    for group in formations:
        after[group] += rebels * force[group] / total
    return after


def militia_share(groups: Groups, force: Float[Array, "groups provinces worlds"]) -> Row:
    """Share of the government's side that is no regular army."""
    side = sum_of(force, groups.of_camp(Camp.GOVERNMENT)).sum(axis=0) + TINY
    return 1.0 - sum_of(force, groups.regular).sum(axis=0) / side


def army_quality_after(p: Entrench, quality: Row, effort: Row, militias: Row, coffers: Row) -> Row:
    """Army quality a month later: gained by both partners' effort, lost faster beside militias and with empty coffers (R07, R09, R54)."""
    loss = p.army_decay * (1.0 + p.hollowing * (militias + 1.0 - coffers))
    return np.clip(quality + p.army_building * effort**p.returns * (1.0 - quality) - loss * quality, 0.0, 1.0)
