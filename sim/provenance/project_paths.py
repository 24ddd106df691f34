"""Where the texts of the project lie, and how a reader is told of a place in them."""

import csv
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path

from sim.model.state.csv_files import DATA
from sim.scenario.validation_errors import ErrorCollector, ScenarioError
from sim.scenario.yaml_reader import Node, read_file


@dataclass(frozen=True)
class Place:
    """A place in the project's files; `name` is what stands there, `says` its first sentence."""

    file: str
    line: int
    name: str
    says: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.name}"


@dataclass(frozen=True)
class Project:
    """The folders: `root` holds `sim/` (and, in a working copy, `docs/`), `scenarios` the scenario files."""

    root: Path = DATA.parent.parent
    scenarios: Path = Path("scenarios")

    @property
    def code(self) -> Path:
        """The package."""
        return self.root / "sim"

    @property
    def data(self) -> Path:
        """The facts that ship with it."""
        return self.root / "sim" / "data"

    def shown(self, path: Path) -> str:
        """A path as a reader is told it: from the root of the project on, else as it is."""
        return (path.relative_to(self.root) if path.is_relative_to(self.root) else path).as_posix()

    def has(self, file: str) -> bool:
        """Whether a file that a source names exists, among the facts or from the root on."""
        return any((folder / file).is_file() for folder in (self.data, self.data / "starts", self.root))

    def rows(self, name: str) -> list[tuple[int, dict[str, str]]]:
        """The rows of a table of facts, each with its line; none if there is no such file."""
        return _rows(self.data / name)

    def tree(self, path: Path) -> Node:
        """A YAML file as a tree of nodes; an empty one if there is no such file. Raises ScenarioError."""
        if not path.is_file():
            return Node(0, entries={})
        findings = ErrorCollector(self.shown(path))
        root = read_file(path, findings)
        if root is None or findings.problems:
            raise ScenarioError(findings.problems)
        return root


@cache
def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """A table, read once: `explain` asks for the same few many times."""
    if not path.is_file():
        return []
    reader = csv.DictReader(StringIO(path.read_text(encoding="utf-8")))
    return [(reader.line_num, {key: value or "" for key, value in row.items() if key}) for row in reader]
