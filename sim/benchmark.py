"""How fast this machine runs the model, and how far that is from NumPy's own floor: `python -m sim.benchmark`, or `make bench`.

The floor is counted, not guessed: one run with arrays that count each array operation and its elements, times what each kind of
operation costs per element here when it runs alone, with its result already allocated, over operands that together take as much memory
as the model's own arrays. What lies above the floor is allocation, indexing, short arrays and Python.
"""

import argparse
import resource
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, ClassVar

import numpy as np

from sim.model import Spheres
from sim.scenario import Scenario, load
from sim.world.chance import Chance

TRANSCENDENTAL = ("exp", "log", "log1p", "power", "sqrt")
REDUCING = ("reduce", "accumulate")
WORKING_SET = 24_000_000  # bytes; about what the state, the intentions and the parameters of 1,000 worlds take


class Counted(np.ndarray):
    """An array that counts the operations it takes part in: elements by kind of operation."""

    tally: ClassVar[Counter[tuple[str, int]]] = Counter()
    sizes: ClassVar[tuple[int, ...]] = (1,)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, out: Any = None, **kwargs: Any) -> Any:
        """Run the operation on plain arrays, count it, and hand on an array that counts."""
        plain = [plain_of(x) for x in inputs]
        if out is not None:
            kwargs["out"] = tuple(plain_of(x) for x in out)
        result = getattr(ufunc, method)(*plain, **kwargs)
        biggest = max((x.size for x in plain if isinstance(x, np.ndarray)), default=0)
        count(kind_of(ufunc.__name__, method), biggest if method != "__call__" else np.size(result))
        if out is not None:
            return out[0]
        return counted(result)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        """Count where, take, stack and the like as passes over their result."""
        result = func(*_plain_tree(args), **{name: _plain_tree(x) for name, x in kwargs.items()})
        count("pass", np.size(result) if isinstance(result, np.ndarray) else 0)
        return counted(result)


def count(kind: str, elements: int) -> None:
    """Count an operation under the size of array, of those measured, that it is nearest to."""
    size = min(Counted.sizes, key=lambda one: abs(np.log(max(elements, 1) / one)))
    Counted.tally[kind, size] += elements


def plain_of(x: Any) -> Any:
    """The same array without counting."""
    return x.view(np.ndarray) if isinstance(x, Counted) else x


def _plain_tree(x: Any) -> Any:
    if isinstance(x, (list, tuple)):
        return type(x)(_plain_tree(one) for one in x)
    return plain_of(x)


def counted(x: Any) -> Any:
    """The same array with counting."""
    return x.view(Counted) if isinstance(x, np.ndarray) else x


def kind_of(name: str, method: str) -> str:
    """The kind of operation whose cost is measured: a transcendental by its name, a reduction, or a pass."""
    if method in REDUCING:
        return "reduce"
    return name if name in TRANSCENDENTAL else "pass"


class CountedChance(Chance):
    """Luck that comes in counting arrays; the generator's own work is counted as `uniform`."""

    def uniforms(self, name: str, month: int, n: int = 1) -> Any:
        """As `Chance.uniforms`."""
        luck = super().uniforms(name, month, n)
        count("uniform", luck.size)
        return counted(luck)


def sizes(worlds: int) -> tuple[int, ...]:
    """The sizes of array at which costs are measured: a row, provinces, camps by provinces, groups by provinces."""
    return tuple(rows * worlds for rows in (1, 14, 4 * 14, 19 * 14))


def count_operations(worlds: int, months: int) -> Counter[tuple[str, int]]:
    """Elements by kind of operation over a run of `months`."""
    model = Spheres("baseline", worlds=worlds, months=months)
    for holder in (model.world.state, model.world.start, model.world.seen, model.world.intent, model.p):
        _count_fields(holder)
    model.world.traits = {name: counted(x) for name, x in model.world.traits.items()}
    model.world.manpower = counted(model.world.manpower)
    model.world.chance = CountedChance(model.seed, model.first_world, model.worlds)
    Counted.tally, Counted.sizes = Counter(), sizes(worlds)
    model.run()
    model.close()
    return Counted.tally


def _count_fields(holder: Any) -> None:
    for f in fields(holder):
        value = getattr(holder, f.name)
        if isinstance(value, np.ndarray):
            setattr(holder, f.name, counted(value))
        elif is_dataclass(value):
            _count_fields(value)
        elif isinstance(value, dict):
            for one in value.values():
                if is_dataclass(one):
                    _count_fields(one)


def costs(worlds: int) -> dict[tuple[str, int], float]:
    """Seconds per element of each kind of operation at each size, alone, with its result already allocated."""
    return {(kind, size): cost for size in sizes(worlds) for kind, cost in _costs_at(size, worlds).items()}


def _costs_at(size: int, worlds: int) -> dict[str, float]:
    shape = (size // worlds, worlds)
    draw, chance = np.random.default_rng(1), Chance(1, 0, worlds)
    sets = [(draw.random(shape) + 0.5, draw.random(shape) + 0.5, np.empty(shape)) for _ in range(max(2, WORKING_SET // (24 * size)))]
    row = np.empty(worlds)
    run: dict[str, Callable[[Any, Any, Any], Any]] = {
        "pass": lambda a, b, out: np.multiply(a, b, out=out),
        "reduce": lambda a, b, out: np.add.reduce(a, axis=0, out=row),
        "uniform": lambda a, b, out: chance.uniforms("bench", 1, shape[0]),
    }
    for name in TRANSCENDENTAL:
        run[name] = _elementwise(getattr(np, name))
    return {name: _best(call, sets) / size for name, call in run.items()}


def _elementwise(ufunc: Any) -> Callable[[Any, Any, Any], Any]:
    return (lambda a, b, out: ufunc(a, b, out=out)) if ufunc.nin == 2 else (lambda a, b, out: ufunc(a, out=out))


def _best(call: Callable[[Any, Any, Any], Any], sets: list[tuple[Any, Any, Any]], rounds: int = 5, calls: int = 40) -> float:
    """Seconds a call takes at best: the least of several rounds over the sets of operands."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for i in range(calls):
            call(*sets[i % len(sets)])
        times.append((time.perf_counter() - start) / calls)
    return min(times)


def with_twice_the_groups() -> Scenario:
    """The baseline with every armed group split into two alike."""
    scenario = load("baseline")
    groups = {f"{name}{end}": row for name, row in scenario.start_state["groups"].items() for end in ("", "_too")}
    settings = dict(scenario.settings)
    for path, setting in scenario.settings.items():
        section, _, rest = path.partition(".")
        if section == "groups":
            name, _, trait = rest.partition(".")
            copy = f"groups.{name}_too.{trait}"
            settings[copy] = replace(setting, path=copy)
    return replace(scenario, settings=settings, start_state={**scenario.start_state, "groups": groups})


def timed_run(worlds: int, months: int, first_world: int = 0, scenario: Scenario | str = "baseline") -> tuple[float, dict[str, float]]:
    """Seconds of a run, and by step of the month."""
    model, by_step = Spheres(scenario, worlds=worlds, first_world=first_world, months=months), Counter[str]()

    def timed(name: str, run: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        result = run()
        by_step[name] += time.perf_counter() - start  # type: ignore[assignment]
        return result

    model.timed = timed
    start = time.perf_counter()
    model.run()
    model.finish()
    total = time.perf_counter() - start
    model.close()
    return total, dict(by_step)


def best_run(worlds: int, months: int, scenario: Scenario | str = "baseline") -> tuple[float, dict[str, float]]:
    """The quickest of a few runs: what others do on the machine only ever makes one slower."""
    return min((timed_run(worlds, months, scenario=scenario) for _ in range(3)), key=lambda run: run[0])


def report(worlds: int, months: int) -> list[str]:
    """All figures of one run of the benchmark, as lines."""
    timed_run(64, 6)  # warm up
    before = costs(worlds)
    total, by_step = best_run(worlds, months)
    after = costs(worlds)
    cost = {kind: min(before[kind], after[kind]) for kind in before}
    tally = count_operations(worlds, months)
    floor = sum(elements * cost[kind] for kind, elements in tally.items())
    few = 4
    alone = sum(timed_run(1, months, first_world=k)[0] for k in range(few)) / few
    growth = [best_run(n, months)[0] / n * worlds / total for n in (worlds // 4, worlds // 2, worlds * 2)]
    longer = best_run(worlds, months * 2)[0] / (2 * total)
    grouped = best_run(worlds, months, with_twice_the_groups())[0] / total
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = [
        f"{worlds} worlds of the baseline over {months} months, on one core",
        f"worlds per second: {worlds / total:.0f} ({total / worlds / months * 1e6:.1f} us per world and month)",
        f"one world per model: {alone:.2f} s each; a batch is {alone * worlds / total:.0f} times as fast per world",
        f"floor: {floor:.2f} s for {sum(tally.values()) / 1e6:.0f} million element operations; time over floor: {total / floor:.2f}",
        "growth per world at a quarter, half and twice as many worlds: " + ", ".join(f"{g:.2f}" for g in growth),
        f"growth per month at twice as many months: {longer:.2f}",
        f"time with twice as many armed groups: {grouped:.2f} times",
        f"peak memory of this process: {peak:.0f} MB",
        "share of time by step:",
    ]
    lines += [f"  {name:14s} {seconds / total:5.1%}" for name, seconds in sorted(by_step.items())]
    lines.append("operations, million elements, at ns per element:")
    lines += [
        f"  {kind:8s} on arrays of {size // worlds:3d} x {worlds}: {n / 1e6:6.1f} at {cost[kind, size] * 1e9:.2f}"
        for (kind, size), n in tally.most_common(12)
    ]
    return lines


def main() -> None:
    """Print the benchmark."""
    parser = argparse.ArgumentParser(description="How fast this machine runs the model, and how far that is from NumPy's own floor.")
    parser.add_argument("--worlds", type=int, default=1000)
    parser.add_argument("--months", type=int, default=24)
    settings = parser.parse_args()
    for line in report(settings.worlds, settings.months):
        print(line)


if __name__ == "__main__":
    main()
