"""How the two partners decide: the same rule for both, from their own wants, skills and budgets.

A partner's effort grows with the danger to the government (R46), is split over instruments by logit choice, and each instrument's
effort over provinces by a second one. What the partners want stands in `russia.py` and `iran.py`.
"""

from dataclasses import dataclass, fields

import numpy as np

from sim.model.actors.actor import Actor
from sim.model.actors.discrete_choice import Want, logit, pull_of_force, score_instruments, score_places, stake_of
from sim.model.state.dimensions import TINY, Array, Camp, Instrument, Leader, Partner, Row, Sector
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent
from sim.model.state.parameters import FACTOR, RATE, SHARE, WEIGHT, parameter


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


def skills(skill: Skill) -> Array:
    """Skill by instrument, (J, worlds)."""
    return np.stack([getattr(skill, f.name) for f in fields(skill)])


class PartnerActor(Actor):
    """One of the two partners."""

    patron: Partner

    def wants(self, ensemble: Ensemble, p: object) -> list[Want]:
        """The partner's interests this month."""
        raise NotImplementedError

    def scope(self, ensemble: Ensemble, p: object) -> Row:
        """What share of its effort the partner can bring to bear, 0..1."""
        return np.ones(ensemble.n_worlds)

    def spend(self, ensemble: Ensemble, p: object, intent: Intent) -> list[Want]:
        """Split the budget over instruments and provinces; write effort, places, air support, stakes, the pull of force and
        manpower sustained.
        """
        means: Means = p.means  # type: ignore[attr-defined]
        skill = skills(p.skill)  # type: ignore[attr-defined]
        wants = self.wants(ensemble, p)
        k = self.patron
        total = means.budget * (1.0 + means.commitment * ensemble.state.danger) * self.scope(ensemble, p)
        share = logit(score_instruments(wants, skill), means.precision_instruments, skill > 0.0)
        intent.effort[k] = total * share * skill
        reachable = ensemble.state.control[Camp.GOVERNMENT] > 0.0
        placed = [j for j in Instrument if j != Instrument.DIPLOMACY]
        scores = np.stack([score_places(wants, j) for j in placed])
        intent.place[k, placed] = logit(scores, means.precision_places, reachable)
        intent.air[Camp.GOVERNMENT] += intent.at(k, Instrument.AIR)
        intent.stake[k] = stake_of(wants)
        leader = Leader[k.name]
        intent.pull[leader] = pull_of_force(wants)
        intent.sustain[leader] = self._sustained(ensemble, means, intent)
        return wants

    def _sustained(self, ensemble: Ensemble, means: Means, intent: Intent) -> Row:
        """Manpower that this partner's effort sustains, relative to the start: its own effort for groups and for the army."""
        k = self.patron
        now = intent.effort[k, Instrument.MILITIAS] + intent.effort[k, Instrument.ARMY]
        if ensemble.reference is None:
            return np.ones(ensemble.n_worlds)
        before = ensemble.start.effort[k, Instrument.MILITIAS] + ensemble.start.effort[k, Instrument.ARMY]
        ratio = (now + TINY) / (before + TINY)
        return 1.0 - means.militia_share + means.militia_share * ratio**means.reaction


def share_of(part: Array, whole: Array) -> Array:
    """A share that is zero where the whole vanishes."""
    return part / np.where(whole > 0.0, whole, 1.0)


def weights_of(interests: object) -> dict[str, Row]:
    """Interests by name, normalised to sum to 1 in every world."""
    names = [f.name for f in fields(interests)]  # type: ignore[arg-type]
    rows = [getattr(interests, name) for name in names]
    total = sum(rows[1:], rows[0]) + TINY
    return {name: row / total for name, row in zip(names, rows, strict=True)}


def relative(x: Array) -> Array:
    """A quantity by province relative to its largest, 0..1."""
    return x / (x.max(axis=0) + TINY)


def national(x: Array, weight: Array) -> Row:
    """Mean over provinces of `x` weighted by `weight`, (worlds,)."""
    return (x * weight).sum(axis=0) / (weight.sum(axis=0) + TINY)


def openness(assets: Array) -> Row:
    """How much is open to tender: 0 for nothing, towards 1 for many more assets than there are sectors, (worlds,)."""
    total = assets.sum(axis=0)
    return total / (total + len(Sector))
