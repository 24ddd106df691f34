"""The campaign's own parts: minutes are shared, what goes wrong is counted, and the table lands where it should."""

import subprocess
import sys
from pathlib import Path

import pytest
from command_line import PROJECT

from .isolation import run_apart
from .parts import PARTS, Part, seconds_of
from .table import BEGIN, END, markdown, plain, write
from .tally import Budget, Tally


def test_minutes_are_shared_and_what_is_left_goes_on() -> None:
    first = seconds_of(PARTS[0], PARTS[1:], 600.0)
    assert first == pytest.approx(600.0 * PARTS[0].share / sum(part.share for part in PARTS))
    assert seconds_of(PARTS[1], PARTS[2:], 600.0) > seconds_of(PARTS[1], PARTS[2:], 600.0 - first)
    assert seconds_of(PARTS[-1], (), 42.0) == 42.0


def test_a_budget_ends_with_its_cases_or_its_seconds() -> None:
    assert Budget(at_most=2).goes_on(1) and not Budget(at_most=2).goes_on(2)
    assert Budget(seconds=60.0).goes_on(10**6) and not Budget(seconds=0.0).goes_on(0)
    assert Budget(3).random("a").integers(10**9) == Budget(3).random("a").integers(10**9) != Budget(3).random("b").integers(10**9)


def test_the_table_counts_every_kind() -> None:
    good, bad = Tally("kills", 1200), Tally("flips", 30)
    bad.fail("wrong", "case 7")
    bad.fail("left_behind", "case 8")
    assert good.clean and not bad.clean
    assert [line.split() for line in plain([good, bad]).splitlines()[1:]] == [
        ["kills", "1,200", "0", "0", "0", "0", "0"],
        ["flips", "30", "0", "1", "0", "0", "1"],
        ["all", "1,230", "0", "1", "0", "0", "1"],
    ]
    assert "| flips | a changed bit in every kind of file | 30 | 0 | 1 | 0 | 0 | 1 |" in markdown([good, bad], PARTS, "how")


def test_the_table_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text(f"# A\n\n{BEGIN}\nold\n{END}\n\nlast\n")
    write(note, "new")
    write(note, "newer")
    assert note.read_text() == f"# A\n\n{BEGIN}\n\nnewer\n\n{END}\n\nlast\n"
    note.write_text("no marks")
    with pytest.raises(ValueError, match="has no lines"):
        write(note, "new")


def test_a_part_that_does_not_exist_is_refused() -> None:
    words = [sys.executable, "-m", "tests.campaign", "--parts", "kill"]
    answer = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 2 and "there is no part 'kill'; the parts are kills, stops," in answer.stderr


def test_a_part_that_breaks_is_a_failure_and_not_the_end() -> None:
    tally = run_apart(Part("tally", "", 1.0), Budget(seconds=30.0))  # a module that has no `run`
    assert tally.tried == 0 and len(tally.failures["tracebacks"]) == 1 and "has no attribute 'run'" in tally.failures["tracebacks"][0]


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked")
def test_the_campaign_as_it_is_typed(tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text(f"{BEGIN}{END}")
    words = ("--parts", "kills", "--at-most", "1", "--write", str(note))
    answer = subprocess.run(
        [sys.executable, "-m", "tests.campaign", *words], cwd=PROJECT, capture_output=True, text=True, timeout=200, check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "kills: 1 tried in" in answer.stdout and "Seed 1, " in answer.stdout
    assert "| kills | a kill or a power cut at every file operation of a command | 1 | 0 | 0 | 0 | 0 | 0 |" in note.read_text()
