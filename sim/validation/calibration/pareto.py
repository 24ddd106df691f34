"""What a search found: the trials that no other betters in every pattern, the one chosen, and what meeting one pattern costs others."""

import math
from collections.abc import Sequence

from sim.validation.calibration.problem import Task
from sim.validation.calibration.trial_store import Trial


def chosen(task: Task, trials: Sequence[Trial]) -> Trial:
    """The trial with the smallest shortfalls together; among equals the one that moves the parameters least."""
    return ordered(task, trials)[0]


def ordered(task: Task, trials: Sequence[Trial]) -> list[Trial]:
    """Trials from the smallest shortfall to the largest, then from the least moved to the most, then by number."""
    return sorted(trials, key=lambda trial: (round(trial.total, 9), moved(task, trial), trial.number))


def moved(task: Task, trial: Trial) -> float:
    """How far a trial lies from the central values: root mean square over parameters, in widths of their ranges."""
    steps = [(trial.values[path] - task.centre[path]) / (high - low) for path, (low, high) in task.ranges.items()]
    return round(math.sqrt(math.fsum(step * step for step in steps) / len(steps)), 9)


def front(task: Task, trials: Sequence[Trial]) -> list[Trial]:
    """The Pareto set, ordered: trials that no other betters in one pattern without falling short more in another.

    Of trials with the same shortfalls, the least moved one stands for all.
    """
    one_each: dict[tuple[float, ...], Trial] = {}
    for trial in ordered(task, trials):
        one_each.setdefault(trial.shortfalls, trial)
    left = list(one_each.values())
    return [trial for trial in left if not any(_better(other, trial) for other in left)]


def _better(one: Trial, other: Trial) -> bool:
    """Whether `one` falls short nowhere more than `other`, and somewhere less."""
    return one.shortfalls != other.shortfalls and all(a <= b for a, b in zip(one.shortfalls, other.shortfalls, strict=True))


def telling(task: Task, trials: Sequence[Trial], most: int) -> list[Trial]:
    """At most `most` trials of the Pareto set: the chosen one, then those that come nearest to each unmet pattern, then the rest."""
    best = chosen(task, trials)
    unmet = [i for i, short in enumerate(best.shortfalls) if short > 0.0]
    found = [best, *(_nearest(task, trials, i) for i in unmet), *front(task, trials)]
    return list({trial.number: trial for trial in found}.values())[:most]


def _nearest(task: Task, trials: Sequence[Trial], i: int) -> Trial:
    """The trial that falls least short of the pattern `i`; among equals the least short in all."""
    return min(ordered(task, trials), key=lambda trial: trial.shortfalls[i])


def in_words(task: Task, trials: Sequence[Trial]) -> list[str]:
    """What the search says about meeting the patterns together, a sentence each."""
    best, n = chosen(task, trials), len(trials)
    together = sum(trial.total == 0.0 for trial in trials)
    if together:
        count = "All patterns are" if len(task.patterns) > 1 else "The pattern is"
        return [f"{count} met{' together' * (len(task.patterns) > 1)} in {together} of {n} trials; nothing has to be traded."]
    told = [f"No trial of {n} meets {'all patterns together' if len(task.patterns) > 1 else 'the pattern'}."]
    for i, pattern in enumerate(task.patterns):
        if best.shortfalls[i] == 0.0:
            continue
        nearest = _nearest(task, trials, i)
        if nearest.shortfalls[i] == best.shortfalls[i]:
            told.append(f"{pattern.name} is met by none; every trial is short by {_points(best.shortfalls[i])} or more.")
            continue
        done = "Meeting" if nearest.shortfalls[i] == 0.0 else "Coming nearest to"
        told.append(f"{done} {pattern.name} (trial {nearest.number}) costs {_costs(task, nearest, best)}.")
    return told


def _costs(task: Task, trial: Trial, best: Trial) -> str:
    """Where a trial falls short more than the chosen one."""
    more = [
        f"{pattern.name} (short by {_points(a)} instead of {100 * b:.1f})"
        for pattern, a, b in zip(task.patterns, trial.shortfalls, best.shortfalls, strict=True)
        if a > b
    ]
    return ", ".join(more)


def _points(share: float) -> str:
    return f"{100 * share:.1f} points"
