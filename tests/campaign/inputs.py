"""Inputs made worse: scenario files, baselines, start files, `--set` texts, and words and numbers of the command line and of Python.

Right is: taken, or refused with messages that name file, line and what would be right. What is taken has one digest, the same through its
resolved file and by either way of giving a horizon, and runs.
"""

import resource
import shutil
import signal
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stdout
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

import numpy as np
from command_line import PROJECT, spheres
from scenario.bench import BASELINE, START, paths

from sim.cli.error_handling import input_errors
from sim.experiment.run_settings import check_name, default_name, fraction, whole_number
from sim.experiment.storage.resolved_scenarios import read_resolved, resolved_text
from sim.scenario import ScenarioError
from sim.scenario.loader import load_from, project_library
from sim.scenario.parameter_catalogue import ModelParameters
from sim.scenario.python_numbers import numbers_of_worlds, whole, whole_months, whole_seed
from sim.scenario.python_overrides import changed_settings
from sim.scenario.scenario import Scenario
from sim.scenario.scenario_library import Library
from sim.scenario.template import template
from sim.scenario.validation_errors import MAX_PROBLEMS
from sim.simulation import Spheres

from .mutations import NUMBERS, WORDS, Random, mutated, pick
from .tally import Budget, Tally

PATIENCE = 10  # seconds for one input, on a busy machine
MOST_MEMORY = 400_000  # kB by which this process may grow
LONGEST_MESSAGE = 2000  # characters of one problem
EVERY_DIGEST, EVERY_MONTH, EVERY_COMMAND = 10, 1000, 1000  # one resolved input in so many; one in so many of all
KINDS_OF_INPUT = ("child", "set", "set", "words", "words", "python", "root", "start")
CHILDREN = (
    "extends: baseline\nquestion: What if?\nbasis: report\nset:\n  israel.strike_rate: {scale: 1.5}\n  bargain.talks: 0.4\nbecause: ours\n",
    "extends: iran_withdraws\nquestion: 'What if?'\nbasis: hindsight\nmonths: 30\nevents:\n- month: 2022-02\n  until: 2023-01\n  set: {russia.means.budget: 0.7}\n"
    "  because: a war\n",
    'extends: history_2015\nquestion: "What if #1?"\nbasis: beyond_report\nset: {iran.means.budget: {range: [0.5, 1]}} # all\nbecause: "x: y"\n',
    "extends: baseline\nquestion: Back in time\nbasis: report\nstart: 2015-09\nmonths: 12\nset: {turkey.troops: {add: -0.1}}\nbecause: no\n",
)
SETS = (
    "israel.strike_rate=3",
    "bargain.talks={scale: 0.5}",
    "iran.means.budget={range: [0.5, 2]}",
    "groups.hezbollah.obedience={add: 0.1}",
)


class Hang(BaseException):
    """An input took longer than it may."""


@dataclass
class Bench:
    """What inputs are tried against: the project's scenarios, a small project with few parameters, and what they gave as they are."""

    folder: Path
    project: Library
    small: Library
    baseline: Scenario

    def reader(self, library: Library) -> Library:
        """A library that has read all that is shared, and forgets what one input adds."""
        return replace(library, files=dict(library.files), read=dict(library.read), catalogues=dict(library.catalogues))


@dataclass
class Input:
    """One input: of which kind, what it is, and, for files, where it lies. `months` is a horizon given beside it."""

    kind: str
    raw: bytes
    months: int | None = None
    file: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.file} months={self.months}: {self.raw[:3000]!r}"


def run(budget: Budget) -> Tally:
    """Try inputs until the budget is spent."""
    tally, rng = Tally("inputs"), budget.random("inputs")
    with _bench() as bench, _alarm():
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        while budget.goes_on(tally.tried):
            case = _drawn(rng)
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
        (baseline, *_) = load_from(project, ("baseline", "iran_withdraws", "history_2015"))
        yield Bench(folder, project, small, baseline)


@contextmanager
def _alarm() -> Iterator[None]:
    """Raise Hang in an input that takes too long."""

    def late(*_: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, late)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _drawn(rng: Random) -> Input:
    """The next input."""
    kind = KINDS_OF_INPUT[int(rng.integers(len(KINDS_OF_INPUT)))]
    months = int(rng.integers(1, 140)) if rng.random() < 0.3 else None
    if kind == "child":
        return Input(kind, mutated(pick(rng, CHILDREN), rng), months, "scenarios/mine.yaml")
    if kind == "root":
        return Input(kind, mutated(BASELINE, rng), months, "small/scenarios/mine.yaml")
    if kind == "start":
        return Input(kind, mutated(START, rng), months, "small/starts/2021-06.yaml")
    if kind == "set":
        return Input(kind, b"\n".join(mutated(pick(rng, SETS), rng) for _ in range(int(rng.integers(1, 3)))), months)
    return Input(kind, mutated(pick(rng, (*NUMBERS, *WORDS, *SETS)), rng))


def _faults(bench: Bench, case: Input, rng: Random) -> Iterator[tuple[str, str]]:
    """What is wrong with how an input is answered, by kind of failure."""
    signal.alarm(PATIENCE)
    try:
        scenario = _tried(bench, case)
        if scenario is not None:
            yield from _faults_of(bench, case, scenario, rng)
    except input_errors() as error:
        yield from _faults_of_message(bench, case, error)
    except ValueError as error:
        if case.kind != "python":
            yield "tracebacks", traceback.format_exc()
        elif not str(error).isprintable() or len(str(error)) > LONGEST_MESSAGE:
            yield "wrong", f"the message cannot be read: {error!r}"
    except Hang:
        yield "hangs", f"took longer than {PATIENCE} seconds"
    except Exception:
        yield "tracebacks", traceback.format_exc()
    finally:
        signal.alarm(0)


def _tried(bench: Bench, case: Input) -> Scenario | None:
    """The scenario that an input gives; None for an input that gives none by its nature."""
    if case.kind in ("words", "python"):
        text = case.raw.decode("utf-8", "replace")
        return _words(bench, text) if case.kind == "words" else _numbers(bench, text)
    if case.kind == "set":
        texts = case.raw.decode("utf-8", "replace").split("\n")
        return load_from(bench.reader(bench.project), ("baseline",), texts, case.months)[-1]
    path = bench.folder / case.file
    path.write_bytes(case.raw)
    try:
        library = bench.reader(bench.project if case.kind == "child" else bench.small)
        return load_from(library, (path if case.kind != "start" else "baseline",), (), case.months)[-1]
    finally:
        if case.kind == "start":
            path.write_text(START)
        else:
            path.unlink()


def _words(bench: Bench, text: str) -> None:
    """A word of the command line, read as each of the things that it may stand for."""
    library, refused = bench.reader(bench.project), 0
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
            refused += 1
            assert str(error).replace("\n", "").isprintable(), error
    load_from(library, (text,))


def _numbers(bench: Bench, text: str) -> None:
    """A text and a number made of it, given from Python."""
    try:
        number: object = float(text)
    except ValueError:
        number = text
    values = (
        number,
        text,
        np.float32(0) if isinstance(number, str) else np.float64(number),
        np.array(len(text)),
        [number],
        {text: 1},
        None,
    )
    for value in values:
        for read in (
            lambda: whole(value, "worlds", 1, 10_000_000),
            lambda: whole_seed(value, None, 1),
            lambda: numbers_of_worlds([value, value]),
            lambda: whole_months(value),
            lambda: changed_settings(bench.baseline.settings, {"israel.strike_rate": value, text: value}),
        ):
            try:
                read()
            except (ValueError, ScenarioError) as error:
                assert str(error).replace("\n", "").isprintable(), error
    whole(number, "seed", 0, 10)


def _faults_of_message(bench: Bench, case: Input, error: Exception) -> Iterator[tuple[str, str]]:
    """Each problem names a file (or option) and, within a text, a line of it, and is one printable sentence or more."""
    problems = error.problems if isinstance(error, ScenarioError) else []
    shown = str(error).splitlines()
    if not shown or not all(line.isprintable() and 0 < len(line) < LONGEST_MESSAGE + len(case.raw) for line in shown):
        yield "wrong", f"the message cannot be read: {error!s:.500}"
    if len(problems) > 4 * MAX_PROBLEMS or len(shown) < len(problems):
        yield "wrong", f"{len(problems)} problems in {len(shown)} lines"
    lines = (
        case.raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\xc2\x85", b"\n").replace(b"\xe2\x80\xa8", b"\n").count(b"\n") + 2
    )
    for problem in problems:
        if not problem.file or not 0 <= problem.line <= (lines if case.file.endswith(problem.file) else 10_000):
            yield "wrong", f"no place of the input: {problem}"
        if not problem.text.endswith((".", "?")) or (problem.hint and not problem.hint.endswith((".", "?", ">"))):
            yield "wrong", f"not a sentence: {problem}"
        if (
            case.file
            and not problem.line
            and not problem.text.startswith(("is ", "cannot be read", "does not", "has the same", "'mine.yaml'"))
        ):
            yield "wrong", f"without a line: {problem}"


def _faults_of(bench: Bench, case: Input, scenario: Scenario, rng: Random) -> Iterator[tuple[str, str]]:
    """What was taken has one digest, is read again as it is written, and (for some) runs."""
    if any(not notice.isprintable() for notice in scenario.notices):
        yield "wrong", f"a notice cannot be read: {scenario.notices}"
    if rng.random() < 1 / EVERY_DIGEST:
        months = case.months or scenario.months
        again = _tried(bench, case)
        file = bench.folder / "resolved.yaml"
        file.write_text(resolved_text(scenario), encoding="utf-8")
        digests = {one.digest() for one in (scenario, again, read_resolved(file), scenario.with_months(1200).with_months(months)) if one}
        if len(digests) != 1:
            yield "wrong", f"{len(digests)} digests"
        shorter = scenario.with_months(7)
        if shorter != _tried(bench, replace(case, months=7)) and shorter.digest() != scenario.digest():
            yield "wrong", "another scenario by with_months than by months"
    if case.kind in ("child", "set") and rng.random() < 10 / EVERY_MONTH:
        with redirect_stdout(StringIO()):
            share = Spheres(scenario.with_months(1), worlds=2).run().finish().whole["delimitation"]
        if not np.isfinite(share).all():
            yield "wrong", f"runs to {share}"


def _by_command(bench: Bench, case: Input, tally: Tally) -> None:
    """The same input through the real command line: exit status 0 or 2, and no traceback."""
    if case.kind == "set":
        texts = case.raw.decode("utf-8", "replace").replace("\0", "").split("\n")
        words = ["run", "baseline", *(word for text in texts for word in ("--set", text)), "--worlds", "many"]
    elif case.kind in ("child", "root"):
        (bench.folder / "scenarios/mine.yaml").write_bytes(case.raw)
        words = ["check", "scenarios/mine.yaml"]
    else:
        text = case.raw.decode("utf-8", "replace").replace("\0", "")
        words = ["run", f"./{text}", "--name", text, "--seed", text, "--months", text, "--worlds", "many"]
    answer = spheres(bench.folder, *words)
    if answer.returncode not in (0, 2) or "Traceback" in answer.stderr or (answer.returncode == 2 and not answer.stderr.strip()):
        tally.fail("tracebacks", f"spheres {words}: exit status {answer.returncode}: {answer.stderr[-2000:]}")
    (bench.folder / "scenarios/mine.yaml").unlink(missing_ok=True)
    if (bench.folder / "results").exists():
        tally.fail("left_behind", f"spheres {words} wrote results/")
