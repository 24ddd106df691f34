"""How sure the headline shares are, and how many worlds would make them surer or tell two scenarios apart."""

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.compare.paired_differences import SHARES, Compared, kind
from sim.model.observation.measure_catalogue import OUTCOME_WORDS
from sim.statistics.significance import enough

SURE = 1.96  # standard errors to either side of a 95 % interval
HEADER = (
    *("scenario", "compared_with", "share_of", "worlds", "share", "half_width"),
    *("difference", "difference_half_width", "more_worlds_to_halve", "more_worlds_to_tell"),
)


@dataclass(frozen=True)
class Precision:
    """One headline share of a scenario: half-widths of the 95 % intervals of the share and of its difference from the root.

    `to_halve`: how many more worlds would halve the wider of the two; `to_tell`: how many more would tell the difference from noise if it
    stays what it is, whatever the other shares do (0: it can be told, None: there is none).
    """

    scenario: str
    root: str
    name: str
    worlds: int
    share: float
    half_width: float
    difference: float
    difference_half_width: float
    to_halve: int
    to_tell: int | None

    @property
    def widest(self) -> float:
        """The wider of the two half-widths."""
        return max(self.half_width, 0.0 if math.isnan(self.difference_half_width) else self.difference_half_width)


def half_width(share: float, worlds: int) -> float:
    """Half the width of the 95 % interval of a share (Wilson 1927)."""
    z = SURE
    return z / (1.0 + z * z / worlds) * float(np.sqrt(share * (1.0 - share) / worlds + z * z / (4.0 * worlds * worlds)))


def wilson(share: float, worlds: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    z, half = SURE, half_width(share, worlds)
    middle = (share + z * z / (2 * worlds)) / (1.0 + z * z / worlds)
    return max(0.0, middle - half), min(1.0, middle + half)


def precisions(compared: Iterable[Compared]) -> list[Precision]:
    """Every headline share of every scenario."""
    return [found for one in compared for found in _of(one)]


def _of(compared: Compared) -> Iterator[Precision]:
    own, told = compared.scenario.name == compared.scenario.root, compared.told
    for name in SHARES:
        i = compared.index(name)
        difference, error = (math.nan, math.nan) if own else (float(compared.difference[i]), float(compared.error[i]))
        yield Precision(
            scenario=compared.scenario.name,
            root=compared.scenario.root,
            name=name,
            worlds=compared.worlds,
            share=float(compared.mean[i]),
            half_width=half_width(float(compared.mean[i]), compared.worlds),
            difference=difference,
            difference_half_width=SURE * error,
            to_halve=3 * compared.worlds,
            to_tell=0 if told[i] else _to_tell(difference, error, compared.pairs, sum(kind(other) == kind(name) for other in SHARES)),
        )


def _to_tell(difference: float, error: float, pairs: int, many: int) -> int | None:
    """More worlds until a difference, one of `many`, is enough standard errors: they shrink with the root of the worlds."""
    if math.isnan(error) or difference == 0.0:
        return None
    return max(1, math.ceil(pairs * (enough(many) * error / difference) ** 2) - pairs)


def worlds_for(found: Sequence[Precision], goal: float) -> int:
    """How many worlds a scenario would need, as far as can be told now, for no half-width to be wider than `goal`."""
    return max(math.ceil(one.worlds * (one.widest / goal) ** 2) for one in found)


def advice(found: Sequence[Precision]) -> list[str]:
    """What the end of a run says: how wide, what would halve it, and which scenarios cannot be told from their root yet."""
    widest = max(found, key=lambda one: one.half_width)
    lines = [
        f"How sure: shares to ±{100 * widest.half_width:.1f} points at most ({widest.scenario}, {_spoken(widest.name)})"
        + _differences(found)
        + f"; {widest.to_halve:,} more worlds a scenario would halve that (--worlds {widest.worlds + widest.to_halve})."
    ]
    unclear = [one for one in (_nearest(group) for group in _by_scenario(found)) if one is not None]
    if unclear:
        named = ", ".join(
            f"{one.scenario} ({100 * one.difference:+.1f} points {_spoken(one.name)}: about {_rounded(one.to_tell or 0)} more)"
            for one in sorted(unclear, key=lambda one: one.to_tell or 0)[:4]
        )
        more = f", and {len(unclear) - 4} more" if len(unclear) > 4 else ""
        lines.append(f"Not told from {_roots(unclear)} in any share; worlds that would be needed if the difference stays: {named}{more}.")
    return lines


def goal_told(found: Sequence[Precision], goal: float) -> str:
    """Whether a wanted half-width was reached, and with how many worlds it would be."""
    widest = max(found, key=lambda one: one.widest)
    points = f"±{100 * goal:.3g} points"
    if widest.widest <= goal:
        return f"No interval is wider than {points}, as was asked (--until-halfwidth {goal:g})."
    where = f"{widest.scenario}, {_spoken(widest.name)}"
    return (
        f"{points} (--until-halfwidth {goal:g}) were not reached: {where}, has ±{100 * widest.widest:.3g}. "
        f"About {_rounded(worlds_for(found, goal))} worlds a scenario would do; --worlds sets the most."
    )


def _differences(found: Sequence[Precision]) -> str:
    known = [one for one in found if not math.isnan(one.difference_half_width)]
    if not known:
        return ""
    widest = max(known, key=lambda one: one.difference_half_width)
    return f", differences to ±{100 * widest.difference_half_width:.1f} ({widest.scenario}, {_spoken(widest.name)})"


def _by_scenario(found: Sequence[Precision]) -> list[list[Precision]]:
    return [[one for one in found if one.scenario == name] for name in dict.fromkeys(one.scenario for one in found)]


def _nearest(group: Sequence[Precision]) -> Precision | None:
    """Of a scenario that can be told from its root in no share, the one that needs the fewest worlds."""
    open_ones = [one for one in group if one.to_tell is not None]
    if not open_ones or any(one.to_tell == 0 for one in open_ones):
        return None
    return min(open_ones, key=lambda one: one.to_tell or 0)


def _roots(found: Sequence[Precision]) -> str:
    return " or ".join(dict.fromkeys(one.root for one in found))


def _rounded(worlds: int) -> str:
    """Two digits: the estimate is no better."""
    digits = max(0, len(str(worlds)) - 2)
    return f"{math.ceil(worlds / 10**digits) * 10**digits:,}"


def _spoken(name: str) -> str:
    return OUTCOME_WORDS.get(name, "government fallen")


def write_precision(path: Path, found: Sequence[Precision]) -> None:
    """Write all of it for a spreadsheet."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        for one in found:
            own = one.scenario == one.root
            numbers = [one.share, one.half_width, one.difference, one.difference_half_width]
            texts = ["" if math.isnan(number) else f"{number:.6g}" for number in numbers]
            row = [one.scenario, "" if own else one.root, one.name, one.worlds, *texts, one.to_halve]
            writer.writerow([*row, "" if one.to_tell is None else one.to_tell])
