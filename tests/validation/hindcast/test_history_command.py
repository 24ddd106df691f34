"""The command, as an analyst types it."""

import csv
from pathlib import Path

import pytest
from command_line import PROJECT, spheres, typed
from typer.testing import CliRunner

from sim.cli import app


def test_one_command_gives_tables_and_one_picture(tmp_path: Path) -> None:
    (tmp_path / "scenarios").symlink_to(PROJECT / "scenarios")
    done = spheres(tmp_path, "history", "--worlds", "20", "--quiet")
    assert done.returncode == 0, done.stderr
    place = tmp_path / "results" / "history"
    assert {one.name for one in place.iterdir()} == {
        "contents.json",
        "comparison.csv",
        "towns.csv",
        "incidents.csv",
        "area.csv",
        "history.png",
        "history.svg",
        "scores.csv",
        "coverage.csv",
        "calibration.png",
        "calibration.svg",
        "run.json",
    }
    assert (place / "history.png").read_bytes().startswith(b"\x89PNG")
    with (place / "comparison.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["half"] for row in rows} == {"setting"}
    assert {row["part"] for row in rows} == {"territory", "partners", "June 2021"}
    for row in rows:
        assert row["in_fact"] and row["projected"] and float(row["distance"]) >= 0.0
    assert "eastern Aleppo" in done.stdout and "steady" in done.stdout
    assert all(name in done.stdout for name in ("khan touman", "shahid nojeh", "abu kamal"))


def test_the_held_out_half_is_scored_when_asked_for_and_a_split_of_ones_own_is_checked(tmp_path: Path) -> None:
    (tmp_path / "scenarios").symlink_to(PROJECT / "scenarios")
    done = typed(tmp_path, "history", "--worlds", "20", "--quiet", "--held-out")
    assert done.exit_code == 0, done.stderr
    for table in ("comparison.csv", "scores.csv", "coverage.csv"):
        with (tmp_path / "results" / "history" / table).open(encoding="utf-8", newline="") as file:
            assert {row["half"] for row in csv.DictReader(file)} == {"setting", "held_out"}, table
    (tmp_path / "mine.yaml").write_text("one:\n  half: setting\n  says: Nothing much.\n  facts: [salma_2061]\n", encoding="utf-8")
    done = typed(tmp_path, "history", "--worlds", "20", "--quiet", "--split", "mine.yaml", "--name", "other")
    assert done.exit_code == 2 and "mine.yaml, line 4: 'salma_2061' is not a fact" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "results" / "other").exists()


def test_other_files_are_left_alone_and_wrong_numbers_are_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scenarios").symlink_to(PROJECT / "scenarios")
    (tmp_path / "results" / "history").mkdir(parents=True)
    (tmp_path / "results" / "history" / "mine.txt").write_text("mine")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["history"])
    assert done.exit_code == 2 and "holds other files" in done.stderr and "--name history-2" in done.stderr
    assert [file.name for file in (tmp_path / "results" / "history").iterdir()] == ["mine.txt"]
    done = CliRunner().invoke(app, ["history", "--worlds", "three"])
    assert done.exit_code == 2 and "--worlds" in done.stderr
