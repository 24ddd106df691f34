"""The line of Israeli control: the agreement of 2018 and pressure on Moscow (R28, R30, R78)."""

from directions.paired import falls, rises
from directions.runs import run
from directions.settings import NO_BARGAINS


def test_the_agreement_keeps_some_force_away() -> None:
    """R28 R30: with the agreement kept, less Iran-backed force inside 83 km than without it, not none. Baseline, 36 months."""
    lapsed, kept = run("iran.golan_agreement=0"), run("iran.golan_agreement=1")
    falls("Iran-backed force inside 83 km", lapsed.last("exclusion_force"), kept.last("exclusion_force"))
    assert (kept.last("exclusion_force") > 0.0).all(), "the agreement empties the zone"


def test_pressure_moves_moscow_and_hardly_tehran() -> None:
    """R78: more Israeli pressure, more Russian restraint; Iran's presence falls little, which shows where Moscow's influence ends.

    Baseline without bargains (they move force for other reasons), 36 months, pressure a fifth against four times. Little: a fall there
    is, but of less than a twentieth.
    """
    gentle = run(*NO_BARGAINS, "israel.pressure={scale: 0.2}")
    hard = run(*NO_BARGAINS, "israel.pressure={scale: 4}")
    rises("Russian restraint", gentle.mean("restraint"), hard.mean("restraint"))
    falls("Iran-backed force", gentle.mean("iran_force"), hard.mean("iran_force"))
    assert hard.mean("iran_force").mean() > 0.95 * gentle.mean("iran_force").mean(), "pressure on Moscow moves much of Iran's force"
