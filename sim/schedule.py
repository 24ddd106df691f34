"""The month, in the order in which things happen. Start reading here.

    1. Shock       what happens from outside                          processes/shock.py (scripted events: model.py)
    2. Decide      every actor spends its effort by its interests     actors/*.py
       Deploy      groups move towards the places they intend         processes/deploy.py
    3. Fight       offensives, raids, rout and momentum               processes/fight.py, strength.py, battle.py
    4. Strike      Israel and the United States hit visible presence  processes/strike.py
    5. Entrench    roots, recruits, the army, Islamic State presence  processes/entrench.py
    6. Contract    open assets come up for tender                     processes/contract.py
    7. Coordinate  incidents, friction, channels, breakdown           processes/coordinate.py
       Bargain     primacies are agreed where incidents pile up       processes/bargain.py
    8. Reckon      leverage, standing, money, danger, survival        processes/reckon.py

All actors decide on last month's world (simultaneous activation); each process sees what the processes before it changed.
"""

from collections.abc import Callable
from typing import Any

from sim.processes import bargain, contract, coordinate, deploy, entrench, fight, reckon, shock, strike
from sim.registry import Parameters
from sim.world.assessment import assess
from sim.world.axes import Field
from sim.world.views import Flows, Intent
from sim.world.world import World
from sim.world.zones import Zone

Timer = Callable[[str, Callable[[], Any]], Any]


def untimed(name: str, run: Callable[[], Any]) -> Any:
    """Run a step without timing it."""
    return run()


def month(world: World, p: Parameters, zones: tuple[Zone, ...], decide: Callable[[], Any], timed: Timer = untimed) -> None:
    """One month of many worlds. `decide` lets every actor write its intentions; `timed` may clock each step."""
    world.flows = Flows.blank(len(world.provinces), len(Field), world.worlds)
    world.intent = Intent.blank(len(world.provinces), len(world.groups), world.worlds)
    timed("1 shock", lambda: shock.step(world, p.shocks))
    timed("2 decide", decide)
    timed("2 deploy", lambda: deploy.step(world, p.arrival))
    timed("3 fight", lambda: fight.step(world, p.fight, p.strength, p.battle, zones, p.zones))
    timed("4 strike", lambda: strike.step(world, p.strike))
    timed("5 entrench", lambda: entrench.step(world, p.entrench))
    timed("6 contract", lambda: contract.step(world, p.contract))
    timed("7 coordinate", lambda: coordinate.step(world, p.coordinate))
    timed("7 bargain", lambda: bargain.step(world, p.bargain))
    timed("8 reckon", lambda: reckon.step(world, p.reckon))


def look(world: World, p: Parameters) -> None:
    """Assess the world as it now stands: what the month came to, and what actors will see next month."""
    world.seen = assess(world, p.worth)
