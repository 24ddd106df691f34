"""Finding scenario files, and following `extends` to the root. Each file is read once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sim.model.state.parameters import Declared
from sim.scenario.initial_state_files import InitialStateFile, known_starts, read_initial_state
from sim.scenario.packaged_files import NOTICE, is_shipped
from sim.scenario.parameter_catalogue import Catalogue, ModelParameters, read_catalogue
from sim.scenario.scenario_file import ScenarioFile, read_scenario_file
from sim.scenario.scenario_names import NAME
from sim.scenario.validation_errors import Problem
from sim.text.suggestions import did_you_mean, display_path, nearest, quote


@dataclass
class Library:
    """The files in reach: bare names are looked up in `folders`, in order; `starts` holds the start files; `provinces` are ISO codes."""

    code: ModelParameters
    starts: Path
    folders: tuple[Path, ...]
    provinces: tuple[str, ...] = ()
    files: dict[Path, ScenarioFile] = field(default_factory=dict)
    read: dict[str, InitialStateFile] = field(default_factory=dict)
    catalogues: dict[tuple[Path, str], Catalogue] = field(default_factory=dict)

    def find(self, source: str | Path) -> Path | Problem:
        """The file that a path or a bare name means; a path need not exist."""
        if not isinstance(source, (str, Path)):
            return Problem(quote(repr(source)), 0, "is neither a scenario file nor the name of a scenario.")
        if isinstance(source, Path) or "/" in source or source.endswith((".yaml", ".yml")):
            return Path(os.path.abspath(source))
        if not NAME.fullmatch(source):
            return Problem(quote(source), 0, "is neither a scenario file nor the name of a scenario.")
        folders = self._folders()
        paths = [folder / f"{source}.yaml" for folder in folders]
        known = {name for folder in folders for name in _names(folder)}
        found = next((path for path in paths if path.exists()), None)
        return found or Problem(display_path(paths[0]), 0, "does not exist.", did_you_mean(source, known))

    def _folders(self) -> list[Path]:
        """The folders in which bare names are looked up, absolute, each once."""
        return list(dict.fromkeys(Path(os.path.abspath(folder)) for folder in self.folders))

    def file(self, path: Path) -> ScenarioFile:
        """A scenario file as it stands."""
        if path not in self.files:
            self.files[path] = read_scenario_file(path)
            if is_shipped(path):
                self.files[path].findings.notice(0, NOTICE)
        return self.files[path]

    def chain(self, file: ScenarioFile) -> tuple[list[ScenarioFile], Problem | None]:
        """The files from the root down to this one; with a problem where `extends` leads nowhere or in a circle."""
        chain = [file]
        while chain[0].extends is not None:
            child, name = chain[0], chain[0].extends
            parent = self._parent(child, name)
            if isinstance(parent, Problem):
                return chain, parent
            if parent in [known.path for known in chain]:
                circle = " extends ".join(f"'{known}'" for known in (*_until(chain, parent), child.name, name))
                return chain, Problem(
                    child.label, child.lines["extends"], f"'extends' runs in a circle: {circle}.", "One of them must not extend anything."
                )
            chain.insert(0, self.file(parent))
        return chain, None

    def _parent(self, child: ScenarioFile, name: str) -> Path | Problem:
        """The file that `extends` names: beside the child, else in the folders of the library."""
        found = self.look_up(name, child.path.parent)
        if found is not None:
            return found
        known = {other for folder in (child.path.parent, *self._folders()) for other in _names(folder)} - {child.name}
        close = nearest(name, known)
        hint = f"Did you mean '{close}'?" if close else "It is looked for beside this file and in ./scenarios."
        return Problem(child.label, child.lines["extends"], f"there is no scenario '{name}' to extend.", hint)

    def look_up(self, name: str, folder: Path) -> Path | None:
        """The file that `extends: name` means in a folder: one that lies there, else one in the folders of the library."""
        paths = (Path(os.path.abspath(place)) / f"{name}.yaml" for place in (folder, *self._folders()))
        return next((path for path in paths if path.exists()), None)

    def start(self, name: str) -> InitialStateFile | None:
        """A start by the month it is named after, or None if there is no such file."""
        if name not in self.read and name in known_starts(self.starts):
            self.read[name] = read_initial_state(self.starts, name, self.provinces)
        return self.read.get(name)

    def declared(self, start: InitialStateFile | None) -> Mapping[str, Declared]:
        """Every path that the code reads, given the groups of a start."""
        return self.code.paths(start.groups if start else ())

    def catalogue(self, root: ScenarioFile, start: InitialStateFile) -> Catalogue:
        """The parameters of a root under a start."""
        key = root.path, start.name
        if key not in self.catalogues:
            own = self.start(root.start) if root.start else None
            elsewhere = self.declared(own) if own and own is not start else ()
            read = read_catalogue(root, start, self.declared(start), elsewhere, self.code)
            unknown = own is not None and not own.parsed  # which groups the root speaks of
            self.catalogues[key] = replace(read, problems=()) if unknown else read
        return self.catalogues[key]


def _names(folder: Path) -> list[str]:
    return [path.stem for path in folder.glob("*.yaml")] if folder.is_dir() else []


def _until(chain: list[ScenarioFile], path: Path) -> list[str]:
    """Names in the order of `extends` from `path` to the file before the last one found."""
    names = [file.name for file in reversed(chain)]
    first = [file.path for file in reversed(chain)].index(path)
    return names[first:-1]
