"""What came of rows, on disk, so that a search that is stopped or killed goes on from there.

`asked.json` holds what the numbers depend on, `rows.csv` a line for each batch of rows that was run: the hash of the rows, what came of
them, and a check sum of the line. A search is made again from its beginning, and finds in the log what it has run already. A line that is
damaged is left out, and its rows are run again.
"""

import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from sim.experiment.run_settings import RESULTS, SettingsError
from sim.experiment.storage.manifest_file import CONTENTS, read_json
from sim.experiment.storage.publishing import NEW
from sim.experiment.storage.whole_files import is_plain_file, write_text
from sim.exploration.reach.reach_question import ReachQuestion
from sim.model.state.dimensions import Array
from sim.validation.calibration.trial_store import differences

FOLDER = RESULTS / "searches"
ASKED, ROWS = "asked.json", "rows.csv"
_HEAD = "rows,values,check"
_LARGEST = 256_000_000  # bytes of a log; ten million rows take as many


class RowLog:
    """The rows that were run for a question. Raises SettingsError when its folder holds those of another question, or other files.

    With `replace`, what is there of another question is replaced with the first rows that are run.
    """

    def __init__(self, question: ReachQuestion, replace: bool = False) -> None:
        self.question, self.place = question, FOLDER / question.name
        self._lines: dict[str, str] = {}
        self.damaged = 0
        is_there = self.place.exists() or self.place.is_symlink()
        if is_there and self._is_of_this_question(replace):
            self._read()

    @property
    def n_rows(self) -> int:
        """How many rows the log has."""
        return sum(line.count(" ") + 1 for line in self._lines.values()) // len(self.question.outcomes)

    def find(self, digest: str, shape: tuple[int, int]) -> Array | None:
        """What came of rows with this hash, (outcomes, rows), or None."""
        line = self._lines.get(digest)
        values = None if line is None else np.array([float(text) for text in line.split(" ")])
        return values.reshape(shape) if values is not None and values.size == shape[0] * shape[1] else None

    def add(self, digest: str, values: Array) -> None:
        """Keep what came of rows: the whole log is rewritten."""
        self._lines[digest] = " ".join(repr(float(value)) for value in values.ravel())
        if len(self._lines) == 1 or not (self.place / ASKED).is_file():
            self.place.mkdir(parents=True, exist_ok=True)
            (self.place / ROWS).unlink(missing_ok=True)
            write_text(self.place / ASKED, json.dumps(self.question.described(), indent=2, ensure_ascii=False) + "\n")
        write_text(self.place / ROWS, "\n".join([_HEAD, *(_sealed(*line) for line in self._lines.items())]) + "\n")

    def _is_of_this_question(self, replace: bool) -> bool:
        """Whether the folder's rows answer this question. Raises SettingsError if they may not be replaced."""
        another = f"choose another name, for instance: --name {self.question.name}-2"
        if self.place.is_symlink() or not self.place.is_dir() or not is_search(self.place):
            raise SettingsError(f"{self.place} holds something other than a search; {another}")
        if not (self.place / ASKED).is_file():
            return False
        try:
            there = read_json(self.place / ASKED)
        except (OSError, ValueError):
            there = None
        different = differences(there, self.question.described()) if isinstance(there, dict) else ["asked.json cannot be read"]
        if different and not replace:
            raise SettingsError(
                f"{self.place} holds a search for something else. What differs: {'; '.join(different)}. "
                f"Say --replace to begin anew there, or {another}"
            )
        return not different

    def _read(self) -> None:
        for digest, values in self._whole_lines():
            self._lines[digest] = values

    def _whole_lines(self) -> Iterator[tuple[str, str]]:
        path = self.place / ROWS
        try:
            whole = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
        except OSError:
            whole = b""
        for raw in whole.split(b"\n")[1:-1]:
            digest, values, check = [*raw.decode("utf-8", errors="replace").split(","), "", "", ""][:3]
            if check and _sealed(digest, values).endswith(f",{check}") and _are_numbers(values):
                yield digest, values
            else:
                self.damaged += 1


def is_search(folder: Path) -> bool:
    """Whether a folder holds a search, or nothing yet."""
    ours = {ASKED, ROWS, CONTENTS, NEW}
    names = [path.name for path in folder.iterdir() if not path.name.startswith(".")]
    return not names or is_plain_file(folder / ASKED) or set(names) <= ours


def _sealed(digest: str, values: str) -> str:
    return f"{digest},{values},{zlib.crc32(f'{digest},{values}'.encode()):08x}"


def _are_numbers(values: str) -> bool:
    try:
        return all(np.isfinite(float(text)) for text in values.split(" "))
    except ValueError:
        return False
