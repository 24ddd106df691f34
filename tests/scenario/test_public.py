"""The public way in, against the model's own declarations and start file."""

from pathlib import Path

import pytest

from sim.scenario import ScenarioError, load_scenario, load_scenarios
from sim.scenario.loader import project_library


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A root that gives every path the code declares and the start file leaves out, each at its lower bound."""
    library = project_library()
    start = library.start("2021-06")
    assert start is not None
    lines = ["question: Does it load?", "basis: report", "start: 2021-06", "months: 12", "parameters:"]
    for path, what in library.declared(start).items():
        if not path.startswith("start.") and not path.endswith(".manpower"):
            low, high = what.kind.low, what.kind.high
            lines.append(f"  {path}: {{value: {low}, unit: of a test, range: [{low}, {high}], grade: assumed, source: a test}}")
    (tmp_path / "scenarios").mkdir()
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "scenarios" / "whole.yaml"
    file.write_text("\n".join(lines) + "\n")
    return file


def test_a_root_that_gives_all_declared_paths_loads_by_name_and_by_path(root: Path) -> None:
    scenario = load_scenario("whole")
    library = project_library()
    assert list(scenario.settings) == list(library.declared(library.start("2021-06")))
    assert set(scenario.start_state) >= {"month", "control", "groups", "roots"}
    assert load_scenario(root).digest() == load_scenario("scenarios/whole.yaml").digest() == scenario.digest()


def test_a_single_text_is_not_taken_for_a_list_of_letters_and_nothing_else_for_a_name(root: Path) -> None:
    (path,) = (path for path in load_scenario(root).settings if path == "israel.strike_rate")
    assert load_scenario(root, f"{path}=1").settings[path].central() == 1.0
    assert [one.name for one in load_scenarios("whole")] == ["whole"]
    for source in (3, None, ["whole"], b"whole"):
        with pytest.raises(ScenarioError, match="is neither a scenario file nor the name of a scenario"):
            load_scenario(source)  # type: ignore[arg-type]


def test_a_line_too_few_is_reported_with_the_module_that_reads_it(root: Path) -> None:
    text = root.read_text()
    line = next(line for line in text.splitlines() if line.startswith("  israel."))
    path = line.split(":")[0].strip()
    root.write_text(text.replace(line + "\n", ""))
    with pytest.raises(ScenarioError) as caught:
        load_scenarios(["whole"])
    (problem,) = caught.value.problems
    assert f"'{path}' is missing" in problem.text and "(sim.model.actors.israel reads it)" in problem.text
