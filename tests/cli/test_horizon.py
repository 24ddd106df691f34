"""`--months` and `--set` as typed: one horizon for all files, and nothing that was typed is dropped without a word."""

from pathlib import Path

import pandas as pd
from command_line import typed

PARENT = """\
extends: baseline
question: What if Israel stopped striking after a year?
basis: beyond_report
events:
  - month: 2022-06
    until: 2023-06
    set: {israel.strike_rate: 0}
    because: an assumption
"""
CHILD = "extends: parent\nquestion: The same, and a file that says it is short?\nbasis: beyond_report\nmonths: 6\n"
RUN = ("--worlds", "2", "--jobs", "1", "--no-plots", "--name", "one")


def _here(here: Path) -> Path:
    (here / "scenarios/parent.yaml").write_text(PARENT)
    (here / "scenarios/child.yaml").write_text(CHILD)
    return here


def test_a_longer_run_has_all_events_of_a_file_that_says_less(here: Path) -> None:
    answer = typed(_here(here), "run", "parent", "child", "--months", "14", *RUN)
    assert answer.exit_code == 0 and "left out" not in answer.stderr
    for name in ("months.parquet", "events.parquet"):
        table = pd.read_parquet(here / "results/one" / name)
        parent, child = (table[table.scenario == one].drop(columns="scenario").reset_index(drop=True) for one in ("parent", "child"))
        assert len(parent) > 0
        pd.testing.assert_frame_equal(parent, child, check_exact=True)
    months = pd.read_parquet(here / "results/one/months.parquet")
    late = months[(months.measure == "strikes") & months.month.isin(["2022-06", "2022-07"])]
    strikes = late.groupby("scenario", observed=True)["mean"].sum()
    assert strikes["child"] < strikes["baseline"]


def test_what_a_horizon_cuts_is_told_whether_typed_or_in_the_file(here: Path) -> None:
    cut = "line 5: 'until' (2023-06) comes after the last month of 2021-06 to 2022-11; the values do not revert."
    answer = typed(_here(here), "run", "parent", "--months", "18", *RUN)
    assert answer.exit_code == 0 and cut in answer.stderr
    (here / "scenarios/parent.yaml").write_text(PARENT.replace("events:", "months: 18\nevents:"))
    answer = typed(here, "check", "parent")
    assert answer.exit_code == 0 and cut.replace("line 5", "line 6") in answer.stdout


def test_two_numbers_for_one_path_are_refused_with_both_named(here: Path) -> None:
    answer = typed(here, "run", "baseline", "--set", "israel.strike_rate=3", "--set", "israel.strike_rate=7", "--months", "1", *RUN)
    assert answer.exit_code == 2 and not (here / "results").exists()
    assert "--set israel.strike_rate=3" in answer.stderr and "--set israel.strike_rate=7" in answer.stderr
    twice = ("--set", "israel.strike_rate={scale: 2}") * 2
    answer = typed(here, "run", "baseline", *twice, "--months", "1", *RUN)
    assert answer.exit_code == 0 and "becomes 17.2" in answer.stderr
