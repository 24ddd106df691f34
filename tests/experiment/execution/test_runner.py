"""A run as a whole: its files, that no chunking or process count shows in them, and what may take the place of what."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from stored import table

from experiment.conftest import WORLDS, chunk_hashes, hashes, settings
from experiment.fake_model import ISO, NAMES, FakeModel, scenario
from sim.experiment.execution.batch import plan
from sim.experiment.execution.runner import run
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.manifest_file import MANIFEST
from sim.experiment.storage.results import Result
from sim.model.observation.measure_catalogue import OUTCOMES, PROVINCE, SPHERES, WHOLE

QUANTILES = ("p05", "p25", "p50", "p75", "p95")
TABLES = ("months.parquet", "events.parquet", "comparison.parquet")
FILES = {*TABLES, "columns.csv", "effort.csv", "precision.csv", "summary.csv", MANIFEST, "scenarios", "chunks"}


def test_no_number_of_processes_shows_in_any_file(results: Callable[..., Path]) -> None:
    alone, two = results("alone", chunk=11), results("two", chunk=11, jobs=2)
    assert hashes(alone) == hashes(two) and chunk_hashes(alone) == chunk_hashes(two)
    assert (alone / MANIFEST).read_text() == (two / MANIFEST).read_text()


@pytest.mark.parametrize("chunk", [pytest.param(1, marks=pytest.mark.slow), 7, 59])
def test_no_size_of_chunks_shows_in_any_number(results: Callable[..., Path], chunk: int) -> None:
    whole, small = results("whole"), results("small", chunk=chunk)
    assert hashes(small) == hashes(whole)
    for name in ("worlds", "provinces", "groups", "starts", "years"):
        assert table(small, name).equals(table(whole, name)), name


def test_every_file_is_there_and_hashed(results: Callable[..., Path]) -> None:
    folder = results()
    assert {p.name for p in folder.iterdir()} == FILES
    assert json.loads((folder / MANIFEST).read_text())["sha256"] == hashes(folder)
    assert [p.name for p in folder.parent.iterdir()] == ["a"]
    assert not list(folder.rglob("*.part"))


def test_the_manifest_says_what_the_result_consists_of(results: Callable[..., Path]) -> None:
    folder = results(chunk=25)
    said = json.loads((folder / MANIFEST).read_text())
    assert said["complete"] and said["worlds"] == WORLDS and said["provinces"] == dict(zip(ISO, NAMES, strict=True))
    for about in said["scenarios"].values():
        assert [chunk[:2] for chunk in about["chunks"]] == [[0, 25], [25, 25], [50, 10]] and about["worlds"] == WORLDS
    used = {file.path for name in said["scenarios"] for file in Result(folder).files(name).values()}
    assert used == set((folder / "chunks").rglob("*.zip"))


def test_the_manifest_names_no_place_on_this_machine(here: Path, results: Callable[..., Path]) -> None:
    folder = results()
    text = (folder / MANIFEST).read_text() + (folder / "scenarios" / "fixed.yaml").read_text()
    assert str(here) not in text and str(Path.home()) + "/" not in text


def test_worlds_have_the_columns_of_the_issue(results: Callable[..., Path]) -> None:
    worlds = table(results())
    first = ["scenario", "world", "point", "luck", "outcome", "territory", "collapse_month", "breakdown_month"]
    assert list(worlds.columns[:8]) == first
    named = "overlap delimitation channel_military friction_diplomatic dependence_iran land_route exclusion_share standing"
    assert set(f"{named} settlement_leverage contracts_russia contracts_iran incidents strikes territory_share".split()) <= set(
        worlds.columns
    )
    assert [c for c in worlds.columns if c.startswith("param:")] == ["param:iran.budget", "param:russia.budget"]
    assert len(worlds) == 3 * WORLDS and list(worlds.world[:3]) == [0, 1, 2]
    assert set(worlds.collapse_month.dropna()) == {"2021-09"} and set(worlds.outcome) <= set(OUTCOMES)


def test_rows_are_those_of_the_model(results: Callable[..., Path]) -> None:
    folder, asked = results(), settings()
    model = FakeModel(asked.scenarios[1], worlds=WORLDS)
    model.run()
    end = model.finish()
    worlds = table(folder).query("scenario == 'more_money'").reset_index(drop=True)
    for name in ("overlap", "strikes", "incidents"):
        assert np.array_equal(worlds[name], end.whole[name].astype(np.float32)), name
    assert np.array_equal(worlds["param:iran.budget"], model.budget.astype(np.float32))
    provinces = table(folder, "provinces").query("scenario == 'more_money' and world == 17").set_index("province")
    assert list(provinces.index) == list(ISO)
    for p, iso in enumerate(ISO):
        assert provinces.sphere[iso] == SPHERES[end.sphere[p, 17]]
        assert provinces.roots_iran[iso] == np.float32(end.province["roots_iran"][p, 17])
    groups = table(folder, "groups").query("scenario == 'more_money' and world == 17").set_index("province")
    assert groups.force_militia["SY-HL"] == np.float32(end.force[1, 2, 17])


def test_a_parameter_that_one_scenario_fixes_has_its_number_in_every_row(results: Callable[..., Path]) -> None:
    worlds = table(results())
    fixed = worlds[worlds.scenario == "fixed"]["param:iran.budget"]
    assert (fixed == np.float32(0.6)).all()
    assert worlds[worlds.scenario == "baseline"]["param:iran.budget"].nunique() > 50


def test_without_draws_no_parameter_has_a_column(results: Callable[..., Path]) -> None:
    assert not [c for c in table(results(draws=False)).columns if c.startswith("param:")]


def test_months_hold_every_series(results: Callable[..., Path]) -> None:
    months = pd.read_parquet(results() / "months.parquet")
    assert list(months.columns) == ["scenario", "month", "province", "measure", "worlds", "mean", "fallen_mean", *QUANTILES]
    assert len(months) == 3 * 6 * (len(PROVINCE) * len(ISO) + len(WHOLE))
    assert set(months.province) == {*ISO, "SY"} and list(months.month.unique()) == [f"2021-{m:02d}" for m in range(6, 12)]
    known = months[months.worlds > 0]
    assert (known.p05 <= known.p50).all() and (known.p50 <= known.p95).all() and len(known)
    model = FakeModel(settings().scenarios[0], worlds=WORLDS)
    model.step()
    seen = model.observe()
    first = months.query("scenario == 'baseline' and month == '2021-06'").set_index(["province", "measure"])
    fell = seen.whole["collapsed"] > 0.0
    assert 0 < fell.sum() < WORLDS
    for column, those in (("mean", ~fell), ("fallen_mean", fell)):
        assert first.loc[("SY-HL", "roots_iran"), column] == pytest.approx(seen.province["roots_iran"][2, those].mean(), rel=1e-5)
        assert first.loc[("SY", "strikes"), column] == pytest.approx(seen.whole["strikes"][those].mean(), rel=1e-6)
    assert first.loc[("SY", "strikes"), "worlds"] == (~fell).sum() and first.loc[("SY", "collapsed"), "worlds"] == WORLDS
    assert first.loc[("SY", "collapsed"), "mean"] == pytest.approx(fell.mean())


def test_events_are_summed_over_worlds(results: Callable[..., Path]) -> None:
    events = pd.read_parquet(results(chunk=7) / "events.parquet")
    model = FakeModel(settings().scenarios[0], worlds=WORLDS)
    model.run()
    strikes = events.query("scenario == 'baseline' and kind == 'strike_israel'")
    assert strikes["count"].sum() == model.log.counts.sum() - model.log.counts[:, :, -1].sum() > 0
    assert set(events[events.kind == "crisis"].province) == {"SY"}


def test_every_column_is_described(results: Callable[..., Path]) -> None:
    folder = results()
    described = pd.read_csv(folder / "columns.csv")
    there = {name.partition(".")[0]: pq.read_schema(folder / name).names for name in TABLES}
    there |= {name: list(table(folder, name).columns) for name in ("worlds", "provinces", "groups", "starts", "years")}
    there["precision"] = list(pd.read_csv(folder / "precision.csv").columns)
    there["effort"] = list(pd.read_csv(folder / "effort.csv").columns)
    for name, columns in there.items():
        assert set(described[described.table == name].column) == set(columns), name
    assert described.meaning.notna().all()
    binned = described[described.table == "months.measure"].set_index("column")
    assert binned.half_width["influence_iran"] == 0.005


def test_the_same_settings_give_the_same_result_and_leave_what_is_no_part_of_it(results: Callable[..., Path]) -> None:
    folder = results()
    before = hashes(folder)
    (folder / "patterns.csv").write_text("of the old result")
    (folder / "notes.txt").write_text("mine")
    results(jobs=2)
    assert not (folder / "patterns.csv").exists() and (folder / "notes.txt").read_text() == "mine"
    (folder / "notes.txt").unlink()
    assert hashes(folder) == before


@pytest.mark.parametrize("other", [{"n_worlds": 59}, {"seed": 2}, {"draws": False}, {"scenarios": (scenario(),)}])
def test_results_that_say_more_are_replaced_only_if_that_is_asked_for(results: Callable[..., Path], other: dict[str, object]) -> None:
    folder = results()
    before = hashes(folder)
    with pytest.raises(SettingsError, match=r"--name.*--replace"):
        results(**other)
    assert hashes(folder) == before
    results(**other, replace=True)
    assert hashes(folder) == hashes(results("fresh", **other)) != before
    results(replace=True)
    assert hashes(folder) == before, "the chunks of the first run are still there"


def test_a_folder_that_holds_no_results_is_left_alone(here: Path, results: Callable[..., Path]) -> None:
    (here / "results/a").mkdir(parents=True)
    (here / "results/a/letter.txt").write_text("mine")
    with pytest.raises(SettingsError, match="not results of a run"):
        results()
    assert [p.name for p in (here / "results").rglob("*")] == ["a", "letter.txt"]


def test_what_finish_adds_is_in_the_folder_and_hashed(here: Path) -> None:
    run(settings(), factory=FakeModel, finish=lambda folder: (folder / "picture.svg").write_text("<svg/>") and None)
    manifest = json.loads((here / "results/a/manifest.json").read_text())
    assert manifest["sha256"]["picture.svg"] == hashlib.sha256(b"<svg/>").hexdigest()
    run(settings(), factory=FakeModel)
    assert not (here / "results/a/picture.svg").exists(), "a picture of the old result does not stand beside the new one"


def test_chunks_cover_every_world_once_and_begin_with_the_first_of_all_scenarios() -> None:
    for worlds in (1, 999, 1000, 1001, 2500):
        jobs = plan(settings(scenarios=(scenario(), scenario("more_money"))), worlds)
        for name in ("baseline", "more_money"):
            mine = [job for job in jobs if job.scenario.name == name]
            assert [w for j in mine for w in range(j.first_world, j.first_world + j.n_worlds)] == list(range(worlds))
        assert [job.first_world for job in jobs] == sorted(job.first_world for job in jobs)
        assert max(job.n_worlds for job in jobs) <= 1000


def test_a_longer_run_has_the_ranges_of_a_shorter_one() -> None:
    asked = settings(scenarios=(scenario(),))
    short, long = ({(job.first_world, job.n_worlds) for job in plan(asked, worlds)} for worlds in (1000, 5000))
    assert short < long
