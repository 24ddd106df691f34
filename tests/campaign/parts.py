"""The parts of the campaign in their order, what each tries, and how the minutes are shared among them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A module of this folder that has `run(budget)`. `share` is its part of the minutes, beside those of the others."""

    name: str
    tries: str
    share: float


PARTS = (
    Part("kills", "a kill or a power cut at every file operation of a command", 14.0),
    Part("stops", "kills at random moments, Ctrl-C once and again", 4.0),
    Part("writers", "two runs in one folder, links, foreign files, clocks set back", 2.0),
    Part("limits", "full disk, file-size and open-file limits, read-only folders", 2.0),
    Part("flips", "a changed bit in every kind of file", 4.0),
    Part("inputs", "mutated scenarios, start files, --set texts, words and numbers", 4.0),
    Part("designs", "mutated designs, tables of points and sweep words; rows in any order and chunk", 2.0),
    Part("texts", "hostile texts through page, tables and terminal", 2.0),
    Part("cluster", "killed workers and schedulers, another version, a slow worker", 2.0),
)


def seconds_of(part: Part, later: Sequence[Part], left: float) -> float:
    """The seconds of a part, if so many are left for it and the later ones: what an earlier one did not need goes to all of them."""
    return left * part.share / (part.share + sum(other.share for other in later))
