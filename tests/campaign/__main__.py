"""`python -m tests.campaign`: every part in turn, within some minutes; then a table, and exit status 1 unless it is zero throughout.

Each part runs in a process of its own, so that what it loads, leaves open or breaks is nothing to the others.
"""

import argparse
import multiprocessing
import os
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path

from .parts import PARTS, Part, seconds_of
from .table import markdown, plain, write
from .tally import KINDS, Budget, Tally

_TESTS = Path(__file__).resolve().parents[1]
_PATIENCE = 120.0  # seconds that a part may take beyond its own: it may be within a case, and tidies up
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
        tallies.append(_one(part, Budget(asked.seed, seconds, asked.at_most)))
    took = (time.monotonic() - begun) / 60
    print(f"\n{plain(tallies)}\n\nSeed {asked.seed}, {took:.1f} minutes.")
    _print_failures(tallies)
    if asked.write is not None:
        write(asked.write, markdown(tallies, PARTS, f"`python -m tests.campaign --minutes {asked.minutes:g} --seed {asked.seed}`:"))
    return 0 if all(tally.clean for tally in tallies) else 1


def _one(part: Part, budget: Budget) -> Tally:
    """A part in a process of its own. One that ends by an error or does not end in time is a failure of its own."""
    print(f"{part.name}: {part.tries}, up to {budget.seconds:,.0f} seconds", flush=True)
    begun = time.monotonic()
    context = multiprocessing.get_context("spawn")
    ours, its = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(part.name, budget.seed, budget.seconds, budget.at_most, its))
    process.start()
    its.close()
    tally = Tally(part.name)
    try:
        if not ours.poll(budget.seconds + _PATIENCE):
            tally.fail("hangs", f"the part did not end within {budget.seconds + _PATIENCE:,.0f} seconds")
        else:
            tried, failures = ours.recv()
            tally.tried = tried
            for kind in KINDS:
                tally.failures[kind] += failures[kind]
    except EOFError:
        tally.fail("tracebacks", "the part's process ended without a word")
    finally:
        process.join(0.0 if tally.failures["hangs"] else 10.0)
        if process.is_alive() and process.pid is not None:
            os.killpg(process.pid, signal.SIGKILL)
            process.join()
    found = sum(len(cases) for cases in tally.failures.values())
    print(f"{part.name}: {tally.tried:,} tried in {time.monotonic() - begun:,.0f} seconds, {found or 'nothing'} wrong", flush=True)
    return tally


def _run(name: str, seed: int, seconds: float, at_most: int | None, answer: Connection) -> None:
    """In the part's own process: run it and send what came of it, in plain types."""
    os.setpgrp()  # so that what a part that hangs has begun can be ended with it
    sys.path.insert(0, str(_TESTS))  # parts use what tests use
    try:
        tally = import_module(f"{__package__}.{name}").run(Budget(seed, seconds, at_most))
        answer.send((tally.tried, tally.failures))
    except BaseException:
        answer.send((0, {kind: [traceback.format_exc()] if kind == "tracebacks" else [] for kind in KINDS}))
    answer.close()


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
