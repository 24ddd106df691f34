"""What tenders and memoranda run by: who is good at what, what counts in a bid, and what becomes of an award."""

from dataclasses import dataclass

from sim.model.state.dimensions import Row
from sim.model.state.parameters import FACTOR, SHARE, WEIGHT, parameter


@dataclass
class SectorStrength:
    """How good the bidders' firms are in each sector, as a factor on their bids."""

    oil_gas: Row = parameter(FACTOR, "strength in oil, gas and refining")
    power: Row = parameter(FACTOR, "strength in power stations and dams")
    phosphate: Row = parameter(FACTOR, "strength in phosphate and fertiliser")
    agriculture: Row = parameter(FACTOR, "strength in agriculture")
    real_estate: Row = parameter(FACTOR, "strength in real estate")
    transport_industry: Row = parameter(FACTOR, "strength in ports and industry")


@dataclass
class Delivery:
    """How soon the bidders carry out what they signed, in a sector whose feasibility is 1."""

    russia: Row = parameter(SHARE, "chance a month that a Russian memorandum is carried out")
    iran: Row = parameter(SHARE, "chance a month that an Iranian memorandum is carried out")
    others: Row = parameter(SHARE, "chance a month that a memorandum of other investors is carried out")


@dataclass
class Feasibility:
    """How soon memoranda are carried out in each sector, as a factor on the bidders' chances."""

    oil_gas: Row = parameter(FACTOR, "how soon memoranda are carried out in oil, gas and refining")
    power: Row = parameter(FACTOR, "how soon memoranda are carried out in power stations and dams")
    phosphate: Row = parameter(FACTOR, "how soon memoranda are carried out in phosphate and fertiliser")
    agriculture: Row = parameter(FACTOR, "how soon memoranda are carried out in agriculture")
    real_estate: Row = parameter(FACTOR, "how soon memoranda are carried out in real estate")
    transport_industry: Row = parameter(FACTOR, "how soon memoranda are carried out in ports and industry")


@dataclass
class TenderParameters:
    """How often assets come up for tender, what bids are worth, and how often awards are carried out, dropped or ended."""

    russia: SectorStrength
    iran: SectorStrength
    others: SectorStrength
    delivery: Delivery
    feasibility: Feasibility
    tender_rate: Row = parameter(SHARE, "chance a month that an open asset comes up for tender")
    recovered_first: Row = parameter(FACTOR, "how much likelier newly recovered assets come up")
    abandonment: Row = parameter(SHARE, "chance a month that a memorandum which is not carried out comes to nothing")
    ending_rate: Row = parameter(SHARE, "chance a month that a contract in force ends")
    respect: Row = parameter(SHARE, "share of its bid that a partner withholds in a sector wholly agreed to be the other's (ours)")
    bid: Row = parameter(WEIGHT, "weight of a bid in an award")
    others_bid: Row = parameter(FACTOR, "what other investors bid, in units of a partner's effort spread over all provinces")
    sanctions: Row = parameter(WEIGHT, "how much sanctions put off other investors (R83)")
    serious: Row = parameter(SHARE, "share of the best bid from which a losing bid counts as serious")
