"""Ground lost without an assault: none in quiet times, more and earlier the weaker what holds garrisons (R02, R46, R47)."""

import numpy as np

from directions.paired import falls, rises
from directions.runs import SCENARIOS, Run, run
from directions.settings import STRESS
from sim.scenario import load_scenario
from sim.simulation import Spheres

WITHDRAW = SCENARIOS / "patrons_withdraw.yaml"
WITHOUT_ASSAULT = ("routs", "withdrawals", "risings")


def test_nobody_leaves_in_the_first_year_of_the_baseline() -> None:
    """At central values with no scripted event, garrisons leave, withdraw or are driven out in at most one of fifty worlds."""
    model = Spheres(load_scenario(SCENARIOS / "baseline.yaml"), worlds=200, months=12, draws=False)
    happened = np.zeros(200)
    while model.running:
        model.step()
        whole = model.observe().whole
        happened += sum(whole[name] for name in WITHOUT_ASSAULT)
    model.close()
    assert (happened > 0).sum() <= 4


HALF_THE_PARTNERS = ("russia.means.budget={scale: 0.5}", "iran.means.budget={scale: 0.5}")
HARDLY_PAID = tuple(f"reckon.income_from_{source}={{scale: 0.1}}" for source in ("land", "partners", "contracts"))


def first_rout(r: Run) -> np.ndarray:
    """The first month in which any garrison leaves, (worlds,), the month after the last where none does."""
    left = r.whole["routs"] > 0.0
    return np.where(left.any(axis=0), left.argmax(axis=0), len(left))


def test_weaker_backing_earlier_and_longer_routs() -> None:
    """R46: with half of the partners' effort garrisons leave earlier and in more provinces. Stress, 24 months."""
    full, half = (run(*STRESS, *cut, worlds=192, months=24) for cut in ((), HALF_THE_PARTNERS))
    rises("routs", full.total("routs"), half.total("routs"))
    falls("the month of the first rout", first_rout(full), first_rout(half))


def test_weaker_pay_longer_routs_and_earlier_ones_the_more_rests_on_it() -> None:
    """With a tenth of the income more garrisons leave. Stress, 36 months: coffers last a year, so that few first routs come earlier."""
    full, poor = (run(*STRESS, *cut, worlds=256, months=36) for cut in ((), HARDLY_PAID))
    rises("routs", full.total("routs"), poor.total("routs"))
    light, heavy = (run(*STRESS, *HARDLY_PAID, f"ground_loss.paid={weight}", worlds=256, months=36) for weight in (0, 0.9))
    rises("routs", light.total("routs"), heavy.total("routs"))
    falls("the month of the first rout", first_rout(light), first_rout(heavy))


def test_when_partners_withdraw_routs_come_earlier_and_are_longer() -> None:
    """R46 R47: in the worlds in which partners leave, more garrisons do, from an earlier month on, than if nothing rested on backing."""
    light, heavy = (run(f"ground_loss.backed={w}", worlds=256, months=60, file=WITHDRAW) for w in (0, 0.5))
    rises("routs", light.total("routs"), heavy.total("routs"))
    falls("the month of the first rout", first_rout(light), first_rout(heavy))
    falls("territory", light.last("territory"), heavy.last("territory"))


def test_towns_rise_more_once_partners_withdraw() -> None:
    """Local powers rise where the grip weakens: in more worlds after the partners leave than in the same months of the baseline."""
    usual, left = run(worlds=192, months=48), run(worlds=192, months=48, file=WITHDRAW)
    rises("risings", usual.total("risings"), left.total("risings"))
    never = [(r.total("risings") == 0.0).mean() for r in (usual, left)]
    assert never[0] > 0.75 > never[1]


def test_routs_of_all_camps_fire_from_2015() -> None:
    """The Islamic State's garrisons on the Euphrates leave in some worlds, and the government's in some, not in most. 28 months."""
    model = Spheres(load_scenario(SCENARIOS / "history" / "history_2015.yaml"), worlds=200, months=28, record_events=True)
    model.run()
    places: dict[str, set[int]] = {}
    for r in model.log.records:
        where = "" if r.province is None else model.provinces.iso[r.province]
        places.setdefault(f"{r.kind.name} {where}", set()).add(r.world)
    model.close()
    euphrates = places.get("islamic_state_rout SY-RA", set()) | places.get("islamic_state_rout SY-DY", set())
    homs = places.get("government_rout SY-HI", set())
    assert 20 <= len(euphrates) <= 180 and 2 <= len(homs) <= 60
