"""8c. The partners' diplomatic standing: recovered ground, talks and display build it (R41, R57, R64); recovered ground grows old."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float

from sim.model.actors.partner import PartnerParameters
from sim.model.processes.month_end import MonthEnd, core_shares
from sim.model.state.dimensions import Array, ByProvince, Instrument, Partner, Row
from sim.model.state.ensemble import Ensemble


def step(ensemble: Ensemble, p: MonthEnd, partners: Mapping[Partner, PartnerParameters]) -> None:
    """Update the partners' standing, as far as each is a broker, and let recovered ground fade."""
    state, intent = ensemble.state, ensemble.intent
    recovered = recovered_core(core_shares(ensemble.perceived.worth), state.recently_recovered)
    broker = np.array([own.broker for own in partners.values()])
    talks = intent.effort[:, Instrument.DIPLOMACY]
    state.standing = standing_after(state.standing, broker, recovered, talks, intent.publicity, p)
    state.recently_recovered = state.recently_recovered * (1.0 - p.memory_of_ground)


def recovered_core(core: ByProvince, recovered: ByProvince) -> Row:
    """Share of the core territory (shares `core`) that the government has recovered of late, (worlds,)."""
    return (core * np.minimum(1.0, recovered)).sum(axis=0)


def standing_after(
    standing: Float[Array, "*partners worlds"],
    broker: Float[Array, "*partners worlds"],
    recovered: Row,
    talks: Float[Array, "*partners worlds"],
    publicity: Float[Array, "*partners worlds"],
    p: MonthEnd,
) -> Float[Array, "*partners worlds"]:
    """The partners' standing after a month, (K, worlds), 0..1: a `broker` gains, the less the more it has, and some is lost in any case."""
    from_ground = p.standing_from_ground * recovered * p.memory_of_ground
    gain = (from_ground + p.standing_from_talks * talks + p.standing_from_display * publicity) * broker * (1.0 - standing)
    return np.clip(standing + gain - p.standing_fading * standing, 0.0, 1.0)
