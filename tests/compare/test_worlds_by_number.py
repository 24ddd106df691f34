"""World k is world k: scenarios are compared over the worlds that both have, whatever chunks these stand in."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from command_line import PROJECT, typed
from experiment.conftest import here as here
from experiment.conftest import results as results
from experiment.conftest import runs as runs
from experiment.conftest import settings
from experiment.fake_model import ISO

from sim.compare.compared_scenarios import ComparedScenario, all_scenarios
from sim.compare.difference_tables import DifferenceTables, difference_tables
from sim.compare.scenario_differences import ScenarioDifferences, scenario_differences
from sim.experiment.storage.results import Result

TABLES = ("differences", "years", "months", "transitions")


def sides(folder: Path) -> dict[str, ComparedScenario]:
    """The scenarios of a result."""
    return {side.name: side for side in all_scenarios([folder])}


def same(found: DifferenceTables, expected: DifferenceTables) -> bool:
    """Whether all tables are equal to the bit."""
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name), check_exact=True)
    return True


def test_other_chunks_and_more_worlds_change_no_bit_of_a_paired_difference(results: Callable[..., Path]) -> None:
    few, more, cut = (
        sides(results(name, n_worlds=n, chunk=size)) for name, n, size in (("few", 40, 40), ("more", 60, 20), ("cut", 60, 17))
    )
    expected = difference_tables(few["more_money"], few["baseline"])
    assert expected.differences["paired"].all() and set(expected.differences.query("given == 'all'")["worlds"]) == {40}
    for baseline in (more["baseline"], cut["baseline"]):
        assert few["more_money"].pairs_with(baseline) == 40 and few["more_money"].paired_with(baseline)
        assert same(difference_tables(few["more_money"], baseline), expected)
    assert same(difference_tables(more["more_money"], few["baseline"]), expected)
    whole = difference_tables(more["more_money"], more["baseline"])
    assert same(difference_tables(cut["more_money"], more["baseline"]), whole)
    assert set(whole.differences.query("given == 'all'")["worlds"]) == {60}


def test_a_scenario_does_not_differ_from_the_same_worlds_of_a_larger_result(results: Callable[..., Path]) -> None:
    few, more = (sides(results(name, n_worlds=n))["baseline"] for name, n in (("few", 40), ("more", 60)))
    table = difference_tables(few, more).differences
    assert (table["difference"] == 0.0).all() and (table["same"] == 1.0).all() and (table["p"] == 1.0).all()
    moves = difference_tables(few, more).transitions
    assert (moves["before"] == moves["after"]).all() and moves.groupby("kind")["worlds"].sum().tolist() == [40, 40]


def test_a_run_pairs_worlds_by_number_too(results: Callable[..., Path]) -> None:
    asked, whole, cut = settings(), Result(results("whole", chunk=60)), Result(results("cut", chunk=17))

    def compared(baseline: Result) -> Iterator[ScenarioDifferences]:
        chunks = {name: (baseline if name == "baseline" else whole).files(name) for name in whole.scenarios}
        return scenario_differences(asked.scenarios, chunks, ISO)

    for found, expected in zip(compared(cut), compared(whole), strict=True):
        pd.testing.assert_frame_equal(found.assessment.frame, expected.assessment.frame, check_exact=True)
        assert found.p05.tobytes() == expected.p05.tobytes() and found.overall.tobytes() == expected.overall.tobytes()


def test_without_a_common_world_scenarios_are_two_samples(results: Callable[..., Path]) -> None:
    side = sides(results(n_worlds=60, chunk=20))["baseline"]
    other = ComparedScenario("other", "more_money", Result(side.result.folder))
    first, last = {(0, 20): side.files[0, 20]}, {(40, 20): other.files[40, 20]}
    side.result._files["baseline"], other.result._files["more_money"] = first, last
    assert side.random_numbers == other.random_numbers and not other.paired_with(side)
    table = difference_tables(other, side).differences
    assert not table["paired"].any() and table["same"].isna().all() and table["difference"].notna().any()


class RealRun(NamedTuple):
    """A folder with results of the real model, and what the last run said."""

    folder: Path
    said: str


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> RealRun:
    """Two and three worlds of the real model over a month, in two results."""
    folder = tmp_path_factory.mktemp("by_number")
    shutil.copytree(PROJECT / "scenarios", folder / "scenarios")
    few = ("--months", "1", "--no-plots", "--quiet", "--jobs", "1")
    for words in (("baseline", "--worlds", "3", "--name", "p3"), ("baseline", "israel_escalates", "--worlds", "2", "--name", "p2")):
        answer = typed(folder, "run", *words, *few)
        assert answer.exit_code == 0, answer.stderr
    return RealRun(folder, answer.stdout)


def test_two_worlds_are_said_to_be_too_few(real: RealRun) -> None:
    few = "2 worlds are too few to call any difference significant (at least 30)"
    assert f"{few}: nothing can be said to stand out yet." in real.said and "*" not in real.said.replace("* significant", "")
    assert "to within 0.0 points" not in real.said and "differs significantly" not in real.said


def test_results_with_other_numbers_of_worlds_are_compared_world_by_world(real: RealRun) -> None:
    here = real.folder
    quick = ("--no-pictures", "--no-stories", "--quiet", "--jobs", "1")
    for out, folders in (("both", ("results/p3", "results/p2")), ("alone", ("results/p2",))):
        answer = typed(here, "compare", *folders, *quick, "--out", out)
        assert answer.exit_code == 0, answer.stderr
    both, alone = (pd.read_csv(here / out / "tables/differences.csv", keep_default_na=False) for out in ("both", "alone"))
    assert both["paired"].all() and set(both.query("given == 'all'")["worlds"]) == {2}
    again = both[both["scenario"] == "baseline (p2)"]
    assert (
        (again["difference"].astype(float) == 0).all()
        and (again["same"].astype(float) == 1).all()
        and (again["p"].astype(float) == 1).all()
    )
    rows = both[both["scenario"] == "israel_escalates"].reset_index(drop=True)
    pd.testing.assert_frame_equal(rows, alone[alone["scenario"] == "israel_escalates"].reset_index(drop=True))
    page = (here / "both/compare.html").read_text(encoding="utf-8")
    assert not both["significant"].any() and set(both["status"]) <= {"too few worlds", "set by the scenario"}
    assert "in the 2 that both have" in page and "30 worlds at least" in page and "no detectable difference" not in page.lower()
    assert "in the 2 that both have" in page and "other luck" not in page and "other random numbers" not in page
