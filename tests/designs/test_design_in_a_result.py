"""The rows of a design as a result: stored with point and luck, the same in any chunking, found again, replayed, paired by luck."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from command_line import typed

from sim.compare.build import compare
from sim.compare.compared_scenarios import all_scenarios
from sim.experiment.execution.runner import run
from sim.experiment.run_settings import RunSettings, SettingsError
from sim.experiment.storage.results import Result
from sim.exploration.stored_worlds import read_worlds
from sim.replay.rerun import replay_worlds
from sim.report.page.caveats import caveats
from sim.scenario import Scenario, load_scenario
from sim.scenario.design_rows import DesignRows
from sim.validation.patterns.result_samples import Samples

POINTS, LUCKS = 3, 4
STRIKES, BUDGET = "israel.strike_rate", "iran.means.budget"


def design() -> DesignRows:
    """Three points under four lucks, interleaved: all points under the first luck come first."""
    point, luck = np.tile(np.arange(POINTS), LUCKS), np.repeat(np.arange(LUCKS), POINTS)
    return DesignRows(point, luck, {BUDGET: np.array([0.1, 0.5, 0.9])[point]}, {STRIKES: np.array([1.0, 2.0, 4.0])[point]})


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("baseline", months=3)


@pytest.fixture(scope="module")
def made(scenario: Scenario, tmp_path_factory: pytest.TempPathFactory) -> tuple[RunSettings, Result]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("design"))
        settings = RunSettings((scenario,), "design", len(design()), chunk=5, rows=design())
        run(settings)
        return settings, Result(Path("results/design").resolve())


def table(result: Result) -> pd.DataFrame:
    return result.table(result.scenarios[0], "worlds").to_pandas()


def test_each_row_stores_its_point_its_luck_and_its_parameters(made: tuple[RunSettings, Result]) -> None:
    worlds, rows = table(made[1]), design()
    assert worlds["world"].tolist() == list(range(POINTS * LUCKS))
    assert worlds["point"].tolist() == rows.point.tolist() and worlds["luck"].tolist() == rows.luck.tolist()
    assert worlds[f"param:{STRIKES}"].tolist() == rows.values[STRIKES].tolist()
    assert worlds.groupby("point")[f"param:{BUDGET}"].nunique().tolist() == [1, 1, 1]
    others = worlds.groupby("luck")["param:fight.raid_rate"].nunique()
    assert others.tolist() == [1] * LUCKS and worlds["param:fight.raid_rate"].nunique() == LUCKS
    assert made[1].rows is not None and made[1].rows.digest() == rows.digest()
    assert made[1].manifest["design"] == {
        "points": POINTS,
        "lucks": LUCKS,
        "factors": {BUDGET: "quantile", STRIKES: "value"},
        "digest": rows.digest(),
    }


def test_rows_are_the_same_in_chunks_of_any_size_and_a_shorter_run_is_part_of_a_longer(
    made: tuple[RunSettings, Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings, result = made
    run(replace(settings, chunk=7))
    pd.testing.assert_frame_equal(table(Result(Path("results/design"))), table(result))
    few = design().take(slice(0, 7))
    run(replace(settings, name="few", chunk=7, rows=few, n_worlds=len(few)))
    pd.testing.assert_frame_equal(table(Result(Path("results/few"))), table(result).iloc[:7])


def test_a_second_run_finds_all_rows_and_another_design_is_refused(
    made: tuple[RunSettings, Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, result = made
    monkeypatch.chdir(result.folder.parents[1])
    again = run(settings)
    assert (again.found, again.made) == (POINTS * LUCKS, 0)
    other = replace(settings, rows=replace(design(), luck=design().luck + 1))
    with pytest.raises(SettingsError, match="holds results of another design"):
        run(other)
    with pytest.raises(SettingsError, match="holds results of another design"):
        run(replace(settings, rows=None))


def test_a_row_is_replayed_to_the_bit(made: tuple[RunSettings, Result]) -> None:
    for replayed in replay_worlds(made[1], "baseline", [1, 6, 11]):
        assert replayed.compared > 1000 and replayed.differences == ()
    answer = typed(made[1].folder.parents[1], "replay", "results/design", "--scenario", "baseline", "--world", "7")
    row = "Row 7 of a design, point 1 under the luck of world 2: israel.strike_rate 2, iran.means.budget at 50 % of its draws."
    assert answer.exit_code == 0 and answer.stdout.startswith(row) and "to the bit." in answer.stdout


def test_rows_of_one_design_are_paired_and_never_with_worlds_of_the_same_number(
    made: tuple[RunSettings, Result], scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run(RunSettings((scenario,), "plain", 12))
    (designed,), (plain,) = all_scenarios([made[1].folder]), all_scenarios([Path("results/plain")])
    assert designed.pairs_with(designed) == 12 and designed.pairs_with(plain) == 0


def test_rows_are_no_sample_of_worlds_with_draws_of_their_own(made: tuple[RunSettings, Result]) -> None:
    with pytest.raises(SettingsError, match="was run by a design, whose rows share lucks or draws"):
        read_worlds(made[1].folder, "baseline")
    with pytest.raises(SettingsError, match="has the rows of a design"):
        Samples(made[1], "baseline")


def test_a_damaged_table_of_rows_is_told(made: tuple[RunSettings, Result]) -> None:
    path = made[1].folder / "design.parquet"
    whole = path.read_bytes()
    try:
        path.write_bytes(whole[:-9])
        with pytest.raises(SettingsError, match=r"design\.parquet is missing or damaged"):
            _ = Result(made[1].folder).rows
    finally:
        path.write_bytes(whole)


def test_two_scenarios_under_one_design_are_compared_row_by_row_and_the_page_says_so(
    made: tuple[RunSettings, Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run(replace(made[0], scenarios=(load_scenario("iran_withdraws", months=3),), name="other"))
    comparison, left_out = compare([made[1].folder, Path("results/other")], against="baseline")
    assert left_out == [] and comparison.about["iran_withdraws"].paired and comparison.about["iran_withdraws"].pairs == 12
    claims = [caveat.claim for caveat in caveats(comparison)]
    assert "Shares over all rows of a design depend on the design." in claims
