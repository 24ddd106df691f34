"""Sanctions, evasion and contracts (R34, R83, and autonomy, which is ours)."""

from directions.paired import falls, rises
from directions.runs import run


def test_sanctions_feed_evasion() -> None:
    """R34 R83: higher sanctions, more cooperation in evading them. Baseline, 36 months, 0.3 against 0.95."""
    light, heavy = run("united_states.sanctions=0.3"), run("united_states.sanctions=0.95")
    rises("evasion", light.last("evasion"), heavy.last("evasion"))
    falls("coffers", light.last("coffers"), heavy.last("coffers"))


def test_autonomy_spreads_contracts() -> None:
    """Ours: a government that cares more for its autonomy spreads contracts among rivals. Baseline, 36 months, weight x0.1 to x4."""
    tied = run("government.interests.autonomy={scale: 0.1}")
    free = run("government.interests.autonomy={scale: 4}")
    falls("concentration of contracts", tied.last("contract_concentration"), free.last("contract_concentration"))
