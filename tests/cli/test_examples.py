"""Every example that a help text shows is one that works."""

import shlex
import shutil
from pathlib import Path

import pytest
from command_line import PROJECT, typed

from sim.cli import COMMANDS
from sim.cli.commands import GROUPS, Commands
from sim.cli.examples import EXAMPLES, FIRST, Example

ALL = [(name, example) for name, examples in EXAMPLES.items() for example in examples]
LONGER = {"run", "compare", "interests", "sweep", "search", "claims", "history", "verdicts", "calibrate", FIRST}  # with the slow tests


def cases() -> list[object]:
    """Every example that takes seconds, each once, those that draw or run many worlds marked as slow."""
    marks = {True: [pytest.mark.slow], False: []}
    once = {example.words: (name, example) for name, example in ALL if not example.takes}
    return [pytest.param(*one, id=words, marks=marks[one[0] in LONGER]) for words, one in once.items()]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the scenarios, and small results named as those that examples read."""
    here = tmp_path_factory.mktemp("work")
    shutil.copytree(PROJECT / "scenarios", here / "scenarios", ignore=shutil.ignore_patterns("calibrated"))
    names = ("baseline", "iran_withdraws", "russia_distracted")
    answer = typed(here, "run", *names, "--worlds", "160", "--months", "24", "--name", "default", "--no-plots", "--quiet", "--jobs", "2")
    assert answer.exit_code == 0, answer.stderr
    return here


@pytest.mark.parametrize(("name", "example"), cases())
def test_an_example_works(work: Path, name: str, example: Example) -> None:
    if name == "verdicts":
        assert typed(work, "history", "--worlds", "30", "--held-out", "--quiet").exit_code == 0
    answer = typed(work, *shlex.split(example.words))
    assert answer.exit_code == 0, answer.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_ends_with_examples_of_it_that_can_be_copied(tmp_path: Path, name: str) -> None:
    assert EXAMPLES.get(name), f"sim/cli/examples.py has no example of `spheres {name}`"
    shown = typed(tmp_path, name, "--help").stdout.partition("\nExamples:\n")[2].splitlines()
    for example in EXAMPLES[name]:
        assert f"  spheres {example.words}" in shown and shlex.split(example.words)[0] == name


@pytest.mark.parametrize(("name", "example"), [pytest.param(*one, id=one[1].words) for one in ALL])
def test_the_options_of_an_example_are_options_of_the_command(name: str, example: Example) -> None:
    command, *words = shlex.split(example.words)
    Commands().get_command(None, command).make_context(command, words)  # which reads what was typed, and runs nothing


def test_the_list_of_commands_is_in_groups_and_ends_with_a_first_session(tmp_path: Path) -> None:
    text = typed(tmp_path, "--help").stdout
    assert [text.index(f"\n{title}:\n") for title, _ in GROUPS] == sorted(text.index(f"\n{title}:\n") for title, _ in GROUPS)
    assert all(f"  spheres {example.words}\n" in text for example in EXAMPLES[FIRST])
    assert set(EXAMPLES) == {FIRST, *COMMANDS} and len(COMMANDS) == len(set(COMMANDS))


def test_no_help_speaks_of_types_of_python(tmp_path: Path) -> None:
    for name in COMMANDS:
        text = typed(tmp_path, name, "--help").stdout
        assert "<" not in text and "[[" not in text, name
