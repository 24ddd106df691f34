"""What editors are told of scenario files: the schema takes what the loader takes, and refuses the faults that people make."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from command_line import PROJECT
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from scenario.bench import BASELINE, Bench, paths
from sim.documentation.schema_files import schemas
from sim.scenario import Scenario, load_scenario
from sim.scenario.editor_schemas import DESIGN_SCHEMA, SCENARIO_SCHEMA, schema_line
from sim.scenario.json_schema import json_schema
from sim.scenario.packaged_files import DESIGNS
from sim.scenario.template import template

HEAD = "extends: baseline\nquestion: What if?\nbasis: report\n"
FILES = sorted((PROJECT / "scenarios").glob("*.yaml")) + sorted((PROJECT / "scenarios/history").glob("*.yaml"))
RIGHT = (
    "",
    "set: {israel.strike_rate: 1e-3, russia.budget: {scale: 0}, israel.pressure: {range: [0, 1]}}\n",
    "set: {definitions.lead: {add: -0.5}}\nbecause: x\n",
    "start: 2021-06\nmonths: 12\nset: {start.coffers: 0.5}\n",
    "events:\n  - {month: 2022-02, until: '2023-01', set: {israel.strike_rate: {scale: 20}}, because: yes}\n",
)
WRONG = (
    ("set: {israel.strik_rate: 3}\n", "'israel.strik_rate' was unexpected"),
    ("set: {israel: 3}\n", "'israel' was unexpected"),
    ("set: {israel.strike_rate: 500}\n", "500"),
    ("set: {israel.strike_rate: '3'}\n", "'3'"),
    ("set: {israel.strike_rate: 30%}\n", "'30%'"),
    ("set: {israel.strike_rate: true}\n", "True"),
    ("set: {israel.strike_rate: {scael: 2}}\n", "scael"),
    ("set: {israel.strike_rate: {scale: 2, add: 1}}\n", "scale"),
    ("set: {israel.strike_rate: {scale: -2}}\n", "-2"),
    ("set: {israel.strike_rate: {add: 200}}\n", "200"),
    ("set: {israel.strike_rate: {range: [1, 2, 3]}}\n", "range"),
    ("set: {israel.strike_rate: {range: [1, 200]}}\n", "200"),
    ("set: {}\n", "non-empty"),
    ("because: x\n", "'set' is a dependency"),
    ("because: 3\nset: {israel.strike_rate: 3}\n", "3 is not of type 'string'"),
    ("sets: {israel.strike_rate: 3}\n", "'sets' was unexpected"),
    ("months: 0\n", "0 is less than the minimum"),
    ("months: 12.5\n", "12.5"),
    ("start: 2021-07\n", "'2021-07' is not one of"),
    ("events: []\n", "non-empty"),
    ("events:\n  - {month: 2022-13, set: {israel.strike_rate: 3}, because: x}\n", "'2022-13' does not match"),
    ("events:\n  - {month: 2022-1, set: {israel.strike_rate: 3}, because: x}\n", "'2022-1' does not match"),
    ("events:\n  - {month: 2022-01, set: {israel.strike_rate: 3}}\n", "'because' is a required property"),
    ("events:\n  - {month: 2022-01, until: soon, set: {israel.strike_rate: 3}, because: x}\n", "'soon' does not match"),
    ("events:\n  - {month: 2022-01, set: {start.coffers: 0.5}, because: x}\n", "start.coffers"),
    ("events:\n  - {month: 2022-01, set: {groups.hezbollah.manpower: 5}, because: x}\n", "groups.hezbollah.manpower"),
    ("parameters: {}\n", "False schema does not allow"),
)
WRONG_HEADS = (
    "question: What if?\nbasis: report\n",
    "extends: baseline\nbasis: report\n",
    "extends: baseline\nquestion: What if?\n",
    "extends: baseline\nquestion: ''\nbasis: report\n",
    "extends: baseline\nquestion: What if?\nbasis: reprt\n",
    "extends: scenarios/baseline.yaml\nquestion: What if?\nbasis: report\n",
    "extends: con\nquestion: What if?\nbasis: report\n",
    "extends: 2021\nquestion: What if?\nbasis: report\n",
)


@pytest.fixture(scope="module")
def shipped() -> Draft7Validator:
    """The schema that ships."""
    made = json.loads((PROJECT / SCENARIO_SCHEMA).read_text(encoding="utf-8"))
    Draft7Validator.check_schema(made)
    return Draft7Validator(made)


@pytest.fixture
def schema(bench: Bench) -> Draft7Validator:
    """The schema of the small project."""
    return Draft7Validator(json_schema(bench.load(), bench.load(bench.difference("start: 2015-09"))))


def faults(schema: Draft7Validator, text: str) -> list[str]:
    """What an editor marks in a text."""
    return [fault.message for fault in schema.iter_errors(YAML(typ="safe", pure=True).load(StringIO(text)))]


def test_the_schemas_in_the_folder_are_current() -> None:
    for path, text, new in schemas(PROJECT):
        assert text == new, f"{path} does not fit the model; `make docs` renews it"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_packaged_scenario_is_valid_and_names_the_schema(shipped: Draft7Validator, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert faults(shipped, text) == []
    assert text.startswith(schema_line(path.relative_to(PROJECT)))


def test_every_packaged_design_names_its_schema() -> None:
    for path in (PROJECT / "scenarios" / DESIGNS).glob("*.yaml"):
        assert path.read_text(encoding="utf-8").startswith(schema_line(path.relative_to(PROJECT), DESIGN_SCHEMA))


@pytest.mark.parametrize("body", RIGHT)
def test_what_the_loader_takes_editors_do_not_mark(bench: Bench, schema: Draft7Validator, body: str) -> None:
    bench.load(schema_line(Path("scenarios/mine.yaml")) + HEAD + body)
    assert faults(schema, HEAD + body) == []


@pytest.mark.parametrize(("body", "said"), WRONG)
def test_what_is_wrong_is_marked_and_refused(bench: Bench, schema: Draft7Validator, body: str, said: str) -> None:
    assert bench.problems(HEAD + body)
    assert any(said in fault for fault in faults(schema, HEAD + body)), faults(schema, HEAD + body)


@pytest.mark.parametrize("head", WRONG_HEADS)
def test_a_wrong_head_is_marked_and_refused(bench: Bench, schema: Draft7Validator, head: str) -> None:
    assert bench.problems(head) and faults(schema, head)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("grade: assumed", "grade: guessed"),
        ("{value: 2, ", "{value: high, "),
        ("{value: 2, ", "{"),
        ("range: [0.5, 4], ", ""),
        ("range: [0.5, 4]", "range: 0.5"),
        ("    pressure:", "    presure:"),
        ("months: 24\n", ""),
        ("basis: report\n", "basis: report\nextends: x\n"),
        ("basis: report\n", "basis: report\nset: {israel.strike_rate: 3}\n"),
    ],
)
def test_a_wrong_baseline_is_marked_and_refused(bench: Bench, schema: Draft7Validator, old: str, new: str) -> None:
    assert faults(schema, BASELINE) == [] and old in BASELINE
    assert bench.problems(BASELINE.replace(old, new, 1)) and faults(schema, BASELINE.replace(old, new, 1))


def test_editors_show_meaning_unit_range_grade_and_source(bench: Bench) -> None:
    made = json_schema(bench.load(), known=["b", "a"])
    known: dict[str, Any] = made["definitions"]["set"]["properties"]
    assert set(known) == set(paths(("hezbollah",)))
    assert known["israel.pressure"]["default"] == 0.5 and known["israel.strike_rate"]["default"] == 2
    assert known["israel.pressure"]["description"] == (
        "what israel.pressure is\n\nUnit: share. In the baseline: 0.5; plausible: 0.2 to 0.8; possible: 0 to 1.\n\n"
        "Grade: inferred (we infer it from the claims of the report that its source names). Source: R78"
    )
    assert known["definitions.lead"]["description"].splitlines()[2] == "Unit: share. In the baseline: 0.25; possible: 0 to 1."
    assert made["properties"]["extends"]["examples"] == ["a", "b"]


def test_parameters_of_groups_of_every_start_are_known(shipped: Draft7Validator, baseline: Scenario) -> None:
    known = shipped.schema["definitions"]["set"]["properties"]
    of_2015 = load_scenario(PROJECT / "scenarios/history/history_2015.yaml").settings
    assert set(known) == {*baseline.settings, *of_2015} > set(baseline.settings)


def test_what_new_writes_is_valid(bench: Bench, schema: Draft7Validator) -> None:
    assert faults(schema, template("mine", bench.load())) == []
