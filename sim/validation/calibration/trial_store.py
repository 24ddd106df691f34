"""The trials of a calibration on disk, in files that are always complete, so that a search can be resumed.

`asked.json` holds what determines the trials, `trials.csv` a line for each finished one: values, shares of worlds, shortfalls, and a check
sum of the line, against damage.
"""

import csv
import io
import json
import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.experiment.run_settings import RESULTS, SettingsError
from sim.experiment.storage.manifest_file import read_json
from sim.experiment.storage.whole_files import write_text
from sim.validation.calibration.problem import CalibrationProblem

FOLDER = RESULTS / "calibrations"
ASKED, TABLE, CHECK = "asked.json", "trials.csv", "check"
_LARGEST = 64_000_000  # bytes of a table; two hundred thousand trials take as many
_DIGITS = 9  # decimals of a shortfall, so that rounding errors do not count
_PARTS = {"model": "the model's code or tables", "versions": "the versions of Python or libraries"}


@dataclass(frozen=True)
class Trial:
    """Values that were tried, and for each pattern the share of worlds in which it held and its shortfall."""

    number: int
    values: Mapping[str, float]
    shares: tuple[float, ...]
    shortfalls: tuple[float, ...]

    @property
    def total(self) -> float:
        """The shortfalls of all patterns added up; 0 when all are met."""
        return math.fsum(self.shortfalls)


def shortfall(share: float, expected: tuple[float, float]) -> float:
    """How far a share of worlds lies outside the expected range; 0 within."""
    low, high = expected
    return round(max(low - share, share - high, 0.0), _DIGITS)


class TrialStore:
    """The finished trials of a problem, by number. Raises SettingsError when its folder holds other trials or other files."""

    def __init__(self, problem: CalibrationProblem) -> None:
        self.problem, self.place = problem, FOLDER / problem.name
        self.trials: dict[int, Trial] = {}
        if self.place.exists():
            self._check()
            self._read()

    @property
    def table(self) -> Path:
        """The file of the trials."""
        return self.place / TABLE

    def before(self, number: int) -> list[Trial]:
        """The finished trials with smaller numbers, in order."""
        return [self.trials[k] for k in sorted(self.trials) if k < number]

    def trial(self, number: int, values: Mapping[str, float], shares: Sequence[float]) -> Trial:
        """A trial with its shortfalls."""
        patterns = self.problem.patterns
        short = tuple(shortfall(share, pattern.expect) for share, pattern in zip(shares, patterns, strict=True))
        return Trial(number, dict(values), tuple(shares), short)

    def add(self, trial: Trial) -> None:
        """Store a finished trial: the whole table is rewritten."""
        self.trials[trial.number] = trial
        if not self.table.exists():
            self.place.mkdir(parents=True, exist_ok=True)
            write_text(self.place / ASKED, json.dumps(self.problem.described(), indent=2, ensure_ascii=False) + "\n")
        write_text(self.table, self._text())

    def _head(self) -> list[str]:
        names = [pattern.name for pattern in self.problem.patterns]
        return ["trial", *self.problem.parameters, *(f"share:{name}" for name in names), *(f"shortfall:{name}" for name in names), CHECK]

    def _text(self) -> str:
        out = io.StringIO()
        write = csv.writer(out, lineterminator="\n")
        write.writerow(self._head())
        for trial in self.before(max(self.trials) + 1):
            values = [trial.values[path] for path in self.problem.parameters]
            cells = [str(trial.number), *(repr(float(x)) for x in (*values, *trial.shares, *trial.shortfalls))]
            write.writerow([*cells, _check_sum(cells)])
        return out.getvalue()

    def _check(self) -> None:
        """Raise SettingsError for a folder that holds something else, and say what differs."""
        is_store = self.place.is_dir() and (
            (self.place / ASKED).is_file() or all(file.name.startswith(".") for file in self.place.iterdir())
        )
        if not is_store:
            raise SettingsError(f"{self.place} holds something other than trials of a calibration; choose another name.")
        if not (self.place / ASKED).is_file():
            return
        try:
            there = read_json(self.place / ASKED)
        except (OSError, ValueError):
            there = None
        if not isinstance(there, dict):
            raise SettingsError(f"{self.place / ASKED} cannot be read; choose another name, or delete {self.place}.")
        different = differences(there, self.problem.described())
        if different:
            raise SettingsError(
                f"{self.place} holds trials of another calibration. What differs: {'; '.join(different)}. "
                f"Choose another name, or delete {self.place} first."
            )

    def _read(self) -> None:
        if not self.table.exists():
            return
        rows = self._rows()
        if next(rows, None) != self._head():
            raise SettingsError(
                f"{self.table}, line 1: the columns are not those that were written; choose another name, or delete {self.place}."
            )
        for line, row in enumerate(rows, start=2):
            trial = self._row(row)
            if trial is None or trial.number in self.trials:
                raise SettingsError(f"{self.table}, line {line}: not as it was written. Delete this line; its trial is then run again.")
            self.trials[trial.number] = trial

    def _rows(self) -> Iterator[list[str]]:
        """The cells of each line; a line that is no text, or no line of a table, has none."""
        try:
            whole = self.table.read_bytes() if self.table.stat().st_size <= _LARGEST else b""
        except OSError:
            whole = b""
        for raw in whole.split(b"\n")[:-1]:
            try:
                yield next(csv.reader([raw.decode("utf-8")], strict=True), [])
            except (ValueError, csv.Error):
                yield []

    def _row(self, row: list[str]) -> Trial | None:
        """The trial of a line, or None if it cannot be one."""
        n = len(self.problem.parameters)
        try:
            *cells, check = row
            if check != _check_sum(cells):
                return None
            number, numbers = int(cells[0]), [float(text) for text in cells[1:]]
            shares = numbers[n : n + len(self.problem.patterns)]
            trial = self.trial(number, dict(zip(self.problem.parameters, numbers, strict=False)), shares)
        except (ValueError, IndexError):
            return None
        whole = [*trial.values.values(), *trial.shares, *trial.shortfalls] == numbers
        within = all(low <= trial.values[path] <= high for path, (low, high) in self.problem.ranges.items()) if whole else False
        return trial if within and number >= 0 else None


def _check_sum(cells: Sequence[str]) -> str:
    """What ends a line of the table."""
    return f"{zlib.crc32(','.join(cells).encode()):08x}"


def differences(there: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """How two descriptions of a calibration differ, part by part, in words."""
    lines = []
    for part in dict.fromkeys([*there, *now]):
        old, new = there.get(part), now.get(part)
        if old == new:
            continue
        if not isinstance(old, dict) or not isinstance(new, dict):
            lines.append(f"{part} ({old} there, now {new})")
            continue
        named = [key for key in dict.fromkeys([*old, *new]) if old.get(key) != new.get(key)]
        lines.append(_PARTS.get(part, f"{part} ({', '.join(_one(key, old, new) for key in named)})"))
    return lines


def _one(key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    if key in old and key in new:
        return f"{key} has changed"
    return f"{key} only {'there' if key in old else 'now'}"
