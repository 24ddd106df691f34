"""Timing runs in seconds of the processor: the quickest of a few, because what others do on the machine only ever makes one slower."""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from sim.model.state.geography import Provinces
from sim.scenario import Scenario
from sim.simulation import Spheres

ROUNDS = 3


def timed_run(
    worlds: int, months: int, first_world: int = 0, scenario: Scenario | str = "baseline", provinces: Provinces | None = None
) -> tuple[float, dict[str, float]]:
    """Seconds of a run, and by step of the month."""
    model, by_step = Spheres(scenario, worlds=worlds, first_world=first_world, months=months, provinces=provinces), Counter[str]()

    def timed(name: str, run: Callable[[], Any]) -> Any:
        start = time.process_time()
        result = run()
        by_step[name] += time.process_time() - start  # type: ignore[assignment]
        return result

    model.timed = timed
    start = time.process_time()
    model.run()
    model.finish()
    total = time.process_time() - start
    model.close()
    return total, dict(by_step)


def ratio(one: Callable[[], float], other: Callable[[], float]) -> float:
    """Seconds of one run over those of another, run in turns so that both meet the same machine."""
    rounds = [(one(), other()) for _ in range(ROUNDS)]
    return min(first for first, _ in rounds) / min(second for _, second in rounds)
