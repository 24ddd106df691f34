"""Where things act in the code: where a parameter is declared and read, where an index is computed, where a kind of event arises."""

from dataclasses import is_dataclass
from functools import cache
from typing import Any, get_args

from sim.model.registry import PARAMETERS
from sim.provenance.code_index import Code, Field, hints, read_code
from sim.provenance.project_paths import Place, Project

CLASSES = "sim/model/observation/classification.py"  # names classes of worlds, some of them as events are named


@cache
def code(project: Project) -> Code:
    """The code of a project, read once."""
    return read_code(project)


def declaration(path: str, whole: type = PARAMETERS) -> Field:
    """The section class that declares a path, and the name of its field. Raises KeyError for a path that nothing declares."""
    word, _, rest = path.partition(".")
    hint: Any = hints(whole)[word]
    if not rest:
        return whole, word
    if is_dataclass(hint):
        return declaration(rest, hint)  # type: ignore[arg-type]
    return declaration(rest.partition(".")[2], get_args(hint)[1])


def declared_at(path: str, project: Project) -> Place:
    """Where a parameter is declared: file, line, class and field."""
    section, name = declaration(path)
    return code(project).declared[_file_of(section), section.__name__, name]


def _file_of(section: type) -> str:
    """The file of the module that declares a section."""
    return section.__module__.replace(".", "/") + ".py"


def readers(path: str, project: Project) -> list[Place]:
    """Every function that reads a parameter.

    Where a rule takes it by name (`w["land_corridor"]`) rather than from its section, functions of the declaring module that hold
    this name; failing that, of any module, or functions that compose its path.
    """
    section, name = declaration(path)
    found = code(project)
    if typed := found.reads.get((section, name)):
        return typed
    named = found.texts.get(name, [])
    return [place for place in named if place.file == _file_of(section)] or named or found.composed(path)


def computed(measure: str, project: Project) -> list[Place]:
    """Functions in which a measure gets its value."""
    found = code(project)
    places = found.keys.get(measure) or found.composed(measure)
    return [place for place in places if place.file.startswith("sim/model/processes/")]


def defined(function: str, file: str, project: Project) -> Place:
    """Where a function stands. Raises KeyError where there is none."""
    return code(project).functions[file, function]


def noted(kind: str, project: Project) -> list[Place]:
    """Functions in which an event of a kind arises."""
    found = code(project)
    places = [*found.texts.get(kind, ()), *found.composed(kind)]
    return [place for place in places if place.file.startswith(("sim/model/processes/", "sim/model")) and place.file != CLASSES]
