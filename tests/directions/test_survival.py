"""The government's survival: support, danger, ground (R01, R10, R46, R47, R62).

Support and danger are judged from September 2015, where they bite: in 2021 fronts are quiet, and neither moves anything within years.
"""

from directions.paired import falls, rises
from directions.runs import HISTORY, Run, run
from directions.settings import NO_ZONES, STRESS

NO_RUSSIA = "russia.means.budget={scale: 0.02}"
NO_IRAN = "iran.means.budget={scale: 0.02}"
WORLDS = 224


def from_2015(*values: str) -> Run:
    """September 2015 to August 2018, with only outside decisions scripted."""
    return run(*values, worlds=WORLDS, months=36, file=HISTORY)


def test_weaker_support_more_collapse() -> None:
    """R01 R37 R47: with next to none of both partners' effort more governments fall, and less ground is held. From 2015, 36 months."""
    full, weak = from_2015(), from_2015(NO_RUSSIA, NO_IRAN)
    rises("collapse", full.fell, weak.fell)
    falls("territory", full.last("territory"), weak.last("territory"))


def test_neither_partner_alone_does_as_well_as_both() -> None:
    """R01 R42: air power and ground forces are complements: without either partner less is held than with both. From 2015, 36 months."""
    both, neither = from_2015(), from_2015(NO_RUSSIA, NO_IRAN)
    for missing, budget in (("Russia", NO_RUSSIA), ("Iran", NO_IRAN)):
        alone = from_2015(budget)
        falls(f"territory without {missing}", both.last("territory"), alone.last("territory"))
        falls(f"territory with nobody, beside that without {missing}", alone.last("territory"), neither.last("territory"))
    rises("collapse with nobody", both.fell, neither.fell)


def test_danger_draws_russian_effort() -> None:
    """R46: rebels and the Islamic State gaining ground made Russia receptive: stronger enemies, more danger, more Russian effort.

    From 2015, 36 months.
    """
    calm, shaken = from_2015(), from_2015("opposition.strength={scale: 1.5}", "opposition.reluctance={add: -0.3}")
    rises("danger", calm.mean("danger"), shaken.mean("danger"))
    rises("Russian effort", calm.mean("effort_russia"), shaken.mean("effort_russia"))


def test_without_commitment_danger_draws_no_effort() -> None:
    """R46: the neutral value: with commitment 0, Russia spends its budget whatever the danger. Stress, 36 months."""
    calm, shaken = run("russia.means.commitment=0"), run(*STRESS, "russia.means.commitment=0")
    rises("danger", calm.last("danger"), shaken.last("danger"))
    assert abs(shaken.last("effort_russia").mean() / calm.last("effort_russia").mean() - 1.0) < 0.1


def test_recovered_ground_becomes_leverage() -> None:
    """R62: a government that recovers ground gains weight in a settlement, in the worlds in which it recovers it.

    Baseline with a government that does not hesitate and fights well, zones off, 36 months: in the baseline fronts are quiet.
    """
    still = run()
    eager = run(*NO_ZONES, "government.reluctance=-0.2", "start.morale_government=0.95", "start.army_quality=0.95")
    gained = eager.last("territory") - still.last("territory")
    weight = eager.last("settlement_leverage") - still.last("settlement_leverage")
    rises("territory", still.last("territory"), eager.last("territory"))
    rises("leverage", still.last("settlement_leverage"), eager.last("settlement_leverage"))
    recovered = gained > 0.05
    assert recovered.sum() >= 10, "too few worlds recover ground for a judgement"
    assert (weight[recovered] > 0.0).all(), "ground recovered without weight gained"


def test_a_closed_land_route_cuts_supply() -> None:
    """R10: with the crossing from Iraq closed, less Iranian supply and less Iran-backed force. Baseline, 36 months."""
    open_road, closed = run(), run("iraq.crossing_open=0")
    falls("the land route", open_road.last("land_route"), closed.last("land_route"))
    falls("Iran's supply", open_road.last("supply_iran"), closed.last("supply_iran"))
    falls("Iran-backed force", open_road.last("iran_force"), closed.last("iran_force"))
