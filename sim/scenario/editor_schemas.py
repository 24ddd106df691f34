"""Where the JSON Schemas lie that editors read, and the line by which a file names its own."""

import os
from pathlib import Path

from sim.scenario.packaged_files import DESIGNS, SCENARIOS, shipped

SCENARIO_SCHEMA = SCENARIOS / "scenario.schema.json"
DESIGN_SCHEMA = SCENARIOS / DESIGNS / "design.schema.json"


def schema_line(file: Path, schema: Path = SCENARIO_SCHEMA) -> str:
    """The first line of a file for editors with a YAML language server: where its schema lies, seen from the folder of the file.

    `file` and `schema` are counted from one folder.
    """
    return f"# yaml-language-server: $schema={Path(os.path.relpath(schema, file.parent)).as_posix()}\n"


def schema_to_write() -> bytes | None:
    """The schema of scenario files, where ./scenarios has none or that of another version; None where nothing is to be written."""
    source = shipped(SCENARIO_SCHEMA)
    if not source.is_file():
        return None
    text = source.read_bytes()
    return None if SCENARIO_SCHEMA.is_file() and SCENARIO_SCHEMA.read_bytes() == text else text
