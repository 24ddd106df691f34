"""Outcome: indices of the whole country, spheres of provinces and classes of worlds, by written definitions (ours).

Classes are thresholds on continuous indices; the index is always shown beside its class, because central worlds are alike and a
threshold flips them together. A world whose government has fallen is a class of its own, never one of the partners'.
"""

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float, Int

from sim.model.observation.measure_catalogue import FALLEN, OUTCOMES, SPHERES, TERRITORIES
from sim.model.state.dimensions import TINY, Array, Bidder, ByProvince, Camp, IntRow, Partner, Power, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.geography import neighbour_sum
from sim.model.state.parameters import FACTOR, SHARE, parameter
from sim.model.state.sensing import contract_shares, people_held

INSIDE = (Power.GOVERNMENT, Power.RUSSIA, Power.IRAN)  # the government and its partners
OUTSIDE = [power for power in Power if power not in INSIDE]


@dataclass
class Definitions:
    """Thresholds and weights of definitions; they are not drawn."""

    people_weight: Row = parameter(SHARE, "weight of a province in national indices: this share by people, the rest the same for each")
    clear_lead: Row = parameter(FACTOR, "how many times the next power's influence makes a sphere of a province")
    own_ground: Row = parameter(FACTOR, "how many times both partners' influence makes a province the government's own")
    delimited: Row = parameter(SHARE, "delimitation from which a world counts as delimited")
    agreed: Row = parameter(SHARE, "share resting on agreed primacies from which a delimitation counts as agreed")
    primacy: Row = parameter(SHARE, "share of the partners' influence from which one of them holds primacy in the country")
    recentred: Row = parameter(SHARE, "government's share of its camp's influence from which it counts as recentred")
    broken: Row = parameter(SHARE, "share of months broken from which the partnership counts as broken down, besides being so at the end")
    territory: Row = parameter(SHARE, "change of the population-weighted share held that counts as recovered or shrunk")


# Every threshold is also moved a quarter down and up, to see whether a class is threshold-sensitive. Results name these two columns
# `*_lower` and `*_higher`, so the factors are part of their format and not a parameter.
THRESHOLD_FACTORS = LOWER, HIGHER = (0.75, 1.25)
PARITY = 1.0  # the ratio of two equal powers, from which a lead is counted
EVEN_SHARE = 0.5  # the share of each of two equal sides, from which primacy is counted


def moved(p: Definitions, factor: float) -> Definitions:
    """The same definitions with every threshold moved by a factor; where even is the neutral point, what lies beyond it is moved."""
    return replace(
        p,
        clear_lead=PARITY + factor * (p.clear_lead - PARITY),
        own_ground=PARITY + factor * (p.own_ground - PARITY),
        delimited=factor * p.delimited,
        agreed=factor * p.agreed,
        primacy=EVEN_SHARE + factor * (p.primacy - EVEN_SHARE),
        recentred=EVEN_SHARE + factor * (p.recentred - EVEN_SHARE),
        broken=factor * p.broken,
        territory=factor * p.territory,
    )


def weights(ensemble: Ensemble, p: Definitions) -> ByProvince:
    """Weight of each province in national indices, (P, worlds), summing to 1."""
    even = 1.0 / len(ensemble.provinces)
    return p.people_weight * ensemble.provinces.population + (1.0 - p.people_weight) * even


def indices(ensemble: Ensemble, influence: Float[Array, "powers provinces worlds"], p: Definitions) -> dict[str, Row]:
    """National indices of influence, each (worlds,).

    `overlap` is Schoener's D, `concentration` the Herfindahl index, `clustering` Moran's I.
    """
    weighted = influence * weights(ensemble, p)
    russia, iran = weighted[Power.RUSSIA], weighted[Power.IRAN]
    both, ahead = russia + iran, russia - iran
    national = weighted.sum(axis=1)
    own, of_russia, of_iran = national[Power.GOVERNMENT], national[Power.RUSSIA], national[Power.IRAN]
    of_both = both.sum(axis=0)
    total = of_both + TINY
    lead = np.abs(ahead)
    leads = lead.sum(axis=0)
    primacy = ensemble.state.primacy
    rests = np.abs(primacy) * (np.sign(primacy) == np.sign(ahead))
    return {
        "overlap": 1.0 - 0.5 * np.abs(russia / (of_russia + TINY) - iran / (of_iran + TINY)).sum(axis=0),
        "delimitation": leads / total,
        "agreed": (lead * rests).sum(axis=0) / (leads + TINY),
        "balance": of_russia / total,
        "recentred": own / (own + of_both + TINY),
        "concentration": (national**2).sum(axis=0),
        "clustering": morans_i(russian_share(influence), ensemble),
    }


def russian_share(influence: Float[Array, "powers provinces worlds"]) -> ByProvince:
    """Russia's share of both partners' influence by province, (P, worlds); a half where neither has any."""
    return (influence[Power.RUSSIA] + EVEN_SHARE * TINY) / (influence[Power.RUSSIA] + influence[Power.IRAN] + TINY)


def morans_i(x: ByProvince, ensemble: Ensemble) -> Row:
    """Moran's I of a quantity by province on the border graph, (worlds,); 0 where it does not vary."""
    away = x - x.mean(axis=0)
    beside = neighbour_sum(away, ensemble.provinces.neighbours)
    variance = (away * away).sum(axis=0)
    scale = len(ensemble.provinces) / (2.0 * len(ensemble.provinces.borders))
    return np.where(variance > TINY, scale * (away * beside).sum(axis=0) / (variance + TINY), 0.0)


def spheres(influence: Float[Array, "powers provinces worlds"], p: Definitions) -> Int[Array, "provinces worlds"]:
    """Sphere of each province, (P, worlds) indices into SPHERES: the power that leads clearly, else shared or contested.

    Where the government and its partners together lead the strongest other power clearly, the sphere is the partner that clearly leads
    the other one, the government where it clearly outweighs both, else shared; but only if the one named is no weaker than any power
    outside. An outside power's sphere is where it clearly leads all the others together.
    """
    government, russia, iran = influence[Power.GOVERNMENT], influence[Power.RUSSIA], influence[Power.IRAN]
    both, others = russia + iran, influence[OUTSIDE]
    strongest = others.max(axis=0)
    own, of_russia, of_iran = government > p.own_ground * both, russia >= p.clear_lead * iran, iran >= p.clear_lead * russia
    inside = np.select([own, of_russia, of_iran], INSIDE, SPHERES.index("shared"))
    weight = np.select([own, of_russia, of_iran], (government, russia, iran), both)
    leads = (government + both >= p.clear_lead * strongest) & (weight >= strongest)
    led = strongest >= p.clear_lead * (1.0 - strongest)
    foreign = np.take(OUTSIDE, others.argmax(axis=0))
    return np.where(leads, inside, np.where(led, foreign, SPHERES.index("contested")))


def outcomes(ensemble: Ensemble, found: dict[str, Row], p: Definitions, months: int) -> IntRow:
    """Outcome class, (worlds,) indices into OUTCOMES, from the `indices` found at the end of so many months.

    A world whose government has fallen is of the class `fallen`, whatever the partners still hold; all others are classed between the
    partners.
    """
    broken = (ensemble.state.partnership_broken > 0.0) | (ensemble.records.months_broken >= p.broken * months)
    balance, delimited = found["balance"], found["delimitation"] >= p.delimited
    choices = [
        (ensemble.state.fallen > 0.0, FALLEN),
        (broken, "breakdown"),
        (found["recentred"] >= p.recentred, "government_recentred"),
        (balance >= p.primacy, "russian_primacy"),
        (balance <= 1.0 - p.primacy, "iranian_primacy"),
        (delimited & (found["agreed"] >= p.agreed), "delimited_agreed"),
        (delimited, "delimited_tacit"),
    ]
    return np.select([c for c, _ in choices], [OUTCOMES.index(n) for _, n in choices], OUTCOMES.index("condominium"))


def area_held(ensemble: Ensemble) -> Row:
    """Share of the country's area that the government holds, (worlds,)."""
    area = ensemble.provinces.area
    return (ensemble.state.control[Camp.GOVERNMENT] * area).sum(axis=0) / area.sum()


def territories(ensemble: Ensemble, p: Definitions) -> IntRow:
    """Territorial class, (worlds,) indices into TERRITORIES."""
    before = (ensemble.records.people_start * ensemble.provinces.population).sum(axis=0)
    change = people_held(ensemble.state, ensemble.provinces) - before
    return np.select(
        [ensemble.state.fallen > 0.0, change >= p.territory, change <= -p.territory],
        [TERRITORIES.index("collapsed"), TERRITORIES.index("recovered"), TERRITORIES.index("shrunk")],
        TERRITORIES.index("frozen"),
    )


def dependence(ensemble: Ensemble) -> Float[Array, "partners worlds"]:
    """Dependence of the government on each partner, (K, worlds): mean of its shares in force, in effort given, and in contracts."""
    force = ensemble.perceived.force.sum(axis=1) / (ensemble.perceived.side.sum(axis=0) + TINY)
    effort = ensemble.intent.effort.sum(axis=1)
    given = effort / (effort.sum(axis=0) + TINY)
    contracts = contract_shares(ensemble)[[Bidder[partner.name] for partner in Partner]]
    return (force + given + contracts) / 3.0
