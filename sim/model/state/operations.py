"""How an actor runs operations of its own army across the border (ours)."""

from dataclasses import dataclass

from sim.model.state.dimensions import Row
from sim.model.state.parameters import FACTOR, MONTHS, SHARE, WEIGHT, parameter


@dataclass
class Operations:
    """Turkey's operations across the border."""

    readiness: Row = parameter(SHARE, "share of months in which it considers an operation; none switches them off")
    precision: Row = parameter(WEIGHT, "how sharply it chooses whether and where (logit precision)")
    least: Row = parameter(SHARE, "prize from which an operation is thought of at all, in the same units as its cost")
    cost: Row = parameter(FACTOR, "what an operation costs, in units of a province full of enemies")
    weariness: Row = parameter(FACTOR, "what an operation just begun adds to the cost of the next")
    fading: Row = parameter(SHARE, "share of that which fades in a month")
    shielded: Row = parameter(FACTOR, "what US troops beside the SDF add to the cost, where their presence and the SDF's ground are full")
    alarm: Row = parameter(FACTOR, "how much fresh losses of the opposition at the border count, by share of the province")
    strip: Row = parameter(SHARE, "share of a province held by an enemy from which the whole prize is at stake while an operation runs")
    army: Row = parameter(FACTOR, "strength that its army masses, in thousand fighters of common worth")
    air: Row = parameter(FACTOR, "aircraft, drones and artillery that come with it, in the unit of Russia's air effort")
    duration: Row = parameter(MONTHS, "months that an operation lasts")
    stays: Row = parameter(SHARE, "share of what it lacks of the troops of 2021 that stays in Syria after an operation")
