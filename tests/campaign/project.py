"""A folder to work in with two small scenarios, with files of someone else in and around its result; and what stands in it."""

import hashlib
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

_SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
NAME = "k"
RESULT = Path("results") / NAME
OTHER = """\
extends: baseline
question: "What if Israel struck more often?"
basis: beyond_report
set:
  israel.strike_rate: 6
"""
DESIGN = """\
scenario: baseline
kind: grid
luck: 2
factors:
  israel.strike_rate: {values: [3, 6]}
"""
HOUR = 3600.0
_RANDOM = re.compile(r"[0-9a-z_]{8,}|[0-9]+")  # in the names of files that are not to last
# Files of someone else: none of these names is one that the program gives, in a folder where it gives it.
_STRANGERS = (
    "results/other.txt",
    "results/.k.notes",
    f"results/{NAME}-old/manifest.json",
    f"results/{NAME}/report.docx",
    f"results/{NAME}/tables/my_own.csv",
    f"results/{NAME}/plots/my_own.png",
    f"results/{NAME}/scenarios/my_own.yaml",
    f"results/{NAME}/chunks/notes.zip",
    f"results/{NAME}/chunks/baseline/0000000-0000001.zip",
    f"results/{NAME}/chunks/baseline/copy of 0000000-0000001.0123456789abcdef0123.zip",
    f"results/{NAME}/chunks/.notes.part",
    f"results/{NAME}/failures/notes.json",
    f"results/{NAME}/failures/baseline/list.json",
)
# A folder of someone else, with names that the program might have given, and links to it from where the program works.
_ELSEWHERE = (
    "elsewhere/0000000-0000001.0123456789abcdef0123.zip",
    "elsewhere/.0000000-0000001.0123456789abcdef0123.zip.host-1.part",
    "elsewhere/0000000-0000001.0123456789abcdef0123.json",
    "elsewhere/manifest.json",
)
_LINKS = (f"results/{NAME}/chunks/linked", f"results/{NAME}/failures/linked", f"results/{NAME}/linked", "results/.k.abcdefgh")


def new_project(place: Path) -> Path:
    """A folder with two scenarios and no results."""
    (place / "scenarios").mkdir(parents=True)
    (place / "results").mkdir()
    shutil.copy(_SCENARIOS / "baseline.yaml", place / "scenarios")
    (place / "scenarios" / "other.yaml").write_text(OTHER)
    (place / "design.yaml").write_text(DESIGN)
    return place


def add_strangers(project: Path) -> None:
    """Put files of someone else where the folders for them are there, two hours old; and links to a folder of theirs."""
    (project / "elsewhere").mkdir(exist_ok=True)
    places = {path for path in (project, *project.rglob("*")) if path.is_dir()}
    for path in (project / name for name in (*_ELSEWHERE, *_STRANGERS)):
        if path.parent in places or (path.parent.parent in places and path.parent.name not in (NAME, "tables")):
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"not yours: {path.relative_to(project)}")
            _set_back(path, 2 * HOUR)
    for name in _LINKS:
        link = project / name
        if link.parent.is_dir() and not link.is_symlink():
            link.symlink_to(project / "elsewhere", target_is_directory=True)


def strangers(project: Path) -> dict[str, str]:
    """The files of someone else that are there, and what is in them."""
    found = {name: "link" for name in _LINKS if (project / name).is_symlink()}
    return found | {name: (project / name).read_text() for name in (*_ELSEWHERE, *_STRANGERS) if (project / name).is_file()}


def contents(place: Path) -> dict[str, str]:
    """Every file and link below a folder by its path, with a hash of what it holds; the strangers' too."""
    return {str(path.relative_to(place).as_posix()): _content(path) for path in walk(place)}


def visible(tree: dict[str, str]) -> dict[str, str]:
    """Of a tree, what has no name with a dot before it."""
    return {path: content for path, content in tree.items() if not _is_hidden(path)}


def hidden(tree: dict[str, str]) -> set[str]:
    """The other names of a tree, with what is drawn at random in them taken out."""
    links = {path for path, content in tree.items() if content.startswith("link")}
    return {f"{_without_random(path)}{' (a link)' if path in links else ''}" for path in tree if _is_hidden(path)}


def state(tree: dict[str, str]) -> str:
    """A hash of a tree that does not depend on names drawn at random."""
    return hashlib.sha256(repr(sorted((_without_random(p) if _is_hidden(p) else p, c) for p, c in tree.items())).encode()).hexdigest()


def age(place: Path, seconds: float = 2 * HOUR) -> None:
    """Set all that a command left hidden back in time, folders and what is in them."""
    for path in sorted(place.rglob("*"), reverse=True):
        if _is_hidden(path.relative_to(place).as_posix()) and not path.is_symlink():
            _set_back(path, seconds)


def walk(place: Path) -> Iterator[Path]:
    """Files, links and empty folders below a folder, in order; links are not followed."""
    for folder, folders, files in os.walk(place):
        yield from (Path(folder, name) for name in sorted(files))
        yield from (Path(folder, name) for name in sorted(folders) if os.path.islink(os.path.join(folder, name)))
        if not files and not folders and Path(folder) != place:
            yield Path(folder)


def copy(project: Path, to: Path) -> Path:
    """A project copied with its links and times."""
    shutil.copytree(project, to, symlinks=True)
    return to


def _content(path: Path) -> str:
    if path.is_symlink():
        return f"link to {Path(os.readlink(path)).name}"
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"


def _is_hidden(path: str) -> bool:
    return any(name.startswith(".") for name in path.split("/"))


def _without_random(path: str) -> str:
    return "/".join(_RANDOM.sub("*", name) if name.startswith(".") else name for name in path.split("/"))


def _set_back(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then), follow_symlinks=False)
