"""A run as a whole: its files, that no chunking or process count shows in them, and what happens when something fails."""

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from experiment.conftest import WORLDS, settings
from experiment.fake_model import ISO, Dying, Failing, FakeModel, NotANumber, scenario
from sim.experiment.chunk import ChunkError
from sim.experiment.run import plan, run
from sim.experiment.settings import SettingsError
from sim.world.measures import OUTCOMES, PROVINCE, SPHERES, WHOLE

TABLES = ("worlds.parquet", "provinces.parquet", "groups.parquet", "starts.parquet", "years.parquet", "months.parquet", "events.parquet")
FILES = {*TABLES, "columns.csv", "summary.csv", "manifest.json", "scenarios"}


def hashes(folder: Path) -> dict[str, str]:
    """Every file of a folder but the manifest, by its hash."""
    files = [p for p in folder.rglob("*") if p.is_file() and p.name != "manifest.json"]
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_no_chunking_and_no_number_of_processes_shows_in_any_file(results: Callable[..., Path]) -> None:
    whole = hashes(results("whole"))
    assert hashes(results("chunked", chunk=7)) == whole
    assert hashes(results("singly", chunk=1)) == whole
    assert hashes(results("processes", chunk=11, jobs=2)) == whole


def test_another_executor_gives_the_same(here: Path, results: Callable[..., Path]) -> None:
    with ThreadPoolExecutor(1) as executor:
        run(settings("elsewhere", chunk=9), factory=FakeModel, executor=executor)
    assert hashes(here / "results/elsewhere") == hashes(results("whole"))


def test_blocks_do_not_show_in_the_numbers(results: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = results("whole")
    for module in ("blocks.BLOCK", "compare.BLOCK"):
        monkeypatch.setattr(f"sim.experiment.{module}", 13)
    small = results("small", chunk=10)
    assert pq.ParquetFile(small / "worlds.parquet").num_row_groups == 3 * 5
    for table in TABLES:
        assert pq.read_table(small / table).to_pandas().astype(str).equals(pq.read_table(whole / table).to_pandas().astype(str)), table
    one, other = pd.read_csv(whole / "summary.csv"), pd.read_csv(small / "summary.csv")
    numbers = one.select_dtypes("number").columns
    assert np.allclose(one[numbers], other[numbers], rtol=1e-5, atol=1e-9, equal_nan=True)


def test_every_file_is_there_and_hashed(results: Callable[..., Path]) -> None:
    folder = results()
    assert {p.name for p in folder.iterdir()} == FILES
    assert json.loads((folder / "manifest.json").read_text())["sha256"] == hashes(folder)
    assert [p.name for p in folder.parent.iterdir()] == ["a"]


def test_the_manifest_names_no_place_on_this_machine(here: Path, results: Callable[..., Path]) -> None:
    folder = results()
    text = (folder / "manifest.json").read_text() + (folder / "scenarios" / "fixed.yaml").read_text()
    assert str(here) not in text and str(Path.home()) + "/" not in text


def test_worlds_have_the_columns_of_the_issue(results: Callable[..., Path]) -> None:
    worlds = pd.read_parquet(results() / "worlds.parquet")
    assert list(worlds.columns[:6]) == ["scenario", "world", "outcome", "territory", "collapse_month", "breakdown_month"]
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
    worlds = pd.read_parquet(folder / "worlds.parquet").query("scenario == 'more_money'").reset_index()
    for name in ("overlap", "strikes", "incidents"):
        assert np.array_equal(worlds[name], end.whole[name].astype(np.float32)), name
    assert np.array_equal(worlds["param:iran.budget"], model.budget.astype(np.float32))
    provinces = pd.read_parquet(folder / "provinces.parquet").query("scenario == 'more_money' and world == 17").set_index("province")
    assert list(provinces.index) == list(ISO)
    for p, iso in enumerate(ISO):
        assert provinces.sphere[iso] == SPHERES[end.sphere[p, 17]]
        assert provinces.roots_iran[iso] == np.float32(end.province["roots_iran"][p, 17])
    groups = pd.read_parquet(folder / "groups.parquet").query("scenario == 'more_money' and world == 17").set_index("province")
    assert groups.force_militia["SY-HL"] == np.float32(end.force[1, 2, 17])


def test_a_parameter_that_one_scenario_fixes_has_its_number_in_every_row(results: Callable[..., Path]) -> None:
    worlds = pd.read_parquet(results() / "worlds.parquet")
    fixed = worlds[worlds.scenario == "fixed"]["param:iran.budget"]
    assert (fixed == np.float32(0.6)).all()
    assert worlds[worlds.scenario == "baseline"]["param:iran.budget"].nunique() > 50


def test_without_draws_no_parameter_has_a_column(results: Callable[..., Path]) -> None:
    worlds = pd.read_parquet(results(draws=False) / "worlds.parquet")
    assert not [c for c in worlds.columns if c.startswith("param:")]


def test_months_hold_every_series(results: Callable[..., Path]) -> None:
    months = pd.read_parquet(results() / "months.parquet")
    assert list(months.columns) == ["scenario", "month", "province", "measure", "mean", "p05", "p25", "p50", "p75", "p95"]
    assert len(months) == 3 * 6 * (len(PROVINCE) * len(ISO) + len(WHOLE))
    assert set(months.province) == {*ISO, "SY"} and list(months.month.unique()) == [f"2021-{m:02d}" for m in range(6, 12)]
    assert (months.p05 <= months.p50).all() and (months.p50 <= months.p95).all()
    model = FakeModel(settings().scenarios[0], worlds=WORLDS)
    model.step()
    seen = model.observe()
    first = months.query("scenario == 'baseline' and month == '2021-06'").set_index(["province", "measure"])["mean"]
    assert first["SY-HL", "roots_iran"] == pytest.approx(seen.province["roots_iran"][2].mean(), rel=1e-5)
    assert first["SY", "strikes"] == pytest.approx(seen.whole["strikes"].mean(), rel=1e-6)


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
    for table in TABLES:
        named = set(described[described.table == table.partition(".")[0]].column)
        assert named == set(pq.read_schema(folder / table).names), table
    assert described.meaning.notna().all()
    binned = described[described.table == "months.measure"].set_index("column")
    assert binned.half_width["influence_iran"] == 0.005


def test_the_same_settings_replace_the_folder_whole(results: Callable[..., Path]) -> None:
    folder = results()
    (folder / "stale.txt").write_text("left over")
    before = hashes(results(jobs=2))
    assert not (folder / "stale.txt").exists() and before == hashes(results())


@pytest.mark.parametrize(
    "other", [{"worlds": 61}, {"seed": 2}, {"draws": False}, {"scenarios": (scenario(),)}, {"scenarios": (scenario(months=5),)}]
)
def test_other_settings_do_not_take_the_place_of_results(results: Callable[..., Path], other: dict[str, object]) -> None:
    before = hashes(results())
    with pytest.raises(SettingsError, match="--name"):
        results(**other)
    assert hashes(Path("results/a")) == before


def test_a_folder_that_holds_no_results_is_left_alone(here: Path, results: Callable[..., Path]) -> None:
    (here / "results/a").mkdir(parents=True)
    (here / "results/a/letter.txt").write_text("mine")
    with pytest.raises(SettingsError, match="not results of a run"):
        results()
    assert [p.name for p in (here / "results").rglob("*")] == ["a", "letter.txt"]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("factory", "said"),
    [(Failing, "scenario 'baseline', worlds 0 to .*the rule failed"), (NotANumber, "month 0: morale is not a usable number")],
)
def test_a_chunk_that_fails_leaves_nothing(here: Path, factory: type, said: str, jobs: int) -> None:
    with pytest.raises(ChunkError, match=said):
        run(settings(jobs=jobs, chunk=20), factory=factory)
    assert list((here / "results").iterdir()) == []


def test_a_worker_that_dies_is_told(here: Path) -> None:
    with pytest.raises(ChunkError, match="ended without a word"):
        run(settings(jobs=2), factory=Dying)
    assert list((here / "results").iterdir()) == []


def test_a_failure_leaves_earlier_results_as_they_were(results: Callable[..., Path]) -> None:
    before = hashes(results())
    with pytest.raises(ChunkError):
        run(settings(), factory=Failing)
    assert hashes(Path("results/a")) == before and [p.name for p in Path("results").iterdir()] == ["a"]


def test_what_finish_adds_is_in_the_folder_and_hashed(here: Path) -> None:
    run(settings(), factory=FakeModel, finish=lambda folder: (folder / "picture.svg").write_text("<svg/>") and None)
    manifest = json.loads((here / "results/a/manifest.json").read_text())
    assert manifest["sha256"]["picture.svg"] == hashlib.sha256(b"<svg/>").hexdigest()


def test_chunks_cover_every_world_once() -> None:
    for worlds, jobs in ((1, 2), (999, 1), (1001, 1), (2500, 2), (300, 8)):
        asked = settings(worlds=worlds, jobs=jobs, scenarios=(scenario(),))
        jobs_done = plan(asked)
        assert [w for j in jobs_done for w in range(j.first_world, j.first_world + j.worlds)] == list(range(worlds))
        assert max(j.worlds for j in jobs_done) <= 1000
    assert len(plan(settings(worlds=1000, jobs=2, scenarios=(scenario(),)))) == 2
