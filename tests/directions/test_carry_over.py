"""Carry-over where it can show: partners whose stakes cross, who talk often, through a military channel that is far ahead (R43).

A start made up for the purpose. Each partner wants a rooted presence in places of its own, each a little in the other's, and both want
contracts: there is much to exchange. What stands in the way is the economic and diplomatic channels, which are next to nothing.
"""

from itertools import pairwise

import numpy as np
import pytest

from directions.paired import CLEAR, rises, z
from directions.runs import Run, run

SHARES = (0.0, 0.2, 0.4, 0.8)
PURSUED = {
    "russia": {"regime_survival": 1.0, "bases": 1.0, "militia_entrenchment": 0.3, "contract_competition": 0.5},
    "iran": {"regime_survival": 1.0, "bases": 0.3, "militia_entrenchment": 1.0, "contract_competition": 0.5},
}
NOT_PURSUED = {
    "russia": ("army_reform", "leverage", "limit_militias", "standing", "israel_balance", "order"),
    "iran": ("border_presence", "command", "shield", "no_foreign_bases", "land_corridor", "deterrence"),
}
CROSSED = (
    *(f"{partner}.interests.{name}={weight}" for partner, weights in PURSUED.items() for name, weight in weights.items()),
    *(f"{partner}.interests.{name}=0" for partner, names in NOT_PURSUED.items() for name in names),
)
CHANNELS = ("start.channel_military=0.9", "start.channel_economic=0.05", "start.channel_diplomatic=0.05")
BUSY = ("bargain.talks=0.3", "bargain.readiness=0.6")


def carried_over(share: float, worlds: int, months: int = 48) -> Run:
    """The made-up start with so much carry-over."""
    return run(*CROSSED, *CHANNELS, *BUSY, f"coordinate.carry_over={share}", worlds=worlds, months=months)


def test_more_carry_over_more_agreed() -> None:
    """R43 R35: the more of the military skill can be used elsewhere, the more influence rests on what was agreed. 24 months."""
    none, full = (carried_over(share, worlds=48, months=24) for share in (SHARES[0], SHARES[-1]))
    rises("exchanges", none.total("bargains"), full.total("bargains"))
    rises("influence that rests on agreements", none.mean("agreed"), full.mean("agreed"))


@pytest.mark.slow
def test_each_step_of_carry_over_adds_to_what_is_agreed() -> None:
    """R43 R35: clear and monotone over 0, 0.2, 0.4, 0.8, far beyond noise at every step. 48 months."""
    runs = [carried_over(share, worlds=384) for share in SHARES]
    agreed = [one.mean("agreed") for one in runs]
    steps = [z(less, more) for less, more in pairwise(agreed)]
    assert min(steps) > 2.0 * CLEAR, steps
    means = [float(row.mean()) for row in agreed]
    assert np.diff(means).min() > 0.03 and means[-1] > 1.5 * means[0], means


def test_a_military_channel_that_is_not_ahead_carries_nothing_over() -> None:
    """With nothing beyond the other channels, and no learning that would bring it ahead, any carry-over is as good as none, to the bit."""
    level = ("start.channel_military=0.05", "coordinate.learning=0", "coordinate.disuse=0", "shocks.contact_rate=0")
    none, full = (run(*CROSSED, *CHANNELS[1:], *BUSY, *level, f"coordinate.carry_over={x}", worlds=32, months=24) for x in (0, 0.8))
    for name in ("agreed", "bargains", "incidents", "delimitation"):
        assert np.array_equal(none.whole[name], full.whole[name]), name
