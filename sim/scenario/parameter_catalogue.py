"""All parameters of a root and its start file, matched both ways with what the code declares."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from sim.model.state.parameters import Declared, Setting
from sim.scenario.initial_state_files import Start
from sim.scenario.parameter_entries import Leaves, read_leaves
from sim.scenario.parameter_paths import describe, unknown_path
from sim.scenario.scenario_file import Draft
from sim.scenario.validation_errors import Findings, Problem
from sim.text.suggestions import nearest, quote


@dataclass(frozen=True)
class Code:
    """What the code reads: `paths(groups)` declares every path, `read_in(path)` names the module that does ("" if unknown)."""

    paths: Callable[[tuple[str, ...]], Mapping[str, Declared]]
    read_in: Callable[[str], str] = lambda path: ""


@dataclass(frozen=True)
class Catalogue:
    """What can be changed: the declared paths, and the settings that the root gives them (fewer, where the root is faulty)."""

    declared: Mapping[str, Declared]
    settings: Mapping[str, Setting]
    problems: tuple[Problem, ...] = ()


def read_catalogue(root: Draft, start: Start, declared: Mapping[str, Declared], elsewhere: Collection[str], code: Code) -> Catalogue:
    """The settings of a root under a start.

    `elsewhere` are paths declared under the root's own start: a group that is not there at this start keeps its line in the root.
    """
    leaves = Leaves()
    in_root, in_start = Findings(root.file), Findings(start.findings.file)
    if root.parameters is not None:
        read_leaves(root.parameters, declared, leaves, in_root)
    if start.parameters is not None:
        read_leaves(start.parameters, declared, leaves, in_start)
    missing = set(declared) - set(leaves.seen)
    for where, line, path, is_section in leaves.unknown:
        if path not in elsewhere and not any(other.startswith(f"{path}.") for other in elsewhere) and not where.full:
            record_events = _unknown_section if is_section else _unknown_parameter
            missing -= record_events(path, declared, leaves.settings, where, line)
    for path in sorted(missing):
        reader = code.read_in(path)
        aside = f" ({reader} reads it)" if reader else ""
        text = f"'{path}' is missing; neither this file nor {start.findings.file} gives it{aside}."
        in_root.error(root.lines["parameters"], text, f"Add it: {declared[path].meaning} {describe(path, None, declared)}.")
    settings = {path: leaves.settings[path] for path in declared if path in leaves.settings}
    return Catalogue(declared, settings, (*in_root.problems, *in_start.problems))


def _unknown_parameter(
    path: str, declared: Mapping[str, Declared], settings: Mapping[str, Setting], where: Findings, line: int
) -> set[str]:
    """Tell of a path that is none. Gives what was probably meant, so that it is not told once more as missing."""
    text, hint, close = unknown_path(path, declared, settings)
    where.error(line, text, hint)
    return {close} if close else set()


def _unknown_section(path: str, declared: Mapping[str, Declared], settings: Mapping[str, Setting], where: Findings, line: int) -> set[str]:
    """The same for a section: all that lies below the section that was probably meant."""
    sections = {known.rsplit(".", n)[0] for known in declared for n in range(1, known.count(".") + 1)}
    close = nearest(path, sections)
    hint = f"Did you mean '{close}'?" if close else f"Sections are: {', '.join(sorted({s.split('.')[0] for s in sections}))}."
    where.error(line, f"{quote(path)} is not a section of the parameters.", hint)
    return {known for known in declared if close and known.startswith(f"{close}.")}
