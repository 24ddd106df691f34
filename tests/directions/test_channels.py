"""Channels: learning, carrying over, keeping fields apart (R06, R36, R43)."""

from directions.paired import falls, rises
from directions.runs import run
from directions.settings import MANY_DISPUTES


def test_learning_settles_friction_and_spares_breakdowns() -> None:
    """R06 R81: faster learning, less friction and fewer breakdowns. Baseline, 36 months, no learning against 0.1 a month."""
    none, fast = run("coordinate.learning=0"), run("coordinate.learning=0.1")
    rises("the military channel", none.last("channel_military"), fast.last("channel_military"))
    falls("friction", none.friction(), fast.friction())
    falls("breakdowns", none.broke, fast.broke)
    falls("months broken", none.total("broken"), fast.total("broken"))


def test_without_carrying_over_less_is_agreed() -> None:
    """R43 R35: skill that stays military delimits less by agreement: fewer bargains, and less sway rests on primacies.

    Baseline with more disputes (without incidents no bargain opens), 60 months: bargains need incidents that pile up first.
    """
    none = run(*MANY_DISPUTES, "coordinate.carry_over=0", months=60)
    full = run(*MANY_DISPUTES, "coordinate.carry_over=0.8", months=60)
    rises("the economic channel", none.last("channel_economic"), full.last("channel_economic"))
    rises("bargains", none.total("bargains"), full.total("bargains"))
    rises("sway that rests on primacies", none.last("agreed"), full.last("agreed"))


def test_without_carrying_over_less_is_delimited() -> None:
    """R43: no carry-over between fields, less delimitation, on the index itself.

    Baseline with more disputes, 60 months, averaged over the last year because single bargains make the index jump; the effect is
    small, so 768 worlds.
    """
    none = run(*MANY_DISPUTES, "coordinate.carry_over=0", months=60, worlds=768)
    full = run(*MANY_DISPUTES, "coordinate.carry_over=0.8", months=60, worlds=768)
    rises("delimitation", *(r.whole["delimitation"][-12:].mean(axis=0) for r in (none, full)))


def test_fields_not_kept_apart_break_the_partnership() -> None:
    """R36: less compartmentalisation, more breakdowns. Baseline, 36 months, 0.95 against 0.2."""
    apart, mixed = run("coordinate.compartmentalisation=0.95"), run("coordinate.compartmentalisation=0.2")
    rises("friction", apart.friction(), mixed.friction())
    rises("breakdowns", apart.broke, mixed.broke)
