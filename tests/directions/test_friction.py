"""What breeds incidents: publicity and tenders without a referee (R13, R32)."""

from directions.paired import falls, rises
from directions.runs import run


def test_publicity_breeds_diplomatic_friction() -> None:
    """R13 R59: a Russia that advertises more meets more diplomatic friction with Tehran. 36 months, the baseline against 0.9."""
    usual, loud = run(), run("russia.loudness=0.9")
    rises("publicity", usual.mean("publicity"), loud.mean("publicity"))
    rises("diplomatic incidents", usual.total("incidents_diplomatic"), loud.total("incidents_diplomatic"))
    rises("diplomatic friction", usual.mean("friction_diplomatic"), loud.mean("friction_diplomatic"))


def test_friction_makes_russia_quieter() -> None:
    """R60: what failed in public is arranged quietly: at the same loudness, more discretion means less publicity. 36 months."""
    falls("publicity", run().mean("publicity"), run("russia.discretion={scale: 3}").mean("publicity"))


def test_a_framework_spares_economic_incidents() -> None:
    """R32: a framework for investment, fewer economic incidents. 36 months, the baseline (next to none) against 0.8."""
    falls("economic incidents", run().total("incidents_economic"), run("coordinate.framework=0.8").total("incidents_economic"))
