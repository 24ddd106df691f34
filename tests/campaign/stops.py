"""Part `stops`: commands killed, and stopped by Ctrl-C once and again, at random moments; with one process and with several.

After each, the processes are gone in time, the words are said once, nothing is lost or wrong (`after_kill.py`), and the same command again
gives what it gives undisturbed. Every so often the command runs in a process of its own, with all its start-up.
"""

import signal
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from .after_kill import Found, Undisturbed, look
from .kills import EXPORT, MORE, OTHER_SEED, PAGE, RUN, remember_pages
from .pressing import IN_TIME, Press, Stopped, pressed, pressed_apart
from .project import NAME, add_strangers, contents, copy, new_project, state
from .reading import view
from .shared_out import shared_out
from .tally import Budget, Tally
from .warm import apart, command, load

_APART = 12  # every so many commands one runs in a process of its own
_START = 2.0  # seconds that its start takes about
_PROCESSES = 2


@dataclass(frozen=True)
class Case:
    """A command to be stopped, after what other commands."""

    name: str
    words: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()


def with_jobs(words: Sequence[str]) -> tuple[str, ...]:
    """A command with two processes."""
    return tuple("2" if before == "--jobs" else word for before, word in zip(("", *words), words, strict=False))


CASES = (
    Case("first run", RUN),
    Case("first run, two processes", with_jobs(RUN)),
    Case("more worlds", MORE, (RUN,)),
    Case("more worlds, two processes", with_jobs(MORE), (RUN,)),
    Case("another seed under page and tables", OTHER_SEED, (RUN, PAGE, EXPORT)),
    Case("compare", PAGE, (RUN,)),
    Case("compare, two processes", with_jobs(PAGE), (RUN,)),
    Case("export", EXPORT, (RUN,)),
    Case("tidy", ("tidy", NAME), (RUN, OTHER_SEED)),
    Case("run with pictures", tuple(word if word != "--no-plots" else "--plots" for word in RUN), (RUN,)),
)


def run(budget: Budget, only: Sequence[str] = ()) -> Tally:
    """Stop commands until the budget is spent."""
    cases = [case for case in CASES if not only or case.name in only]
    return shared_out("stops", budget, cases, _run, _PROCESSES)


def _run(budget: Budget, cases: Sequence[Case]) -> Tally:
    tally, random = Tally("stops"), budget.random("stops")
    with tempfile.TemporaryDirectory(prefix="stops-") as scratch:
        place = Path(scratch)
        load(place / "memory")
        remember_pages(place / "memory")
        trials = [Trial(case, place / f"{at}") for at, case in enumerate(cases)]
        while budget.goes_on(tally.tried):
            trial = trials[tally.tried % len(trials)]
            for kind, text in trial.stopped(random, is_apart=tally.tried % _APART == _APART - 1):
                tally.fail(kind, f'"{trial.case.name}", {text}\n  the command: spheres {" ".join(trial.case.words)}')
            tally.tried += 1
    return tally


class Trial:
    """A case, with the project before the command and after it, undisturbed; made when it is first needed."""

    def __init__(self, case: Case, scratch: Path) -> None:
        self.case, self._scratch, self._number, self._known = case, scratch, 0, set[str]()
        self._takes = 0.0

    @cached_property
    def _ready(self) -> Undisturbed:
        project = new_project(self._scratch / "before")
        for words in self.case.before:
            _well(project, words)
        add_strangers(project)
        seen, tree = apart(view, copy(project, self._scratch / "seen")), contents(project)
        done = copy(project, self._scratch / "after")
        begun = time.monotonic()
        _well(done, self.case.words)
        self._takes = time.monotonic() - begun
        return Undisturbed(self.case.words, project, tree, contents(done), seen, apart(view, done), [])

    def stopped(self, random: np.random.Generator, is_apart: bool) -> list[Found]:
        """Stop the command at a random moment; what is wrong then."""
        self._number += 1
        ready = self._ready
        press = _press(random, self._takes + (_START if is_apart else 0.0))
        project = copy(ready.before, self._scratch / f"stop-{self._number}" / "project")
        stopped = (pressed_apart if is_apart else pressed)(project, self.case.words, press)
        found = [(kind, f"{press}{' (by itself)' if is_apart else ''}: {text}") for kind, text in _wrong(stopped, press, project)]
        left = state(contents(project))
        if left not in self._known:
            self._known.add(left)
            scratch = self._scratch / f"look-{self._number}"
            harm = look(ready, project, scratch, with_sweeping=len(self._known) % 4 == 0)
            found += [(kind, f"{press}: {text}") for kind, text in harm]
        return found


def _press(random: np.random.Generator, takes: float) -> Press:
    at = float(random.uniform(0.0, 1.05 * takes))
    number = int(random.choice([signal.SIGKILL, signal.SIGINT, signal.SIGINT, signal.SIGINT, signal.SIGTERM]))
    to_group = bool(random.random() < 0.5)
    if number == signal.SIGKILL:
        return Press(number, at, to_group=to_group)
    return Press(number, at, int(random.integers(1, 4)), float(random.choice([0.0, 0.02, 0.1, 0.25, 0.6])), to_group)


def _wrong(stopped: Stopped, press: Press, project: Path) -> list[Found]:
    """What is wrong with how a command ended."""
    ended, found = stopped.ended, list[Found]()
    if ended.hung or (stopped.seconds > IN_TIME and press.number != signal.SIGKILL):
        found.append(("hangs", f"not gone after {stopped.seconds:.1f} s"))
    if stopped.left:
        found.append(("left_behind", f"{IN_TIME:g} s later there are still {'; '.join(stopped.left)}"))
    if ended.traceback:
        found.append(("tracebacks", ended.err.strip()[-400:]))
    if ended.hung or ended.status in (0, -press.number):  # it had done its work; or was killed
        return found
    if ended.status != 128 + press.number or ended.err.count("stopped") != 1:
        found.append(("wrong", f"it ended with {ended.status} and said: {ended.err.strip()[-300:]}"))
    if "are kept" in ended.err and not list(project.glob("results/*/chunks/*/*.zip")):
        found.append(("wrong", f"it said that worlds are kept, and there are none: {ended.err.strip()[-300:]}"))
    return found


def _well(project: Path, words: Sequence[str]) -> None:
    ended = command(project, words, limit=600.0)
    if ended.status:
        raise RuntimeError(f"{' '.join(words)} ended with {ended.status}: {ended.err}")
