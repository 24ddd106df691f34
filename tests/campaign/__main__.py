"""`python -m tests.campaign`: every part in turn, within some minutes; then a table, and exit status 1 unless it is zero throughout."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from .isolation import run_apart
from .parts import PARTS, seconds_of
from .table import markdown, plain, write
from .tally import Budget, Tally

_SHOWN = 20  # failures of a kind that are listed


def main(words: Sequence[str]) -> int:
    """Run what was asked for; returns the exit status."""
    asked = _options(words)
    parts = [part for part in PARTS if not asked.parts or part.name in asked.parts]
    here = [part for part in parts if find_spec(f"{__package__}.{part.name}")]
    for part in parts:
        if part not in here:
            print(f"{part.name}: not there yet", flush=True)
    begun, tallies = time.monotonic(), []
    for at, part in enumerate(here):
        seconds = seconds_of(part, here[at + 1 :], max(60.0 * asked.minutes - (time.monotonic() - begun), 1.0))
        tallies.append(run_apart(part, Budget(asked.seed, seconds, asked.at_most)))
    took = (time.monotonic() - begun) / 60
    print(f"\n{plain(tallies)}\n\nSeed {asked.seed}, {took:.1f} minutes.")
    _print_failures(tallies)
    if asked.write is not None:
        write(asked.write, markdown(tallies, PARTS, f"`python -m tests.campaign --minutes {asked.minutes:g} --seed {asked.seed}`:"))
    return 0 if all(tally.clean for tally in tallies) else 1


def _print_failures(tallies: Sequence[Tally]) -> None:
    for tally in tallies:
        for kind, cases in tally.failures.items():
            for case in cases[:_SHOWN]:
                print(f"\n{tally.part}, {kind.replace('_', ' ')}: {case}")
            if len(cases) > _SHOWN:
                print(f"\n{tally.part}, {kind.replace('_', ' ')}: {len(cases) - _SHOWN:,} more")


def _options(words: Sequence[str]) -> argparse.Namespace:
    known = [part.name for part in PARTS]
    reader = argparse.ArgumentParser(
        "python -m tests.campaign", description="Tries in many ways to make the program lose or show wrong numbers."
    )
    reader.add_argument("--minutes", type=float, default=25.0, help="about how long in all (default: 25)")
    reader.add_argument("--seed", type=int, default=1, help="which cases are drawn (default: 1)")
    reader.add_argument("--parts", type=lambda text: [name.strip() for name in text.split(",")], default=[], help=f"of {', '.join(known)}")
    reader.add_argument("--at-most", type=int, help="cases of each part")
    reader.add_argument("--write", type=Path, metavar="FILE", help="put the table into this Markdown file too")
    asked = reader.parse_args(words)
    unknown = [name for name in asked.parts if name not in known]
    if unknown:
        reader.error(f"there is no part '{unknown[0]}'; the parts are {', '.join(known)}")
    if not 0.0 < asked.minutes < 1e6:
        reader.error("--minutes: give a number above zero")
    return asked


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", os.getcwd())  # commands in processes of their own load the same tree
    sys.exit(main(sys.argv[1:]))
