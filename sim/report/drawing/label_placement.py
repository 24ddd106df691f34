"""Places for labels that would otherwise overlap, and round numbers for axes: Vega-Lite offers neither before it draws."""

import math
from collections.abc import Sequence


def apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places at least `gap` apart within low to high, in the order of those wanted and as near to them as that allows.

    Where they are too many for the room, they stand evenly from low to high.
    """
    if not wanted:
        return []
    gap = min(gap, (high - low) / max(len(wanted) - 1, 1))
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    blocks: list[tuple[float, int]] = []  # sum of what the members want of the block's first place, and how many they are
    for i in order:
        total, many = wanted[i], 1
        while blocks and blocks[-1][0] / blocks[-1][1] + blocks[-1][1] * gap > total / many:
            before, members = blocks.pop()
            total, many = before + total - many * members * gap, members + many
        blocks.append((total, many))
    places = [total / many + k * gap for total, many in blocks for k in range(many)]
    places = [max(at, low + k * gap) for k, at in enumerate(places)]
    places = [min(at, high - (len(places) - 1 - k) * gap) for k, at in enumerate(places)]
    found = dict(zip(order, places, strict=True))
    return [found[i] for i in range(len(wanted))]


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers from low to high, at most so many."""
    span = max(high - low, 1e-9)
    power = 10.0 ** math.floor(math.log10(span / most))
    step = next(power * m for m in (1, 2, 2.5, 5, 10, 20) if span / (power * m) <= most - 1 + 1e-9)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(step * k, 12) for k in range(first, last + 1)]
