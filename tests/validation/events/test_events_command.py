"""`spheres history --events`, as an analyst types it."""

import csv
from pathlib import Path

import pytest
from command_line import files, spheres, typed

from sim.benchmark.event_reading import write_made_up
from sim.validation.events.event_counts import count_events

from .made_up import acled

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    return tmp_path


def test_one_command_compares_a_file_with_the_model(here: Path) -> None:
    places = ("Aleppo", "Idleb", "Deir-ez-Zor", "Rural Damascus")
    changes = [
        {"event_date": f"{1 + i} {month} {year}", "admin1": place}
        for year in (2016, 2017)
        for month in ("March", "June", "October")
        for i, place in enumerate(places)
    ]
    acled(here / "made_up.csv", *changes, {"admin1": "Nowhere"}, {"country": "Iraq"}, {"event_date": "1 July 2021"})
    done = spheres(here, "history", "--events", "made_up.csv", "--worlds", "20", "--quiet")
    assert done.returncode == 0, done.stderr
    assert (
        "ACLED layout, 27 rows; 25 events counted, 2 left out" in done.stdout and "Unknown governorate: 'Nowhere', 1 event" in done.stdout
    )
    assert "Outside: 1 event after the months of the run" in done.stdout and "Compared: March 2016 to June 2021" in done.stdout
    place = here / "results" / "history_events"
    names = {"left_out.csv", "map.png", "map.svg", "measures.csv", "months.csv", "places.csv", "scores.csv", "contents.json"}
    assert {one.name for one in place.iterdir()} == names
    with (place / "places.csv").open(encoding="utf-8", newline="") as table:
        rows = {row["iso_3166_2"]: row for row in csv.DictReader(table)}
    assert (
        len(rows) == 14
        and rows["SY-HL"]["events"] == "6"
        and sum(float(r["model_share"]) for r in rows.values()) == pytest.approx(1, abs=1e-4)
    )
    with (place / "scores.csv").open(encoding="utf-8", newline="") as table:
        assert [row["forecast"] for row in csv.DictReader(table)] == ["model", "nothing", "trend", "last_year", "last_twelve"]


def test_bad_files_and_options_end_in_a_sentence_and_nothing_written(here: Path) -> None:
    (here / "empty.csv").write_text("")
    (here / "other.csv").write_text("a,b\n1,2\n")
    before = files(here)
    for words, said in (
        (("--events", "none.csv"), "none.csv does not exist"),
        (("--events", "empty.csv"), "empty.csv is empty"),
        (("--events", "other.csv"), "not the columns of a layout"),
        (("--events", "other.csv", "--scenario", "no_such"), "no_such"),
        (("--scenario", "baseline"), "--scenario goes with --events"),
        (("--events", "other.csv", "--worlds", "3"), "--worlds"),
    ):
        answer = typed(here, "history", *words)
        assert answer.exit_code == 2 and said in answer.stderr, (words, answer.stderr)
    assert files(here) == before


def test_another_scenario_covers_another_span(here: Path) -> None:
    acled(here / "made_up.csv", {"event_date": "2021-06-05"}, {"event_date": "2021-06-06", "admin1": "Homs"})
    answer = typed(here, "history", "--events", "made_up.csv", "--scenario", "baseline", "--worlds", "20", "--quiet", "--name", "later")
    assert answer.exit_code == 0, answer.stderr
    assert "Compared: June 2021 to June 2021, 1 month of 'baseline', 2 events." in answer.stdout and "No scores" in answer.stdout
    assert (here / "results" / "later" / "map.png").is_file()


def test_the_file_of_the_benchmark_is_one_that_is_read(tmp_path: Path) -> None:
    rows = write_made_up(tmp_path / "made_up.csv", 1)
    counts = count_events(tmp_path / "made_up.csv")
    assert counts.rows == rows and counts.events > 0 and counts.left_out["in another country"] == rows // 5
