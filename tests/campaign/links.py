"""Links where folders of results go, files of someone else with names much like ours, and files that have a second name."""

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from .kills import EXPORT, MORE, OTHER_SEED, PAGE, RUN
from .project import NAME, RESULT, age, contents, hidden
from .warm import command

Found = tuple[str, str]
ALL = (MORE, PAGE, EXPORT, (*EXPORT, "--csv"), OTHER_SEED, PAGE, EXPORT, ("tidy", NAME), RUN[:1] + RUN[1:] + ("--replace",), ("tidy", NAME))
_KEY = "0123456789abcdef0123"
# Names near to ours, by the folder in which they are put: none is one that the program gives.
NEAR = {
    "chunks": (".0123456789ABCDEF", ".0123456789abcde", "lock", ".lock.bak", "README.md", "baseline.zip"),
    "chunks/baseline": (
        f"0000000-0000001.{_KEY.upper()}.zip",
        f"0000000-0000001.{_KEY[:-1]}.zip",
        f"0000000-0000001.{_KEY}.zip.bak",
        f"0000000-0000001.{_KEY}.zip~",
        f"000000-000001.{_KEY}.zip",
        f" 0000000-0000001.{_KEY}.zip",
        f"0000000-0000001.{_KEY}.json.txt",
        ".part",
        "notes.part",
    ),
    "tables": ("worlds.parquet.bak", "Worlds.csv", "worlds.tsv", "notes.csv"),
    "plots": ("outcomes.png.bak", "my_outcomes.png"),
    "scenarios": ("baseline.yml", "baseline.yaml.bak", "mine.yaml"),
    "compare": ("notes.html",),
    "worlds": ("notes.txt",),
    "failures": ("notes.json",),
    ".": ("summary.csv.bak", "months.csv", "manifest.json.old", ".newer", "comparison.xlsx"),
    "..": (f".{NAME}.abcdefg", f".{NAME}.abcdefghi", f".{NAME}.ABCDEFGH", f"{NAME}.zip", ".new"),
}


def a_result_that_is_a_link(project: Path, other: Path) -> list[Found]:
    """The folder of a result is a link to a folder elsewhere."""
    return _moved(project, other / "kept here")


def a_result_on_another_file_system(project: Path, other: Path) -> list[Found]:
    """The same on another file system, where no file can be moved to in one step."""
    there = Path("/dev/shm") / f"spheres-campaign-{os.getpid()}"
    if not there.parent.is_dir() or there.parent.stat().st_dev == project.stat().st_dev:
        return []
    try:
        return _moved(project, there / "kept here")
    finally:
        shutil.rmtree(there, ignore_errors=True)


def _moved(project: Path, there: Path) -> list[Found]:
    here = project / RESULT
    there.parent.mkdir(parents=True)
    plain = project.parent / "plain"
    shutil.copytree(project, plain, symlinks=True)
    shutil.move(here, there)
    here.symlink_to(there, target_is_directory=True)
    found: list[Found] = []
    try:
        for words in ALL:
            ended, beside = command(project, words), command(plain, words)
            if (ended.status, ended.traceback) != (beside.status, False):
                found.append(("wrong", f"`{' '.join(words[:3])}` ended with {ended.status}: {ended.err.strip()[-300:]}"))
        if not here.is_symlink() or {path.name for path in there.parent.iterdir()} != {there.name}:
            found.append(("wrong", f"the link is {'kept' if here.is_symlink() else 'gone'}; beside its folder: {os.listdir(there.parent)}"))
        ours, theirs = contents(there), contents(plain / RESULT)
        odd = sorted(path for path in {**ours, **theirs} if ours.get(path) != theirs.get(path))
        found += [("wrong", f"other files than without a link: {', '.join(odd[:6])}")] if odd else []
    finally:
        shutil.rmtree(plain)
    return found


def _linked(name: str) -> Callable[[Path, Path], list[Found]]:
    """A case in which a folder within a result is a link to a folder of someone else, which has files with our names."""

    def case(project: Path, other: Path) -> list[Found]:
        inside = project / RESULT / name
        if inside.is_dir():
            shutil.copytree(inside, other)
            shutil.rmtree(inside)
        for path in (
            "notes.txt",
            f"baseline/0000000-0000001.{_KEY}.zip",
            "worlds.parquet",
            "compare.html",
            "contents.json",
            "baseline.yaml",
        ):
            (other / path).parent.mkdir(parents=True, exist_ok=True)
            (other / path).write_text("not yours")
        before = contents(other)
        inside.symlink_to(other, target_is_directory=True)
        return [
            *_all_commands(project),
            *_changed(before, contents(other)),
            *([] if inside.is_symlink() else [("wrong", "the link is gone")]),
        ]

    case.__name__ = f"{name} is a link to a folder of someone else"
    return case


def files_with_near_names(project: Path, other: Path) -> list[Found]:
    """Files of someone else in every folder, with names much like ours."""
    for folder, names in NEAR.items():
        for name in names:
            path = project / RESULT / folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text("not yours")
    mine = {
        path: content for path, content in contents(project).items() if Path(path).name in {n for names in NEAR.values() for n in names}
    }
    age(project)
    found = _all_commands(project)
    return [*found, *_changed(mine, contents(project))]


def files_with_a_second_name(project: Path, other: Path) -> list[Found]:
    """A backup by hard links: what is written anew must be another file."""
    for words in (PAGE, EXPORT):
        command(project, words)
    shutil.copytree(project / RESULT, other, copy_function=os.link)
    before = contents(other)
    return [*_all_commands(project), *_changed(before, contents(other))]


def _all_commands(project: Path, commands: Sequence[Sequence[str]] = ALL) -> list[Found]:
    """Every command, each of which may refuse in a sentence; nothing hidden is left."""
    found: list[Found] = []
    before = hidden(contents(project))
    for words in commands:
        ended = command(project, words)
        if ended.hung or ended.traceback:
            found.append(("hangs" if ended.hung else "tracebacks", f"`{' '.join(words[:3])}`: {ended.err.strip()[-300:]}"))
        elif ended.status and (ended.status not in (1, 2) or not ended.err.strip()):
            found.append(("wrong", f"`{' '.join(words[:3])}` ended with {ended.status} and said: {ended.err.strip()[-300:]}"))
    left = {path for path in hidden(contents(project)) - before if not path.endswith(".lock")}
    return [*found, *([("left_behind", ", ".join(sorted(left)[:6]))] if left else [])]


def _changed(before: dict[str, str], after: dict[str, str]) -> list[Found]:
    return [
        ("wrong", f"{path} of someone else is {'changed' if path in after else 'gone'}")
        for path in before
        if after.get(path) != before[path]
    ]


CASES = (
    a_result_that_is_a_link,
    a_result_on_another_file_system,
    *(_linked(name) for name in ("chunks", "chunks/baseline", "tables", "plots", "scenarios", "compare", "failures", "worlds")),
    files_with_near_names,
    files_with_a_second_name,
)
