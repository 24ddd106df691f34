"""What every part of the campaign is given (a budget) and gives back (a tally)."""

import time
from dataclasses import dataclass, field

import numpy as np

KINDS = ("lost", "wrong", "tracebacks", "hangs", "left_behind")


@dataclass
class Budget:
    """How long a part may go on: until `seconds` have passed or `at_most` cases were tried. `seed` decides which cases they are."""

    seed: int = 1
    seconds: float = float("inf")
    at_most: int | None = None
    _begun: float = field(default_factory=time.monotonic)

    def goes_on(self, tried: int) -> bool:
        """Whether one more case may be tried."""
        return (self.at_most is None or tried < self.at_most) and time.monotonic() - self._begun < self.seconds

    def random(self, part: str) -> np.random.Generator:
        """Random numbers of a part: the same for the same seed, whatever the other parts do."""
        return np.random.default_rng([self.seed, *part.encode()])


@dataclass
class Tally:
    """How many cases of a part were tried, and what went wrong in which of them.

    `lost`: finished work that is gone; `wrong`: numbers or words shown that are not right, or a file of someone else touched;
    `tracebacks`; `hangs`: not gone in time; `left_behind`: processes or files of ours that stay. Each failure says how to repeat it.
    """

    part: str
    tried: int = 0
    failures: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def fail(self, kind: str, case: str) -> None:
        """Note that a case went wrong: one of KINDS, and what it was."""
        self.failures[kind].append(case)

    def add(self, other: "Tally") -> None:
        """Count the cases of another tally too."""
        self.tried += other.tried
        for kind, cases in other.failures.items():
            self.failures[kind] += cases

    @property
    def clean(self) -> bool:
        """Whether nothing went wrong."""
        return not any(self.failures.values())
