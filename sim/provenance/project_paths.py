"""Where the project keeps its files, and how a place in them is written for a reader."""

import csv
from dataclasses import dataclass, field
from functools import cache
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

from sim.model.state.csv_files import DATA
from sim.scenario.packaged_files import SCENARIOS, scenario_path
from sim.scenario.validation_errors import ErrorCollector, ScenarioError
from sim.scenario.yaml_reader import Node, read_file


@dataclass(frozen=True)
class SourceLocation:
    """A line of a file of the project: `name` is what is defined there, `summary` the first line of its docstring."""

    file: str
    line: int
    name: str
    summary: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.name}"

    @property
    def explained(self) -> str:
        """The location, with the summary where there is one."""
        return f"{self}: {self.summary}" if self.summary else str(self)


def file_of(definition: Any) -> str:
    """The file, from the root of the project, of a module, or of the module of a class or function."""
    module = definition.__name__ if isinstance(definition, ModuleType) else definition.__module__
    return f"{module.replace('.', '/')}.py"


@dataclass(frozen=True)
class Project:
    """The folders: `root` holds `sim/` (and, in a working copy, `docs/`), `scenarios` the scenario files."""

    root: Path = DATA.parent.parent
    scenarios: Path = field(default_factory=lambda: scenario_path(SCENARIOS))

    @property
    def code(self) -> Path:
        """The package."""
        return self.root / "sim"

    @property
    def data(self) -> Path:
        """The data files that ship with it."""
        return self.root / "sim" / "data"

    @property
    def model(self) -> Path:
        """The part of the package that holds the rules."""
        return self.code / "model"

    def shown(self, path: Path) -> str:
        """A path as printed: from the root of the project where it lies below it, else as it is."""
        return (path.relative_to(self.root) if path.is_relative_to(self.root) else path).as_posix()

    def has(self, file: str) -> bool:
        """Whether a file that a source names exists, among the data files or from the root."""
        return any((folder / file).is_file() for folder in (self.data, self.data / "starts", self.root))

    def rows(self, name: str) -> list[tuple[int, dict[str, str]]]:
        """The rows of a data table, each with its line number; none if there is no such file."""
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
    """A table, read once: `explain` asks for the same few tables many times."""
    if not path.is_file():
        return []
    reader = csv.DictReader(StringIO(path.read_text(encoding="utf-8")))
    return [(reader.line_num, {key: value or "" for key, value in row.items() if key}) for row in reader]
