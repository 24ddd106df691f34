"""The JSON Schemas of scenario and design files, made from the packaged scenarios: `make docs` renews them."""

from collections.abc import Iterator
from pathlib import Path

from sim.exploration.design.design_schema import design_schema
from sim.scenario import Scenario, load_scenarios
from sim.scenario.editor_schemas import DESIGN_SCHEMA, SCENARIO_SCHEMA
from sim.scenario.json_schema import json_schema
from sim.scenario.packaged_files import SCENARIOS
from sim.scenario.schema_parts import schema_text

_PACKAGED = ("*.yaml", "history/*.yaml")


def schemas(root: Path) -> Iterator[tuple[Path, str, str]]:
    """Each schema: its path, its text as it stands ("" if there is none), and its text as it should be. Raises ScenarioError."""
    files = [path for pattern in _PACKAGED for path in sorted((root / SCENARIOS).glob(pattern))]
    baseline = load_scenarios([root / SCENARIOS / "baseline.yaml"])[0]
    by_start: dict[str, Scenario] = {baseline.start: baseline}
    for scenario in load_scenarios(files):
        by_start.setdefault(scenario.start, scenario)
    made = {
        SCENARIO_SCHEMA: json_schema(*by_start.values(), known=[path.stem for path in files]),
        DESIGN_SCHEMA: design_schema(*by_start.values()),
    }
    for place, schema in made.items():
        path = root / place
        yield path, path.read_text(encoding="utf-8") if path.exists() else "", schema_text(schema)
