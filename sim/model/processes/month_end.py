"""8. Month end: parameters of the rules that draw up the month, and what these rules share.

The rules are in `government_survival.py`, `perceived_danger.py`, `diplomatic_standing.py` and `economy.py`.
"""

from dataclasses import dataclass

from sim.model.state.dimensions import ByProvince, Row
from sim.model.state.parameters import FACTOR, RATE, SHARE, parameter


@dataclass
class MonthEnd:
    """What the fall of the government, danger, standing and money depend on (section `reckon`)."""

    core_needed: Row = parameter(SHARE, "share of core territory held below which the government falls (R47)")
    within_rate: Row = parameter(SHARE, "chance a month of a fall from within when coffers are as at the start")
    insolvency: Row = parameter(FACTOR, "how steeply that chance rises with lost coffers (exponent)")
    diplomacy: Row = parameter(SHARE, "share of that chance that full standing of its partners takes away (R52)")
    loss_felt: Row = parameter(FACTOR, "how strongly lost core territory is felt as danger (R46, R47)")
    threat_felt: Row = parameter(FACTOR, "how strongly threatened core territory is felt as danger")
    alarm: Row = parameter(SHARE, "weight of the last month in how endangered things look")
    memory_of_ground: Row = parameter(SHARE, "share of recovered ground that stops counting as recovered in a month")
    standing_from_ground: Row = parameter(FACTOR, "standing that a broker gains from recovered core territory (R41)")
    standing_from_talks: Row = parameter(RATE, "standing gained a month per unit of diplomacy (R41)")
    standing_from_display: Row = parameter(RATE, "standing gained a month at full publicity (R57, R64)")
    standing_fading: Row = parameter(SHARE, "share of standing lost in a month")
    leverage_pace: Row = parameter(SHARE, "share of the way a month to the weight in a settlement that ground held gives (R62)")
    income_decay: Row = parameter(SHARE, "share lost a month of what people and oil yield, whatever is held")
    income_from_land: Row = parameter(RATE, "coffers gained a month from people and oil under control")
    oil_share: Row = parameter(SHARE, "share of the income from land that comes from oil rather than people")
    evasion_recovers: Row = parameter(SHARE, "share of what sanctions cost that full evasion with the partners brings back (R34)")
    income_from_partners: Row = parameter(
        RATE, "coffers gained a month from the partners' credit and oil at their effort of the start (R34)"
    )
    income_from_contracts: Row = parameter(RATE, "coffers gained a month when all assets on its ground are under contract")
    spending: Row = parameter(SHARE, "share of the coffers spent in a month")
    sanctions_cost: Row = parameter(FACTOR, "how much full sanctions cut income from land (R83)")
    road_open: Row = parameter(SHARE, "share of a corridor province that must be held for its road to be wholly open")
    road_raids: Row = parameter(SHARE, "how far full Islamic State presence closes a road")
    contracts_kept: Row = parameter(SHARE, "chance that a foreign contract outlives it")
    mostly_held: Row = parameter(SHARE, "share of a province held at the start from which its loss is dated")
    lost_share: Row = parameter(SHARE, "share of a province, lost since the start, at which it counts as lost")


def core_shares(worth: ByProvince) -> ByProvince:
    """Each province's share of the core territory, (P, worlds), from the worth of provinces."""
    return worth / worth.sum(axis=0)
