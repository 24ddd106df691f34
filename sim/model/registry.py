"""Every parameter that the code reads, by section, and every actor.

A new actor takes three edits:

1. its file in `sim/model/actors/`: a dataclass of its parameters, and a class derived from `Actor` with a `section` (its key), its
   `goals` (one for each weight in the parameters' `interests`, if it has any) and an `act` that turns effort into the month's `Intent`;
   `builds_on` where it reads what another actor commits itself to;
2. two lines here: its section in `Parameters` (the key again) and its class in `ACTORS`;
3. the values of its parameters in `scenarios/baseline.yaml`, below its key.

A new parameter takes two: a field of its section's dataclass, and its line in `scenarios/baseline.yaml`.
"""

from dataclasses import dataclass, fields

from sim.model.actors.actor import in_order_of_decision
from sim.model.actors.armed_groups import ArmedGroups
from sim.model.actors.goals import Pursuit
from sim.model.actors.government import Government, GovernmentActor
from sim.model.actors.iran import IranActor
from sim.model.actors.iraq import Iraq, IraqActor
from sim.model.actors.islamic_state import IslamicState, IslamicStateActor
from sim.model.actors.israel import Israel, IsraelActor
from sim.model.actors.jordan import Jordan, JordanActor
from sim.model.actors.local_powers import LocalPowers, LocalPowersActor
from sim.model.actors.luce_choice import Choice
from sim.model.actors.opposition import Opposition, OppositionActor
from sim.model.actors.partner import PartnerParameters
from sim.model.actors.russia import RussiaActor
from sim.model.actors.sdf import Sdf, SdfActor
from sim.model.actors.turkey import Turkey, TurkeyActor
from sim.model.actors.united_states import UnitedStates, UnitedStatesActor
from sim.model.observation.classification import Definitions
from sim.model.observation.influence import InfluenceParameters
from sim.model.processes.air_strikes import Strike
from sim.model.processes.bargaining import BargainingParameters
from sim.model.processes.combat import Battle
from sim.model.processes.combat_strength import Strength
from sim.model.processes.contract_terms import TenderParameters
from sim.model.processes.coordination import CoordinationParameters
from sim.model.processes.departure import Departure
from sim.model.processes.deployment import Arrival
from sim.model.processes.entrenchment import Entrench
from sim.model.processes.exogenous_shocks import Shocks
from sim.model.processes.experience import Experience
from sim.model.processes.ground_loss import GroundLoss
from sim.model.processes.month_end import MonthEnd
from sim.model.processes.offensive_choice import Fight
from sim.model.processes.sieges import Siege
from sim.model.state.deescalation_zones import ZoneTraits, zone_keys
from sim.model.state.group_table import GroupTraits
from sim.model.state.initial_state import StartLevels
from sim.model.state.parameters import Declared, declared
from sim.model.state.sensing import Worth


@dataclass
class Parameters:
    """All parameters by section, in the order of `scenarios/baseline.yaml`."""

    choice: Choice
    government: Government
    russia: PartnerParameters
    iran: PartnerParameters
    israel: Israel
    united_states: UnitedStates
    turkey: Turkey
    iraq: Iraq
    jordan: Jordan
    sdf: Sdf
    opposition: Opposition
    islamic_state: IslamicState
    local_powers: LocalPowers
    armed_groups: ArmedGroups
    groups: dict[str, GroupTraits]
    zones: dict[str, ZoneTraits]
    worth: Worth
    departure: Departure
    shocks: Shocks
    arrival: Arrival
    fight: Fight
    strength: Strength
    battle: Battle
    ground_loss: GroundLoss
    siege: Siege
    strike: Strike
    experience: Experience
    entrench: Entrench
    contract: TenderParameters
    coordinate: CoordinationParameters
    bargain: BargainingParameters
    reckon: MonthEnd
    influence: InfluenceParameters
    definitions: Definitions
    start: StartLevels


PARAMETERS = Parameters

# All read the same last month. An actor that builds on the commitments of another decides after it, whatever the order here.
ACTORS = in_order_of_decision(
    (
        UnitedStatesActor,
        IsraelActor,
        TurkeyActor,
        IraqActor,
        JordanActor,
        RussiaActor,
        IranActor,
        GovernmentActor,
        SdfActor,
        OppositionActor,
        IslamicStateActor,
        LocalPowersActor,
    )
)

# Every goal that any actor may have, in the order of the sections: the rows of effort in results, whatever a scenario pursues.
GOALS: tuple[Pursuit, ...] = tuple(
    Pursuit(actor.section, goal)
    for section in fields(Parameters)
    for actor in ACTORS
    if actor.section == section.name
    for goal in actor.goals
)


def members(groups: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Names below the sections that hold one sub-section per member."""
    return {"groups": groups, "zones": zone_keys()}


def paths(groups: tuple[str, ...]) -> dict[str, Declared]:
    """Every path that the code reads, for the armed groups of a start."""
    return {parameter.path: parameter for parameter in declared(Parameters, "", members(groups))}
