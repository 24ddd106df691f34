"""Inputs made worse: scenario files, baselines, start files, `--set` texts, and words and numbers of the command line and of Python.

Right is: taken, or refused with messages that name file, line and what would be right. What is taken has one digest, the same through its
resolved file and by either way of giving a horizon, and runs.
"""

import resource
import shutil
import signal
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from command_line import PROJECT, spheres
from scenario.bench import BASELINE, START, paths

from sim.cli.error_handling import input_errors
from sim.experiment.run_settings import check_name, default_name, fraction, whole_number
from sim.scenario import ScenarioError
from sim.scenario.loader import load_from, project_library
from sim.scenario.parameter_catalogue import ModelParameters
from sim.scenario.python_numbers import whole, whole_months, whole_seed
from sim.scenario.python_overrides import changed_settings
from sim.scenario.python_rows import numbers_of_worlds
from sim.scenario.scenario import Scenario
from sim.scenario.scenario_library import Library
from sim.scenario.template import template

from .input_checks import faults_of_message, faults_of_run, faults_of_scenario, readable
from .made_inputs import Input, Random, drawn
from .tally import Budget, Tally

PATIENCE = 20  # seconds for one input, on a busy machine
MOST_MEMORY = 400_000  # kB by which this process may grow
EVERY_DIGEST, EVERY_RUN, EVERY_COMMAND = (
    25,
    1000,
    1000,
)  # checked: one scenario in so many, run: one in so many, typed: one input in so many


class Hang(BaseException):
    """An input took longer than it may."""


@dataclass(frozen=True)
class Bench:
    """What inputs are tried against: the project's scenarios, and a small project with few parameters."""

    folder: Path
    project: Library
    small: Library
    baseline: Scenario


def run(budget: Budget) -> Tally:
    """Try inputs until the budget is spent."""
    tally, rng = Tally("inputs"), budget.random("inputs")
    with _bench() as bench, alarmed():
        known, before = list(bench.baseline.settings), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        while budget.goes_on(tally.tried):
            case = drawn(rng, known)
            for kind, fault in _faults(bench, case, rng):
                tally.fail(kind, f"case {tally.tried}, {case}: {fault}")
            tally.tried += 1
            if tally.tried % EVERY_COMMAND == 0:
                _by_command(bench, case, tally)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        if grown > MOST_MEMORY:
            tally.fail("wrong", f"the process grew by {grown / 1000:.0f} MB over {tally.tried} inputs")
    return tally


@contextmanager
def _bench() -> Iterator[Bench]:
    """A temporary folder with the scenarios of the project and, in `small`, one of eight parameters."""
    with tempfile.TemporaryDirectory(prefix="inputs-") as made, chdir(made):
        folder = Path(made)
        shutil.copytree(PROJECT / "scenarios", folder / "scenarios", ignore=shutil.ignore_patterns("history", "calibrated"))
        shutil.copy(PROJECT / "scenarios/history/history_2015.yaml", folder / "scenarios")
        for name, text in {"scenarios/baseline.yaml": BASELINE, "starts/2021-06.yaml": START}.items():
            (folder / "small" / name).parent.mkdir(parents=True)
            (folder / "small" / name).write_text(text)
        small = Library(ModelParameters(paths), folder / "small/starts", (folder / "small/scenarios",), ("SY-HL", "SY-DI"))
        project = project_library()
        baseline = load_from(project, ("baseline", "iran_withdraws", "history_2015", "what_followed"))[0]
        yield Bench(folder, project, small, baseline)


def _reader(library: Library) -> Library:
    """A library that has read what this one has, and forgets what one input adds."""
    return replace(library, files=dict(library.files), read=dict(library.read), catalogues=dict(library.catalogues))


@contextmanager
def alarmed() -> Iterator[None]:
    """Let an alarm raise Hang."""

    def late(*_: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, late)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _faults(bench: Bench, case: Input, rng: Random) -> Iterator[tuple[str, str]]:
    """What is wrong with how an input is answered, by kind of failure."""
    checked, run_too = rng.random() < 1 / EVERY_DIGEST, rng.random() < 1 / EVERY_RUN

    def answered() -> Iterator[str]:
        scenario = _tried(bench, case)
        if scenario is not None and checked:
            yield from faults_of_scenario(scenario, case, partial(_tried, bench), bench.folder / "resolved.yaml")
        if scenario is not None and run_too and case.kind in ("made", "child", "set"):
            yield from faults_of_run(scenario)
        if scenario is not None and not all(map(readable, scenario.notices)):
            yield f"a notice cannot be read: {scenario.notices}"

    yield from faults_in_time(answered, partial(faults_of_message, case))


def faults_in_time(answered: Callable[[], Iterable[str]], refused: Callable[[Exception], Iterable[str]]) -> Iterator[tuple[str, str]]:
    """What is wrong with an answer, or with the error by which an input is refused, by kind of failure; within PATIENCE."""
    found: list[str] = []
    signal.alarm(PATIENCE)
    try:
        found += answered()
    except input_errors() as error:
        found += refused(error)
    except Hang:
        yield "hangs", f"took longer than {PATIENCE} seconds"
    except Exception:
        yield "tracebacks", traceback.format_exc()
    finally:
        signal.alarm(0)
    for fault in found:
        yield "wrong", fault


def _tried(bench: Bench, case: Input) -> Scenario | None:
    """The scenario that an input gives; None for words and numbers, which give none."""
    if case.kind == "words":
        return _words(bench, case.text)
    if case.kind == "python":
        return _numbers(bench, case.text)
    if case.kind == "set":
        return load_from(_reader(bench.project), ("baseline",), case.text.split("\n"), case.months)[-1]
    path = bench.folder / case.file
    path.write_bytes(case.raw)
    try:
        library = _reader(bench.small if case.file.startswith("small") else bench.project)
        return load_from(library, ("baseline" if case.kind == "start" else path,), (), case.months)[-1]
    finally:
        if case.kind == "start":
            path.write_text(START)
        else:
            path.unlink()


def _words(bench: Bench, text: str) -> None:
    """A word of the command line, read as each of the things that it may stand for."""
    readers = (
        lambda: whole_number(text, "--worlds", 1, 10_000_000),
        lambda: fraction(text, "--until-halfwidth"),
        lambda: check_name(text),
        lambda: default_name([text, text]),
        lambda: template(text, bench.baseline),
    )
    for read in readers:
        try:
            read()
        except input_errors() as error:
            assert readable(str(error)), error
    load_from(_reader(bench.project), (text,))


def _numbers(bench: Bench, text: str) -> None:
    """A text, and numbers made of it, given from Python."""
    try:
        number: float = float(text)
    except ValueError:
        number = len(text)
    with np.errstate(over="ignore"):
        values = (text, np.float32(number), np.float64(number), np.array(int(number) if abs(number) < 1e9 else 0), [number], None)
    for value in values:
        readers = (
            partial(whole, value, "worlds", 1, 10_000_000),
            partial(whole_seed, value, None, 1),
            partial(numbers_of_worlds, [value, value]),
            partial(whole_months, value),
            partial(changed_settings, bench.baseline.settings, {"israel.strike_rate": value}),
        )
        for read in readers:
            try:
                read()
            except (ValueError, ScenarioError) as error:
                assert readable(str(error)), error
    changed_settings(bench.baseline.settings, {text: number})


def _by_command(bench: Bench, case: Input, tally: Tally) -> None:
    """The same input through the real command line: exit status 0 or 2, and no traceback."""
    text = case.text.replace("\0", "")
    file = bench.folder / "scenarios/mine.yaml"
    if case.kind == "set":
        words = ["run", "baseline", *(word for one in text.split("\n") for word in ("--set", one)), "--worlds", "many"]
    elif case.file:
        file.write_bytes(case.raw)
        words = ["check", "scenarios/mine.yaml"]
    else:
        words = ["run", f"./{text}", "--name", text, "--seed", text, "--months", text, "--worlds", "many"]
    answer = spheres(bench.folder, *words)
    if answer.returncode not in (0, 2) or "Traceback" in answer.stderr or (answer.returncode == 2 and not answer.stderr.strip()):
        tally.fail("tracebacks", f"spheres {words}: exit status {answer.returncode}: {answer.stderr[-2000:]}")
    file.unlink(missing_ok=True)
    if (bench.folder / "results").exists():
        tally.fail("left_behind", f"spheres {words} wrote results/")
