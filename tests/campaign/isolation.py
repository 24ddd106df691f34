"""A part in a process of its own, so that what it loads, leaves open or breaks is nothing to the others."""

import multiprocessing
import os
import signal
import sys
import time
import traceback
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from .parts import Part
from .tally import KINDS, Budget, Tally

_TESTS = Path(__file__).resolve().parents[1]
_PATIENCE = 120.0  # seconds that a part may take beyond its own: it may be within a case, and tidies up


def run_apart(part: Part, budget: Budget) -> Tally:
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
            tally.add(Tally(part.name, tried, failures))
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
