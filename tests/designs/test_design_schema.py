"""What editors are told of design files: the schema takes what the reader takes, and refuses the faults that people make."""

import json
from pathlib import Path

import pytest
from command_line import PROJECT
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from sim.exploration.design.design_file import read_design_file
from sim.scenario import ScenarioError
from sim.scenario.editor_schemas import DESIGN_SCHEMA
from sim.scenario.packaged_files import DESIGNS

GRID = """\
scenario: baseline
kind: grid
factors:
  israel.strike_rate: {values: [1, 2.5, 4]}
  iran.means.budget: {quantiles: 0.1:0.9:3}
luck: 4
"""
SPREAD = GRID.replace("grid", "lhs").replace("[1, 2.5, 4]", "[1, 4]").replace("0.1:0.9:3", "[0.1, 0.9]") + "points: 8\n"
GROUPS = "scenario: baseline\nkind: groups\npoints: 2\nfactors:\n  war: [fight.*, israel.strike_rate]\n  iran: [iran.*]\n"
ROWS = "scenario: baseline\nkind: rows\nfile: points.csv\n"
RIGHT = (
    GRID,
    GRID.replace("luck: 4", "luck: {worlds: 4, first: 2, pairing: blocked}\nothers: central\nmonths: 2\nseed: 0\nquestion: What if?"),
    GRID.replace("[1, 2.5, 4]", "2").replace("0.1:0.9:3", "'0.1, 0.9'"),
    SPREAD,
    SPREAD.replace("lhs", "sobol"),
    GROUPS,
    ROWS,
)
WRONG = (
    (GRID, "scenario: baseline\n", ""),
    (GRID, "kind: grid", "kind: grd"),
    (GRID, "kind: grid\n", ""),
    (GRID, "luck:", "lukc:"),
    (GRID, "israel.strike_rate", "israel.strik_rate"),
    (GRID, "values: [1, 2.5, 4]", "valus: [1, 2.5, 4]"),
    (GRID, "values: [1, 2.5, 4]", "values: [1, 2], quantiles: [0.1]"),
    (GRID, "values: [1, 2.5, 4]", ""),
    (GRID, "[1, 2.5, 4]", "[1, 1]"),
    (GRID, "[1, 2.5, 4]", "[1, 500]"),
    (GRID, "[1, 2.5, 4]", "[]"),
    (GRID, "0.1:0.9:3", "[0.1, 1.5]"),
    (GRID, "0.1:0.9:3", "0.1:0.9"),
    (GRID, "0.1:0.9:3", "some"),
    (GRID, "luck: 4", "luck: 0"),
    (GRID, "luck: 4", "luck: {wolds: 4}"),
    (GRID, "luck: 4", "luck: {worlds: 4, pairing: pared}"),
    (GRID, "luck: 4", "others: drwn"),
    (GRID, "luck: 4", "months: 0"),
    (GRID, "luck: 4", "seed: -1"),
    (GRID, "luck: 4", "points: 8"),
    (GRID, "luck: 4", "file: points.csv"),
    (SPREAD, "points: 8\n", ""),
    (SPREAD, "points: 8", "points: 1"),
    (SPREAD, "[1, 4]", "[1, 2, 4]"),
    (GROUPS, "points: 2", "points: 2\nluck: 4"),
    (GROUPS, "[iran.*]", "iran.*"),
    (GROUPS, "[iran.*]", "[irn.means.budget]"),
    (ROWS, "file: points.csv\n", ""),
    (ROWS, "kind: rows", "kind: rows\npoints: 4"),
)


@pytest.fixture(scope="module")
def schema() -> Draft7Validator:
    made = json.loads((PROJECT / DESIGN_SCHEMA).read_text(encoding="utf-8"))
    Draft7Validator.check_schema(made)
    return Draft7Validator(made)


def marked(schema: Draft7Validator, text: str) -> list[str]:
    """What an editor marks in a text."""
    return [fault.message for fault in schema.iter_errors(YAML(typ="safe", pure=True).load(text))]


def read(folder: Path, text: str) -> None:
    (folder / "points.csv").write_text("israel.strike_rate\n2\n3\n", encoding="utf-8")
    (folder / "design.yaml").write_text(text, encoding="utf-8")
    read_design_file(folder / "design.yaml")


@pytest.mark.parametrize("path", sorted((PROJECT / "scenarios" / DESIGNS).glob("*.yaml")), ids=lambda path: path.stem)
def test_every_packaged_design_is_valid(schema: Draft7Validator, path: Path) -> None:
    assert marked(schema, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("text", RIGHT)
def test_what_the_reader_takes_editors_do_not_mark(schema: Draft7Validator, tmp_path: Path, text: str) -> None:
    read(tmp_path, text)
    assert marked(schema, text) == []


@pytest.mark.parametrize(("text", "old", "new"), WRONG)
def test_what_is_wrong_is_marked_and_refused(schema: Draft7Validator, tmp_path: Path, text: str, old: str, new: str) -> None:
    assert old in text
    with pytest.raises(ScenarioError):
        read(tmp_path, text.replace(old, new, 1))
    assert marked(schema, text.replace(old, new, 1))
