"""From names, paths and `--set` texts to scenarios, with every error of every file reported at once."""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

from sim.model.state.csv_files import data_path, read_csv
from sim.scenario.initial_state_files import InitialStateFile, known_starts, unknown_start
from sim.scenario.packaged_files import SCENARIOS, shipped
from sim.scenario.parameter_catalogue import Catalogue, ModelParameters
from sim.scenario.python_numbers import whole_months
from sim.scenario.resolver import base_of, resolve
from sim.scenario.scenario import Scenario
from sim.scenario.scenario_file import ScenarioFile
from sim.scenario.scenario_library import Library
from sim.scenario.validation_errors import Problem, ScenarioError


def load_scenario(source: str | Path, overrides: Sequence[str] = (), months: int | None = None) -> Scenario:
    """One scenario, by the path of its file or by its bare name (looked up in ./scenarios, then among the shipped scenarios).

    `overrides` are `path=value` texts, applied after all files; `months` is the horizon, where it is not to be what the file says.
    Raises ScenarioError with every problem found.
    """
    return load_scenarios((source,), overrides, months)[-1]


def load_scenarios(sources: Sequence[str | Path], overrides: Sequence[str] = (), months: int | None = None) -> list[Scenario]:
    """Several scenarios, each after the one it is compared with. Raises ScenarioError with the problems of all files together."""
    return load_from(project_library(), sources, overrides, months)


def project_library() -> Library:
    """The scenarios of the current folder and those that ship with the model, its starts, and the parameters that its code declares."""
    from sim.model import registry  # late: the registry gathers the whole model, which most readers of this module do not need

    code = ModelParameters(registry.paths, lambda path: module_of(registry.PARAMETERS, path))
    provinces = tuple(row["iso_3166_2"] for row in read_csv("provinces.csv"))
    return Library(code, data_path("starts"), (SCENARIOS, shipped(SCENARIOS)), provinces)


def load_from(library: Library, sources: Sequence[str | Path], overrides: Sequence[str] = (), months: int | None = None) -> list[Scenario]:
    """As `load_scenarios`, from a given library."""
    months = None if months is None else whole_months(months)
    sources = (sources,) if isinstance(sources, (str, Path)) else sources
    overrides = (overrides,) if isinstance(overrides, str) else overrides
    problems: list[Problem] = []
    wanted: dict[Path, list[ScenarioFile]] = {}
    broken: list[list[ScenarioFile]] = []
    for source in sources:
        path = library.find(source)
        if isinstance(path, Problem):
            problems.append(path)
            continue
        chain, gap = library.chain(library.file(path))
        whole = gap is None and all(file.parsed for file in chain)
        if gap is not None:
            problems.append(gap)
        if whole:
            base = base_of(chain)
            wanted.setdefault(chain[base].path, chain[: base + 1])
            wanted.setdefault(path, chain)
        else:
            broken.append(chain)
    problems += [problem for chain in (*broken, *wanted.values()) for file in chain for problem in file.findings.problems]
    problems += _same_names(list(wanted.values()))
    resolved = [_resolve(library, chain, overrides, months) for chain in (*wanted.values(), *broken)]
    problems += [problem for _, found in resolved for problem in found]
    if problems:
        raise ScenarioError(sorted(problems, key=lambda problem: (problem.file, problem.line)))
    return [scenario for scenario, _ in resolved if scenario is not None]


def _resolve(
    library: Library, chain: list[ScenarioFile], overrides: Sequence[str], months: int | None
) -> tuple[Scenario | None, list[Problem]]:
    """Resolve as far as the files allow: an error in the start or the baseline must not hide other errors."""
    start, problems = _choose_start(library, chain)
    root = chain[0]
    if start is not None and root.parameters is not None and root.extends is None:
        catalogue = library.catalogue(root, start)
    else:
        catalogue = Catalogue(library.declared(start), {})
    scenario, found = resolve(chain, start, catalogue, overrides, months)
    problems = [*problems, *(start.findings.problems if start else ()), *catalogue.problems, *found]
    return (None if problems else scenario), problems


def _choose_start(library: Library, chain: list[ScenarioFile]) -> tuple[InitialStateFile | None, list[Problem]]:
    """The start that the nearest file names; where there is no such start, or none that can be read, any other one, to check the rest."""
    named = [file for file in reversed(chain) if file.start is not None]
    problems: list[Problem] = []
    if named and (start := library.start(named[0].start or "")) is not None:
        if start.parsed:
            return start, []
        problems = start.findings.problems
    elif named:
        problems = [Problem(named[0].label, named[0].lines["start"], *unknown_start(named[0].start or "", library.starts))]
    others = [file.start for file in named[1:] if file.start] + known_starts(library.starts)[::-1]
    return next((start for name in others if (start := library.start(name)) is not None and start.parsed), None), problems


def _same_names(chains: list[list[ScenarioFile]]) -> list[Problem]:
    """Two files of one name in different folders could not be distinguished in the results."""
    first: dict[str, ScenarioFile] = {}
    problems = []
    for file in (chain[-1] for chain in chains):
        known = first.setdefault(file.name, file)
        if known.path != file.path:
            problems.append(Problem(file.label, 0, f"has the same name as {known.label}.", "Rename one of the two."))
    return problems


def module_of(section: type, path: str) -> str:
    """The module that declares a path of the parameter sections, so that a person can look up what it is for."""
    name, _, rest = path.partition(".")
    here = {f.name for f in fields(section)}
    hint: Any = get_type_hints(section).get(name) if name in here else None
    if not rest:
        return section.__module__
    if is_dataclass(hint):
        return module_of(hint, rest)  # type: ignore[arg-type]
    members = [arg for arg in get_args(hint) if is_dataclass(arg)]
    return module_of(members[0], rest.partition(".")[2]) if members else ""  # type: ignore[arg-type]
