"""The record of a month: what happened within it, for the measures and for later steps of the same month."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from sim.model.state.dimensions import Array, Camp, Field, Row


@dataclass
class MonthlyRecord:
    """What happened within a month, kept for measuring and for later steps of the same month."""

    incidents: Float[Array, "fields worlds"]
    incidents_at: Float[Array, "provinces worlds"]
    strikes: Float[Array, "provinces worlds"]
    strikes_us: Row
    offensives: Float[Array, "camps worlds"]  # launched by each camp
    gains: Float[Array, "camps worlds"]  # offensives that took ground
    attacks_is: Row
    bargains: Row
    hand_overs: Row
    quarrels: Row  # economic incidents from tenders
    won_over_iran: Row  # tenders that Russian firms won over a serious Iranian bid (R33)
    uncovered: Float[Array, "provinces worlds"]  # losses without air cover
    campaign: Float[Array, "provinces worlds"]  # joint operations under way, 0..1

    @staticmethod
    def blank(provinces: int, worlds: int) -> "MonthlyRecord":
        """A month in which nothing happened yet."""

        def zeros(*shape: int) -> Array:
            return np.zeros((*shape, worlds))

        return MonthlyRecord(
            incidents=zeros(len(Field)),
            incidents_at=zeros(provinces),
            strikes=zeros(provinces),
            strikes_us=zeros(),
            offensives=zeros(len(Camp)),
            gains=zeros(len(Camp)),
            attacks_is=zeros(),
            bargains=zeros(),
            hand_overs=zeros(),
            quarrels=zeros(),
            won_over_iran=zeros(),
            uncovered=zeros(provinces),
            campaign=zeros(provinces),
        )
