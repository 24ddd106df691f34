"""What a run is asked to do, checked before anything is run or written."""

import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.text.file_names import reserved
from sim.text.plain_output import plain
from sim.text.suggestions import quote
from sim.text.whole_numbers import MOST_SEED as MOST_SEED
from sim.text.whole_numbers import MOST_WORLDS as MOST_WORLDS
from sim.text.whole_numbers import not_whole, out_of_range

if TYPE_CHECKING:  # commands read their options without loading scenarios, NumPy and the rest
    from sim.scenario import Scenario
    from sim.scenario.design_rows import DesignRows

RESULTS = Path("results")
MOST_JOBS = 256
SMALLEST_HALFWIDTH = 0.0005  # half a million to ten million worlds, which is the most
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._+-]{0,99}")
_LONGEST_JOINED = 80


class SettingsError(Exception):
    """A setting that cannot be used; the text says what would be right, and holds nothing that a terminal would obey."""

    def __str__(self) -> str:
        return plain(super().__str__())


@dataclass(frozen=True)
class RunSettings:
    """A run: which scenarios (baselines first), how many worlds, with which random numbers, into which folder.

    `jobs` says how the work is spread, and `chunk` (worlds in a file) how it is stored; neither changes a number. `halfwidth`, where
    given, is a goal: worlds are added until the intervals are that narrow, and `n_worlds` is the most of them. `retry`: run again what
    failed; `as_it_is`: run nothing, make the result of what is there; `replace`: even if the result there says more. `rows`: the worlds
    are the rows of a design.
    """

    scenarios: "tuple[Scenario, ...]"
    name: str
    n_worlds: int = 1000
    seed: int = 1
    draws: bool = True
    jobs: int = 1
    months: int | None = None
    overrides: tuple[str, ...] = ()
    command: str = ""
    chunk: int | None = None
    halfwidth: float | None = None
    retry: bool = False
    as_it_is: bool = False
    replace: bool = False
    rows: "DesignRows | None" = None

    @property
    def folder(self) -> Path:
        """Where the results will stand."""
        return RESULTS / self.name

    def digest(self) -> str:
        """A hash of everything that determines the results."""
        design = None if self.rows is None else self.rows.digest()
        content = [[s.name, s.root, s.digest()] for s in self.scenarios], self.n_worlds, self.seed, self.draws, design
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def whole_number(text: str, option: str, low: int, high: int) -> int:
    """A whole number within limits, from what was typed. Raises SettingsError."""
    if not re.fullmatch(r"[-+]?[0-9]{1,30}", text.strip()):
        raise SettingsError(not_whole(option, quote(text[:40]), low, high))
    number = int(text)
    fault = out_of_range(option, number, low, high)
    if fault is not None:
        raise SettingsError(fault)
    return number


def fraction(text: str, option: str) -> float:
    """A half-width as a fraction, from what was typed. Raises SettingsError."""
    number = float(text) if re.fullmatch(r"[0-9]*\.?[0-9]+([eE]-?[0-9]{1,2})?", text.strip()) else 0.0
    if not SMALLEST_HALFWIDTH <= number < 1.0:
        raise SettingsError(f"{option}: {quote(text[:40])} is no half-width; give one from {SMALLEST_HALFWIDTH:g} to 1, 0.01 for a point.")
    return number


def check_name(name: str) -> str:
    """A name for a folder of results that stays within `results/`. Raises SettingsError."""
    if (why := reserved(name)) is not None and _NAME.fullmatch(name):
        raise SettingsError(f"--name: {quote(name)} cannot be the name of a folder in results/. {why}")
    if not _NAME.fullmatch(name) or ".." in name:
        rule = "use letters, digits, '.', '_', '-' and '+', not starting with a dot, at most 100"
        raise SettingsError(f"--name: {quote(name[:60])} cannot be the name of a folder in results/; {rule}.")
    return name


def default_name(files: Sequence[str]) -> str:
    """The name of the results without `--name`: `default` for all scenarios, otherwise the names of the files joined by `+`."""
    if not files:
        return "default"
    stems = [Path(file).stem for file in files]
    joined = "+".join(dict.fromkeys(stems))
    return check_name(joined if len(joined) <= _LONGEST_JOINED else f"{stems[0]}+{len(stems) - 1}_more")


def default_files(folder: Path = Path("scenarios")) -> list[Path]:
    """All scenario files of the folder, sub-folders aside. Raises SettingsError if there are none."""
    files = sorted(p for p in folder.glob("*.yaml") if p.is_file())
    if not files:
        there = f"There are no scenario files in {folder}/." if folder.is_dir() else f"There is no {folder}/ folder here."
        raise SettingsError(f"{there} `spheres init .` makes one; or name scenario files.")
    return files


def default_jobs() -> int:
    """As many processes as this process may use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
