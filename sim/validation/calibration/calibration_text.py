"""The result of a search as lines to read: the trade-offs in words, then the Pareto set as a table."""

import math
from collections.abc import Sequence

from sim.validation.calibration.pareto import most_informative, pareto_front, trade_off_lines
from sim.validation.calibration.problem import CalibrationProblem
from sim.validation.calibration.trial_store import Trial, shortfall

_WIDTH = 100  # columns of a page
_SPAN, _CELL = 15, 11  # of the ranges, of a trial


def lines(problem: CalibrationProblem, trials: Sequence[Trial], elsewhere: Sequence[float]) -> list[str]:
    """The whole answer. `elsewhere` are the chosen trial's shares in worlds that were not used for the choice."""
    months = problem.scenario.months
    runs = f"the same {problem.worlds:,} worlds of {months} months in each, seed {problem.seed}"
    head = f"{len(trials)} trials on '{problem.scenario.name}', {runs}."
    shown, best = _columns(problem, trials), pareto_front(problem, trials)
    n_shown = sum(trial in best for trial in shown)
    few = f" ({n_shown} shown; trials.csv holds all)" if n_shown < len(best) else ""
    title = f"Pareto-optimal trials (no other is better for one pattern without being worse for another): {len(best)}{few}."
    return [
        head,
        *trade_off_lines(problem, trials),
        "",
        title,
        "Trial 0 has the central values.",
        "",
        *table(problem, shown, elsewhere),
        "",
        *notes(problem, shown),
    ]


def table(problem: CalibrationProblem, shown: Sequence[Trial], elsewhere: Sequence[float]) -> list[str]:
    """A row for each parameter and pattern, a column for each trial; next to the first, its shares in other worlds."""
    ranges, patterns = problem.ranges, problem.patterns
    lines = [_row(problem, "values", "range", [f"trial {trial.number}" for trial in shown])]
    for path, (low, high) in ranges.items():
        lines.append(_row(problem, f"  {_name(problem, path)}", f"{low:g} to {high:g}", [f"{trial.values[path]:.4g}" for trial in shown]))
    lines += ["", _row(problem, "% of worlds (points short)", "expected", ["" for _ in shown], "other")]
    short = [shortfall(share, pattern.expect) for share, pattern in zip(elsewhere, patterns, strict=True)]
    for i, pattern in enumerate(patterns):
        cells = [_share(trial.shares[i], trial.shortfalls[i]) for trial in shown]
        lines.append(_row(problem, f"  {pattern.name}", str(pattern.expect), cells, _share(elsewhere[i], short[i])))
    totals = [f"{100 * trial.total:.1f}" for trial in shown]
    return [*lines, _row(problem, "  points short, in total", "", totals, f"{100 * math.fsum(short):.1f}")]


def notes(problem: CalibrationProblem, shown: Sequence[Trial]) -> list[str]:
    """What a reader of the table must know, and what the patterns say that some trial of the table does not meet."""
    unmet = [pattern for i, pattern in enumerate(problem.patterns) if any(trial.shortfalls[i] > 0.0 for trial in shown)]
    return [
        *(f"{pattern.name}: {pattern.says}" for pattern in unmet),
        f"Chosen: trial {shown[0].number}, with the smallest total shortfall; among equals, the one closest to the central values.",
        f"Other: the chosen values in {problem.worlds:,} other worlds, not used for the choice. "
        f"A share of {problem.worlds:,} worlds is accurate to within {98 / math.sqrt(problem.worlds):.0f} points (95 %).",
        "Fitted, not evidence: these patterns hold because they were fitted. Only held-out patterns can test the model.",
    ]


def _name(problem: CalibrationProblem, path: str) -> str:
    return f"{path} ({problem.scenario.settings[path].unit})"


def _first(problem: CalibrationProblem) -> int:
    """The width of the first column."""
    return (
        max(len(text) for text in (*(_name(problem, path) for path in problem.parameters), *(pattern.name for pattern in problem.patterns)))
        + 3
    )


def _columns(problem: CalibrationProblem, trials: Sequence[Trial]) -> list[Trial]:
    """The trials that fit on a page: the most informative ones, and always the one with the central values."""
    most = max(2, (_WIDTH - _first(problem) - _SPAN - _CELL) // _CELL)
    shown = most_informative(problem, trials, most)
    return shown if trials[0] in shown else [*shown[: most - 1], trials[0]]


def _row(problem: CalibrationProblem, name: str, span: str, cells: Sequence[str], other: str = "") -> str:
    columns = "".join(f"{cell:>{_CELL}}" for cell in (cells[0], other, *cells[1:]))
    return f"{name:<{_first(problem)}}{span:>{_SPAN}}{columns}".rstrip()


def _share(share: float, short: float) -> str:
    return f"{100 * share:.0f} ({100 * short:.1f})" if short else f"{100 * share:.0f}"
