"""The government's survival: support, danger, ground (R01, R10, R46, R47, R62).

Judged under the stress of `settings.STRESS`, which stands in for the start of September 2015 until the model has that start: in 2021
fronts are quiet, and neither support nor danger moves anything within years.
"""

import numpy as np

from directions.paired import falls, rises
from directions.runs import Decision, run
from directions.settings import NO_ZONES, STRESS
from sim.world.parameters import Change

NO_RUSSIA = "russia.means.budget=0.02"
NO_IRAN = "iran.means.budget=0.02"
WORLDS = 192


def test_weaker_support_more_collapse() -> None:
    """R01 R37 R47: with a tenth of both partners' effort more governments fall, and less ground is held. Stress, 36 months."""
    full = run(*STRESS, worlds=WORLDS)
    weak = run(*STRESS, "russia.means.budget={scale: 0.1}", "iran.means.budget={scale: 0.1}", worlds=WORLDS)
    rises("collapse", full.fell, weak.fell)
    falls("territory", full.last("territory"), weak.last("territory"))


def test_neither_partner_alone_does_as_well_as_both() -> None:
    """R01 R42: air power and ground forces are complements: without either partner less is held than with both. Stress, 36 months."""
    both = run(*STRESS, worlds=WORLDS)
    for missing, budget in (("Russia", NO_RUSSIA), ("Iran", NO_IRAN)):
        falls(f"territory without {missing}", both.last("territory"), run(*STRESS, budget, worlds=WORLDS).last("territory"))
        rises(f"collapse without {missing}", both.fell, run(*STRESS, budget, worlds=WORLDS).fell)


def test_danger_draws_russian_effort() -> None:
    """R46: rebels gaining ground made Russia receptive: more danger, more Russian effort.

    Baseline for half a year, then the opposition doubles, unrestrained, and zones fall; 36 months.
    """
    changes = (("opposition.strength", 2.0), ("opposition.reluctance", 0.0), ("turkey.restraint", 0.0), ("zones.northwest.strength", 0.0))
    decisions = tuple(Decision(6, path, Change("set", value)) for path, value in changes)
    calm, shaken = run(), run(decisions=decisions)
    assert np.array_equal(calm.whole["effort_russia"][:6], shaken.whole["effort_russia"][:6]), "the runs differ before the decision"
    rises("danger", calm.last("danger"), shaken.last("danger"))
    rises("Russian effort", calm.last("effort_russia"), shaken.last("effort_russia"))


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
    open_road, closed = run("iraq.crossing_open=1"), run("iraq.crossing_open=0")
    falls("the land route", open_road.last("land_route"), closed.last("land_route"))
    falls("Iran's supply", open_road.last("supply_iran"), closed.last("supply_iran"))
    falls("Iran-backed force", open_road.last("iran_force"), closed.last("iran_force"))
