"""Every parameter that the code reads, by section, and every actor. Adding a section or an actor is a line here."""

from dataclasses import dataclass

from sim.actors.government import Government, GovernmentActor
from sim.actors.group import ArmedGroups
from sim.actors.iran import Iran, IranActor
from sim.actors.iraq import Iraq, IraqActor
from sim.actors.islamic_state import IslamicState, IslamicStateActor
from sim.actors.israel import Israel, IsraelActor
from sim.actors.jordan import Jordan, JordanActor
from sim.actors.opposition import Opposition, OppositionActor
from sim.actors.russia import Russia, RussiaActor
from sim.actors.sdf import Sdf, SdfActor
from sim.actors.turkey import Turkey, TurkeyActor
from sim.actors.united_states import UnitedStates, UnitedStatesActor
from sim.processes.bargain import Bargain
from sim.processes.battle import Battle
from sim.processes.contract import Contract
from sim.processes.coordinate import Coordinate
from sim.processes.deploy import Arrival
from sim.processes.entrench import Entrench
from sim.processes.fight import Fight
from sim.processes.influence import Influence
from sim.processes.outcome import Definitions
from sim.processes.reckon import Reckon
from sim.processes.shock import Shocks
from sim.processes.strength import Strength
from sim.processes.strike import Strike
from sim.world.assessment import Worth
from sim.world.groups import GroupTraits
from sim.world.parameters import Declared, declared
from sim.world.start import StartLevels
from sim.world.zones import ZoneTraits, zone_keys


@dataclass
class Parameters:
    """All parameters by section, in the order of `scenarios/baseline.yaml`."""

    government: Government
    russia: Russia
    iran: Iran
    israel: Israel
    united_states: UnitedStates
    turkey: Turkey
    iraq: Iraq
    jordan: Jordan
    sdf: Sdf
    opposition: Opposition
    islamic_state: IslamicState
    armed_groups: ArmedGroups
    groups: dict[str, GroupTraits]
    zones: dict[str, ZoneTraits]
    worth: Worth
    shocks: Shocks
    arrival: Arrival
    fight: Fight
    strength: Strength
    battle: Battle
    strike: Strike
    entrench: Entrench
    contract: Contract
    coordinate: Coordinate
    bargain: Bargain
    reckon: Reckon
    influence: Influence
    definitions: Definitions
    start: StartLevels


PARAMETERS = Parameters

# Guarantors and supporters write their intentions before those who build on them; all read the same last month.
ACTORS = (
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
)


def members(groups: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Names below the sections that hold one sub-section per member."""
    return {"groups": groups, "zones": zone_keys()}


def paths(groups: tuple[str, ...]) -> dict[str, Declared]:
    """Every path that the code reads, for the armed groups of a start."""
    return {one.path: one for one in declared(Parameters, "", members(groups))}
