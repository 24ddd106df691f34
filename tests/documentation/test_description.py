"""The model's description: it is what the generator gives, every rule has a place in it, and what it names exists."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from provenance.project_copy import PROJECT, copy_to

from sim.documentation import interest_tables, parameter_tables
from sim.documentation.__main__ import main, pages, tables
from sim.documentation.consistency_check import unfit
from sim.documentation.generated_blocks import blocks, regenerated, table
from sim.documentation.state_tables import QUANTITIES, comments
from sim.model.actors import partner_goals
from sim.model.state.dimensions import Camp, Field, Partner, Sector
from sim.model.state.state import State
from sim.provenance import goal_texts
from sim.provenance.goal_texts import GoalText
from sim.provenance.project_paths import Project
from sim.provenance.register import Register
from sim.scenario import ScenarioError
from sim.simulation import Spheres

ODD = PROJECT / "docs" / "odd.md"


@pytest.fixture(scope="module")
def placed(register: Register) -> Register:
    """The register with the project's folders in full, so that a test may stand anywhere."""
    return replace(register, project=Project(PROJECT, PROJECT / "scenarios"))


@pytest.fixture(scope="module")
def odd() -> str:
    return ODD.read_text(encoding="utf-8")


# -- the pages as they are


def test_the_pages_are_what_the_generator_gives(placed: Register) -> None:
    for path, text, new in pages(placed):
        assert text == new, f"{path.name} has drifted from the model: run `make docs` and read what changed"


def test_every_rule_has_a_place_and_what_is_named_exists(placed: Register) -> None:
    assert [fault for path, text, _ in pages(placed) for fault in unfit(text, path, placed)] == []


def test_everything_that_can_be_generated_stands_somewhere(placed: Register) -> None:
    used = {name for _, text, _ in pages(placed) for name in blocks(text)}
    assert used == set(tables(placed))


# -- what must be noticed


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "[`expected_shares`]",
            "[`expected_share`]",
            "names `expected_share` in ../sim/model/processes/issue_exchange.py, which has no such function. Did you mean",
        ),
        (
            "[`thinness`](../sim/model/processes/entrenchment.py)",
            "thinness",
            "does not name the function thinness of sim/model/processes/entrenchment.py",
        ),
        ("<!-- generated: parameters strike -->", "<!-- generated: parameters fight -->", "has no block 'parameters strike'"),
        ("<!-- generated: interests sdf -->", "<!-- generated: interests iran -->", "has no block 'interests sdf'"),
        ("../sim/model/actors/jordan.py", "../sim/model/actors/iraq.py", "does not link to sim/model/actors/jordan.py"),
        ("](limits.md)", "](limit.md)", "links to limit.md, which does not exist"),
        ("(#713-bargains)", "(#713-bargain)", "links to #713-bargain, which is not a heading"),
        ("`reckon.alarm`", "`reckon.alarms`", "names the parameter reckon.alarms, which does not exist. Did you mean reckon.alarm?"),
        ("`sim/data/zones.csv`", "`sim/data/zone.csv`", "names the file sim/data/zone.csv"),
        ("(R43)", "(R143)", "cites claim R143"),
        (r"\leftarrow \mathrm{friction}_f", r"\leftarrow \mathrm{friction_f", "has a formula that does not close"),
    ],
)
def test_what_no_longer_fits_is_told(old: str, new: str, fault: str, odd: str, placed: Register) -> None:
    assert old in odd, "mend the test: the page no longer has this"
    told = list(unfit(odd.replace(old, new), ODD, placed))
    assert any(fault in one for one in told), told


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ("a\n<!-- generated: tabel -->\n<!-- end -->\n", 2, "nothing generates 'tabel'. Did you mean 'table'?"),
        ("<!-- generated: table -->\nold\n", 1, "the block 'table' does not end"),
        ("text\n<!-- end -->\n", 2, "ends no block"),
        ("<!-- generated: table -->\n<!-- generated: table -->\n<!-- end -->\n", 2, "a block opens within the one that opens in line 1"),
    ],
)
def test_a_block_that_cannot_be_made_is_refused(text: str, line: int, fault: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        regenerated(text, "page.md", {"table": lambda: "new"})
    assert f"page.md, line {line}: " in str(refused.value) and fault in str(refused.value)


def test_only_the_blocks_change() -> None:
    page = "before | by hand\n<!-- generated: table -->\nold\nold\n<!-- end -->\nafter\n"
    made = regenerated(page, "page.md", {"table": lambda: table(("a", "b"), [("1|2", "x\ny")])})
    assert made == "before | by hand\n<!-- generated: table -->\n\n| a | b |\n|---|---|\n| 1\\|2 | x y |\n\n<!-- end -->\nafter\n"
    assert regenerated(made, "page.md", {"table": lambda: "again"}).count("again") == 1


def test_a_goal_that_does_not_say_where_it_is_at_stake_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(interest_tables.unfit()) == []
    monkeypatch.setattr(partner_goals.shield, "__doc__", "Unmet as far as its force is where strikes fell.")
    assert list(interest_tables.unfit()) == [
        f'{actor}.interests.shield: its appraise does not say "Unmet as far as ...; at stake ...".' for actor in ("russia", "iran")
    ]


def test_weights_and_goals_go_together(monkeypatch: pytest.MonkeyPatch) -> None:
    hold, *others = goal_texts.GOALS["sdf"]
    monkeypatch.setitem(goal_texts.GOALS, "sdf", (*others, replace(hold, name="hold_the_south")))
    assert [one.partition(": ")[0] for one in interest_tables.unfit()] == [
        "sdf.interests.hold_the_northeast has no goal",
        "sdf.interests.hold_the_south has no weight",
    ]


def test_a_goal_is_told_in_its_own_words() -> None:
    def text(path: str) -> GoalText:
        goal = goal_texts.goal_of(path)
        found = None if goal is None else goal_texts.goal_text(path.partition(".")[0], goal)
        assert found is not None
        return found

    shield = text("iran.interests.shield")
    assert shield.unmet == "its force is where strikes fell" and shield.served_by == "mixing"
    assert shield.at_stake == "at stake where strikes fell recently and the other's force is there to mix with"
    assert text("opposition.interests.topple_the_government").unmet == "the government stands"
    assert text("iran.interests.contract_competition").served_by == "firms (no stake in talks)"
    assert text("russia.interests.regime_survival").served_by == "air, command, army, militias, force of its groups (no stake in talks)"
    assert goal_texts.goal_of("iran.means.budget") is None and goal_texts.goal_of("iran.interests.gold") is None


def test_a_table_of_interests_leaves_out_what_is_not_pursued(placed: Register) -> None:
    told = interest_tables.interests(placed, "iran").splitlines()
    assert (
        told[-1] == "Not pursued (weight 0): `army_reform`, `leverage`, `limit_militias`, `standing`, `israel_balance`, `order`, `bases`."
    )
    rows = [line for line in told if line.startswith("| `")]
    assert len(rows) == 9 and not any("`bases`" in row for row in rows)
    (corridor,) = [row for row in rows if row.startswith("| `land_corridor`")]
    assert corridor == (
        "| `land_corridor` | the land corridor to Lebanon | 0.6 (0.2 to 1) | assumed | ours, R30, R67 | it is not rooted along the road"
        " from Iraq to Lebanon | there, in government territory | militias, roots, force of its groups |"
    )
    assert "Not pursued" not in interest_tables.interests(placed, "sdf")


# -- what the tables say is so


@pytest.mark.parametrize("scenario", ["baseline", PROJECT / "scenarios" / "history" / "history_2015.yaml"])
def test_state_has_the_shapes_and_stays_in_the_ranges_that_are_told(scenario: str | Path, placed: Register) -> None:
    model = Spheres(scenario, worlds=20, months=12)
    ensemble, shapes = model.ensemble, dict(comments(placed.project, State))
    size = {"camps": len(Camp), "provinces": len(ensemble.provinces), "groups": len(ensemble.groups), "partners": len(Partner)}
    size |= {"assets": len(ensemble.assets), "fields": len(Field), "towns": len(ensemble.towns), "sectors": len(Sector), "worlds": 20}
    size["issues"] = size["provinces"] + size["sectors"]
    while model.running:
        model.step()
        for name, quantity in QUANTITIES.items():
            x = np.asarray(getattr(ensemble.state, name), dtype=float)
            assert x.shape == tuple(size[axis] for axis in shapes[name][0].strip("()").replace(",", " ").split()), name
            assert x.min() >= quantity.low - 1e-9, name
            assert quantity.high is None or x.max() <= quantity.high + 1e-9, name


def test_grades_are_counted(placed: Register) -> None:
    rows = [line.split(" | ") for line in parameter_tables.grades(placed).splitlines()[2:]]
    assert sum(int(row[2]) for row in rows) == len(placed.baseline.settings)


def test_a_source_is_told_in_short() -> None:
    told = parameter_tables.short(f"39 strikes in 2020 (https://a.org/x), 29 in 2021 (https://b.org/y.), {'and so on ' * 20}")
    assert told.startswith("39 strikes in 2020, 29 in 2021") and told.endswith("[page](https://a.org/x) [page](https://b.org/y)")


# -- the command


def _describe(root: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, "-m", "sim.documentation"], cwd=root, env=environment, capture_output=True, text=True)


def test_the_command_writes_both_pages_or_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = copy_to(tmp_path)
    shutil.copytree(PROJECT / "scenarios" / "history", tmp_path / "scenarios" / "history")
    copy.change("docs/odd.md", "<!-- generated: parameters bargain -->", "<!-- generated: parameters bargin -->")
    copy.change("scenarios/baseline.yaml", "readiness: {value: 0.3,", "readiness: {value: 0.4,")
    before = {path: path.read_text(encoding="utf-8") for path in (tmp_path / "docs").glob("*.md")}
    assert main(tmp_path) == 2 and "Did you mean 'parameters bargain'?" in capsys.readouterr().err
    assert {path: path.read_text(encoding="utf-8") for path in before} == before

    copy.change("docs/odd.md", "<!-- generated: parameters bargin -->", "<!-- generated: parameters bargain -->")
    done = _describe(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "docs/odd.md: regenerated" in done.stdout and "docs/limits.md: unchanged" in done.stdout
    assert "(R43) | 0.4 | 0.1 to 0.6 | chance per month |" in (tmp_path / "docs" / "odd.md").read_text(encoding="utf-8")
