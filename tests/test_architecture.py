"""The architecture: layers keep their direction, names are unique, code is typed and clean, declarations have meanings, words are plain."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.model.registry import PARAMETERS, paths
from sim.model.state.event_log import KINDS
from sim.scenario import load_scenario
from sim.scenario.loader import module_of

PROJECT = Path(__file__).resolve().parent.parent
CODE = sorted((PROJECT / "sim").rglob("*.py"))
TOOLS = (
    ["lint-imports"],
    pytest.param(["mypy"], marks=pytest.mark.slow),  # half a minute without its cache
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
)
# Words and phrases of early versions that a reader from outside cannot know; what to write instead.
PRIVATE_WORDS = {
    r"(?<!`)\bsway\b(?!`)": "influence",  # a stored key in backticks is data
    r"\bhinges?\b": "sensitivity; influential parameter",
    r"\bsoured?\b": "spilled over",
    r"\b(be|is|are|was) told from\b": "statistically significant",
    r"\bstands? for (many|each)\b": "representative world",
    r"\bcannot bear\b": "cannot support",
    r"\bleft to speak\b": "held out",
    r"\bget on\b": "relations",
    r"\bhangs? on\b": "depends on; threshold-sensitive",
    r"\bsure to within\b": "accurate to within",
    r"\bnothing (that )?this model knows\b": "not found",
    r"\bwere asked for\b": "skipped",
    r"\b(two|they|worlds) part\b": "diverge",
}
TEXTS = ("README.md", "CONTRIBUTING.md", "docs/**/*.md", "docs/**/*.py", "results/README.md", "sim/data/README.md", "scenarios/**/*.yaml")
ALLOWED = {"CONTRIBUTING.md"}  # shows them as examples of what not to write


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: " ".join(tool))
def test_the_tools_find_nothing(tool: list[str]) -> None:
    command = Path(sys.executable).parent / tool[0]
    done = subprocess.run([command, *tool[1:]], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_folder_says_in_one_line_what_is_in_it() -> None:
    for folder in {path.parent for path in CODE}:
        first = (ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or "").partition("\n")[0]
        assert len(first) > 20 and first.endswith("."), folder


def test_no_file_name_occurs_twice() -> None:
    names = Counter(path.name for path in CODE)
    assert [name for name, count in names.items() if count > 1 and name not in ("__init__.py", "__main__.py")] == []


def readable() -> Iterator[tuple[str, str]]:
    """What people read: the texts of the project, and every string in the code, docstrings among them; each with its place."""
    for pattern in TEXTS:
        for path in PROJECT.glob(pattern):
            name = path.relative_to(PROJECT).as_posix()
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                yield f"{name}:{number}", line
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:  # a single word may be a stored key
                yield f"{path.relative_to(PROJECT).as_posix()}:{node.lineno}", node.value


def test_no_private_words_are_left_in_what_people_read() -> None:
    words = re.compile("|".join(PRIVATE_WORDS), re.IGNORECASE)
    found = [
        f"{place}: {match[0]}" for place, text in readable() if place.partition(":")[0] not in ALLOWED for match in words.finditer(text)
    ]
    assert found == []


def test_every_event_kind_has_a_meaning_and_a_sentence() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert kind.meaning and kind.sentence.endswith("."), kind.name


def test_every_declared_parameter_says_what_it_means_and_where_it_acts() -> None:
    groups = tuple(load_scenario(PROJECT / "scenarios" / "baseline.yaml").start_state["groups"])
    for path, declared in paths(groups).items():
        assert len(declared.meaning) > 8, path
        assert module_of(PARAMETERS, path).startswith("sim."), path
