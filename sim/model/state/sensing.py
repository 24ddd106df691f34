"""Sensing: what every actor perceives of last month's world before it decides. Who stands where, what is endangered, what is open."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from jaxtyping import Float, Int

from sim.model.state.dimensions import NOBODY, TINY, Array, Bidder, ByProvince, Camp, Row, other_camps
from sim.model.state.ensemble import Ensemble
from sim.model.state.geography import Provinces, neighbour_sum
from sim.model.state.group_table import force_by_partner, sum_of
from sim.model.state.parameters import FACTOR, SCALE, WEIGHT, parameter
from sim.model.state.perception import Perception
from sim.model.state.state import State


@dataclass
class Worth:
    """What makes a province core territory (R02, R47). Weights are relative to each other."""

    population: Row = parameter(WEIGHT, "weight of a province's share of the population, the largest counting 1")
    capital: Row = parameter(WEIGHT, "weight of being the capital")
    coast: Row = parameter(WEIGHT, "weight of the coast, home of the government's constituency and of Russia's bases")
    trunk_road: Row = parameter(WEIGHT, "weight of the road that joins the large cities")
    visible_force: Row = parameter(SCALE, "force (thousand) at which a presence is half visible or half felt")
    reach: Row = parameter(FACTOR, "how much hostile or own strength next door counts against strength on the spot")
    army_floor: Row = parameter(FACTOR, "fighting worth of an army of no quality, relative to one of full quality")


def assess(ensemble: Ensemble, p: Worth, exposed: Float[Array, "partners worlds"]) -> Perception:
    """Assess last month's world. `exposed` says how far each partner's groups are what Israel and the United States strike, while
    it is there.
    """
    state, groups = ensemble.state, ensemble.groups
    quality = fighting_quality(ensemble, p)
    strength = camp_strength(state.force, quality, groups.camp)
    force = force_by_partner(state.force, groups)
    open_value, held = holdings(ensemble)
    felt = force / (force + p.visible_force)
    exposed = exposed * (1.0 - state.gone)
    targets = exposed[:, np.newaxis] * felt
    opposed = opposition_share(strength, state.control, ensemble.provinces.neighbours, p.reach)
    return Perception(
        worth=worth(ensemble.provinces, p),
        quality=quality,
        strength=strength,
        force=force,
        side=sum_of(state.force, groups.of_camp(Camp.GOVERNMENT)),
        felt=felt,
        spread=state.control / (state.control.sum(axis=1, keepdims=True) + TINY),
        won=won_ground(ensemble),
        opposed=opposed,
        visible_force=p.visible_force,
        open_value=open_value,
        held=held,
        targets=targets,
        target=np.minimum(1.0, targets.sum(axis=0)),
        target_force=(exposed[:, np.newaxis] * force).sum(axis=0),
        target_roots=np.minimum(1.0, (exposed[:, np.newaxis] * state.roots).sum(axis=0)),
        air_share=np.zeros_like(opposed),
    )


def worth(provinces: Provinces, p: Worth) -> ByProvince:
    """Worth of each province as core territory, scaled so that the most valued counts 1."""
    people = provinces.population / provinces.population.max()
    raw = (
        p.population * people
        + p.capital * provinces.traits["capital"]
        + p.coast * provinces.traits["coast"]
        + p.trunk_road * provinces.traits["trunk_road"]
    )
    return raw / np.maximum(raw.max(axis=0), TINY)


def fighting_quality(ensemble: Ensemble, p: Worth) -> Float[Array, "groups worlds"]:
    """Fighting worth of a thousand fighters by group: its quality by its experience, in regular units as far as the army's quality lets
    them.
    """
    skill = p.army_floor + (1.0 - p.army_floor) * ensemble.state.army_quality
    own = ensemble.traits["quality"] * ensemble.state.experience
    return np.multiply(own, skill, out=own, where=ensemble.groups.army[:, np.newaxis])


def camp_strength(
    force: Float[Array, "groups provinces worlds"], quality: Float[Array, "groups worlds"], camps: tuple[Camp, ...]
) -> Float[Array, "camps provinces worlds"]:
    """Fighting strength by camp and province; `camps` are those of the groups."""
    strong = force * quality[:, np.newaxis]
    strength = np.zeros((len(Camp), *force.shape[1:]))
    for camp, members in _members_of(camps):
        strength[camp] = sum_of(strong, members)
    return strength


@cache
def _members_of(camps: tuple[Camp, ...]) -> tuple[tuple[Camp, tuple[int, ...]], ...]:
    """Each camp that has any groups, with the indices of these; `camps` are those of the groups."""
    return tuple((camp, tuple(group for group, own in enumerate(camps) if own == camp)) for camp in Camp if camp in camps)


def opposition_share(
    strength: Float[Array, "camps provinces worlds"],
    control: Float[Array, "camps provinces worlds"],
    neighbours: Int[Array, "provinces most"],
    reach: Row,
) -> ByProvince:
    """How endangered the government's ground is: its control times the hostile share of strength on the spot and next door."""
    hostile = sum_of(strength, other_camps(Camp.GOVERNMENT))
    own = strength[Camp.GOVERNMENT]
    beside_hostile, beside_own = neighbour_sum(np.stack([hostile, own]), neighbours)
    near_hostile = hostile + reach * beside_hostile
    near_own = own + reach * beside_own
    return control[Camp.GOVERNMENT] * near_hostile / (near_hostile + near_own + TINY)


def backing(ensemble: Ensemble) -> Row:
    """How far both partners together back the government: their effort relative to the start."""
    return ensemble.intent.effort.sum(axis=(0, 1)) / (ensemble.start.effort.sum(axis=(0, 1)) + TINY)


def pay(ensemble: Ensemble) -> Row:
    """How far the government can pay its men, (worlds,): its coffers relative to the start, at most 1."""
    return np.minimum(1.0, ensemble.state.coffers / (ensemble.start.coffers + TINY))


def grip(ensemble: Ensemble) -> ByProvince:
    """The government's grip on each province, (P, worlds), 0..1: force of its camp that is felt there, times morale and pay."""
    state, side = ensemble.state, ensemble.perceived.side
    felt = side / (side + ensemble.perceived.visible_force)
    return felt * state.morale[Camp.GOVERNMENT] * (1.0 if ensemble.reference is None else pay(ensemble))


def people_held(state: State, provinces: Provinces, camp: Camp = Camp.GOVERNMENT) -> Row:
    """Share of the country's people on a camp's ground."""
    return np.add.reduce(state.people[camp] * provinces.population, axis=0)


def people_kept(ensemble: Ensemble, camp: Camp) -> Row:
    """People on a camp's ground relative to the start; 1 for a camp that held none then, or while the start is made."""
    if ensemble.reference is None:
        return np.ones(ensemble.n_worlds)
    before = ensemble.start.people[camp]
    return np.where(before > TINY, people_held(ensemble.state, ensemble.provinces, camp) / np.maximum(before, TINY), 1.0)


def won_ground(ensemble: Ensemble) -> Float[Array, "camps worlds"]:
    """Share of each camp's ground, all provinces alike, that it did not hold at the start; none while the start is made."""
    now = ensemble.state.control
    if ensemble.reference is None:
        return np.zeros((len(Camp), ensemble.n_worlds))
    kept = np.add.reduce(np.minimum(now, ensemble.start.control), axis=1)
    return 1.0 - (kept + TINY) / (np.add.reduce(now, axis=1) + TINY)


def peopled(people: Float[Array, "*axes worlds"], control: Float[Array, "*axes worlds"]) -> Float[Array, "*axes worlds"]:
    """How densely peopled a camp's ground is, at most 1: its share of the `people` over its share of the ground."""
    return np.minimum(1.0, people / np.maximum(control, TINY))


def insurgency(state: State) -> ByProvince:
    """Islamic State activity by province, 0..1: presence, more of it in a surge (R73)."""
    return np.minimum(1.0, state.presence * (1.0 + state.surge))


def holdings(ensemble: Ensemble) -> tuple[ByProvince, Float[Array, "bidders provinces worlds"]]:
    """Assets open to tender by province, and under contract in force to each bidder, as counts; a memorandum is neither."""
    holders = np.array([*Bidder, NOBODY], dtype=np.int8).reshape(-1, 1, 1)
    state = ensemble.state
    ours = (state.ground == Camp.GOVERNMENT) & (state.in_force | (state.holder == NOBODY))
    counted = ((state.holder == holders) & ours).astype(np.int8)
    total = np.zeros((len(holders), len(ensemble.provinces), ensemble.n_worlds), dtype=np.int8)  # small numbers are added faster
    for province, assets in ensemble.assets.by_province.items():
        np.add.reduce(counted.take(assets, axis=1), axis=1, out=total[:, province])
    counts = total.astype(float)
    return counts[len(Bidder)], counts[: len(Bidder)]


def contract_shares(ensemble: Ensemble) -> Float[Array, "bidders worlds"]:
    """Shares of the bidders in all assets under contract; zero where nothing is."""
    held = ensemble.perceived.held.sum(axis=1)
    return held / np.maximum(1.0, held.sum(axis=0))


def memoranda(state: State) -> Row:
    """Number of assets on the government's ground that somebody holds by a memorandum only."""
    return ((state.ground == Camp.GOVERNMENT) & (state.holder != NOBODY) & ~state.in_force).sum(axis=0).astype(float)
