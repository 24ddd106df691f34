"""Clocks that were set back or forward, seen as times of files; and what is swept by its age."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from .kills import MORE, PAGE, RUN
from .project import HOUR, NAME, RESULT, contents, walk
from .reading import view
from .warm import apart, command

Found = tuple[str, str]
_DAY = 24 * HOUR
_YEARS = 10 * 365 * _DAY
_WORDS = ((*RUN, "--as-it-is"), RUN, ("tidy", NAME))  # each of these sweeps
_MARK = ".building"
# What a killed run leaves, by its names in the project.
LEFT = (
    f"results/.{NAME}.x1y2z3w4/{_MARK}",
    f"results/.{NAME}.x1y2z3w4/months.parquet",
    f"results/{NAME}/chunks/baseline/.0000000-0000001.0123456789abcdef0123.zip.host-4711.part",
)


def _times(seconds: float, how: str) -> Callable[[Path, Path], list[Found]]:
    """A case in which all files seem to be of another time."""

    def case(project: Path, other: Path) -> list[Found]:
        before = apart(view, project)
        _shift(project, seconds)
        found: list[Found] = [] if apart(view, project) == before else [("wrong", "something else is seen")]
        again = command(project, RUN)
        if again.status or "0 worlds were run, 4 were there already" not in again.out:
            found.append(("lost", f"worlds were run again: {again.out[-300:]}{again.err}"))
        for words in (PAGE, ("tidy", NAME), MORE):
            ended = command(project, words)
            found += [("wrong", f"`{words[0]}` ended with {ended.status}: {ended.err.strip()[-300:]}")] if ended.status else []
        return found

    case.__name__ = f"all files seem to be {how}"
    return case


def _leftovers(seconds: float, how: str, stay: bool) -> Callable[[Path, Path], list[Found]]:
    """A case in which a killed run has left files of some age."""

    def case(project: Path, other: Path) -> list[Found]:
        found: list[Found] = []
        for words in _WORDS:
            _leave(project, seconds)
            ended = command(project, words)
            there = [name for name in LEFT if (project / name).exists()]
            if ended.status:
                found.append(("wrong", f"`{words[0]}` ended with {ended.status}: {ended.err.strip()[-300:]}"))
            if stay and there != list(LEFT):
                found.append(("wrong", f"`{words[0]}` removed {', '.join(sorted(set(LEFT) - set(there)))}"))
            if not stay and there:
                found.append(("left_behind", f"after `{' '.join(words)}`: {', '.join(there)}"))
        return found

    case.__name__ = f"a killed run left files, {how}"
    return case


def somebody_builds_for_long(project: Path, other: Path) -> list[Found]:
    """A temporary folder that is old, and in which a process still builds, stays."""
    from filelock import FileLock

    _leave(project, -2 * HOUR)
    with FileLock(project / LEFT[0]):
        _shift(project / "results" / f".{NAME}.x1y2z3w4", -2 * HOUR)
        before = contents(project / "results" / f".{NAME}.x1y2z3w4")
        ended = [command(project, words) for words in _WORDS]
        after = contents(project / "results" / f".{NAME}.x1y2z3w4")
    found: list[Found] = [] if before == after else [("lost", "what another process was building is gone")]
    return found + [("wrong", f"ended with {one.status}: {one.err.strip()[-300:]}") for one in ended if one.status]


def tidy_while_a_run_holds_the_folder(project: Path, other: Path) -> list[Found]:
    """`tidy` refuses while a run holds the folder, and removes nothing."""
    from sim.experiment.storage.result_folder import holding

    command(project, MORE)
    before = contents(project / RESULT)
    with holding(project / RESULT):
        ended = command(project, ("tidy", NAME))
        after = contents(project / RESULT)
    found: list[Found] = [] if ended.status and not ended.traceback else [("wrong", f"tidy ended with {ended.status}: {ended.err}")]
    return found + [("lost", f"{path} is gone") for path in before if path not in after]


def _leave(project: Path, seconds: float) -> None:
    for name in LEFT:
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text("half a file")
    for path in (*(project / name for name in LEFT), (project / LEFT[0]).parent):
        _set(path, seconds)


def _shift(place: Path, seconds: float) -> None:
    for path in (*walk(place), *(Path(folder) for folder, _, _ in os.walk(place))):
        _set(path, seconds)


def _set(path: Path, seconds: float) -> None:
    then = time.time() + seconds
    os.utime(path, (then, then), follow_symlinks=False)


CASES = (
    *(_times(seconds, how) for seconds, how in ((_DAY, "of tomorrow"), (_YEARS, "ten years ahead"), (-_YEARS, "ten years old"))),
    *(
        _leftovers(seconds, how, stay=True)
        for seconds, how in ((-600.0, "ten minutes ago"), (_DAY, "tomorrow"), (_YEARS, "ten years ahead"))
    ),
    *(_leftovers(seconds, how, stay=False) for seconds, how in ((-2 * HOUR, "two hours ago"), (-_YEARS, "ten years ago"))),
    somebody_builds_for_long,
    tidy_while_a_run_holds_the_folder,
)
