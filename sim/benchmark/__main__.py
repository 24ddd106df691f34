"""Print the benchmark: `python -m sim.benchmark`, or `make bench`."""

import argparse
import resource
import time
from collections import Counter
from collections.abc import Iterator

from sim.benchmark import event_reading
from sim.benchmark.model_sizes import with_provinces, with_twice_the_groups
from sim.benchmark.numpy_floor import costs, count_operations
from sim.benchmark.process_scaling import gains
from sim.benchmark.timing import ROUNDS, ratio, timed_run
from sim.experiment.recording.chunk import ChunkJob, run_chunk
from sim.scenario import load_scenario

PROVINCES = (14, 61, 272)  # governorates, districts and subdistricts of Syria, by number
MANY = 16 * 65_536  # worlds of a large experiment


def report(worlds: int, months: int) -> Iterator[str]:
    """All figures of one run of the benchmark, line by line."""
    timed_run(64, 6)  # warm up
    runs, prices = [], []
    for _ in range(ROUNDS):  # in turns, so that both meet the same machine
        prices.append(costs(worlds))
        runs.append(timed_run(worlds, months))
    total, by_step = min(runs, key=lambda run: run[0])
    yield f"{worlds} worlds of the baseline over {months} months, on one core"
    yield f"world-months per second: {worlds * months / total:.0f} ({total / worlds / months * 1e6:.1f} us each)"
    alone = min(timed_run(1, months, first_world=k)[0] for k in range(4))
    yield f"one world per model: {alone:.2f} s each; a batch is {alone * worlds / total:.0f} times as fast per world"
    cost = {kind: min(one[kind] for one in prices) for kind in prices[0]}
    tally = count_operations(worlds, months)
    floor = sum(elements * cost[kind] for kind, elements in tally.items())
    yield f"floor: {floor:.2f} s for {sum(tally.values()) / 1e6:.0f} million element operations; time over floor: {total / floor:.2f}"
    yield from _growth(worlds, months)
    yield from _experiments()
    yield from _two_processes(worlds)
    yield from event_reading.report()
    yield f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    yield "share of time by step:"
    yield from (f"  {name:14s} {seconds / total:5.1%}" for name, seconds in sorted(by_step.items()))
    yield from _operations(tally, cost, worlds)


def _growth(worlds: int, months: int) -> Iterator[str]:
    """How time grows with each size, each beside the same run of the usual size."""

    def usual() -> float:
        return timed_run(worlds, months)[0]

    yield "time per world-month, relative to the above:"
    for n in (worlds // 4, worlds // 2, worlds * 2):
        yield f"  {n} worlds: {ratio(lambda n=n: timed_run(n, months)[0], usual) * worlds / n:.2f}"  # type: ignore[misc]
    yield f"  {5 * months} months: {ratio(lambda: timed_run(worlds, 5 * months)[0], usual) / 5:.2f}"
    twice = with_twice_the_groups()
    yield f"  twice as many armed groups: {ratio(lambda: timed_run(worlds, months, scenario=twice)[0], usual):.2f}"
    few = worlds // 4
    for count in PROVINCES[1:]:
        scenario, provinces = with_provinces(count)
        grown = ratio(
            lambda s=scenario, p=provinces: timed_run(few, 12, scenario=s, provinces=p)[0],  # type: ignore[misc]
            lambda: timed_run(few, 12)[0],
        )
        yield f"  {count} synthetic provinces ({few} worlds): {grown:.2f}, that is {grown * PROVINCES[0] / count:.2f} for each province"


def _experiments() -> Iterator[str]:
    """A chunk of an experiment, everything included: the start at rest, observing, bins, years, rows."""
    for worlds in (250, 500, 1000, 2000):
        job = ChunkJob(load_scenario("baseline").with_months(120), 0, worlds, 1, draws=True)
        seconds = []
        for _ in range(ROUNDS):
            start = time.process_time()
            run_chunk(job)
            seconds.append(time.process_time() - start)
        each = min(seconds) / worlds / 120
        minutes = each * 120 * MANY / 60 / 2
        yield f"a chunk of {worlds} worlds over 120 months, all included: {each * 1e6:.1f} us per world-month"
        yield f"  at that rate {MANY} worlds take {minutes:.0f} minutes on two such cores"


def _two_processes(worlds: int) -> Iterator[str]:
    world_gain, loop_gain = gains(worlds)
    share = world_gain / loop_gain
    yield f"two processes do {world_gain:.2f} times as much as one, where an empty loop does {loop_gain:.2f}: {share:.2f} of it"


def _operations(tally: Counter[tuple[str, int]], cost: dict[tuple[str, int], float], worlds: int) -> Iterator[str]:
    yield "operations, million elements, at ns per element:"
    for (kind, size), n in tally.most_common(12):
        yield f"  {kind:8s} on arrays of {size // worlds:3d} x {worlds}: {n / 1e6:6.1f} at {cost[kind, size] * 1e9:.2f}"


def main() -> None:
    """Print the benchmark."""
    parser = argparse.ArgumentParser(description="How fast this machine runs the model, how far from NumPy's own floor, how time grows.")
    parser.add_argument("--worlds", type=int, default=1000)
    parser.add_argument("--months", type=int, default=24)
    arguments = parser.parse_args()
    for line in report(arguments.worlds, arguments.months):
        print(line, flush=True)


if __name__ == "__main__":
    main()
