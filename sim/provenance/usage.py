"""Where things are in the code: where a parameter is declared and read, a measure computed, an event recorded."""

from collections.abc import Iterable
from dataclasses import is_dataclass
from functools import cache
from typing import Any, get_args

from sim import simulation
from sim.model.observation import classification, measure_catalogue
from sim.model.registry import PARAMETERS
from sim.provenance.code_index import CodeIndex, Field, hints, read_code
from sim.provenance.goal_texts import goal_of
from sim.provenance.project_paths import Project, SourceLocation, file_of

COMPUTING = ("sim/model/processes/", "sim/model/observation/")
CATALOGUE = file_of(measure_catalogue)  # lists measures and computes none
CLASSES = file_of(classification)  # some classes of worlds have the names of event types
code = cache(read_code)


def declaration(path: str, owner: type = PARAMETERS) -> Field:
    """The section class that declares a path, and the name of its field. Raises KeyError for a path that nothing declares."""
    word, _, rest = path.partition(".")
    hint: Any = hints(owner)[word]
    if not rest:
        return owner, word
    if is_dataclass(hint):
        return declaration(rest, hint)  # type: ignore[arg-type]
    return declaration(rest.partition(".")[2], get_args(hint)[1])


def declaration_location(path: str, project: Project) -> SourceLocation:
    """Where a parameter is declared: file, line, class and field."""
    section, name = declaration(path)
    return code(project).declared[file_of(section), section.__name__, name]


def readers(path: str, project: Project) -> list[SourceLocation]:
    """Every function that reads a parameter; for a weight of an interest, the function that says what its goal looks at comes first.

    Where a rule takes it by name (`agenda.effort_on(section, "standing")`) rather than from its section, functions of the declaring module
    that hold this name; failing that, of any module, functions that read it of something without an annotation, or compose its path.
    """
    section, name = declaration(path)
    index, goal = code(project), goal_of(path)
    if typed := index.reads.get((section, name)):
        return typed
    named = index.texts.get(name, [])
    declaring = [place for place in named if place.file == file_of(section)]
    if goal is not None:
        appraise = index.functions[file_of(goal.appraise), goal.appraise.__name__]
        return [appraise, *(place for place in declaring if place.summary and place.name != appraise.name and "." in place.name)]
    return declaring or named or index.untyped.get(name, []) or index.composed(path)


def measure_locations(measure: str, project: Project) -> list[SourceLocation]:
    """Functions that compute a measure."""
    index = code(project)
    return _within(index.keys.get(measure) or index.composed(measure), without=CATALOGUE)


def function_location(function: str, file: str, project: Project) -> SourceLocation:
    """Where a function is defined. Raises KeyError where there is none."""
    return code(project).functions[file, function]


def event_locations(event_type: str, project: Project) -> list[SourceLocation]:
    """Functions that record events of a type."""
    index: CodeIndex = code(project)
    return _within([*index.texts.get(event_type, ()), *index.composed(event_type)], file_of(simulation), without=CLASSES)


def _within(places: Iterable[SourceLocation], *more: str, without: str) -> list[SourceLocation]:
    """The places in the files that compute things, or in `more`, but not in one of them."""
    return [place for place in places if place.file.startswith((*COMPUTING, *more)) and place.file != without]
