"""What the end of a run says about precision: how accurate its shares are, and what more worlds would bring."""

import math
from collections.abc import Sequence

from sim.compare.findings import too_few
from sim.compare.precision import Precision, worlds_for_goal
from sim.model.observation.measure_catalogue import OUTCOME_WORDS
from sim.text.number_format import count

_LISTED = 4  # scenarios named in one line


def advice(precision: Sequence[Precision]) -> list[str]:
    """How accurate the shares are, what would halve their intervals, and which scenarios do not differ significantly yet."""
    widest = max(precision, key=lambda share: share.half_width)
    lines = [
        f"Precision: shares are accurate to within {100 * widest.half_width:.1f} points ({_where(widest)})"
        f"{_of_differences(precision)}. To halve the intervals, run about {_rounded(widest.to_halve)} more worlds a scenario "
        f"(--worlds {widest.n_worlds + widest.to_halve})."
    ]
    few = [share.n_pairs for share in precision if share.is_too_few]
    if few:
        lines.append(f"{too_few(max(few))}: run more.")
    nearest = [share for share in (_nearest_to_significance(group) for group in _by_scenario(precision)) if share is not None]
    if nearest and not few:
        ordered = sorted(nearest, key=lambda share: share.to_significance or 0)
        named = "; ".join(map(_worlds_to_significance, ordered[:_LISTED]))
        others = f"; and {count(len(nearest) - _LISTED, 'other scenario')}" if len(nearest) > _LISTED else ""
        baselines = " or ".join(dict.fromkeys(share.baseline for share in nearest))
        none = f"In {count(len(nearest), 'scenario')} no outcome share differs significantly from {baselines}"
        lines.append(f"{none}. Worlds needed for one that does, if differences stay as they are: {named}{others}.")
    return lines


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
    return f", differences to within {100 * widest.difference_half_width:.1f} points ({_where(widest)})"


def _by_scenario(precision: Sequence[Precision]) -> list[list[Precision]]:
    return [[share for share in precision if share.scenario == name] for name in dict.fromkeys(share.scenario for share in precision)]


def _nearest_to_significance(group: Sequence[Precision]) -> Precision | None:
    """Of a scenario without a significant share, the share that needs the fewest worlds."""
    different = [share for share in group if share.to_significance is not None]
    if not different or any(share.to_significance == 0 for share in different):
        return None
    return min(different, key=lambda share: share.to_significance or 0)


def _worlds_to_significance(share: Precision) -> str:
    more = _rounded(share.to_significance or 0)
    return f"{share.scenario}: about {more} more worlds ({_words(share)}, {100 * share.difference:+.1f} points)"


def _rounded(n_worlds: int) -> str:
    """Two digits: the estimate is no better."""
    digits = max(0, len(str(n_worlds)) - 2)
    return f"{math.ceil(n_worlds / 10**digits) * 10**digits:,}"


def _where(share: Precision) -> str:
    return f"{share.scenario}, {_words(share)}"


def _words(share: Precision) -> str:
    return OUTCOME_WORDS[share.name]
