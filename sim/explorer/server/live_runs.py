"""Runs that the page asks for: in warm worker processes, batch after batch, several windows side by side, each ended at once when left.

A batch is split into parts, and each run has as many parts under way as there are processes, in one queue with those of the others: so a
long run does not hold up a short one.
"""

import asyncio
import base64
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from sim.experiment.execution.process_pool import ProcessPool
from sim.explorer.explorer_data import ExplorerData
from sim.explorer.server.live_worker import RunPart, run_part
from sim.explorer.server.pairing_check import PairingCheck
from sim.explorer.server.run_faults import ENDING, Left, RunError, why
from sim.explorer.server.run_request import RunRequest
from sim.explorer.world_columns import WorldColumns, joined

Json = dict[str, Any]
LEAST_PART, MOST_PART = 100, 400  # worlds: fewer take hardly less time, more hold up other windows for too long
MOST_RUNS = 16  # at once
_TICK = 0.1  # seconds between looks at whether anyone still waits
_REPLACED = "Another run of this window has taken its place."


class _Run:
    """A run under way: its parts that are queued or at work, and why it was stopped, if it was."""

    def __init__(self) -> None:
        self.tasks, self.stopped = dict[asyncio.Task[WorldColumns], RunPart](), ""

    def stop(self, why: str = "") -> None:
        """Take its parts away from the processes."""
        self.stopped = self.stopped or why
        for task in self.tasks:
            task.cancel()


class LiveRuns:
    """The runs of one program. `jobs` is the number of processes of `pool`; both are handed over, and ended by whoever made them."""

    def __init__(self, data: ExplorerData, pool: ProcessPool, jobs: int) -> None:
        self._data, self._pool, self._jobs = data, pool, jobs
        self._free = asyncio.Semaphore(jobs)
        self._runs, self._windows = set[_Run](), dict[str, _Run]()
        self._is_over = False
        self.check = PairingCheck(data, pool, jobs)

    def end(self) -> None:
        """End every run, within a month's step, with a sentence. To be called from any thread."""
        self._is_over = True

    async def lines(self, asked: RunRequest, is_gone: Callable[[], Awaitable[bool]]) -> AsyncIterator[Json]:
        """What to answer, line by line: a batch each, then `done`, or a `problem`. Ends without a word once `is_gone`."""
        run = _Run()
        if (earlier := self._windows.get(asked.window)) is not None:
            earlier.stop(_REPLACED)
        if asked.window:
            self._windows[asked.window] = run
        self._runs.add(run)
        try:
            if len(self._runs) > MOST_RUNS:
                raise RunError(f"{MOST_RUNS} runs are under way already. Close windows that are not needed, and run again.")
            await self.check.passed(is_gone, lambda: self._is_over)
            for notice in asked.notices:
                yield {"notice": notice}
            async for line in self._batches(run, asked, is_gone):
                yield line
            yield {"done": True}
        except RunError as error:
            yield {"problem": str(error)}
        except Left:
            pass
        finally:
            run.stop()
            self._runs.discard(run)
            if self._windows.get(asked.window) is run:
                del self._windows[asked.window]

    async def _batches(self, run: "_Run", asked: RunRequest, is_gone: Callable[[], Awaitable[bool]]) -> AsyncIterator[Json]:
        batches = [[self._part(asked, *span) for span in spans] for spans in spans_of(asked.first, asked.batches, self._jobs)]
        todo = deque(part for parts in batches for part in parts)
        found = dict[int, WorldColumns]()  # by first world
        begun = time.monotonic()
        for parts in batches:
            while any(part.first not in found for part in parts):
                while todo and len(run.tasks) < self._at_once(todo[0].first <= parts[-1].first, parts is batches[0]):
                    part = todo.popleft()
                    run.tasks[asyncio.create_task(self._run_part(part))] = part
                ended, _ = await asyncio.wait(run.tasks, timeout=_TICK, return_when=asyncio.FIRST_COMPLETED)
                if self._is_over or run.stopped:
                    raise RunError(run.stopped or ENDING)
                if await is_gone():
                    raise Left
                for task in ended:
                    found[run.tasks.pop(task).first] = _result(task)
            now = time.monotonic()
            yield _line(joined([found.pop(part.first) for part in parts]), parts[0].first, now - begun)
            begun = now

    def _at_once(self, is_awaited: bool, is_first: bool) -> int:
        """How many parts of a run may be under way: while its first batch is awaited, those of later ones leave a processor free."""
        return self._jobs - 1 if is_first and not is_awaited else self._jobs

    def _part(self, asked: RunRequest, first: int, n: int) -> RunPart:
        return RunPart(asked.scenario, asked.quantiles, self._data.worlds.seed, first, n, self._data.scale)

    async def _run_part(self, part: RunPart) -> WorldColumns:
        """A part, once its turn has come. Cancelled, it frees the process within a month's step."""
        async with self._free:
            future = self._pool.submit(run_part, part)
            try:
                found: WorldColumns = await asyncio.wrap_future(future)
                return found
            except asyncio.CancelledError:
                self._pool.interrupt(future)
                raise


def spans_of(first: int, batches: Sequence[int], jobs: int) -> list[list[tuple[int, int]]]:
    """The parts of each batch in so many processes: first world, and how many."""
    spans = []
    for batch in batches:
        parts = max(min(batch // LEAST_PART, jobs), 1)
        if batch > MOST_PART * parts:
            parts = jobs * -(-batch // (MOST_PART * jobs))  # no process is left without one in the last round
        ends = [first + batch * number // parts for number in range(parts + 1)]
        spans.append([(start, end - start) for start, end in pairwise(ends)])
        first += batch
    return spans


def _line(worlds: WorldColumns, first: int, seconds: float) -> Json:
    """A batch as the page reads it: the bytes of each array in base64."""
    data = {name: base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii") for name, array in worlds.arrays().items()}
    return {"first": first, "worlds": len(worlds), "seconds": round(seconds, 3), "data": data}


def _result(task: "asyncio.Task[WorldColumns]") -> WorldColumns:
    """What a part came to. Raises RunError."""
    try:
        return task.result()
    except BaseException as fault:
        raise RunError(why(fault)) from fault
