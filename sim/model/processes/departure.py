"""1a. Depart: a partner whose effort is withdrawn has left, and what rests on it ends (ours).

A partner is gone while its budget lies below a small amount. Nothing between the partners lives on without two of them: friction,
channels, what they agreed and a breakdown end at once, and `coordination.py` sees neither incidents nor a use of channels. What the partner
signed and never carried out is void; its contracts come up for tender again one by one; its roots wither faster than by neglect. It
spends nothing (`actors/partner.py`), so it bids, advertises and stakes nothing; its foreign troops go home, its Syrian formations go where
the government wants them (`actors/armed_groups.py`), on what the state can pay. A partner that comes back starts with channels at nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int8

from sim.model.actors.partner import PartnerParameters
from sim.model.processes.memoranda import note_assets
from sim.model.state.dimensions import NOBODY, Array, Bidder, BoolRow, Partner, Row, indices_where
from sim.model.state.ensemble import Ensemble
from sim.model.state.parameters import FACTOR, SHARE, parameter

NO_EXCHANGE = np.int8(-1)
NAMES = {Partner.RUSSIA: "Russia", Partner.IRAN: "Iran"}


@dataclass
class Departure:
    """When a partner counts as gone, and how soon what it leaves passes on."""

    gone_below: Row = parameter(FACTOR, "budget, in units of Russia's effort of 2021, below which a partner counts as gone; never at 0")
    passing_on: Row = parameter(SHARE, "chance a month that a contract in force of a partner that is gone ends and is open to others")
    withering: Row = parameter(SHARE, "share of its roots lost a month besides, while it is gone")


def step(ensemble: Ensemble, p: Departure, partners: Mapping[Partner, PartnerParameters]) -> None:
    """Note who is gone this month, and end what rests on it."""
    state, before = ensemble.state, ensemble.state.gone
    state.gone = np.array([own.means.budget < p.gone_below for own in partners.values()]).astype(float)
    if not np.count_nonzero(state.gone):
        return
    for partner in Partner:
        ensemble.note("partner_gone", state.gone[partner] > before[partner], NAMES[partner])
    _end_relations(ensemble, apart(state.gone))
    _end_holdings(ensemble, p)
    state.roots = state.roots * (1.0 - p.withering * state.gone[:, np.newaxis])


def apart(gone: Float[Array, "partners worlds"]) -> BoolRow:
    """Whether one of the partners is gone, so that there is nothing between them, (worlds,)."""
    return gone.max(axis=0) > 0.0


def _end_relations(ensemble: Ensemble, ends: BoolRow) -> None:
    """Put an end to what is between the partners: friction, channels, agreements, a breakdown; no event, since nobody decides it."""
    state = ensemble.state
    for name in (
        "friction",
        "channel",
        "primacy",
        "tenders_agreed",
        "left_alone",
        "incident_memory",
        "months_strained",
        "partnership_broken",
    ):
        setattr(state, name, np.where(ends, 0.0, getattr(state, name)))
    state.exchanged = np.where(ends, NO_EXCHANGE, state.exchanged)


def _end_holdings(ensemble: Ensemble, p: Departure) -> None:
    """Void the memoranda of partners that are gone, and let their contracts pass on by and by."""
    state = ensemble.state
    uniform = ensemble.chance.uniforms("departure:contracts", ensemble.month, len(ensemble.assets))
    ended = holdings_ended(state.holder, state.in_force, state.gone, uniform < p.passing_on)
    state.holder = np.where(ended, np.int8(NOBODY), state.holder)
    state.in_force = state.in_force & ~ended
    note_assets(ensemble, "contract_lapsed", *indices_where(ended))


def holdings_ended(
    holder: Int8[Array, "assets worlds"],
    in_force: Bool[Array, "assets worlds"],
    gone: Float[Array, "partners worlds"],
    passes: Bool[Array, "assets worlds"],
) -> Bool[Array, "assets worlds"]:
    """Which holdings end this month, (A, worlds): of partners that are gone, every memorandum and the contracts whose turn it is."""
    left = np.zeros(holder.shape, dtype=bool)
    for partner in Partner:
        left |= (holder == Bidder[partner.name]) & (gone[partner] > 0.0)
    return left & (passes | ~in_force)
