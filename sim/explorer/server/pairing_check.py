"""Whether worlds that are run here are those that are stored: else no difference between them would mean anything."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from typing import Any

import numpy as np

from sim.experiment.execution.process_pool import ProcessPool
from sim.explorer.explorer_data import ExplorerData
from sim.explorer.server.live_worker import RunPart, run_part
from sim.explorer.server.run_faults import ENDING, Left, RunError, other_rules, other_worlds, why
from sim.explorer.world_columns import WorldColumns

_CHECKED = 2  # worlds that each process runs before anything else
_TICK = 0.025  # seconds


class PairingCheck:
    """Each process runs a few stored worlds as they are, once it is started, and so has loaded what a run needs."""

    def __init__(self, data: ExplorerData, pool: ProcessPool, jobs: int) -> None:
        self._data, self._pool, self._jobs = data, pool, jobs
        self._runs = self._begin()

    @property
    def is_done(self) -> bool:
        """Whether all of them came out as they are stored."""
        return not self._runs

    async def passed(self, is_gone: Callable[[], Awaitable[bool]], is_over: Callable[[], bool]) -> None:
        """Wait until it is known. Raises RunError if the worlds are others, and Left if nobody waits any more."""
        if refusal := other_rules(self._data):
            raise RunError(refusal)
        for part, future in self._runs:
            while not future.done():
                if await is_gone():
                    raise Left
                if is_over():
                    raise RunError(ENDING)
                await asyncio.sleep(_TICK)
            try:
                found = future.result()
            except BaseException as fault:
                self._runs = self._begin()
                raise RunError(why(fault)) from fault
            if not same(found, self._data.columns.take(slice(part.first, part.first + part.n))):
                raise RunError(other_worlds(self._data))
        self._runs = []

    def _begin(self) -> "list[tuple[RunPart, Future[WorldColumns]]]":
        if other_rules(self._data):
            return []
        scenario, seed = self._data.worlds.scenario, self._data.worlds.seed
        parts = [RunPart(scenario, {}, seed, _CHECKED * number, _CHECKED, self._data.scale) for number in range(self._jobs)]
        return [(part, self._pool.submit(run_part, part)) for part in parts]


def same(some: WorldColumns, others: WorldColumns) -> bool:
    """Whether worlds are the same in every byte."""
    pairs: Mapping[str, Any] = others.arrays()
    return all(np.array_equal(array, pairs[name]) for name, array in some.arrays().items())
