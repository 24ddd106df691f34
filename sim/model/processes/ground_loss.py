"""3c. Ground is lost in more ways than by assault: parameters of routs, withdrawals and risings, and what they have in common (ours).

Garrisons leave without a battle (`threshold_cascade.py`), the government withdraws from what cannot be held (`withdrawal.py`), towns rise
(`risings.py`), and ground that is left goes to who is there (`abandoned_ground.py`).
"""

from dataclasses import dataclass

from jaxtyping import Float, Int

from sim.model.state.dimensions import Array, Camp, Row
from sim.model.state.parameters import FACTOR, SHARE, parameter


@dataclass
class GroundLoss:
    """How ground is lost without an assault."""

    firmness: Row = parameter(FACTOR, "fresh losses, in shares of a province, at which half of its garrisons leave, with full morale")
    spread: Row = parameter(SHARE, "how far garrisons differ in that: thresholds are spread evenly by this share about the middle")
    backed: Row = parameter(SHARE, "share of what garrisons bear that rests on outside backing (R46)")
    paid: Row = parameter(SHARE, "share of what the government's garrisons bear that rests on pay")
    nearness: Row = parameter(SHARE, "how much losses next door count beside those in the province itself")
    fading: Row = parameter(SHARE, "share of losses that are no longer fresh a month later")
    local_claim: Row = parameter(FACTOR, "strength with which local powers take over ground left to them where they are strongest")
    withdrawal: Row = parameter(SHARE, "chance a month that the government gives up ground of no worth that is lost, at heavy fresh losses")
    heavy_losses: Row = parameter(SHARE, "share of the core territory, lost of late, at which that chance is reached")
    outmatched: Row = parameter(SHARE, "hostile share of strength in and around a province from which it can hardly be held")
    rising: Row = parameter(SHARE, "chance a month of a rising where local powers are wholly rooted and nothing of the grip is left")
    slack: Row = parameter(SHARE, "share of its grip that the government can lose before anything rises")
    rising_share: Row = parameter(SHARE, "share of the government's ground that a rising takes where local powers are wholly rooted")
    noticed: Row = parameter(SHARE, "share of a province that changes hands without a battle from which it is told")


@dataclass
class LeftGround:
    """Ground that a camp leaves in some worlds: the shares of its ground in each province, and on which day of the month."""

    camp: Camp
    world: Int[Array, " active"]
    share: Float[Array, "provinces active"]
    kind: str  # of event
    day: int
    orderly: bool = False  # whether the garrison keeps together
    rises: bool = False  # whether local powers take it, and the garrison stays in the rest
    dissolves: bool = False  # whether the government has fallen and its army dissolved; contracts are decided apart
