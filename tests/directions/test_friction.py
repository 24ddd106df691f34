"""What breeds incidents: publicity and tenders without a referee (R13, R32)."""

from directions.paired import falls, rises
from directions.runs import run


def test_publicity_breeds_diplomatic_friction() -> None:
    """R13 R59: a Russia that advertises more meets more diplomatic friction with Tehran. Baseline, 36 months, 0.1 against 0.9."""
    quiet, loud = run("russia.loudness=0.1"), run("russia.loudness=0.9")
    rises("publicity", quiet.mean("publicity"), loud.mean("publicity"))
    rises("diplomatic incidents", quiet.total("incidents_diplomatic"), loud.total("incidents_diplomatic"))
    rises("diplomatic friction", quiet.mean("friction_diplomatic"), loud.mean("friction_diplomatic"))


def test_friction_makes_russia_quieter() -> None:
    """R60: what failed in public is arranged quietly: at the same loudness, more discretion means less publicity. 36 months."""
    careless = run("russia.discretion=0")
    discreet = run("russia.discretion={scale: 3}")
    falls("publicity", careless.mean("publicity"), discreet.mean("publicity"))


def test_a_framework_spares_economic_incidents() -> None:
    """R32: a framework for investment, fewer economic incidents. Baseline with three times the tenders, 36 months, none against 0.8."""
    more = "contract.tender_rate={scale: 3}"
    none, framework = run(more, "coordinate.framework=0"), run(more, "coordinate.framework=0.8")
    falls("economic incidents", none.total("incidents_economic"), framework.total("incidents_economic"))
