"""How the two partners decide: the same rule for both, from their own interests, skills, means and traits.

A partner's effort grows with the danger to the government (R46). It is divided among its goals, and each goal's effort among instruments
and provinces, as every actor's is (`agenda.py`). Everything that only one of the two does today is a skill or a trait, with zero as no.
"""

from dataclasses import dataclass, fields
from typing import ClassVar

import numpy as np

from sim.model.actors.actor import Actor
from sim.model.actors.agenda import Agenda
from sim.model.actors.partner_goals import PARTNER_GOALS, PartnerView
from sim.model.state.dimensions import OTHER_PARTNER, TINY, ByProvince, Camp, Field, Instrument, Leader, Partner, Row, key
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import PLACED_INSTRUMENTS, Intent
from sim.model.state.parameters import FACTOR, RATE, SCALE, SHARE, WEIGHT, parameter


@dataclass
class Interests:
    """What a partner may want; weights are normalised to sum to 1. What each means for its choices is in `partner_goals.py`."""

    regime_survival: Row = parameter(WEIGHT, "the government's survival (R37, R46)")
    army_reform: Row = parameter(WEIGHT, "one professional army (R09, R54)")
    leverage: Row = parameter(WEIGHT, "leverage through formations of its own (R55)")
    limit_militias: Row = parameter(WEIGHT, "limits on the weight of the other partner's militias (R09)")
    standing: Row = parameter(WEIGHT, "standing as a great power and broker (R41, R64)")
    israel_balance: Row = parameter(WEIGHT, "a balance between Israel and the other partner (R28)")
    contract_competition: Row = parameter(WEIGHT, "contracts for its firms (R32)")
    order: Row = parameter(WEIGHT, "order where Islamic State attacks rise and only the other partner is there (R22, R73)")
    bases: Row = parameter(WEIGHT, "security of the bases on the coast (ours; R48 for the base)")
    militia_entrenchment: Row = parameter(WEIGHT, "influence rooted in four areas by way of militias (R11)")
    border_presence: Row = parameter(WEIGHT, "a rooted presence at the Iraqi border (R19)")
    command: Row = parameter(WEIGHT, "command of operations (R23, R68)")
    shield: Row = parameter(WEIGHT, "a shield against strikes (R25)")
    no_foreign_bases: Row = parameter(WEIGHT, "no foreign bases and no display by the other at its expense (R57, R59)")
    land_corridor: Row = parameter(WEIGHT, "the land corridor to Lebanon (ours; R67 for the highway)")
    deterrence: Row = parameter(WEIGHT, "deterrence of Israel from Syrian ground (ours; R27 for the strikes it draws)")


@dataclass
class Skill:
    """How much an actor achieves per effort with each instrument; 1 is the better of the two partners."""

    air: Row = parameter(WEIGHT, "skill in air operations")
    command: Row = parameter(WEIGHT, "skill in advising and commanding operations")
    army: Row = parameter(WEIGHT, "skill in building and equipping the army")
    militias: Row = parameter(WEIGHT, "skill in raising and directing militias and formations of its own")
    mixing: Row = parameter(WEIGHT, "skill in mixing its units with the partner's")
    restraint: Row = parameter(WEIGHT, "skill in keeping the partner's groups back")
    roots: Row = parameter(WEIGHT, "skill in rooting itself in society and economy")
    firms: Row = parameter(WEIGHT, "skill in bidding for contracts")
    diplomacy: Row = parameter(WEIGHT, "skill in diplomacy")


@dataclass
class Means:
    """What a partner can spend, and what its effort sustains."""

    budget: Row = parameter(FACTOR, "effort a month in quiet times, in units of Russia's of 2021")
    commitment: Row = parameter(FACTOR, "how much effort grows when the government is in utter danger, as a multiple of the budget")
    militia_share: Row = parameter(SHARE, "share of its groups' manpower that depends on its support")
    reaction: Row = parameter(RATE, "elasticity of the manpower it sustains to its effort for it")


@dataclass
class RootedIn:
    """How far full presence of each kind in a province lets a partner be rooted there."""

    bases: Row = parameter(SHARE, "how far its roots reach where its bases are (trait `bases`)")
    contracts: Row = parameter(SHARE, "how far they reach where all assets are under contract to it")
    society: Row = parameter(SHARE, "how far they reach where as many people live on the government's ground as in the largest province")
    militias: Row = parameter(SHARE, "how far they reach where the force of its groups is fully felt")


@dataclass
class PartnerParameters:
    """Parameters of a partner; the same for both, and zero where one of them does not do a thing."""

    interests: Interests
    skill: Skill
    means: Means
    rooted_in: RootedIn
    loudness: Row = parameter(SHARE, "how loudly it advertises at most (R13)")
    display_half: Row = parameter(SCALE, "effort for standing at which it advertises half as loudly as at most")
    discretion: Row = parameter(RATE, "how much diplomatic friction with the other makes it quieter (R60)")
    commitment_to_zones: Row = parameter(SHARE, "how far it stands by the zones it guarantees, 1 as in 2021 (R17, R77)")
    broker: Row = parameter(SHARE, "how far it turns success into diplomatic standing (R41)")
    respect: Row = parameter(SHARE, "how far it keeps its effort out of a province that it leaves to the other (R35)")
    heed: Row = parameter(SHARE, "how far pressure from Israel and the US turns into a wish to restrain the other (R78)")
    enrolment: Row = parameter(RATE, "former rebels (thousand) that its formations enrol a month per unit of effort for the army (R29)")
    exposed: Row = parameter(SHARE, "how far Israel and the United States strike its groups, 1 as Iran's (R20, R27)")
    land_dependence: Row = parameter(SHARE, "share of its arms and men that must come by land (R10)")
    noticed_strikes: Row = parameter(SCALE, "strikes a month in a province at which half of the alarm is reached")
    fear: Row = parameter(RATE, "how much recent strikes put its groups off a province")
    golan_agreement: Row = parameter(SHARE, "how far the agreement with Israel about it is in force, 1 as in 2021 (R28, R80)")
    golan_compliance: Row = parameter(WEIGHT, "how strongly the agreement keeps its groups from the exclusion zone (R30)")
    held_back: Row = parameter(WEIGHT, "how strongly the other's restraint keeps its groups back (R78: little)")
    stays_at_bases: Row = parameter(SHARE, "share of its own troops at its bases that stay after the government's fall")
    stays_elsewhere: Row = parameter(SHARE, "share of all its groups that stay after it")


class PartnerActor(Actor[PartnerParameters]):
    """One of the two partners."""

    partner: ClassVar[Partner]
    goals = PARTNER_GOALS

    def reach(self, ensemble: Ensemble, p: PartnerParameters) -> Row:
        """What share of its effort can reach Syria, given who holds the land route (R10)."""
        return 1.0 - p.land_dependence * (1.0 - ensemble.state.land_route)

    def means(self, ensemble: Ensemble, p: PartnerParameters) -> Row:
        """Effort that it can bring to bear this month; none once it has left."""
        here = 1.0 - ensemble.state.gone[self.partner]
        return here * p.means.budget * (1.0 + p.means.commitment * ensemble.state.danger) * self.reach(ensemble, p)

    def view(self, ensemble: Ensemble, p: PartnerParameters) -> PartnerView:
        """Last month's world from its side."""
        return PartnerView(ensemble, p, self.partner)

    def appraise(self, ensemble: Ensemble, p: PartnerParameters, agenda: Agenda) -> None:
        """How unmet its goals are, where they are at stake, what it can spend and what it does well."""
        skill = {instrument: getattr(p.skill, name) for instrument, name in SKILLS}
        agenda.appraised(self.section, self.view(ensemble, p), self.means(ensemble, p), skill)
        agenda.left_alone[self.section] = p.respect * ensemble.state.left_alone[self.partner]

    def circumstances(self, ensemble: Ensemble, p: PartnerParameters) -> dict[str, Row]:
        """Its budget, the danger, how much of its effort gets there, and what makes it quieter."""
        return {
            "effort a month in quiet times": p.means.budget,
            "danger to the government": ensemble.state.danger,
            "share of its effort that reaches Syria": self.reach(ensemble, p),
            "diplomatic friction between the partners": ensemble.state.friction[Field.DIPLOMATIC],
        }

    def act(self, ensemble: Ensemble, p: PartnerParameters, agenda: Agenda, intent: Intent) -> None:
        """Write effort by instrument and place, air support, stakes, the pull of force, manpower sustained, publicity and guarantees."""
        partner, leader, section = self.partner, Leader[self.partner.name], self.section
        for instrument in agenda.plan.instruments.get(section, ()):
            intent.effort[partner, instrument] = agenda.total_on(section, instrument)
            if instrument < PLACED_INSTRUMENTS:
                intent.placed[partner, instrument] = agenda.placed_on(section, instrument)
        intent.air[Camp.GOVERNMENT] += intent.placed[partner, Instrument.AIR]
        engaged = (agenda.budget[section] > 0.0).astype(float)  # who is gone has nothing at stake
        intent.stake[partner] = agenda.stake(section) * engaged
        intent.contract_stake[partner] = agenda.weight_of(section, "contract_competition") * engaged
        intent.pull[leader] = agenda.pull_of_force(section) - self.deterred(ensemble, p)
        intent.sustain[leader] = self._sustained(ensemble, p.means, intent)
        intent.sent[leader] = 1.0 - ensemble.state.gone[partner]
        intent.publicity[partner] = publicity(agenda.effort_on(section, "standing"), ensemble.state.friction[Field.DIPLOMATIC], p)
        intent.aversion[partner] = agenda.weight_of(section, "no_foreign_bases") * engaged
        intent.guarantee[key(partner)] = p.commitment_to_zones * self._presence(ensemble, intent)

    def deterred(self, ensemble: Ensemble, p: PartnerParameters) -> ByProvince:
        """What speaks against having force in a province: strikes, the 83 km, and what the other does to hold it back (R27, R28, R78)."""
        state, inside = ensemble.state, ensemble.provinces.exclusion
        fear = p.fear * p.exposed * state.strike_memory / (state.strike_memory + p.noticed_strikes)
        return fear + p.golan_agreement * p.golan_compliance * inside + p.held_back * state.restraint[OTHER_PARTNER[self.partner]]

    def _sustained(self, ensemble: Ensemble, means: Means, intent: Intent) -> Row:
        """Manpower that this partner's effort sustains, relative to the start: its own effort for groups and for the army."""
        if ensemble.reference is None:
            return np.ones(ensemble.n_worlds)
        now, before = (
            x[self.partner, Instrument.MILITIAS] + x[self.partner, Instrument.ARMY] for x in (intent.effort, ensemble.start.effort)
        )
        return sustained_manpower(now, before, means)

    def _presence(self, ensemble: Ensemble, intent: Intent) -> Row:
        """Its effort relative to the start, at most 1: a distracted guarantor guards less."""
        if ensemble.reference is None:
            return np.ones(ensemble.n_worlds)
        now, before = (effort[self.partner].sum(axis=0) for effort in (intent.effort, ensemble.start.effort))
        return np.minimum(1.0, (now + TINY) / (before + TINY))


SKILLS = tuple((Instrument[f.name.upper()], f.name) for f in fields(Skill))


def sustained_manpower(now: Row, before: Row, means: Means) -> Row:
    """Manpower relative to the start, (worlds,), for effort on groups and the army now and before, with diminishing returns."""
    ratio = (now + TINY) / (before + TINY)
    return 1.0 - means.militia_share + means.militia_share * ratio**means.reaction


def publicity(effort: Row, friction: Row, p: PartnerParameters) -> Row:
    """How loudly a partner advertises, (worlds,), 0..1: louder the more it spends on standing, quieter as friction with the other grows:
    what fails in public is arranged quietly (R13, R60).
    """
    return p.loudness * effort / (effort + p.display_half) / (1.0 + p.discretion * friction)
