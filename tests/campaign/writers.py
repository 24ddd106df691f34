"""Part `writers`: several commands in one folder at once, links, files of someone else, clocks that were set back or forward.

Every case begins with a fresh copy of a project. The cases with two commands are tried again and again, the second begun a random moment
after the first, until the budget is spent.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from . import clocks, links
from .kills import EXPORT, MORE, OTHER_SEED, PAGE, RUN, remember_pages
from .project import NAME, contents, copy, hidden, new_project
from .reading import difference, view
from .tally import Budget, Tally
from .warm import Ended, apart, command, load, started

Found = tuple[str, str]
TIDY = ("tidy", NAME)
_LATEST = 1.5  # seconds after which the second command begins at the latest: about as long as the first takes
_REFUSALS = ("holds results of", "was replaced by another result", "A run is under way in")
# The commands, what there was before, and of which runs the result may be then: the later of two, or what the refused one left.
PAIRS: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]], ...] = (
    (RUN, RUN, (), (RUN,)),
    (RUN, MORE, (), (MORE,)),
    (RUN, OTHER_SEED, (), (RUN, OTHER_SEED)),
    (MORE, PAGE, (RUN,), (MORE,)),
    (MORE, EXPORT, (RUN,), (MORE,)),
    (MORE, TIDY, (RUN,), (MORE,)),
    (OTHER_SEED, TIDY, (RUN, MORE), (OTHER_SEED,)),
    (PAGE, PAGE, (RUN,), (RUN,)),
    (EXPORT, EXPORT, (RUN,), (RUN,)),
    (PAGE, TIDY, (RUN, MORE), (MORE,)),
    (TIDY, TIDY, (RUN, MORE), (MORE,)),
)


def run(budget: Budget, only: Sequence[str] = ()) -> Tally:
    """Every case of links and clocks once (or those that are named), then pairs of commands until the budget is spent."""
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        return pool.submit(_run, budget, only).result()


def _run(budget: Budget, only: Sequence[str]) -> Tally:
    tally, random = Tally("writers"), budget.random("writers")
    with tempfile.TemporaryDirectory(prefix="writers-") as scratch:
        place = Path(scratch)
        load(place / "memory")
        remember_pages(place / "memory")
        ready = Ready(place / "ready")
        alone = [(case.__name__, case) for case in (*links.CASES, *clocks.CASES) if not only or case.__name__ in only]
        while budget.goes_on(tally.tried):
            name, case = alone[tally.tried] if tally.tried < len(alone) else _pair(tally.tried - len(alone), ready, random)
            for kind, text in case(ready.project(), place / "other"):
                tally.fail(kind, f"{name}: {text}")
            tally.tried += 1
            shutil.rmtree(place / "ready" / "project")
            shutil.rmtree(place / "other", ignore_errors=True)
    return tally


class Ready:
    """A project in which RUN was run, copied for every case; and what is seen of the results of some runs alone."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._seen: dict[tuple[str, ...], dict[str, str]] = {}
        self._done(RUN)

    def project(self, before: Sequence[tuple[str, ...]] = (RUN,)) -> Path:
        """A fresh copy of the project after RUN, or after other commands."""
        project = self._place / "project"
        if project.exists():
            shutil.rmtree(project)
        copy(self._place / ("of " + str(_RUNS.index(RUN))), project) if tuple(before[:1]) == (RUN,) else new_project(project)
        for words in before[1:]:
            command(project, words)
        return project

    def seen(self, words: tuple[str, ...]) -> dict[str, str]:
        """What is seen of the result of a run alone, without what other commands add to it."""
        if words not in self._seen:
            self._seen[words] = _of_run(apart(view, self._done(words)))
        return self._seen[words]

    def _done(self, words: tuple[str, ...]) -> Path:
        project = self._place / f"of {_RUNS.index(words)}"
        if not project.exists():
            ended = command(new_project(project), words)
            if ended.status:
                raise RuntimeError(f"{' '.join(words)} ended with {ended.status}: {ended.err}")
        return project


_RUNS = (RUN, MORE, OTHER_SEED)


def _pair(number: int, ready: Ready, random: np.random.Generator) -> tuple[str, Callable[[Path, Path], list[Found]]]:
    """A pair of commands, the second begun a random moment after the first."""
    first, second, before, results = PAIRS[number % len(PAIRS)]
    if random.random() < 0.5:
        first, second = second, first
    wait = float(random.uniform(0.0, _LATEST)) * float(random.random())

    def case(project: Path, other: Path) -> list[Found]:
        project = ready.project(before)
        return _together(project, first, second, wait, [ready.seen(words) for words in results])

    return f"`{_short(first)}`, and {wait:.3f} seconds later `{_short(second)}`", case


def _together(project: Path, first: Sequence[str], second: Sequence[str], wait: float, allowed: list[dict[str, str]]) -> list[Found]:
    """Run two commands at once; what is wrong then."""
    chunks = {path: content for path, content in contents(project).items() if path.endswith(".zip")}
    one = started(project, first)
    time.sleep(wait)
    other = started(project, second)
    found = [problem for words, ended in ((first, one.wait()), (second, other.wait())) for problem in _ended(ended, words)]
    seen = _of_run(apart(view, project))
    if seen not in allowed:
        found.append(("wrong", f"what is seen is {difference(seen, allowed[0], allowed[-1])}"))
    if TIDY not in (first, second):
        gone = [path for path, content in chunks.items() if contents(project).get(path) != content]
        found += [("lost", f"{path} is gone") for path in gone]
    left = [path for path in hidden(contents(project)) if not path.endswith(".lock")]
    if left:
        found.append(("left_behind", ", ".join(sorted(left)[:6])))
    for words in (PAGE, EXPORT):
        found += _ended(command(project, words), words, may_refuse=False)
    return found


def _ended(ended: Ended, words: Sequence[str], may_refuse: bool = True) -> list[Found]:
    """What is wrong with how a command ended; it may refuse, in a sentence, where the other was quicker."""
    if ended.hung:
        return [("hangs", f"`{_short(words)}` did not end")]
    if ended.traceback:
        return [("tracebacks", f"`{_short(words)}`: {ended.err.strip().splitlines()[-1]}")]
    refused = ended.status in (1, 2) and may_refuse and any(text in ended.err for text in _REFUSALS)
    if ended.status and not refused:
        return [("wrong", f"`{_short(words)}` ended with {ended.status}: {ended.err.strip()[:300]}")]
    return []


def _of_run(seen: dict[str, str]) -> dict[str, str]:
    return {name: content for name, content in seen.items() if not name.startswith(("tables/", "compare/"))}


def _short(words: Sequence[str]) -> str:
    return " ".join(word for word in words if not word.startswith("--") or word == "--replace")
