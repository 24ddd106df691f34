"""The record of a month: what happened within it, for the measures and for later steps of the same month."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from sim.model.state.dimensions import Array, Camp, Field, Row


@dataclass
class MonthlyRecord:
    """What happened within a month, kept for measuring and for later steps of the same month."""

    incidents: Float[Array, "fields worlds"]
    incidents_at: Float[Array, "provinces worlds"]  # of the military field, which alone have a place
    strikes: Float[Array, "provinces worlds"]  # by Israel and the United States
    strikes_us: Row
    unprevented: Float[Array, "provinces worlds"]  # strikes where the other partner's presence was felt, by how much
    offensives: Float[Array, "camps worlds"]  # launched by each camp
    gains: Float[Array, "camps worlds"]  # offensives that took ground
    routs: Row  # provinces in which garrisons of any camp left without a battle
    routed: Float[Array, "provinces worlds"]  # 1 where they did
    withdrawals: Row  # provinces that the government gave up
    risings: Row
    attacks_is: Row  # raids and offensives of the Islamic State
    bargains: Row
    hand_overs: Row  # force (thousand) that left provinces agreed to be the other partner's
    tenders: Row  # tenders that were awarded
    tenders_to_best_bid: Row  # those that the highest bid won
    quarrels: Row  # economic incidents from tenders
    won_over_iran: Row  # tenders that Russian firms won over a serious Iranian bid (R33)
    uncovered: Float[Array, "provinces worlds"]  # losses without air cover
    campaign: Float[Array, "provinces worlds"]  # joint operations under way, 0..1
    manpower: Float[Array, "groups worlds"]  # fighters of each group, thousand, before the fighting

    @staticmethod
    def blank(n_provinces: int, n_groups: int, n_worlds: int) -> "MonthlyRecord":
        """A month in which nothing happened yet."""

        def zeros(*shape: int) -> Array:
            return np.zeros((*shape, n_worlds))

        return MonthlyRecord(
            incidents=zeros(len(Field)),
            incidents_at=zeros(n_provinces),
            strikes=zeros(n_provinces),
            strikes_us=zeros(),
            unprevented=zeros(n_provinces),
            offensives=zeros(len(Camp)),
            gains=zeros(len(Camp)),
            routs=zeros(),
            routed=zeros(n_provinces),
            withdrawals=zeros(),
            risings=zeros(),
            attacks_is=zeros(),
            bargains=zeros(),
            hand_overs=zeros(),
            tenders=zeros(),
            tenders_to_best_bid=zeros(),
            quarrels=zeros(),
            won_over_iran=zeros(),
            uncovered=zeros(n_provinces),
            campaign=zeros(n_provinces),
            manpower=zeros(n_groups),
        )
