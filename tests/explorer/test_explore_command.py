"""`spheres explore --page` as an analyst types it."""

import shutil
from pathlib import Path

from command_line import files, typed


def test_the_page_is_written_beside_the_result_and_says_what_it_holds(small_result: Path, tmp_path: Path):
    copy = tmp_path / "results" / "small"
    shutil.copytree(small_result, copy)
    answer = typed(tmp_path, "explore", "results/small", "--page")
    assert answer.exit_code == 0
    assert "Explorer: results/small/explore.html" in answer.output and "1,000 worlds of baseline" in answer.output
    first = (copy / "explore.html").read_bytes()
    typed(tmp_path, "explore", "results/small", "--page")
    assert (copy / "explore.html").read_bytes() == first
    assert not [name for name in files(copy) - files(small_result) if name != "explore.html"]


def test_a_result_that_is_not_there_is_answered_with_the_command_that_makes_it(tmp_path: Path):
    answer = typed(tmp_path, "explore", "--page")
    assert answer.exit_code == 2
    assert "results/explorer does not exist" in answer.output
    assert "spheres run baseline --worlds 10000 --name explorer" in answer.output
    assert not files(tmp_path)


def test_a_mistyped_scenario_is_answered_with_the_nearest_name(small_result: Path, tmp_path: Path):
    answer = typed(tmp_path, "explore", str(small_result), "--page", "--scenario", "basline")
    assert answer.exit_code == 2
    assert "Did you mean 'baseline'?" in answer.output
    assert not (small_result / "explore.html").exists()
