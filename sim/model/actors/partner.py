"""How the two partners decide: the same rule for both, from their own interests, skills and budgets.

A partner's effort grows with the danger to the government (R46), is split over instruments by logit choice, and each instrument's
effort over provinces by a second one. What the partners want is in `russia.py` and `iran.py`.
"""

from dataclasses import dataclass
from typing import ClassVar, Protocol, TypeVar, runtime_checkable

import numpy as np
from jaxtyping import Float

from sim.model.actors.actor import Actor
from sim.model.actors.discrete_choice import logit
from sim.model.actors.interests import Deterrent, Interest, pull_of_force, score_instruments, score_places, stake_of
from sim.model.state.dimensions import TINY, Array, Camp, Instrument, Leader, Partner, Row, key
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent
from sim.model.state.parameters import FACTOR, RATE, SHARE, WEIGHT, parameter

PLACED = [instrument for instrument in Instrument if instrument != Instrument.DIPLOMACY]  # what is spent province by province


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
    """What a partner can spend and how sharply it chooses."""

    budget: Row = parameter(FACTOR, "effort a month in quiet times, in units of Russia's of 2021")
    commitment: Row = parameter(FACTOR, "how much effort grows when the government is in utter danger, as a multiple of the budget")
    precision_instruments: Row = parameter(WEIGHT, "how sharply it chooses among instruments (logit precision)")
    precision_places: Row = parameter(WEIGHT, "how sharply it chooses among provinces (logit precision)")
    militia_share: Row = parameter(SHARE, "share of its groups' manpower that depends on its support")
    reaction: Row = parameter(RATE, "elasticity of the manpower it sustains to its effort for it")


@runtime_checkable
class PartnerSection(Protocol):
    """What the parameters of both partners have in common."""

    skill: Skill
    means: Means


Section = TypeVar("Section", bound=PartnerSection)


def skills(skill: Skill) -> Float[Array, "instruments worlds"]:
    """Skill by instrument, (J, worlds)."""
    return np.stack([getattr(skill, key(instrument)) for instrument in Instrument])


class PartnerActor(Actor[Section]):
    """One of the two partners."""

    partner: ClassVar[Partner]

    def interests(self, ensemble: Ensemble, p: Section) -> list[Interest]:
        """The partner's interests this month."""
        raise NotImplementedError

    def reach(self, ensemble: Ensemble, p: Section) -> Row:
        """What share of its effort the partner can bring to bear, 0..1."""
        return np.ones(ensemble.n_worlds)

    def deterrents(self, ensemble: Ensemble, p: Section) -> list[Deterrent]:
        """What speaks against having its force in a province."""
        return []

    def circumstances(self, ensemble: Ensemble, p: Section) -> dict[str, Row]:
        """Its budget, the danger, and how much of its effort gets there."""
        return {
            "effort a month in quiet times": p.means.budget,
            "danger to the government": ensemble.state.danger,
            "share of its effort that reaches Syria": self.reach(ensemble, p),
        }

    def spend(self, ensemble: Ensemble, p: Section, intent: Intent) -> None:
        """Split the budget over instruments and provinces; write effort, places, air support, stakes, the pull of force and
        manpower sustained.
        """
        means: Means = p.means
        skill, interests = skills(p.skill), self.interests(ensemble, p)
        partner, leader = self.partner, Leader[self.partner.name]
        total = means.budget * (1.0 + means.commitment * ensemble.state.danger) * self.reach(ensemble, p)
        share = logit(score_instruments(interests, skill), means.precision_instruments, skill > 0.0)
        intent.effort[partner] = total * share * skill
        reachable = ensemble.state.control[Camp.GOVERNMENT] > 0.0
        scores = np.stack([score_places(interests, instrument) for instrument in PLACED])
        intent.place[partner, PLACED] = logit(scores, means.precision_places, reachable)
        intent.air[Camp.GOVERNMENT] += intent.at(partner, Instrument.AIR)
        intent.stake[partner] = stake_of(interests)
        intent.pull[leader] = pull_of_force(interests, self.deterrents(ensemble, p))
        intent.sustain[leader] = self._sustained(ensemble, means, intent)

    def _sustained(self, ensemble: Ensemble, means: Means, intent: Intent) -> Row:
        """Manpower that this partner's effort sustains, relative to the start: its own effort for groups and for the army."""
        if ensemble.reference is None:
            return np.ones(ensemble.n_worlds)
        now, before = (
            x[self.partner, Instrument.MILITIAS] + x[self.partner, Instrument.ARMY] for x in (intent.effort, ensemble.start.effort)
        )
        return sustained_manpower(now, before, means)


def sustained_manpower(now: Row, before: Row, means: Means) -> Row:
    """Manpower relative to the start, (worlds,), for effort on groups and the army now and before, with diminishing returns."""
    ratio = (now + TINY) / (before + TINY)
    return 1.0 - means.militia_share + means.militia_share * ratio**means.reaction
