"""What is wrong with an input: one message a problem, with file, line, and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from sim.text.plain_output import plain

T = TypeVar("T")

MAX_PROBLEMS = 50  # reported of one file; a file with more has one cause


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. `line` counts from 1; 0 means that the problem has no line (a missing file, `--set`)."""

    file: str
    line: int
    text: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}: {self.text} {self.hint}".rstrip()


class ScenarioError(Exception):
    """Scenario files (or `--set` values) that cannot be used. `problems` holds every one that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(dict.fromkeys(problems))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return plain("\n".join(str(problem) for problem in self.problems))


@dataclass
class ErrorCollector:
    """Problems and notices gathered while reading one file; `file` is the name that messages show."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def error(self, line: int, text: str, hint: str = "") -> "T | None":
        """Something that must be fixed. Returns None, so that a parser can end with `return findings.error(...)`."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(self.file, line, text, hint))
        elif len(self.problems) == MAX_PROBLEMS:
            self.problems.append(Problem(self.file, line, "there are more problems from here on.", "Fix these first."))
        return None

    def notice(self, line: int, text: str) -> None:
        """Something that may be intended, and that a person should know."""
        self.notices.append(str(Problem(self.file, line, text)))

    @property
    def full(self) -> bool:
        """Whether further problems are no longer reported (and need no hints)."""
        return len(self.problems) > MAX_PROBLEMS
