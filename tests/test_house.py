"""The house: floors keep their direction, code is typed and clean, and every number has a source that exists."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from sim.registry import PARAMETERS, paths
from sim.scenario import load
from sim.scenario.load import module_of
from sim.world.events import KINDS
from sim.world.tables import data_path, read_csv

PROJECT = Path(__file__).resolve().parent.parent
CLAIMS = set(YAML(typ="safe").load(data_path("claims.yaml")))
CLAIM = re.compile(r"\bR\d\d\b")
GRADES = {"stated", "inferred", "sourced", "assumed"}


@pytest.mark.parametrize("tool", [["lint-imports"], ["mypy"], ["ruff", "check", "."], ["ruff", "format", "--check", "."]], ids=" ".join)
def test_the_house_is_in_order(tool: list[str]) -> None:
    command = Path(sys.executable).parent / tool[0]
    done = subprocess.run([command, *tool[1:]], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_parameter_names_a_source_of_its_grade() -> None:
    for path, setting in load(PROJECT / "scenarios" / "baseline.yaml").settings.items():
        assert setting.source.strip(), path
        if setting.grade == "stated":
            assert CLAIM.search(setting.source), f"{path} is graded stated but names no claim"
        if setting.grade == "sourced":
            assert re.search(r"https?://|\.csv", setting.source), f"{path} is graded sourced but names no page and no table"


def test_every_central_value_lies_in_its_range() -> None:
    for path, setting in load(PROJECT / "scenarios" / "baseline.yaml").settings.items():
        if setting.range is not None:
            assert setting.range[0] <= setting.value <= setting.range[1], path
        else:
            assert path.startswith("definitions."), path


@pytest.mark.parametrize(
    "file", sorted([*PROJECT.glob("scenarios/*.yaml"), *PROJECT.glob("sim/**/*.py"), *PROJECT.glob("sim/data/**/*.*")])
)
def test_every_claim_named_anywhere_exists(file: Path) -> None:
    if file.name == "claims.yaml" or file.suffix not in (".yaml", ".py", ".csv", ".md"):
        return
    assert set(CLAIM.findall(file.read_text(encoding="utf-8"))) <= CLAIMS


def test_every_trait_and_start_table_has_a_grade_and_a_source() -> None:
    for row in read_csv("traits.csv"):
        assert row["grade"] in GRADES and row["source"].strip(), row
    for row in read_csv("zones.csv"):
        assert row["source"].strip(), row
    for file in data_path("starts").glob("*.yaml"):
        start = YAML(typ="safe").load(file)
        for name in ("control", "presence", "strikes", "roots", "contracts", "ground"):
            assert start[name]["source"].strip() and start[name]["grade"] in GRADES, f"{file.name}: {name}"
        for name, group in start["groups"].items():
            assert group["source"].strip() and group["grade"] in GRADES, f"{file.name}: {name}"
            assert sum(group["deployment"].values()) == pytest.approx(1.0), f"{file.name}: {name} is not wholly deployed"


def test_every_event_kind_has_a_meaning_and_a_sentence() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert kind.meaning and kind.sentence.endswith("."), kind.name


def test_every_declared_parameter_says_what_it_means_and_where_it_acts() -> None:
    groups = tuple(load(PROJECT / "scenarios" / "baseline.yaml").start_state["groups"])
    for path, declared in paths(groups).items():
        assert len(declared.meaning) > 8, path
        assert module_of(PARAMETERS, path).startswith("sim."), path
