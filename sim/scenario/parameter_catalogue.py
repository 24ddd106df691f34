"""All parameters of a root and its start file, matched both ways with what the code declares."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from sim.model.state.parameters import Declared, ParameterValue
from sim.scenario.initial_state_files import InitialStateFile
from sim.scenario.parameter_entries import ParameterEntries, read_entries
from sim.scenario.parameter_paths import describe, unknown_path
from sim.scenario.replaced_parameters import replaced
from sim.scenario.scenario_file import ScenarioFile
from sim.scenario.validation_errors import ErrorCollector, Problem
from sim.text.suggestions import nearest, quote


@dataclass(frozen=True)
class ModelParameters:
    """What the code reads: `paths(groups)` declares every path, `read_in(path)` names the module that does ("" if unknown)."""

    paths: Callable[[tuple[str, ...]], Mapping[str, Declared]]
    read_in: Callable[[str], str] = lambda path: ""


@dataclass(frozen=True)
class Catalogue:
    """What can be changed: the declared paths, and the settings that the root gives them (fewer, where the root is faulty)."""

    declared: Mapping[str, Declared]
    settings: Mapping[str, ParameterValue]
    problems: tuple[Problem, ...] = ()


def read_catalogue(
    root: ScenarioFile, start: InitialStateFile, declared: Mapping[str, Declared], elsewhere: Collection[str], code: ModelParameters
) -> Catalogue:
    """The settings of a root under a start.

    `elsewhere` are paths declared under the root's own start: a group that is not there at this start keeps its line in the root.
    """
    entries = ParameterEntries()
    in_root, in_start = ErrorCollector(root.label), ErrorCollector(start.findings.file)
    if root.parameters is not None:
        read_entries(root.parameters, declared, entries, in_root)
    if start.parameters is not None:
        read_entries(start.parameters, declared, entries, in_start)
    missing = set(declared) - set(entries.seen)
    for where, line, path, is_section in entries.unknown:
        if path not in elsewhere and not any(other.startswith(f"{path}.") for other in elsewhere) and not where.full:
            report = _unknown_section if is_section else _unknown_parameter
            missing -= report(path, declared, entries.settings, where, line)
    for path in sorted(missing):
        reader = code.read_in(path)
        aside = f" ({reader} reads it)" if reader else ""
        text = f"'{path}' is missing; neither this file nor {start.findings.file} gives it{aside}."
        in_root.error(root.lines["parameters"], text, f"Add it: {declared[path].meaning} {describe(path, None, declared)}.")
    settings = {path: entries.settings[path] for path in declared if path in entries.settings}
    return Catalogue(declared, settings, (*in_root.problems, *in_start.problems))


def _unknown_parameter(
    path: str, declared: Mapping[str, Declared], settings: Mapping[str, ParameterValue], where: ErrorCollector, line: int
) -> set[str]:
    """Report an unknown path. Returns what was probably meant, so that it is not reported again as missing."""
    text, hint, close = unknown_path(path, declared, settings)
    where.error(line, text, hint)
    return {close} if close else set()


def _unknown_section(
    path: str, declared: Mapping[str, Declared], settings: Mapping[str, ParameterValue], where: ErrorCollector, line: int
) -> set[str]:
    """The same for a section: all that lies below the section that was probably meant."""
    gone = replaced(path)
    if gone is not None:
        where.error(line, f"{quote(path)} was {gone}")
        return set()
    sections = {known.rsplit(".", n)[0] for known in declared for n in range(1, known.count(".") + 1)}
    close = nearest(path, sections)
    hint = f"Did you mean '{close}'?" if close else f"Sections are: {', '.join(sorted({s.split('.')[0] for s in sections}))}."
    where.error(line, f"{quote(path)} is not a section of the parameters.", hint)
    return {known for known in declared if close and known.startswith(f"{close}.")}
