"""The result of a search: the Pareto set of trials, the chosen one, and what meeting one pattern costs others."""

import math
from collections.abc import Sequence

from sim.validation.calibration.problem import CalibrationProblem
from sim.validation.calibration.trial_store import Trial


def best_trial(problem: CalibrationProblem, trials: Sequence[Trial]) -> Trial:
    """The trial with the smallest total shortfall; among equals, the one closest to the central values."""
    return ordered(problem, trials)[0]


def ordered(problem: CalibrationProblem, trials: Sequence[Trial]) -> list[Trial]:
    """Trials by total shortfall, then by distance from the central values, then by number."""
    return sorted(trials, key=lambda trial: (round(trial.total, 9), distance_from_centre(problem, trial), trial.number))


def distance_from_centre(problem: CalibrationProblem, trial: Trial) -> float:
    """Distance from the central values: root mean square over parameters, in widths of their ranges."""
    steps = [(trial.values[path] - problem.centre[path]) / (high - low) for path, (low, high) in problem.ranges.items()]
    return round(math.sqrt(math.fsum(step * step for step in steps) / len(steps)), 9)


def pareto_front(problem: CalibrationProblem, trials: Sequence[Trial]) -> list[Trial]:
    """The Pareto set, ordered: trials for which no other has a smaller shortfall in one pattern and no larger one in any.

    Of trials with the same shortfalls, only the one closest to the central values is kept.
    """
    distinct: dict[tuple[float, ...], Trial] = {}
    for trial in ordered(problem, trials):
        distinct.setdefault(trial.shortfalls, trial)
    candidates = list(distinct.values())
    return [trial for trial in candidates if not any(_dominates(other, trial) for other in candidates)]


def _dominates(trial: Trial, other: Trial) -> bool:
    """Whether a trial has no larger shortfall than another in any pattern, and a smaller one in some."""
    return trial.shortfalls != other.shortfalls and all(a <= b for a, b in zip(trial.shortfalls, other.shortfalls, strict=True))


def most_informative(problem: CalibrationProblem, trials: Sequence[Trial], most: int) -> list[Trial]:
    """At most `most` trials: the chosen one, then those closest to meeting each unmet pattern, then the rest of the Pareto set."""
    best = best_trial(problem, trials)
    unmet = [i for i, short in enumerate(best.shortfalls) if short > 0.0]
    found = [best, *(_nearest(problem, trials, i) for i in unmet), *pareto_front(problem, trials)]
    return list({trial.number: trial for trial in found}.values())[:most]


def _nearest(problem: CalibrationProblem, trials: Sequence[Trial], i: int) -> Trial:
    """The trial with the smallest shortfall of pattern `i`; among equals, the one with the smallest in total."""
    return min(ordered(problem, trials), key=lambda trial: trial.shortfalls[i])


def trade_off_lines(problem: CalibrationProblem, trials: Sequence[Trial]) -> list[str]:
    """What the search shows about meeting the patterns together, a sentence each."""
    best, n = best_trial(problem, trials), len(trials)
    together = sum(trial.total == 0.0 for trial in trials)
    if together:
        count = "All patterns are" if len(problem.patterns) > 1 else "The pattern is"
        return [f"{count} met{' together' * (len(problem.patterns) > 1)} in {together} of {n} trials; there is no trade-off."]
    lines = [f"No trial of {n} meets {'all patterns together' if len(problem.patterns) > 1 else 'the pattern'}."]
    for i, pattern in enumerate(problem.patterns):
        if best.shortfalls[i] == 0.0:
            continue
        nearest = _nearest(problem, trials, i)
        if nearest.shortfalls[i] == best.shortfalls[i]:
            lines.append(f"{pattern.name} is met by no trial; every trial is short by {_points(best.shortfalls[i])} or more.")
            continue
        verb = "Meeting" if nearest.shortfalls[i] == 0.0 else "Coming closest to"
        lines.append(f"{verb} {pattern.name} (trial {nearest.number}) costs {_costs(problem, nearest, best)}.")
    return lines


def _costs(problem: CalibrationProblem, trial: Trial, best: Trial) -> str:
    """The patterns for which a trial has a larger shortfall than the chosen one."""
    more = [
        f"{pattern.name} (short by {_points(a)} instead of {100 * b:.1f})"
        for pattern, a, b in zip(problem.patterns, trial.shortfalls, best.shortfalls, strict=True)
        if a > b
    ]
    return ", ".join(more)


def _points(share: float) -> str:
    return f"{100 * share:.1f} points"
