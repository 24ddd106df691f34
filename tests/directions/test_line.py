"""The line of Israeli control: the agreement of 2018 and pressure on Moscow (R28, R30, R78)."""

from directions.paired import falls, rises
from directions.runs import run
from directions.settings import NO_BARGAINS


def test_the_agreement_keeps_some_force_away() -> None:
    """R28 R30: with the agreement kept, less Iran-backed force inside 83 km, not none. 36 months, no agreement against the baseline."""
    lapsed, kept = run("iran.golan_agreement=0"), run()
    falls("Iran-backed force inside 83 km", lapsed.last("exclusion_force"), kept.last("exclusion_force"))
    assert (kept.last("exclusion_force") > 0.0).all(), "the agreement empties the zone"


def test_pressure_moves_moscow_and_hardly_tehran() -> None:
    """R78: more Israeli pressure, more Russian restraint; Iran's presence falls little, which shows where Moscow's influence ends.

    Baseline without bargains (they move force for other reasons), 36 months, usual pressure against four times as much. Restraint holds
    groups back from places near the line, it does not cost Iran men, so their force there is asked. Little: a fall of less than a twentieth.
    """
    usual, hard = run(*NO_BARGAINS), run(*NO_BARGAINS, "israel.pressure={scale: 4}")
    rises("Russian restraint", usual.mean("restraint"), hard.mean("restraint"))
    falls("Iran-backed force inside 83 km", usual.mean("exclusion_force"), hard.mean("exclusion_force"))
    assert hard.mean("exclusion_force").mean() > 0.95 * usual.mean("exclusion_force").mean(), (
        "pressure on Moscow moves much of Iran's force"
    )
