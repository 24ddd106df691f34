"""`spheres compare` as an analyst types it, and results opened in a notebook, on a few worlds of the real model."""

import json
import re
import runpy
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from command_line import PROJECT, files, spheres, typed
from stored import write_manifest

from sim.analysis import open_results
from sim.compare.build import compare
from sim.compare.compared_scenarios import all_scenarios, select_scenarios
from sim.compare.comparison import condition_of
from sim.compare.csv_export import MEANINGS, TABLES
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.publishing import building
from sim.model.observation.measure_catalogue import OUTCOMES
from sim.report.page.caveats import caveats

SCENARIOS = ("baseline", "caesar_tightened", "russia_distracted")
FEW = ("--worlds", "30", "--months", "14", "--no-plots", "--quiet", "--jobs", "1")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with results of three scenarios, with another seed, and over fewer months."""
    here = tmp_path_factory.mktemp("compared")
    shutil.copytree(PROJECT / "scenarios", here / "scenarios")
    for words in (
        (*SCENARIOS, *FEW, "--name", "default"),
        ("baseline", "caesar_tightened", *FEW, "--name", "lucky", "--seed", "7"),
        ("baseline", *FEW[:3], "6", *FEW[4:], "--name", "brief"),
    ):
        answer = typed(here, "run", *words)
        assert answer.exit_code == 0, answer.stderr
    return here


@pytest.fixture(scope="module")
def compared(results: Path) -> Path:
    """The folder that a comparison of a scenario with the baseline wrote."""
    words = ("--jobs", "2", "--scenarios", "baseline,caesar_tightened", "--no-pictures")
    answer = spheres(results, "compare", "results/default", *words)
    assert answer.returncode == 0, answer.stderr
    assert "Page: results/default/compare/compare.html" in answer.stdout and "comparing" in answer.stderr
    return results / "results/default/compare"


def test_it_writes_a_page_and_tables(compared: Path) -> None:
    assert {path.name for path in compared.iterdir()} == {"compare.html", "tables", "contents.json"}
    page = (compared / "compare.html").read_text(encoding="utf-8")
    assert "What if sanctions on the government and its partners were tightened further?" in page and "R83" in page
    assert 'id="b-stories-1"' in page


def test_it_draws_every_figure_of_the_page(results: Path) -> None:
    answer = typed(results, "compare", "results/default", "--scenarios", "baseline", "--quiet", "--jobs", "1", "--out", "drawn")
    assert answer.exit_code == 0 and "Figures: drawn/figures/" in answer.stdout, answer.stderr
    drawn = {path.name for path in (results / "drawn/figures").iterdir()}
    stems = (
        "outcomes",
        "map_baseline",
        "provinces_baseline",
        "ends_baseline",
        "partners_baseline",
        "contracts_baseline",
        "strikes_baseline",
        "effort_baseline",
        "effort_places_baseline",
    )
    stories = {name for name in drawn if name.startswith("story_baseline_")}
    assert drawn - stories == {f"{stem}.{kind}" for stem in stems for kind in ("png", "svg")} and stories


def test_its_tables_open_and_every_column_is_explained(compared: Path) -> None:
    explained = pd.read_csv(compared / "tables/columns.csv")
    for name in TABLES:
        table = pd.read_csv(compared / "tables" / f"{name}.csv")
        assert len(table) or name in ("negotiated", "holdings")
        assert list(table.columns) == explained.loc[explained["table"] == name, "column"].tolist()
    assert explained["meaning"].notna().all() and set(explained["column"]) <= set(MEANINGS)


def test_its_numbers_are_those_of_the_worlds(results: Path, compared: Path) -> None:
    opened = open_results(results / "results/default")
    mine, other = (opened.table(name) for name in ("caesar_tightened", "baseline"))
    rows = pd.read_csv(compared / "tables/differences.csv").query("given == 'all'").set_index(["quantity", "province"])
    assert rows.loc[("evasion", "SY"), "difference"] == pytest.approx((mine["evasion"] - other["evasion"]).mean(), rel=1e-4)
    assert rows.loc[("evasion", "SY"), "more"] == (mine["evasion"] > other["evasion"]).mean()
    for row in pd.read_csv(compared / "tables/thresholds.csv").query("scenario == 'caesar_tightened'").itertuples():
        for column, share in (("outcome", row.share), ("outcome_lower", row.share_lower), ("outcome_higher", row.share_higher)):
            assert share == pytest.approx((mine[column] == row.quantity.removeprefix("outcome:")).mean(), abs=1e-5), (row.quantity, column)
    moves = pd.read_csv(compared / "tables/transitions.csv").query("kind == 'outcome'")
    counted = pd.crosstab(other["outcome"].astype(str), mine["outcome"].astype(str))
    assert {(row.before, row.after): row.worlds for row in moves.itertuples()} == {
        (before, after): counted.loc[before, after] for before in counted.index for after in counted.columns if counted.loc[before, after]
    }
    shares = pd.read_csv(compared / "tables/shares.csv").query("scenario == 'baseline' and kind == 'outcome' and given == 'all'")
    expected = {f"outcome:{name}": float(f"{(other['outcome'] == name).mean():.6g}") for name in OUTCOMES}
    assert shares.set_index("quantity")["share"].to_dict() == expected


def test_a_run_and_a_comparison_agree_on_what_is_significant(results: Path, compared: Path) -> None:
    run = pd.read_parquet(results / "results/default/comparison.parquet").query("scenario == 'caesar_tightened'")
    run = run.astype({"quantity": str, "province": str}).set_index(["quantity", "province"])["significant"]
    rows = pd.read_csv(compared / "tables/differences.csv")
    rows = rows[rows["given"] == rows["kind"].map(condition_of)].set_index(["quantity", "province"])["significant"]
    both = rows.index.intersection(run.index)
    assert len(both) > 200 and 0 < rows[both].sum() < len(both)
    assert (run[both] == rows[both]).all()


def test_it_says_the_same_whatever_the_number_of_processes(results: Path, compared: Path) -> None:
    words = ("--scenarios", "baseline,caesar_tightened", "--no-pictures", "--quiet", "--jobs", "1", "--out", "one")
    answer = typed(results, "compare", "results/default", *words)
    assert answer.exit_code == 0 and answer.stderr == ""
    for path in ("compare.html", *(f"tables/{name}.csv" for name in TABLES)):
        assert (results / "one" / path).read_bytes() == (compared / path).read_bytes(), path


def test_results_with_other_random_numbers_are_compared_unpaired_and_say_so(results: Path) -> None:
    folders = [results / "results" / name for name in ("default", "lucky")]
    comparison, left_out = compare(folders, ["baseline", "caesar_tightened", "baseline (lucky)"])
    assert left_out == [] and comparison.scenarios == ("baseline", "caesar_tightened", "baseline (lucky)")
    rows = comparison.differences
    paired = rows.groupby("scenario")["paired"].all()
    assert paired["caesar_tightened"] and not paired["baseline (lucky)"]
    assert rows.loc[~rows["paired"], ["more", "narrowing"]].isna().all(axis=None)
    meanings = {caveat.claim: caveat.meaning for caveat in caveats(comparison)}
    assert "baseline (lucky)" in meanings["Not all scenarios use the same random numbers."]
    assert set(comparison.transitions["scenario"]) == {"caesar_tightened"}


def test_results_of_other_rules_are_compared_but_say_so(results: Path, tmp_path: Path) -> None:
    shutil.copytree(results / "results/lucky", tmp_path / "older")
    manifest = json.loads((tmp_path / "older/manifest.json").read_text())
    manifest["versions"]["model"] = "another"
    write_manifest(tmp_path / "older", manifest)
    comparison, _ = compare([results / "results/default", tmp_path / "older"], ["baseline", "caesar_tightened", "baseline (older)"])
    meanings = {caveat.claim: caveat.meaning for caveat in caveats(comparison)}
    meaning = meanings["Not all scenarios were run by the same version of the model."]
    assert "baseline (older)" in meaning and "caesar" not in meaning
    words = (str(tmp_path / "older"), "--scenarios", "baseline", "--out", str(tmp_path / "page"), "--no-pictures", "--quiet", "--jobs", "1")
    answer = typed(results, "compare", *words)
    assert answer.exit_code == 0 and "no stories of 'baseline', run by another version of the model" in answer.stderr
    assert "No world of this scenario was replayed" not in (tmp_path / "page/compare.html").read_text(encoding="utf-8")


def test_the_same_worlds_are_not_compared_twice_and_other_months_are_left_out(results: Path) -> None:
    folders = [results / "results" / name for name in ("default", "default", "brief")]
    sides, left_out = select_scenarios(all_scenarios(folders))
    assert tuple(side.name for side in sides) == SCENARIOS
    assert left_out == ["left out: 'baseline (brief)' (6 months from 2021-06) does not cover the months of 'baseline'"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("results/none",), "There are no results in results/none/"),
        (
            ("results/default", "--scenarios", "basline"),
            "--scenarios: there is no scenario 'basline' in these results. Did you mean 'baseline'?",
        ),
        (("results/default", "--against", "nobody"), "--against: there is no scenario 'nobody'"),
        (("results/default", "results/brief", "--scenarios", "baseline (brief)", "--against", "baseline"), "does not cover the months"),
        (("results/default", "--out", "scenarios"), "--out: scenarios holds other files"),
        (("results/default", "--out", "scenarios/baseline.yaml"), "is there already and is not a folder"),
        (("results/default", "--jobs", "none"), "--jobs: 'none' is not a whole number"),
        (("results/default", "--world", "3"), "--world compares two scenarios of one result"),
        (("results/default", "--world", "3", "--scenarios", "baseline,russia_distractd"), "Did you mean 'russia_distracted'?"),
        (("results/default", "--world", "30", "--scenarios", "baseline,russia_distracted"), "has worlds 0 to 29"),
    ],
)
def test_errors_are_reported_and_nothing_is_written(results: Path, words: tuple[str, ...], said: str) -> None:
    before = files(results)
    answer = typed(results, "compare", *words)
    assert answer.exit_code == 2 and said in answer.stderr
    assert files(results) == before


def test_a_damaged_chunk_is_reported(results: Path, tmp_path: Path) -> None:
    shutil.copytree(results / "results/default", tmp_path / "hurt", ignore=shutil.ignore_patterns("compare"))
    chunk = next((tmp_path / "hurt/chunks/caesar_tightened").glob("*.zip"))
    chunk.write_bytes(chunk.read_bytes()[:2000])
    answer = typed(tmp_path, "compare", "hurt", "--quiet", "--jobs", "1")
    assert answer.exit_code == 2 and chunk.name in answer.stderr and "makes it again" in answer.stderr
    assert not (tmp_path / "hurt/compare").exists()


def test_the_divergence_of_a_world_is_reported_and_drawn(results: Path) -> None:
    answer = typed(results, "compare", "results/default", "--world", "3", "--scenarios", "baseline,russia_distracted")
    assert answer.exit_code == 0, answer.stderr
    assert "2022-02, the first event that differs" in answer.stdout and "russia.means.budget" in answer.stdout
    place = results / "results/default/worlds/3_baseline_russia_distracted"
    assert {path.name for path in place.iterdir()} == {"divergence.txt", "spread.png", "spread.svg", "contents.json"}
    assert (place / "divergence.txt").read_text(encoding="utf-8") in answer.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
def test_a_stop_leaves_an_earlier_comparison_as_it_was(results: Path, compared: Path) -> None:
    before = {path: path.read_bytes() for path in compared.rglob("*") if path.is_file()}
    command = [sys.executable, "-m", "sim.cli", "compare", "results/default", "--jobs", "2"]
    process = subprocess.Popen(command, cwd=results, env={"PYTHONPATH": str(PROJECT), "PATH": ""}, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    while "comparing" not in process.stderr.readline():
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 130
    assert {path: path.read_bytes() for path in compared.rglob("*") if path.is_file()} == before
    assert not list((results / "results/default").glob(".compare.*"))


def test_a_new_result_takes_an_old_comparison_away(results: Path, tmp_path: Path) -> None:
    shutil.copytree(results, tmp_path / "all")
    with building(tmp_path / "all/results/brief/compare") as work:
        (work / "compare.html").write_text("of the old result")
    answer = typed(tmp_path / "all", "run", "baseline", "--worlds", "35", *FEW[2:3], "6", *FEW[4:], "--name", "brief")
    assert answer.exit_code == 0, answer.stderr
    assert not (tmp_path / "all/results/brief/compare").exists()


def test_a_page_of_a_result_that_was_replaced_meanwhile_is_not_put_beside_the_new_one(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(results, tmp_path / "all")
    monkeypatch.setattr("sim.experiment.storage.results.Result.current", lambda result: False)
    answer = typed(tmp_path / "all", "compare", "results/brief", "--no-pictures", "--no-stories", "--jobs", "1", "--quiet")
    assert answer.exit_code == 2 and "was replaced by another result while it was compared" in answer.stderr
    assert not (tmp_path / "all/results/brief/compare").exists()


def test_a_notebook_has_tables_and_the_figures_of_the_page(results: Path) -> None:
    opened = open_results(results / "results/default", scenarios=SCENARIOS)
    assert opened.scenarios == SCENARIOS and opened.provinces["SY-HL"] == "Aleppo"
    assert opened.table("baseline", "years", ["world", "year", "friction"]).shape == (90, 3)
    rows = opened.differences("russia_distracted")
    sizes = rows["size"].abs().dropna().to_numpy()
    assert (np.diff(sizes) <= 1e-9).all() and sizes[0] > 0
    chart = opened.outcome_transitions("russia_distracted").to_dict()
    assert json.dumps(chart["title"]).count("worlds") and chart["$schema"].endswith(".json")
    assert (
        opened.province_over_time("russia_distracted", "Aleppo").to_dict()
        == opened.province_over_time("russia_distracted", "SY-HL").to_dict()
    )
    for ask in (
        lambda: opened.table("basline"),
        lambda: opened.sphere_map("nobody"),
        lambda: opened.index_over_time("baseline", "frictoin"),
    ):
        with pytest.raises(SettingsError, match="there is no"):
            ask()


def test_the_analysts_session_runs(results: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(results)
    runpy.run_path(str(PROJECT / "docs/analyst.py"))
    printed = capsys.readouterr().out
    assert "indices differ significantly" in printed
    for where in ("in all", "in Homs"):
        assert re.search(rf"Iran spends most of its effort {where} on \w+ \(\d+%\), \w+ \(\d+%\), \w+ \(\d+%\)", printed), where
    assert {path.name for path in (results / "results/analyst").iterdir()} == {
        "outcome_transitions.png",
        "dependence_iran.png",
        "aleppo.svg",
        "effort_by_goal.png",
    }
