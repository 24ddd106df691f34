"""Channels: learning, carrying over, keeping fields apart (R06, R36, R43)."""

from directions.paired import falls, rises
from directions.runs import Run, run
from directions.settings import MANY_DISPUTES


def test_learning_settles_friction_and_spares_breakdowns() -> None:
    """R06 R81: learning, less friction and fewer breakdowns. 36 months, no learning against the baseline."""
    none, usual = run("coordinate.learning=0"), run()
    rises("the military channel", none.last("channel_military"), usual.last("channel_military"))
    falls("friction", none.friction(), usual.friction())
    falls("breakdowns", none.broke, usual.broke)
    falls("months broken", none.total("broken"), usual.total("broken"))


def carried_over(share: float) -> Run:
    """Baseline with more disputes (without incidents no bargain opens), 48 months: bargains need incidents that pile up first.

    1,024 worlds, because the effect on what rests on primacies is small.
    """
    return run(*MANY_DISPUTES, f"coordinate.carry_over={share}", months=48, worlds=1024)


def test_without_carrying_over_less_is_agreed() -> None:
    """R43 R35: skill that stays military delimits less by agreement: fewer bargains, and less influence rests on primacies.

    It also settles less elsewhere. What is carried over is use, not the other channel's own strength, so that strength is not asked.
    """
    none, full = carried_over(0), carried_over(0.8)
    falls("economic friction", none.mean("friction_economic"), full.mean("friction_economic"))
    rises("evasion of sanctions together", none.mean("evasion"), full.mean("evasion"))
    rises("bargains", none.total("bargains"), full.total("bargains"))
    rises("influence that rests on primacies", none.last("agreed"), full.last("agreed"))


def test_without_carrying_over_less_is_delimited() -> None:
    """R43: no carry-over between fields, less delimitation, on the index itself.

    The baseline over all its ten years: what was exchanged shows in the index only as roots and force follow. Averaged over the last year,
    because single exchanges make the index jump.
    """
    none, full = (run(f"coordinate.carry_over={share}", months=120, worlds=384) for share in (0, 0.8))
    rises("delimitation", *(one.whole["delimitation"][-12:].mean(axis=0) for one in (none, full)))


def test_fields_not_kept_apart_break_the_partnership() -> None:
    """R36: less compartmentalisation, more breakdowns. 36 months, the baseline (about 0.7) against 0.2."""
    usual, mixed = run(), run("coordinate.compartmentalisation=0.2")
    rises("friction", usual.friction(), mixed.friction())
    rises("breakdowns", usual.broke, mixed.broke)
