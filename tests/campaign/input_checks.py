"""What is right about the answer to an input: a message that can be read and acted on, or a scenario that holds together."""

from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from io import StringIO
from pathlib import Path

import numpy as np

from sim.experiment.storage.resolved_scenarios import read_resolved, resolved_text
from sim.scenario import ScenarioError
from sim.scenario.scenario import Scenario
from sim.scenario.validation_errors import MAX_PROBLEMS, Problem
from sim.simulation import Spheres
from sim.text.suggestions import printable

from .made_inputs import Input

LONGEST_MESSAGE = 2000  # characters of one problem, beside what it quotes of the input
_WITHOUT_LINE = ("is ", "cannot be read", "does not", "has the same")  # what is said about a whole file
_BREAKS = (b"\r\n", b"\r", b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xa9")  # that the parser counts as ends of lines


def readable(message: str, most: int = LONGEST_MESSAGE) -> bool:
    """Whether every line of a message can be shown, and is not too long."""
    lines = message.split("\n")
    return all(printable(line) == line and 0 < len(line) <= most for line in lines)


def faults_of_message(case: Input, error: Exception) -> Iterator[str]:
    """Each problem names a file or an option and, within a file, a line of it; it is a sentence, with what would be right."""
    if not readable(str(error), LONGEST_MESSAGE + len(case.raw)):
        yield f"the message cannot be read: {error!s:.500}"
    problems = error.problems if isinstance(error, ScenarioError) else []
    if len(problems) > 4 * MAX_PROBLEMS:
        yield f"{len(problems)} problems"
    raw = case.raw
    for ends in _BREAKS:
        raw = raw.replace(ends, b"\n")
    for problem in problems:
        yield from _faults_of_problem(problem, case, raw.count(b"\n") + 2)


def _faults_of_problem(problem: Problem, case: Input, lines: int) -> Iterator[str]:
    own = bool(case.file) and problem.file.endswith(Path(case.file).name)
    if not problem.file or not 0 <= problem.line <= (lines if own else 10_000):
        yield f"no place of the input: {problem}"
    if not problem.text.endswith((".", "?")) or (problem.hint and not problem.hint.endswith((".", "?"))):
        yield f"not a sentence: {problem}"
    if case.file and not problem.line and not problem.text.startswith(_WITHOUT_LINE):
        yield f"without a line: {problem}"


def faults_of_scenario(scenario: Scenario, case: Input, again: Callable[[Input], Scenario | None], file: Path) -> Iterator[str]:
    """What was taken has one digest: read again, through its resolved file (`file`), and by either way of giving a horizon."""
    months = case.months or scenario.months
    file.write_text(resolved_text(scenario), encoding="utf-8")
    same = [again(case), read_resolved(file), scenario.with_months(1200).with_months(months)]
    if any(one is None or one.digest() != scenario.digest() for one in same):
        yield "another digest when read again, from its resolved file or by way of another horizon"
    for horizon in (1, 7, 131):
        given = again(replace(case, months=horizon))
        if given is not None and given != scenario.with_months(horizon):
            yield f"{horizon} months given beside the file are not what with_months gives"


def faults_of_run(scenario: Scenario) -> Iterator[str]:
    """It runs for a month."""
    with redirect_stdout(StringIO()):
        shares = Spheres(scenario.with_months(1), worlds=2).run().finish().whole["delimitation"]
    if not np.isfinite(shares).all():
        yield f"delimitation is {shares}"
