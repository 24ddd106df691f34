"""The exchange of issues: what each is worth to either partner, from which exchanges both gain, and which of them is struck.

An issue is posts in a province or tenders in a sector. Without agreement both contest it: each can expect its share in a Tullock contest
(stake times foothold) less what the friction costs, the more the more evenly it is contested. An exchange gives one issue wholly to Russia
and another wholly to Iran. Of those from which both gain, the one with the largest Nash product is struck, weighted by how usable the
channels of both fields are.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from sim.model.actors.partner import Interests
from sim.model.processes.contract_terms import TenderParameters
from sim.model.processes.tenders import sector_strength
from sim.model.state.dimensions import NOBODY, TINY, Array, Camp, Field, Partner, Row, Sector, counts, indices_where, key
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import together
from sim.model.state.parameters import declared

NOT_EXCHANGED = -1
IMPOSSIBLE = -np.inf


@dataclass
class Issues:
    """All issues, provinces first, then sectors, in all worlds or in those that are active."""

    stake: Float[Array, "partners issues active"]  # how much a partner cares about each, 0..1
    expected: Float[Array, "partners issues active"]  # the share that it can expect without agreement
    obeyed: Float[Array, "partners active"]  # how far its groups do what it agrees
    free: Bool[Array, "issues active"]  # not yet exchanged
    field: Int[Array, " issues"]  # whose channel must carry an agreement: military for posts, economic for tenders

    def of(self, index: Int[Array, " active"]) -> "Issues":
        """The issues in some worlds."""

        def taken(x: Array) -> Array:
            return np.take(x, index, axis=-1)

        return Issues(taken(self.stake), taken(self.expected), taken(self.obeyed), taken(self.free), self.field)

    def told(self, ensemble: Ensemble, terms: "Terms", index: Int[Array, " active"], own: Int[Array, " struck"]) -> dict[int, str]:
        """Each exchange in words, by world: who yields what where, for what in return, by which interests."""
        told = {}
        for at in own:
            world = int(index[at])
            russia, iran = int(terms.to_russia[at]), int(terms.to_iran[at])
            told[world] = (
                f"Iran leaves {_named(ensemble, russia)} to Russia, which {_reason(ensemble, Partner.RUSSIA, russia, world)}, "
                f"and Russia leaves {_named(ensemble, iran)} to Iran, which {_reason(ensemble, Partner.IRAN, iran, world)}"
            )
        return told


@dataclass
class Terms:
    """The exchange that each active world strikes, if it strikes one: issues by index, and how firmly they are agreed, 0..1."""

    struck: Bool[Array, " active"]
    to_russia: Int[Array, " active"]
    to_iran: Int[Array, " active"]
    firmness: Float[Array, " active"]


def issues_of(ensemble: Ensemble, contract: TenderParameters, foothold: Row) -> Issues:
    """The issues as they stand in all worlds."""
    state, intent, felt = ensemble.state, ensemble.intent, ensemble.perceived.felt
    tenders = intent.contract_stake[:, np.newaxis] * open_share(ensemble)
    strength = np.array([sector_strength(getattr(contract, key(partner))) for partner in Partner])
    stake = np.concatenate([intent.stake, tenders], axis=1)
    weight = np.concatenate([felt + foothold, strength], axis=1)
    held = state.control[Camp.GOVERNMENT] > 0.0
    free = state.exchanged == NOT_EXCHANGED
    free[: len(held)] &= held
    return Issues(
        stake=stake,
        expected=expected_shares(stake, weight),
        obeyed=np.array([obedience(ensemble, partner) for partner in Partner]),
        free=free,
        field=issue_fields(len(held)),
    )


def issue_fields(n_provinces: int) -> Int[Array, " issues"]:
    """The field whose channel must carry an agreement on each issue: the military one for posts, the economic one for tenders."""
    return np.array([Field.MILITARY] * n_provinces + [Field.ECONOMIC] * len(Sector))


def expected_shares(
    stake: Float[Array, "partners *issues worlds"], weight: Float[Array, "partners *issues worlds"]
) -> Float[Array, "partners *issues worlds"]:
    """What each partner can expect of an issue that both contest, by Tullock's contest of two whose stakes and footholds (`weight`)
    differ; a half each where neither has a stake.
    """
    claim = stake * weight
    total = claim.sum(axis=0)
    contested = total > 0.0
    return np.where(contested, claim / np.where(contested, total, 1.0), 1.0 / len(Partner))


def open_share(ensemble: Ensemble) -> Float[Array, "sectors worlds"]:
    """How much is open to tender in each sector, relative to the sector in which most is, (Sectors, worlds), 0..1."""
    state = ensemble.state
    asset, world = indices_where((state.holder == NOBODY) & (state.ground == Camp.GOVERNMENT))
    count = counts((len(Sector), ensemble.n_worlds), ensemble.assets.sector[asset], world)
    return count / np.maximum(1.0, count.max(axis=0))


def obedience(ensemble: Ensemble, partner: Partner) -> Row:
    """How far a partner's groups obey it, by force, (worlds,)."""
    groups = together(ensemble.groups.of_partner(partner))
    force = ensemble.state.force[groups].sum(axis=1)
    obeying = force * ensemble.traits["obedience"][groups]
    return obeying.sum(axis=0, initial=TINY) / force.sum(axis=0, initial=TINY)


def got_and_yielded(
    issues: Issues, friction_cost: Float[Array, " active"]
) -> tuple[Float[Array, "partners issues active"], Float[Array, "partners issues active"]]:
    """What each partner gains by getting an issue, and what it loses by yielding it, (K, I, active).

    Contesting an issue costs most where both can expect a half, and nothing where one of them does not contest it. Where posts are got, the
    other's groups must leave.
    """
    cost = friction_cost * 4.0 * issues.expected[Partner.RUSSIA] * issues.expected[Partner.IRAN]
    left = np.where((issues.field == Field.MILITARY)[:, np.newaxis], issues.obeyed[::-1, np.newaxis], 1.0)
    return issues.stake * (1.0 - issues.expected + cost) * left, issues.stake * (issues.expected - cost)


def gains_of(issues: Issues, friction_cost: Float[Array, " active"]) -> Float[Array, "partners issues issues active"]:
    """What each partner gains from the exchange in which Russia gets the first issue and Iran the second, (K, I, I, active).

    Getting an issue gains a partner what it could not expect of it and the friction, as far as the other's groups obey; yielding one loses
    it what it could expect less the friction.
    """
    got, yielded = got_and_yielded(issues, friction_cost)
    n, active = got.shape[1:]
    gains = np.empty((len(Partner), n, n, active))
    np.subtract(got[Partner.RUSSIA][:, np.newaxis], yielded[Partner.RUSSIA], out=gains[Partner.RUSSIA])
    np.subtract(got[Partner.IRAN], yielded[Partner.IRAN][:, np.newaxis], out=gains[Partner.IRAN])
    return gains


def gains_kept(
    issues: Issues,
    friction_cost: Float[Array, " active"],
    to_russia: Int[Array, " exchanges"],
    to_iran: Int[Array, " exchanges"],
    world: Int[Array, " exchanges"],
) -> Float[Array, "partners exchanges"]:
    """What each partner gains from exchanges in force, each of two issues in a world, (K, exchanges)."""
    got, yielded = got_and_yielded(issues, friction_cost)
    russia = got[Partner.RUSSIA, to_russia, world] - yielded[Partner.RUSSIA, to_iran, world]
    iran = got[Partner.IRAN, to_iran, world] - yielded[Partner.IRAN, to_russia, world]
    return np.array([russia, iran])


def best_exchange(
    issues: Issues,
    friction_cost: Float[Array, " active"],
    worth: Float[Array, " active"],
    channels: Float[Array, "fields active"],
    about: Bool[Array, "issues active"],
    ties: Float[Array, "issues active"],
) -> Terms:
    """The exchange with the largest Nash product of gains, times the usable channels of both fields, (active,).

    `about` are the issues that the talks are about: an exchange must contain one. `ties` are uniforms that decide between equals, the same
    two issues the other way round among them.
    """
    gain = gains_of(issues, friction_cost)
    carried = np.take(channels, issues.field, axis=0)
    n, both_gain = len(issues.field), gain > worth
    possible = both_gain[Partner.RUSSIA] & both_gain[Partner.IRAN] & (about[:, np.newaxis] | about)
    possible &= issues.free[:, np.newaxis] & issues.free
    possible[np.arange(n), np.arange(n)] = False
    first, second, world = np.unravel_index(np.flatnonzero(possible), possible.shape)  # few of all pairs
    product = gain[Partner.RUSSIA, first, second, world] * gain[Partner.IRAN, first, second, world]
    luck = 1.0 + TINY * (ties[first, world] + 2.0 * ties[second, world])
    value = np.zeros(possible.shape)
    value[first, second, world] = product * carried[first, world] * carried[second, world] * luck
    value = value.reshape(n * n, -1)
    best = value.argmax(axis=0)
    to_russia, to_iran = best // n, best % n
    along = np.arange(best.size)
    firmness = np.minimum(carried[to_russia, along], carried[to_iran, along])
    return Terms(struck=value[best, along] > 0.0, to_russia=to_russia, to_iran=to_iran, firmness=firmness)


def _named(ensemble: Ensemble, issue: int) -> str:
    """An issue in words."""
    n = len(ensemble.provinces)
    return f"posts in {ensemble.provinces.name[issue]}" if issue < n else f"tenders in {SECTOR_WORDS[Sector(issue - n)]}"


def _reason(ensemble: Ensemble, partner: Partner, issue: int, world: int) -> str:
    """What a partner wants most by an issue: the interest that counts most in it, in the words of its parameter."""
    if issue >= len(ensemble.provinces):
        return f"wants {INTEREST_WORDS['contract_competition']}"
    agenda = ensemble.agenda
    stakes = {
        goal.name: float(agenda.weight[row, world] * agenda.at_stake[row, issue, world])
        for row, goal in agenda.plan.goals_of(key(partner))
        if goal.contested
    }
    name = max(stakes, key=lambda one: stakes[one], default="")
    return f"wants {INTEREST_WORDS[name]}" if name and stakes[name] > 0.0 else "has no stake of its own there"


INTEREST_WORDS = {one.path: one.meaning.partition(" (")[0] for one in declared(Interests)}
SECTOR_WORDS = {
    Sector.OIL_GAS: "oil and gas",
    Sector.POWER: "power",
    Sector.PHOSPHATE: "phosphate",
    Sector.AGRICULTURE: "agriculture",
    Sector.REAL_ESTATE: "real estate",
    Sector.TRANSPORT_INDUSTRY: "transport and industry",
}
