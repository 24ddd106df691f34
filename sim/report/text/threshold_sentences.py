"""What is said of classes that depend on a threshold: the index behind them, and their shares with other thresholds."""

from collections.abc import Mapping

from sim.compare.findings import FINDING, NEGLIGIBLE, UNDETECTED
from sim.text.number_format import pair, percent, signed_points

LITTLE = 0.5  # standard deviations over worlds below which an index is said to move little: what Cohen (1988) calls a medium effect
Shares = tuple[float, float]  # with every threshold a quarter lower, and a quarter higher


def index_moves(outcome: str, index: str, before: float, after: float, size: float, status: str, limits: str, is_near: bool) -> str:
    """How the index behind a class differs, in a sentence; nothing where the worlds are too few, or the scenario sets it.

    `limits`: its threshold in words; `is_near`: whether that lies within the middle 90 % of the scenario's worlds.

    `Delimitation, the index behind condominium, goes only from 0.44 to 0.46 (delimited from 0.45): many worlds lie near the threshold.`
    """
    name, (first, second) = f"{index}, the index behind {outcome},", pair(before, after)
    near = ": many worlds lie near the threshold" if is_near else ""
    if status == FINDING:
        only = abs(size) < LITTLE
        return f"{name} goes {'only ' * only}from {first} to {second} ({limits}){near * only}."
    if status in (NEGLIGIBLE, UNDETECTED):
        change = "practically stays" if status == NEGLIGIBLE else "has no detectable difference and is"
        return f"{name} {change} at {after:.2f} ({limits}){near}."
    return ""


def with_other_thresholds(outcome: str, here: Shares, there: Shares | None, against: str) -> str:
    """The share of a class with every threshold moved, and how it differs from that in the scenario compared with, if any.

    `With every threshold a quarter lower, condominium is in 6 % of worlds (−2 points beside the baseline); a quarter higher, in 84 % (−2).`
    """
    lower, higher = (percent(share) for share in here)
    if there is None:
        return f"With every threshold a quarter lower, {outcome} is in {lower} of worlds; a quarter higher, in {higher}."
    first, second = (signed_points(mine - its) for mine, its in zip(here, there, strict=True))
    return (
        f"With every threshold a quarter lower, {outcome} is in {lower} of worlds ({first} points beside {against}); a quarter higher, in "
        f"{higher} ({second})."
    )


def limits_text(limits: Mapping[str, float]) -> str:
    """Thresholds in words: `Russian primacy from 0.62, Iranian primacy to 0.38`."""
    return ", ".join(f"{words} {value:.2f}" for words, value in limits.items())
