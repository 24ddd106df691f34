"""`spheres interests` as an analyst types it, in an empty folder with the scenarios."""

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from command_line import PROJECT, typed

from sim.experiment.execution.workload import workload_of
from sim.experiment.progress import Progress
from sim.experiment.run_settings import RunSettings
from sim.experiment.storage.manifest_file import file_hash
from sim.interests.outcomes import COMMON, SHIFT
from sim.interests.study import run_interests
from sim.interests.table import COLUMNS, read_table
from sim.interests.variations import reference, variations

from .synthetic_chunks import baseline

WORDS = ("--worlds", "20", "--months", "3", "--jobs", "1")
RUNS = 1 + 2 * (3 + 3)  # three interests of Turkey and of Israel


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the interests of two actors were studied."""
    here = tmp_path_factory.mktemp("interests")
    shutil.copytree(PROJECT / "scenarios", here / "scenarios")
    answer = typed(here, "interests", *WORDS, "--actor", "turkey", "--actor", "israel")
    assert answer.exit_code == 0, answer.stderr
    (here / "stdout.txt").write_text(answer.stdout)
    (here / "stderr.txt").write_text(answer.stderr)
    return here


def chunks(folder: Path) -> dict[str, int]:
    """Every chunk with the time of its file."""
    return {path.name: path.stat().st_mtime_ns for path in folder.rglob("*.zip")}


def test_it_writes_a_result_with_the_table_and_the_figure(done: Path) -> None:
    folder = done / "results" / "interests"
    manifest = json.loads((folder / "manifest.json").read_text())
    assert len(manifest["scenarios"]) == RUNS == len(chunks(folder)) and manifest["complete"]
    for name in ("interests.csv", "interests.svg", "interests.png", "columns.csv"):
        assert manifest["sha256"][name] == file_hash(folder / name), name
    table = read_table(folder)
    assert (
        list(table) == list(COLUMNS)
        and set(table["scenario"]) == {"baseline"}
        and (table["worlds"] == np.where(table["measure"] == SHIFT, 13, 20)).all()
    )
    for (actor, interest, _), group in table.groupby(["actor", "interest", "change"]):
        common = [f"effort_{actor}_{interest}", *(["turkey_force"] if actor == "turkey" else []), *COMMON, SHIFT]
        assert list(group["measure"])[:-1] == common and group["place"].iloc[-1].startswith("SY-")
    assert list(table["actor"].unique()) == ["israel", "turkey"]  # in the order of the parameters
    assert not (table["low"] > table["difference"]).any() and not (table["difference"] > table["high"]).any()
    alike = table["low"].isna()  # all of few worlds differ alike, or in nothing, in a measure without bounds
    assert (table.loc[alike, "z"].fillna(0.0) == 0.0).all() and alike.mean() < 0.5
    columns = pd.read_csv(folder / "columns.csv")
    assert set(columns[columns["table"] == "interests"]["column"]) == set(COLUMNS)


def test_it_says_beforehand_what_it_will_do_and_afterwards_what_came_of_it(done: Path) -> None:
    beforehand = (done / "stderr.txt").read_text().splitlines()[0]
    assert beforehand.startswith(
        "six interests of two actors; 13 runs of baseline, 20 worlds and 3 months each: 260 worlds. That takes about"
    )
    printed = (done / "stdout.txt").read_text()
    assert "Turkey" in printed and "keep the north" in printed and "taken away" in printed and "doubled" in printed
    assert "260 worlds were run." in printed and "results/interests/interests.csv" in printed


def test_a_second_call_runs_nothing_and_a_stopped_one_goes_on(done: Path) -> None:
    folder = done / "results" / "interests"
    before, table = chunks(folder), (folder / "interests.csv").read_bytes()
    again = typed(done, "interests", *WORDS, "--quiet", "--actor", "israel", "--actor", "turkey")
    assert again.exit_code == 0 and "0 worlds were run, 260 were there already." in again.stdout and again.stderr == ""
    assert chunks(folder) == before and (folder / "interests.csv").read_bytes() == table
    for path in sorted(folder.rglob("*.zip"))[:4]:
        path.unlink()
    rest = typed(done, "interests", *WORDS, "--actor", "turkey", "--actor", "israel")
    assert "80 worlds were run, 180 were there already." in rest.stdout and "260 worlds, 180 of them there already" in rest.stderr
    assert set(chunks(folder)) == set(before) and (folder / "interests.csv").read_bytes() == table


def test_fewer_actors_do_not_replace_more(done: Path) -> None:
    fewer = typed(done, "interests", *WORDS, "--actor", "turkey")
    assert fewer.exit_code == 2 and "scenarios that this run has not: baseline-double-israel" in fewer.stderr and "--name" in fewer.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--actor", "rusia"), "--actor: 'rusia' has no interests in 'baseline'. Did you mean 'russia'?"),
        (("baselin",), "Did you mean 'baseline'?"),
        (("--worlds", "3"), "--worlds: 3 is too small"),
        (("--months", "x", "--actor", "foo"), "'foo' has no interests"),
        (("--months", "x", "--actor", "foo"), "--months: 'x' is not a whole number"),
        (("--name", "../x"), "cannot be the name of a folder"),
    ],
)
def test_what_is_typed_wrong_is_answered_and_nothing_is_written(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    shutil.copytree(PROJECT / "scenarios", tmp_path / "scenarios")
    answer = typed(tmp_path, "interests", *words)
    assert answer.exit_code == 2 and said in answer.stderr and answer.stdout == ""
    assert not (tmp_path / "results").exists()


class _Stops(Progress):
    """Ctrl-C at the third chunk."""

    def done(self, world_months: int) -> None:
        if world_months >= 3 * 20:
            raise KeyboardInterrupt


def test_a_run_that_is_stopped_keeps_what_is_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    scenario = reference(baseline())
    varied = variations(scenario, ["turkey"])
    settings = RunSettings((scenario, *(one.scenario for one in varied)), "interests", n_worlds=20)
    with pytest.raises(KeyboardInterrupt):
        run_interests(settings, varied, _Stops(), lambda *_: None)
    kept = chunks(tmp_path)
    assert 0 < len(kept) < len(settings.scenarios) and not list(tmp_path.rglob("interests.csv"))
    work = workload_of(settings)
    assert (work.found, work.worlds) == (20 * len(kept), 20 * (len(settings.scenarios) - len(kept))) and work.seconds > 0.0
    table, outcome = run_interests(settings, varied, Progress(), lambda *_: None)
    assert (outcome.found, outcome.made) == (work.found, work.worlds) and not table.empty
    assert chunks(tmp_path).items() >= kept.items()
