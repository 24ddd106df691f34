"""What the end of a run says about precision: how accurate its shares are, and what more worlds would bring."""

import math
from collections.abc import Sequence

from sim.compare.precision import Precision, worlds_for_goal
from sim.model.observation.measure_catalogue import OUTCOME_WORDS
from sim.text.number_format import count

_TABLE = "precision.csv"


def accuracy(precision: Sequence[Precision]) -> str:
    """How accurate the shares and their differences are, what would halve that, and where more worlds may show a difference."""
    widest = max(precision, key=lambda share: share.half_width)
    halve = f"about {_rounded(widest.to_halve)} more worlds a scenario (--worlds {widest.n_worlds + widest.to_halve}) halve that"
    text = f"How accurate: shares to within {100 * widest.half_width:.1f} points{_of_differences(precision)} (95 % intervals); {halve}"
    quiet = [name for name, group in _by_scenario(precision).items() if _is_without_significance(group)]
    if not quiet or fewest_compared(precision) is not None:
        return f"{text}."
    named = quiet[0] if len(quiet) == 1 else count(len(quiet), "scenario")
    return f"{text}, and {_TABLE} says how many would show a difference of {named}."


def fewest_compared(precision: Sequence[Precision]) -> int | None:
    """How many worlds are compared where those are too few for any difference to be significant; None where they are enough."""
    few = [share.n_pairs for share in precision if share.is_too_few]
    return max(few) if few else None


def goal_text(precision: Sequence[Precision], goal: float) -> str:
    """Whether the half-width that was asked for was reached, and with how many worlds it would be."""
    widest = max(precision, key=lambda share: share.widest)
    points = f"±{100 * goal:.3g} points"
    if widest.widest <= goal:
        return f"Every interval is within {points}, as --until-halfwidth {goal:g} asks."
    return (
        f"{points} (--until-halfwidth {goal:g}) was not reached: {_where(widest)}, has ±{100 * widest.widest:.3g} points. "
        f"That takes about {_rounded(worlds_for_goal(precision, goal))} worlds a scenario; --worlds sets the upper limit."
    )


def _of_differences(precision: Sequence[Precision]) -> str:
    known = [share for share in precision if not math.isnan(share.difference_half_width)]
    if not known:
        return ""
    widest = max(known, key=lambda share: share.difference_half_width)
    return f" and differences to within {100 * widest.difference_half_width:.1f}"


def _by_scenario(precision: Sequence[Precision]) -> dict[str, list[Precision]]:
    groups: dict[str, list[Precision]] = {}
    for share in precision:
        groups.setdefault(share.scenario, []).append(share)
    return groups


def _is_without_significance(group: Sequence[Precision]) -> bool:
    """Whether a scenario has no significant share, and so many more worlds as are known would bring one."""
    different = [share for share in group if share.to_significance is not None]
    return bool(different) and all(share.to_significance != 0 for share in different)


def _rounded(n_worlds: int) -> str:
    """Two digits: the estimate is no better."""
    digits = max(0, len(str(n_worlds)) - 2)
    return f"{math.ceil(n_worlds / 10**digits) * 10**digits:,}"


def _where(share: Precision) -> str:
    return f"{share.scenario}, {_words(share)}"


def _words(share: Precision) -> str:
    return OUTCOME_WORDS[share.name]
