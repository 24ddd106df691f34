"""NumPy's own floor for a run: what its operations cost when each runs alone.

The floor is counted, not guessed: one run with arrays that count each array operation and its elements, times what each kind of
operation costs per element here when it runs alone, with its result already allocated, over operands that together take as much memory
as the model's own arrays. Only what the rules compute is counted: uniforms, arithmetic, comparisons, choices, reductions. Gathering
and copying by index, allocation, short arrays and Python are not, and so are what lies above the floor.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any, ClassVar

import numpy as np

from sim.model.state.random_streams import RandomStreams
from sim.simulation import Spheres

TRANSCENDENTAL = ("exp", "log", "log1p", "power", "sqrt")
REDUCING = ("reduce", "accumulate")
WORKING_SET = 24_000_000  # bytes; about what the state, the intentions and the parameters of 1,000 worlds take


class CountingArray(np.ndarray):
    """An array that counts the operations it takes part in: elements by kind of operation."""

    tally: ClassVar[Counter[tuple[str, int]]] = Counter()
    sizes: ClassVar[tuple[int, ...]] = (1,)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, out: Any = None, **kwargs: Any) -> Any:
        """Run the operation on plain arrays, count it, and hand on an array that counts."""
        plain = [plain_of(x) for x in inputs]
        kwargs = {name: plain_of(x) for name, x in kwargs.items()}
        if out is not None:
            kwargs["out"] = tuple(plain_of(x) for x in out)
        result = getattr(ufunc, method)(*plain, **kwargs)
        biggest = max((x.size for x in plain if isinstance(x, np.ndarray)), default=0)
        count(kind_of(ufunc.__name__, method), biggest if method != "__call__" else np.size(result))
        if out is not None:
            return out[0]
        return counting(result)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        """Count where, take, stack and the like as passes over their result."""
        result = func(*_plain_tree(args), **{name: _plain_tree(x) for name, x in kwargs.items()})
        count("pass", np.size(result) if isinstance(result, np.ndarray) else 0)
        return counting(result)


def count(kind: str, elements: int) -> None:
    """Count an operation under the size of array, of those measured, that it is nearest to."""
    size = min(CountingArray.sizes, key=lambda measured: abs(np.log(max(elements, 1) / measured)))
    CountingArray.tally[kind, size] += elements


def plain_of(x: Any) -> Any:
    """The same array without counting."""
    return x.view(np.ndarray) if isinstance(x, CountingArray) else x


def _plain_tree(x: Any) -> Any:
    if isinstance(x, (list, tuple)):
        return type(x)(_plain_tree(part) for part in x)
    return plain_of(x)


def counting(x: Any) -> Any:
    """The same array with counting."""
    return x.view(CountingArray) if isinstance(x, np.ndarray) else x


def kind_of(name: str, method: str) -> str:
    """The kind of operation whose cost is measured: a transcendental by its name, a reduction, or a pass."""
    if method in REDUCING:
        return "reduce"
    return name if name in TRANSCENDENTAL else "pass"


class CountingStreams(RandomStreams):
    """Random numbers in counting arrays; the work of the generator itself is counted as `uniform`."""

    def uniforms(self, name: str, month: int, n: int = 1) -> Any:
        """As `RandomStreams.uniforms`."""
        uniforms = super().uniforms(name, month, n)
        count("uniform", uniforms.size)
        return counting(uniforms)


def sizes(worlds: int) -> tuple[int, ...]:
    """The sizes of array at which costs are measured: a row, provinces, camps by provinces, groups by provinces."""
    return tuple(rows * worlds for rows in (1, 14, 4 * 14, 19 * 14))


def count_operations(worlds: int, months: int) -> Counter[tuple[str, int]]:
    """Elements by kind of operation over a run of `months`."""
    model = Spheres("baseline", worlds=worlds, months=months)
    for holder in (model.ensemble.state, model.ensemble.start, model.ensemble.perceived, model.ensemble.intent, model.p):
        _count_fields(holder)
    model.ensemble.traits = {name: counting(x) for name, x in model.ensemble.traits.items()}
    model.ensemble.manpower = counting(model.ensemble.manpower)
    model.ensemble.chance = CountingStreams(model.seed, model.first_world, model.n_worlds)
    CountingArray.tally, CountingArray.sizes = Counter(), sizes(worlds)
    model.run()
    model.close()
    return CountingArray.tally


def _count_fields(holder: Any) -> None:
    for f in fields(holder):
        value = getattr(holder, f.name)
        if isinstance(value, np.ndarray):
            setattr(holder, f.name, counting(value))
        elif is_dataclass(value):
            _count_fields(value)
        elif isinstance(value, dict):
            for entry in value.values():
                if is_dataclass(entry):
                    _count_fields(entry)


def costs(worlds: int) -> dict[tuple[str, int], float]:
    """Seconds per element of each kind of operation at each size, alone, with its result already allocated."""
    return {(kind, size): cost for size in sizes(worlds) for kind, cost in _costs_at(size, worlds).items()}


def _costs_at(size: int, worlds: int) -> dict[str, float]:
    shape = (size // worlds, worlds)
    draw, chance = np.random.default_rng(1), RandomStreams(1, 0, worlds)
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
        start = time.process_time()
        for i in range(calls):
            call(*sets[i % len(sets)])
        times.append((time.process_time() - start) / calls)
    return min(times)
