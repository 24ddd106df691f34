"""`spheres replay`, `export` and `tidy` on finished results."""

import re
from pathlib import Path

import pandas as pd
import pytest
from command_line import typed


@pytest.mark.parametrize(("scenario", "world"), [("baseline", 0), ("israel_escalates", 23)])
def test_replay_gives_the_rows_to_the_bit_and_prints_the_story(done: Path, scenario: str, world: int) -> None:
    answer = typed(done, "replay", "results/short", "--scenario", scenario, "--world", str(world))
    assert answer.exit_code == 0, answer.stderr
    assert answer.stdout.startswith(f"Simulated world {world} of '{scenario}'") and "to the bit" in answer.stdout
    assert re.search(r"^20\d\d-\d\d  ", answer.stdout, re.MULTILINE)


@pytest.mark.parametrize(
    ("words", "said"), [(("none", "--world", "1"), "There are no results in none/"), ((".", "--world", "one"), "--world: 'one'")]
)
def test_a_replay_of_nothing_is_refused(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    answer = typed(tmp_path, "replay", *words, "--scenario", "baseline")
    assert answer.exit_code == 2 and said in answer.stderr


def test_the_tables_of_every_world_are_exported_and_unused_chunks_removed(done: Path) -> None:
    words = ("run", "baseline", "--months", "2", "--no-plots", "--quiet", "--jobs", "1", "--name", "exported")
    assert [typed(done, *words, "--worlds", number).exit_code for number in ("3", "5")] == [0, 0]
    answer = typed(done, "export", "results/exported", "worlds", "--csv")
    assert answer.exit_code == 0 and "results/exported/tables/worlds.csv" in answer.stdout
    assert list(pd.read_csv(done / "results/exported/tables/worlds.csv").world) == [0, 1, 2, 3, 4]
    answer = typed(done, "export", "results/exported", "wolds")
    assert answer.exit_code == 2 and "Did you mean 'worlds'?" in answer.stderr
    assert "1 files removed" in typed(done, "tidy", "exported").stdout
    assert typed(done, "replay", "results/exported", "--scenario", "baseline", "--world", "4").exit_code == 0
    for words in (("tidy", "nowhere"), ("export", "results/nowhere")):
        answer = typed(done, *words)
        assert answer.exit_code == 2 and "nowhere" in answer.stderr and "Traceback" not in answer.stderr
