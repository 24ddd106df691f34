"""Where a new scenario file belongs, so that what it extends is found from there, and its text, checked before anything is written."""

import os
import shlex
from pathlib import Path

from sim.scenario.editor_schemas import schema_line
from sim.scenario.loader import load_from, project_library
from sim.scenario.packaged_files import MISSING, SCENARIOS
from sim.scenario.scenario import Scenario
from sim.scenario.scenario_file import read_scenario_text
from sim.scenario.scenario_library import Library
from sim.scenario.template import template
from sim.scenario.validation_errors import Problem, ScenarioError
from sim.text.suggestions import display_path

_COMMAND = "spheres new"


def new_file(name: str, source: str, every: bool = False) -> tuple[Path, str]:
    """The path and the text of a new scenario that extends `source` (a name or a path); with `every` parameter, or those of most use.

    It goes to scenarios/, or beside the file that it extends where only a file there finds that one. Raises ScenarioError where `source`
    or the name cannot be used, and where the text would not be a valid scenario.
    """
    library = project_library()
    parent = load_from(library, (source,))[-1]
    text = template(name, parent, every, shlex.quote(source))
    place = _place(library, name, library.find(source))
    text = schema_line(place) + text
    loaded_as(library, place, text)
    return place, text


def loaded_as(library: Library, place: Path, text: str) -> Scenario:
    """The scenario that a text would be if it stood in a file at `place`, where nothing is written. Raises ScenarioError."""
    path = Path(os.path.abspath(place))
    library.files[path] = read_scenario_text(path, text.encode())
    return load_from(library, (path,))[-1]


def name_in_use(library: Library, name: str, folder: Path = SCENARIOS) -> str:
    """That a scenario of this name is found from a folder, or lies in scenarios/, as a sentence; nothing if there is none."""
    same = library.look_up(name, folder) or next(iter(sorted(SCENARIOS.rglob(f"{name}.yaml"))), None)
    return "" if same is None else f"'{name}' is the name of an existing scenario ({display_path(same)}); choose another."


def _place(library: Library, name: str, parent: Path | Problem) -> Path:
    """The path of the new file, relative to the current folder."""
    if not SCENARIOS.is_dir():
        raise _refusal(MISSING)
    assert isinstance(parent, Path)  # it has been read
    here = Path.cwd()
    folders = [SCENARIOS, *([Path(os.path.relpath(parent.parent))] if parent.is_relative_to(here) else [])]
    folder = next((folder for folder in folders if library.look_up(parent.stem, folder) == parent), None)
    if folder is None:
        text = f"{display_path(parent)} lies where no scenario of this folder finds it."
        raise _refusal(text, "Copy it into scenarios/ under a name of its own, or work in its folder.")
    place = folder / f"{name}.yaml"
    if os.path.lexists(place):
        raise _refusal(f"{place} exists already; choose another name, or edit that file.")
    if taken := name_in_use(library, name, folder):
        raise _refusal(taken)
    return place


def _refusal(text: str, hint: str = "") -> ScenarioError:
    return ScenarioError([Problem(_COMMAND, 0, text, hint)])
