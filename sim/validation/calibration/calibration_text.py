"""What a search found, as lines to read: the trade-offs in words, then the Pareto set as a table."""

import math
from collections.abc import Sequence

from sim.validation.calibration.pareto import front, in_words, telling
from sim.validation.calibration.problem import Task
from sim.validation.calibration.trial_store import Trial, shortfall

_WIDTH = 100  # columns of a page
_SPAN, _CELL = 15, 11  # of the ranges, of a trial


def lines(task: Task, trials: Sequence[Trial], elsewhere: Sequence[float]) -> list[str]:
    """The whole answer. `elsewhere` are the chosen trial's shares in worlds that it was not chosen by."""
    months = task.scenario.months
    head = f"{len(trials)} trials on '{task.scenario.name}', the same {task.worlds:,} worlds of {months} months in each, seed {task.seed}."
    shown, best = _columns(task, trials), front(task, trials)
    told = sum(trial in best for trial in shown)
    few = f" ({told} shown; trials.csv holds all)" if told < len(best) else ""
    title = f"Trials that no other betters in every pattern: {len(best)}{few}. Trial 0 has the central values."
    return [head, *in_words(task, trials), "", title, "", *table(task, shown, elsewhere), "", *notes(task, shown)]


def table(task: Task, shown: Sequence[Trial], elsewhere: Sequence[float]) -> list[str]:
    """A row for each parameter and pattern, a column for each trial; the first one's shares in other worlds stand beside it."""
    ranges, patterns = task.ranges, task.patterns
    told = [_row(task, "values", "range", [f"trial {trial.number}" for trial in shown])]
    for path, (low, high) in ranges.items():
        told.append(_row(task, f"  {_name(task, path)}", f"{low:g} to {high:g}", [f"{trial.values[path]:.4g}" for trial in shown]))
    told += ["", _row(task, "% of worlds (points short)", "expected", ["" for _ in shown], "elsewhere")]
    short = [shortfall(share, pattern.expect) for share, pattern in zip(elsewhere, patterns, strict=True)]
    for i, pattern in enumerate(patterns):
        cells = [_share(trial.shares[i], trial.shortfalls[i]) for trial in shown]
        told.append(_row(task, f"  {pattern.name}", str(pattern.expect), cells, _share(elsewhere[i], short[i])))
    totals = [f"{100 * trial.total:.1f}" for trial in shown]
    return [*told, _row(task, "  points short, together", "", totals, f"{100 * math.fsum(short):.1f}")]


def notes(task: Task, shown: Sequence[Trial]) -> list[str]:
    """What a reader of the table must know; of the patterns, what those say that a trial of the table does not meet."""
    unmet = [one for i, one in enumerate(task.patterns) if any(trial.shortfalls[i] > 0.0 for trial in shown)]
    return [
        *(f"{pattern.name}: {pattern.says}" for pattern in unmet),
        f"Chosen: trial {shown[0].number}, the least short together; among equals the one that moves the parameters least.",
        f"Elsewhere: the chosen values in {task.worlds:,} worlds that had no part in the choice. "
        f"A share of {task.worlds:,} worlds is known to {98 / math.sqrt(task.worlds):.0f} points or better (95 %).",
        "Fitted, not evidence: that these patterns hold was put in. Only patterns left to speak can tell anything.",
    ]


def _name(task: Task, path: str) -> str:
    return f"{path} ({task.scenario.settings[path].unit})"


def _first(task: Task) -> int:
    """The width of the first column."""
    return max(len(text) for text in (*(_name(task, path) for path in task.parameters), *(one.name for one in task.patterns))) + 3


def _columns(task: Task, trials: Sequence[Trial]) -> list[Trial]:
    """The trials that fit on a page: those that tell most, and always the one with the central values."""
    most = max(2, (_WIDTH - _first(task) - _SPAN - _CELL) // _CELL)
    shown = telling(task, trials, most)
    return shown if trials[0] in shown else [*shown[: most - 1], trials[0]]


def _row(task: Task, name: str, span: str, cells: Sequence[str], beside: str = "") -> str:
    columns = "".join(f"{cell:>{_CELL}}" for cell in (cells[0], beside, *cells[1:]))
    return f"{name:<{_first(task)}}{span:>{_SPAN}}{columns}".rstrip()


def _share(share: float, short: float) -> str:
    return f"{100 * share:.0f} ({100 * short:.1f})" if short else f"{100 * share:.0f}"
