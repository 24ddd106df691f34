"""8d. The government's coffers: income from land, aid and contracts, less what sanctions cost and evasion does not bring back.

What land yields decays month by month, whoever holds it: a war economy lives on its substance.
"""

import numpy as np
from jaxtyping import Float

from sim.model.processes.month_end import MonthEnd
from sim.model.state.dimensions import Array, ByProvince, Camp, Row
from sim.model.state.ensemble import Ensemble
from sim.model.state.random_streams import left_after
from sim.model.state.sensing import backing, people_held


def step(ensemble: Ensemble, p: MonthEnd) -> None:
    """Add the month's income to the coffers and take its spending out."""
    state = ensemble.state
    land = land_share(state.control[Camp.GOVERNMENT], people_held(state, ensemble.provinces), ensemble.provinces.traits["oil"], p)
    contracted = ensemble.perceived.held.sum(axis=(0, 1)) / len(ensemble.assets)
    land = land * left_after(p.income_decay, np.full_like(land, ensemble.month + 1.0))
    earned = income(land, contracted, backing(ensemble), ensemble.intent.sanctions, state.evasion, p)
    state.coffers = np.clip(state.coffers + earned - p.spending * state.coffers, 0.0, 1.0)


def land_share(control: ByProvince, people: Row, oil: Float[Array, "provinces 1"], p: MonthEnd) -> Row:
    """Share of the country's people and oil under the government's control, (worlds,); `oil` (P, 1) is where oil is."""
    return (1.0 - p.oil_share) * people + p.oil_share * (control * oil).sum(axis=0) / oil.sum()


def income(land: Row, contracted: Row, aid: Row, sanctions: Row, evasion: Row, p: MonthEnd) -> Row:
    """Income of a month, (worlds,): sanctions cut what land yields (R83), evasion with the partners brings part of it back (R34).

    `land` and `contracted` are shares of all land and assets, `aid` the partners' effort relative to the start.
    """
    sanctioned = p.sanctions_cost * sanctions * (1.0 - p.evasion_recovers * evasion * aid)
    return p.income_from_land * land * (1.0 - sanctioned) + p.income_from_partners * aid + p.income_from_contracts * contracted
