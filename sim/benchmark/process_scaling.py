"""What a second process gains by the clock, beside what it gains where nothing but the processor's own speed counts."""

import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context

from sim.benchmark.timing import timed_run

ROUNDS = 4


def empty_loop(turns: int) -> float:
    """Seconds that an empty loop takes."""
    start = time.perf_counter()
    for _ in range(turns):
        pass
    return time.perf_counter() - start


def run_worlds(worlds: int) -> float:
    """Seconds that a year of the baseline takes, its start included."""
    start = time.perf_counter()
    timed_run(worlds, 12)
    return time.perf_counter() - start


def gains(worlds: int) -> tuple[float, float]:
    """How many times as much two processes do as one: worlds of the baseline, and turns of an empty loop in the same minute.

    Rounds of both take turns, and each gets the best of its rounds.
    """
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        _pair(pool, run_worlds, 64)  # warm up
        world_gain, loop_gain = ProcessGain(run_worlds, worlds), ProcessGain(empty_loop, 20_000_000)
        for _ in range(ROUNDS):
            loop_gain.measure(pool)
            world_gain.measure(pool)
        return world_gain.gain, loop_gain.gain


class ProcessGain:
    """The best rates so far of one process alone and of two together."""

    def __init__(self, work: Callable[[int], float], size: int) -> None:
        self.work, self.size = work, size
        self.alone = self.together = 0.0

    def measure(self, pool: Executor) -> None:
        """One more round."""
        self.alone = max(self.alone, 1.0 / pool.submit(self.work, self.size).result())
        self.together = max(self.together, sum(1.0 / seconds for seconds in _pair(pool, self.work, self.size)))

    @property
    def gain(self) -> float:
        """Rate of two over rate of one."""
        return self.together / self.alone


def _pair(pool: Executor, work: Callable[[int], float], size: int) -> list[float]:
    """Seconds that each of two processes takes when both work at once."""
    return list(pool.map(work, (size, size)))
