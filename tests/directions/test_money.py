"""Sanctions, evasion and contracts (R34, R83, and autonomy, which is ours)."""

from directions.paired import falls, rises
from directions.runs import run


def test_sanctions_feed_evasion() -> None:
    """R34 R83: higher sanctions, more cooperation in evading them. 36 months, 0.3 against the baseline."""
    light, usual = run("united_states.sanctions=0.3"), run()
    rises("evasion", light.last("evasion"), usual.last("evasion"))
    falls("coffers", light.last("coffers"), usual.last("coffers"))


def test_autonomy_spreads_contracts() -> None:
    """Ours: a government that cares more for its autonomy spreads contracts among rivals. Baseline, 36 months, four times the weight."""
    free = run("government.interests.autonomy={scale: 4}")
    falls("concentration of contracts", run().last("contract_concentration"), free.last("contract_concentration"))
