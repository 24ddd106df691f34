"""The month, in the order in which things happen. Start reading here.

    1. Depart      what rests on a partner that has left ends        processes/departure.py
       Shock       what happens from outside                          processes/exogenous_shocks.py (scripted events: sim/simulation.py)
    2. Decide      every actor divides its effort among its goals    actors/*.py
       Deploy      groups move towards the places they intend         processes/deployment.py
       Operate     Turkey's army may enter a province at its border   processes/cross_border_operations.py
    3. Fight       raids and offensives, in rounds of five days       processes/offensives.py, offensive_choice.py, combat*.py
       Besiege     pockets yield, are relieved, or form               processes/sieges.py
       Give way    routs, withdrawals, risings; who takes over        processes/threshold_cascade.py, withdrawal.py, risings.py,
                                                                      abandoned_ground.py
    4. Strike      Israel and the United States hit visible presence  processes/air_strikes.py
    5. Learn       what groups learn or lose in quality              processes/experience.py
       Entrench    roots, recruits, the army, Islamic State presence  processes/entrenchment.py
    6. Contract    memoranda are carried out, open assets tendered     processes/tenders.py, memoranda.py
    7. Coordinate  incidents, friction, channels, breakdown           processes/coordination.py
       Bargain     the partners exchange posts and tenders in talks   processes/bargaining.py, issue_exchange.py, post_transfer.py
    8. Month end   survival of the government and lost provinces      processes/government_survival.py
       Danger      danger, threat, leverage, the land route           processes/perceived_danger.py
       Standing    Russia's diplomatic standing                       processes/diplomatic_standing.py
       Economy     the government's coffers                           processes/economy.py
    9. Perceive    what actors will see of it next month              state/sensing.py

All actors decide on last month's world (simultaneous activation); each process sees what the processes before it changed.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar, runtime_checkable

import numpy as np

from sim.model.actors.partner import PartnerParameters
from sim.model.processes import (
    air_strikes,
    bargaining,
    coordination,
    cross_border_operations,
    departure,
    deployment,
    diplomatic_standing,
    economy,
    entrenchment,
    exogenous_shocks,
    experience,
    government_survival,
    offensives,
    perceived_danger,
    tenders,
)
from sim.model.processes.offensive_choice import barriers
from sim.model.registry import Parameters
from sim.model.state.deescalation_zones import Zone
from sim.model.state.dimensions import Partner, keys
from sim.model.state.ensemble import Ensemble
from sim.model.state.intent import Intent
from sim.model.state.monthly_record import MonthlyRecord
from sim.model.state.sensing import assess

Result = TypeVar("Result")


@runtime_checkable
class Timer(Protocol):
    """Runs a named step of the month and returns what it returns; it may clock the step."""

    def __call__(self, name: str, run: Callable[[], Result], /) -> Result:
        """Run the step."""
        ...


def untimed(name: str, run: Callable[[], Result]) -> Result:
    """Run a step without timing it."""
    return run()


def month(ensemble: Ensemble, p: Parameters, zones: tuple[Zone, ...], decide: Callable[[], object], timed: Timer = untimed) -> None:
    """One month of many worlds. `decide` lets every actor write its intentions; `timed` runs each step."""
    ensemble.monthly = MonthlyRecord.blank(len(ensemble.provinces), len(ensemble.groups), ensemble.n_worlds)
    ensemble.intent = Intent.blank(len(ensemble.provinces), len(ensemble.groups), ensemble.n_worlds)
    timed("1 depart", lambda: departure.step(ensemble, p.departure, by_partner(p)))
    timed("1 shock", lambda: exogenous_shocks.step(ensemble, p.shocks))
    timed("2 decide", decide)
    timed("2 deploy", lambda: deployment.step(ensemble, p.arrival))
    barrier = barriers(ensemble.intent.guarantee, zones, p.zones, ensemble.intent.posted)
    timed("2 operations", lambda: cross_border_operations.step(ensemble, p.turkey.operations, barrier))
    timed("3 fight", lambda: offensives.step(ensemble, p.fight, p.strength, p.battle, p.ground_loss, p.siege, barrier))
    timed("4 strike", lambda: air_strikes.step(ensemble, p.strike))
    timed("5 learn", lambda: experience.step(ensemble, p.experience))
    timed("5 entrench", lambda: entrenchment.step(ensemble, p.entrench, by_partner(p)))
    timed("6 contract", lambda: tenders.step(ensemble, p.contract))
    timed("7 coordinate", lambda: coordination.step(ensemble, p.coordinate))
    timed("7 bargain", lambda: bargaining.step(ensemble, p.bargain, p.contract, p.coordinate.carry_over))
    timed("8 survival", lambda: government_survival.step(ensemble, p.reckon, p.ground_loss, p.battle, by_partner(p)))
    timed("8 danger", lambda: perceived_danger.step(ensemble, p.reckon))
    timed("8 standing", lambda: diplomatic_standing.step(ensemble, p.reckon, by_partner(p)))
    timed("8 economy", lambda: economy.step(ensemble, p.reckon))


def by_partner(p: Parameters) -> dict[Partner, PartnerParameters]:
    """The parameters of the partners, whose traits some processes read."""
    return {partner: getattr(p, name) for partner, name in zip(Partner, keys(Partner), strict=True)}


def update_perceptions(ensemble: Ensemble, p: Parameters) -> None:
    """Assess the worlds as they now stand, which is what actors will see next month."""
    ensemble.perceived = assess(ensemble, p.worth, np.array([getattr(p, name).exposed for name in keys(Partner)]))
