"""A part whose cases are shared out among processes, forked from this one."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

from .tally import Budget, Tally

C = TypeVar("C")


def shared_out(part: str, budget: Budget, cases: Sequence[C], run: Callable[[Budget, Sequence[C]], Tally], processes: int) -> Tally:
    """Give each process every so many cases, its share of the budget and a seed of its own; all their tallies together."""
    groups = [cases[at::processes] for at in range(min(processes, len(cases)))]
    shares = [None if budget.at_most is None else len(range(at, budget.at_most, len(groups))) for at in range(len(groups))]
    budgets = [Budget(budget.seed + at, budget.seconds, share) for at, share in enumerate(shares)]
    whole = Tally(part)
    with ProcessPoolExecutor(len(groups), mp_context=get_context("fork")) as pool:
        for tally in pool.map(run, budgets, groups):
            whole.add(tally)
    return whole
