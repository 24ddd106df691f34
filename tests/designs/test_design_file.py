"""Design files: what they make, and what is said of a faulty one, with its line."""

from pathlib import Path

import numpy as np
import pytest

from sim.exploration.design.design import Design
from sim.exploration.design.design_file import read_design_file
from sim.exploration.design.levels import levels_of
from sim.scenario import ScenarioError

GRID = """\
scenario: baseline
kind: grid
months: 2
factors:
  israel.strike_rate: {values: [1, 2.5, 4]}
  iran.means.budget:
    quantiles: 0.1:0.9:3
luck: 4
"""


def read(tmp_path: Path, text: str, **files: str) -> tuple[Design, list[str]]:
    for name, content in files.items():
        (tmp_path / name.replace("_csv", ".csv")).write_text(content, encoding="utf-8")
    path = tmp_path / "design.yaml"
    path.write_text(text, encoding="utf-8")
    return read_design_file(path)


def faults(tmp_path: Path, text: str, **files: str) -> list[str]:
    with pytest.raises(ScenarioError) as error:
        read(tmp_path, text, **files)
    return [f"{problem.line}: {problem.text} {problem.hint}".rstrip() for problem in error.value.problems]


def test_a_grid_has_every_combination_interleaved_by_luck(tmp_path: Path) -> None:
    design, notices = read(tmp_path, GRID)
    assert design.points.tolist() == [[a, b] for a in (1.0, 2.5, 4.0) for b in (0.1, 0.5, 0.9)]
    assert [(one.path, one.as_quantiles) for one in design.factors] == [("israel.strike_rate", False), ("iran.means.budget", True)]
    rows = design.rows
    assert rows.point.tolist() == [*range(9)] * 4 and rows.luck.tolist() == [luck for luck in range(4) for _ in range(9)]
    assert (design.n_rows, design.scenario.months, design.drawn) == (36, 2, True)
    assert len(notices) == 1 and "'israel.strike_rate': 1 lies outside its plausible range" in notices[0]


def test_blocked_lucks_are_each_points_own(tmp_path: Path) -> None:
    text = GRID.replace("luck: 4", "luck: {worlds: 4, first: 100, pairing: blocked}\nothers: central")
    design, _ = read(tmp_path, text)
    lucks = design.rows.luck
    assert len(set(lucks.tolist())) == 36 and lucks.min() == 100 and not design.drawn
    assert all(np.ptp(lucks[design.rows.point == point]) == 3 for point in range(9))


@pytest.mark.parametrize("kind", ["lhs", "sobol"])
def test_space_filling_designs_cover_each_range_evenly_and_are_the_same_each_time(tmp_path: Path, kind: str) -> None:
    text = f"scenario: baseline\nkind: {kind}\npoints: 16\nluck: 1\nfactors:\n  iran.means.budget: {{quantiles: [0, 1]}}\n"
    text += "  israel.strike_rate: {values: [2.5, 6.5]}\n"
    design, _ = read(tmp_path, text)
    for column, (low, high) in zip(design.points.T, ((0.0, 1.0), (2.5, 6.5)), strict=True):
        assert sorted(((column - low) / (high - low) * 16).astype(int)) == list(range(16))
    assert read(tmp_path, text)[0].points.tobytes() == design.points.tobytes()
    other, _ = read(tmp_path, text + "seed: 2\n")
    assert not np.array_equal(other.points, design.points)


def test_groups_are_exchanged_one_at_a_time_and_luck_last(tmp_path: Path) -> None:
    design, _ = read(
        tmp_path, "scenario: baseline\nkind: groups\npoints: 3\nfactors:\n  war: [fight.*, battle.*]\n  budget: [iran.means.budget]\n"
    )
    points = design.points.reshape(3, 5, -1)
    budget = [one.path for one in design.factors].index("iran.means.budget")
    war = [i for i in range(points.shape[2]) if i != budget]
    a, b, again, war_b, budget_b = points.swapaxes(0, 1)
    assert np.array_equal(war_b[:, war], b[:, war]) and np.array_equal(war_b[:, budget], a[:, budget])
    assert np.array_equal(budget_b[:, budget], b[:, budget]) and np.array_equal(budget_b[:, war], a[:, war])
    assert np.array_equal(again, a) and not (a == b).any()
    assert design.rows.luck.reshape(3, 5).tolist() == [[i, i, i + 3, i + 3, i + 3] for i in range(3)]


def test_rows_come_from_a_table(tmp_path: Path) -> None:
    text = "scenario: baseline\nkind: rows\nfile: points.csv\n"
    table = "luck,quantile:iran.means.budget,israel.strike_rate\n7,0.25,3\n\n7,0.75,4\n9,0.5,5\n"
    design, notices = read(tmp_path, text, points_csv=table)
    assert design.rows.luck.tolist() == [7, 7, 9] and notices == []
    assert design.rows.quantiles["iran.means.budget"].tolist() == [0.25, 0.75, 0.5]
    assert design.rows.values["israel.strike_rate"].tolist() == [3.0, 4.0, 5.0]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("kind: grid", "kind: gird"), "2: 'kind' cannot be 'gird'. Did you mean 'grid'?"),
        (("scenario: baseline", "scenario: baselin"), "1: 'scenario' cannot be 'baselin'"),
        (("scenario: baseline\n", ""), "1: 'scenario' is missing."),
        (("months: 2", "month: 2"), "3: 'month' is not a key of a design file. Did you mean 'months'?"),
        (("israel.strike_rate", "israel.strike_rat"), "5: 'israel.strike_rat' is not a parameter. Did you mean 'israel.strike_rate'"),
        (("[1, 2.5, 4]", "[1, 2,5, -4]"), "5: 'israel.strike_rate' cannot be -4. Must lie between 0 and 100; plausible: 2.2 to 8"),
        (("[1, 2.5, 4]", "[1, one]"), "5: 'values' of 'israel.strike_rate' must be a number; 'one' is text."),
        (("[1, 2.5, 4]", "[1, 1]"), "5: 'values' of 'israel.strike_rate' has a number twice."),
        (("{values:", "{value:"), "5: 'israel.strike_rate' must have either 'values' or 'quantiles'. Did you mean 'values'?"),
        (("0.1:0.9:3", "0.1:1.9:3"), "7: a quantile of 'iran.means.budget' cannot be 1.9. Quantiles lie between 0 and 1."),
        (
            ("0.1:0.9:3", "0.1:0.9"),
            "7: 'quantiles' of 'iran.means.budget': '0.1:0.9' does not say how many levels: write 0.1:0.9:5 for five.",
        ),
        (("iran.means.budget:", "russia.interests.shield:"), "7: 'russia.interests.shield' has no range, so it has no quantiles here."),
        (("luck: 4", "luck: 0"), "8: 'luck' cannot be 0. Give a whole number from 1 to 1,000,000."),
        (("luck: 4", "luck: {worlds: 4, first: 5000000000}"), "8: 'first' of 'luck' cannot be 5e+09. Give a whole number from 0"),
        (("luck: 4", "luck: {worlds: 4, pairing: pared}"), "8: 'pairing' cannot be 'pared'. Did you mean 'paired'?"),
        (("luck: 4", "luck: 4\npoints: 8"), "9: 'points' does not belong to a design of kind 'grid'. Delete the line."),
        (("kind: grid", "kind: sobol"), "1: 'points' is missing."),
        (("luck: 4", "luck: 900000"), "0: has 8,100,000 rows. At most 1,000,000 can be run"),
    ],
)
def test_faults_are_told_with_their_line_and_what_would_be_right(tmp_path: Path, change: tuple[str, str], expected: str) -> None:
    found = faults(tmp_path, GRID.replace(*change))
    assert any(fault.startswith(expected) for fault in found), found


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    found = faults(tmp_path, GRID.replace("kind: grid", "kind: gird").replace("strike_rate", "strike_rat").replace("luck: 4", "luck: x"))
    assert [fault[:2] for fault in found] == ["2:", "8:", "5:"]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("", "0: is empty."),
        ("israel.strike_rate\n", "1: has a heading and no rows."),
        ("luck\n1\n", "1: has no column for a parameter."),
        ("israel.strike_rat\n1\n", "1: 'israel.strike_rat' is not a parameter. Did you mean"),
        ("israel.strike_rate\n3\nx\n", "3: column 'israel.strike_rate': 'x' is not a number."),
        ("israel.strike_rate\n3\n-1\n", "3: 'israel.strike_rate' cannot be -1."),
        ("israel.strike_rate,luck\n3\n", "2: has 1 fields, and the first line 2."),
        ("israel.strike_rate,luck\n3,1.5\n", "2: 'luck' cannot be 1.5."),
        ("israel.strike_rate,luck\n3,5000000000\n", "2: 'luck' cannot be 5e+09."),
        ("israel.strike_rate,quantile:israel.strike_rate\n3,0.5\n", "1: column 'israel.strike_rate' is there twice."),
    ],
)
def test_faults_of_a_table_are_told_with_their_line(tmp_path: Path, table: str, expected: str) -> None:
    found = faults(tmp_path, "scenario: baseline\nkind: rows\nfile: points.csv\n", points_csv=table)
    assert any(fault.startswith(expected) for fault in found), found


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    assert faults(tmp_path, "scenario: baseline\nkind: rows\nfile: pints.csv\n")[0].startswith("0: does not exist.")


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("1:8:5", (1.0, 2.75, 4.5, 6.25, 8.0)),
        ("0:0.3:4", (0.0, 0.1, 0.2, 0.3)),
        ("3,1, 2", (3.0, 1.0, 2.0)),
        ("8:1:2", (8.0, 1.0)),
        ("5", (5.0,)),
    ],
)
def test_levels_are_read_as_people_write_them(text: str, levels: tuple[float, ...]) -> None:
    assert levels_of(text) == levels


@pytest.mark.parametrize(
    "text", ["", "1:8", "1:8:1", "1:8:x", "1;2", "1,,2", "nan", "1,1", "1e400,2", "1:8:99999", "-1e999:8:5", "1:1:3", "\t[1"]
)
def test_what_is_no_level_is_refused_in_words(text: str) -> None:
    found = levels_of(text)
    assert isinstance(found, str) and found.isprintable()
