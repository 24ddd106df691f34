"""The government in Damascus: survival, territory, weight in a settlement, revenue, and room of its own between its partners.

It places the army by worth and danger (triage, R02), decides where to attack, determines what counts in a tender, and plays its partners
off against each other: posts, access and favours go to whom it needs more or fears less (ours).
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from sim.model.actors.actor import Actor, View
from sim.model.actors.agenda import Agenda
from sim.model.actors.goals import Goal, emphasis
from sim.model.actors.indicators import national, relative, saturated, share_of
from sim.model.state.dimensions import Array, ByProvince, Camp, Leader, Partner, Row
from sim.model.state.dimensions import Instrument as I
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import sum_of
from sim.model.state.intent import Intent
from sim.model.state.parameters import RATE, SHARE, SIGNED, WEIGHT, parameter
from sim.model.state.sensing import people_held, people_kept, peopled


@dataclass
class Interests:
    """What the government wants; weights are normalised to sum to 1."""

    regime_survival: Row = parameter(WEIGHT, "its own survival (R37, R47)")
    territory: Row = parameter(WEIGHT, "ground it has lost (R26, R66)")
    settlement_weight: Row = parameter(WEIGHT, "weight in a political settlement (R62)")
    revenue: Row = parameter(WEIGHT, "oil, crossings and rents (ours)")
    autonomy: Row = parameter(WEIGHT, "room of its own between its partners (ours)")


@dataclass
class Government:
    """Parameters of the government."""

    interests: Interests
    triage: Row = parameter(SHARE, "how far the army is placed by worth and danger rather than left where it is (R02)")
    reluctance: Row = parameter(SIGNED, "what an offensive must promise beyond its cost before the army moves")
    phasing: Row = parameter(RATE, "how far it turns first to the enemy that endangers core territory most (0: to all at once)")
    money_for_men: Row = parameter(RATE, "elasticity of the manpower it sustains to its coffers")
    gratitude: Row = parameter(WEIGHT, "weight in a tender of what a partner now does for survival (ours)")
    leverage: Row = parameter(WEIGHT, "weight in a tender of a partner's formations on the spot (R55)")
    hedging: Row = parameter(WEIGHT, "weight in a tender against a bidder that already holds much (ours), per unit of autonomy")
    posts: Row = parameter(WEIGHT, "how strongly its favour draws a partner's groups to posts, or keeps them from them (ours)")
    access: Row = parameter(WEIGHT, "how strongly its favour eases a partner's rooting in a province, or hampers it (ours)")


class GovernmentView(View):
    """Last month's world as Damascus sees it."""

    def __init__(self, ensemble: Ensemble, p: Government) -> None:
        super().__init__(ensemble, p)
        self.held: ByProvince = self.state.control[Camp.GOVERNMENT]
        self.people: Float[Array, "provinces 1"] = self.provinces.population / self.provinces.population.max()


def regime_survival(v: GovernmentView) -> tuple[Row, ByProvince]:
    """Unmet as far as it is in danger, while it stands; at stake where core territory looks endangered."""
    return v.state.danger * (1.0 - v.state.fallen), v.state.threat


def territory(v: GovernmentView) -> tuple[Row, ByProvince]:
    """Unmet as far as others hold ground; at stake where they do and where its own ground is opposed."""
    return 1.0 - v.held.mean(axis=0), np.maximum(1.0 - v.held, v.perceived.opposed)


def settlement_weight(v: GovernmentView) -> tuple[Row, ByProvince]:
    """Unmet as far as people live outside its ground; at stake where many people live."""
    return 1.0 - people_held(v.state, v.provinces), v.people * np.maximum(v.held, v.state.people[Camp.GOVERNMENT])


def revenue(v: GovernmentView) -> tuple[Row, ByProvince]:
    """Unmet as far as its coffers are empty; at stake where oil is and where assets are open to tender."""
    return 1.0 - v.state.coffers, np.maximum(v.traits["oil"], relative(v.perceived.open_value))


def autonomy(v: GovernmentView) -> tuple[Row, ByProvince]:
    """Unmet as far as its camp's force follows its partners; at stake where it does, on its ground."""
    outside = share_of(v.perceived.force.sum(axis=0), v.perceived.side)
    return national(outside, v.perceived.side), outside * v.held


class GovernmentActor(Actor[Government]):
    """Damascus."""

    section = "government"
    builds_on = ("russia", "iran")  # what they do for its survival this month counts in tenders and favours
    goals = (
        Goal("regime_survival", (I.GROUND, I.TERMS), regime_survival),
        Goal("territory", (I.GROUND,), territory),
        Goal("settlement_weight", (I.GROUND, I.TERMS), settlement_weight),
        Goal("revenue", (I.GROUND, I.TERMS), revenue),
        Goal("autonomy", (I.TERMS,), autonomy),
    )

    def circumstances(self, ensemble: Ensemble, p: Government) -> dict[str, Row]:
        """The money it has."""
        return {"its solvency": ensemble.state.coffers}

    def view(self, ensemble: Ensemble, p: Government) -> GovernmentView:
        """Last month's world from its side."""
        return GovernmentView(ensemble, p)

    def act(self, ensemble: Ensemble, p: Government, agenda: Agenda, intent: Intent) -> None:
        """Place the army, consider offensives, set the terms of tenders, and favour one partner over the other."""
        state, perceived, view = ensemble.state, ensemble.perceived, self.view(ensemble, p)
        survive, ground, settle, earn, alone = (agenda.effort_on(self.section, goal.name) for goal in self.goals)
        oil = ensemble.provinces.traits["oil"]
        populous = survive * perceived.worth + settle * view.people
        value = np.multiply(populous, peopled(state.people, state.control), out=intent.value[Camp.GOVERNMENT])
        value += ground
        value += earn * oil
        intent.phasing = p.phasing
        intent.reluctance[Camp.GOVERNMENT] = p.reluctance
        guarded = survive * perceived.worth + view.held * (ground + settle * view.people + earn * oil)
        intent.pull[Leader.GOVERNMENT] = p.triage * guarded * state.threat
        intent.sustain[Leader.GOVERNMENT] = self._sustained(ensemble, p)
        n = len(self.goals)
        intent.tender = {
            "autonomy": p.hedging * emphasis(alone, n),
            "gratitude": p.gratitude * emphasis(survive, n),
            "leverage": p.leverage,
            "revenue": saturated(emphasis(earn, n)),
        }
        intent.favour = favour(ensemble, intent.effort, emphasis(survive, n), emphasis(settle, n), emphasis(alone, n))
        intent.access = np.maximum(0.0, 1.0 + p.access * intent.favour)
        drawn = p.posts * intent.favour
        for partner in Partner:
            intent.pull[Leader[partner.name]] += drawn[partner]

    def _sustained(self, ensemble: Ensemble, p: Government) -> Row:
        """Manpower that people under its control and its coffers sustain, relative to the start."""
        if ensemble.reference is None:
            return np.ones(ensemble.n_worlds)
        before = ensemble.start.coffers
        money = ensemble.state.coffers / np.where(before > 0.0, before, 1.0)
        return people_kept(ensemble, Camp.GOVERNMENT) * money**p.money_for_men


MILITARY = (I.AIR, I.COMMAND, I.ARMY, I.MILITIAS)  # what keeps the government in power


def survival_effort(effort: Float[Array, "partners instruments worlds"]) -> Float[Array, "partners worlds"]:
    """Shares of the partners in what both now do for the government by force and arms, (K, worlds), from effort (K, J, worlds)."""
    military = sum_of(effort.swapaxes(0, 1), MILITARY)
    return share_of(military, military.sum(axis=0))


def favour(
    ensemble: Ensemble, effort: Float[Array, "partners instruments worlds"], survive: Row, settle: Row, alone: Row
) -> Float[Array, "partners provinces worlds"]:
    """How far the government favours each partner over the other in a province, (K, P, worlds); the two add up to nothing.

    It needs whoever does more for its survival and has more standing to bring into a settlement; it fears whoever weighs more on the spot.
    `survive`, `settle` and `alone` are how much it emphasises these goals.
    """
    state, force = ensemble.state, ensemble.perceived.force
    help_given, standing = survival_effort(effort), share_of(state.standing, state.standing.sum(axis=0))
    weight = 0.5 * (share_of(force, force.sum(axis=0)) + share_of(state.roots, state.roots.sum(axis=0)))
    needed = survive * help_given + settle * standing
    liked = needed[:, np.newaxis] - alone * weight
    lead: Float[Array, "partners provinces worlds"] = liked - liked[::-1]
    return 0.5 * lead * state.control[Camp.GOVERNMENT]
