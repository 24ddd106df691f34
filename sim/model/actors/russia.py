"""Russia: the government's survival, one professional army, leverage, standing, a balance with Israel, contracts, its bases.

What it wants, and where the report says so, is in `Interests` and `interests`; how interests become effort in `partner.py`.
It also chooses how loudly to advertise: standing against goodwill in Tehran (R13, R57).
"""

from dataclasses import dataclass

import numpy as np

from sim.model.actors.indicators import national, openness, relative, share_of
from sim.model.actors.interests import Interest, weights_of
from sim.model.actors.partner import Means, PartnerActor, Skill
from sim.model.state.dimensions import TINY, Camp, Field, Leader, Partner, Row, key
from sim.model.state.dimensions import Instrument as I
from sim.model.state.ensemble import Ensemble
from sim.model.state.group_table import sum_of
from sim.model.state.intent import Intent
from sim.model.state.parameters import RATE, SHARE, WEIGHT, parameter
from sim.model.state.sensing import insurgency


@dataclass
class Interests:
    """What Russia wants; weights are normalised to sum to 1.

    regime_survival: unmet as far as the government is in danger; at stake where core territory of the government looks endangered
    army_reform: unmet as far as the army's quality falls short of 1; at stake where the army is
    leverage: unmet as far as its formations are few beside the army; at stake where its own formations are
    limit_militias: unmet as far as Iran-backed groups weigh much in the camp's force; at stake by their share of the camp's force there
    standing: unmet as far as standing falls short of 1; at stake in newly recovered territory; also served by display (how loudly it
        advertises)
    israel_balance: unmet as far as Israel presses it, as far as it heeds that; at stake inside the exclusion distance, where
        Iran-backed force is felt
    contract_competition: unmet as far as assets are open to tender anywhere; at stake where most assets are open to tender
    order: unmet as far as the Islamic State is active in government territory where, of the partners, only Iran is; at stake where that
        is so
    bases: unmet as far as it is not rooted around them; at stake where its bases are
    """

    regime_survival: Row = parameter(WEIGHT, "the government's survival (R37, R46)")
    army_reform: Row = parameter(WEIGHT, "one professional army (R09, R54)")
    leverage: Row = parameter(WEIGHT, "leverage through the 25th Division and the 5th Corps (R55)")
    limit_militias: Row = parameter(WEIGHT, "limits on the weight of Iran's militias (R09)")
    standing: Row = parameter(WEIGHT, "standing as a great power and broker (R41, R64)")
    israel_balance: Row = parameter(WEIGHT, "a balance between Israel and Iran (R28)")
    contract_competition: Row = parameter(WEIGHT, "contracts for its firms (R32)")
    order: Row = parameter(WEIGHT, "order where Islamic State attacks rise and only the other partner is there (R22, R73)")
    bases: Row = parameter(WEIGHT, "security of its bases on the coast (ours; R48 for the base)")


@dataclass
class Russia:
    """Parameters of Russia."""

    interests: Interests
    skill: Skill
    means: Means
    loudness: Row = parameter(SHARE, "how loudly Russia advertises when nothing speaks against it")
    discretion: Row = parameter(RATE, "how much diplomatic friction with Iran makes Russia quieter (R60)")
    commitment_to_zones: Row = parameter(SHARE, "how far Russia stands by the zones it guarantees, 1 as in 2021 (R17, R77)")
    heed: Row = parameter(SHARE, "how far pressure from Israel and the US turns into a wish to restrain Iran (R78)")


class RussiaActor(PartnerActor[Russia]):
    """Moscow; the General Staff leads, the Foreign Ministry works alongside (R63)."""

    section = "russia"
    partner = Partner.RUSSIA

    def interests(self, ensemble: Ensemble, p: Russia) -> list[Interest]:
        """Russia's interests this month: how unmet each is, where it is at stake, and which instruments serve it."""
        w, state, perceived, traits = weights_of(p.interests), ensemble.state, ensemble.perceived, ensemble.provinces.traits
        own = sum_of(state.force, ensemble.groups.of_leader(Leader.RUSSIA))
        army = sum_of(state.force, ensemble.groups.of_leader(Leader.GOVERNMENT))
        militias = share_of(perceived.force[Partner.IRAN], perceived.side)
        near_israel = ensemble.provinces.exclusion * perceived.felt[Partner.IRAN]
        left_to_iran = share_of(perceived.force[Partner.IRAN], perceived.force.sum(axis=0))
        attacked = insurgency(state) * state.control[Camp.GOVERNMENT] * left_to_iran
        assets = perceived.open_value
        bases = traits["bases"] * np.ones(ensemble.n_worlds)

        survival = state.danger
        reform = 1.0 - state.army_quality
        leverage = 1.0 - share_of(own.sum(axis=0), (own + army).sum(axis=0))
        exposed = 1.0 - national(state.roots[Partner.RUSSIA], bases)
        return [
            Interest("regime_survival", w["regime_survival"], survival, state.threat, (I.AIR, I.COMMAND, I.ARMY), contested=False),
            Interest("army_reform", w["army_reform"], reform, relative(army), (I.ARMY, I.COMMAND)),
            Interest("leverage", w["leverage"], leverage, relative(own), (I.ARMY, I.MILITIAS)),
            Interest("limit_militias", w["limit_militias"], national(militias, perceived.side), militias, (I.RESTRAINT, I.MILITIAS)),
            Interest("standing", w["standing"], 1.0 - state.standing, np.minimum(1.0, state.recently_recovered), (I.AIR, I.DIPLOMACY)),
            Interest("israel_balance", w["israel_balance"], p.heed * state.pressure, near_israel, (I.RESTRAINT, I.DIPLOMACY)),
            Interest(
                "contract_competition", w["contract_competition"], openness(assets), relative(assets), (I.FIRMS, I.ROOTS), by_force=False
            ),
            Interest("order", w["order"], attacked.max(axis=0), attacked, (I.AIR, I.MILITIAS)),
            Interest("bases", w["bases"], exposed, bases, (I.ROOTS, I.AIR)),
        ]

    def circumstances(self, ensemble: Ensemble, p: Russia) -> dict[str, Row]:
        """As for both partners, and what makes Russia quieter."""
        return super().circumstances(ensemble, p) | {"diplomatic friction with Iran": ensemble.state.friction[Field.DIPLOMATIC]}

    def intend(self, ensemble: Ensemble, p: Russia, intent: Intent) -> None:
        """Spend effort; stand by the zones; choose how loudly to advertise."""
        self.spend(ensemble, p, intent)
        intent.publicity = publicity(weights_of(p.interests), ensemble.state.friction[Field.DIPLOMATIC], p)
        intent.guarantee[key(self.partner)] = p.commitment_to_zones * self._presence(ensemble, intent)

    def _presence(self, ensemble: Ensemble, intent: Intent) -> Row:
        """Russia's effort relative to the start, at most 1: a distracted guarantor guards less."""
        if ensemble.reference is None:
            return np.ones(ensemble.n_worlds)
        now, before = (effort[self.partner].sum(axis=0) for effort in (intent.effort, ensemble.start.effort))
        return np.minimum(1.0, (now + TINY) / (before + TINY))


def publicity(weights: dict[str, Row], friction: Row, p: Russia) -> Row:
    """How loudly Russia advertises, (worlds,), 0..1: louder the more standing matters beside an average interest, quieter as friction with
    Tehran grows: what fails in public is arranged quietly (R13, R60).
    """
    wish = np.minimum(1.0, len(weights) * weights["standing"])
    return p.loudness * wish / (1.0 + p.discretion * friction)
