"""Finding scenario files, and following `extends` to the root. Each file is read once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sim.model.state.parameters import Declared
from sim.scenario import value_parsers
from sim.scenario.initial_state_files import Start, known_starts, read_start
from sim.scenario.parameter_catalogue import Catalogue, Code, read_catalogue
from sim.scenario.scenario_file import Draft, read_draft
from sim.scenario.validation_errors import Problem
from sim.text.suggestions import did_you_mean, display_path, nearest, quote


@dataclass
class Library:
    """The files in reach: bare names are looked up in `common`, `starts` holds the start files; `provinces` are ISO codes."""

    code: Code
    starts: Path
    common: Path
    provinces: tuple[str, ...] = ()
    drafts: dict[Path, Draft] = field(default_factory=dict)
    read: dict[str, Start] = field(default_factory=dict)
    catalogues: dict[tuple[Path, str], Catalogue] = field(default_factory=dict)

    def find(self, source: str | Path) -> Path | Problem:
        """The file that a path or a bare name means; a path need not exist."""
        if isinstance(source, Path) or "/" in source or source.endswith((".yaml", ".yml")):
            return Path(os.path.abspath(source))
        path = Path(os.path.abspath(self.common)) / f"{source}.yaml"
        if not value_parsers.NAME.fullmatch(source):
            return Problem(quote(source), 0, "is neither a scenario file nor the name of a scenario.")
        if path.exists():
            return path
        return Problem(display_path(path), 0, "does not exist.", did_you_mean(source, _names(path.parent)))

    def draft(self, path: Path) -> Draft:
        """A scenario file as it stands."""
        if path not in self.drafts:
            self.drafts[path] = read_draft(path)
        return self.drafts[path]

    def chain(self, draft: Draft) -> tuple[list[Draft], Problem | None]:
        """The drafts from the root down to this one; with a problem where `extends` leads nowhere or in a circle."""
        chain = [draft]
        while chain[0].extends is not None:
            child, name = chain[0], chain[0].extends
            parent = self._parent(child, name)
            if isinstance(parent, Problem):
                return chain, parent
            if parent in [known.path for known in chain]:
                circle = " extends ".join(f"'{known}'" for known in (*_until(chain, parent), child.name, name))
                return chain, Problem(
                    child.file, child.lines["extends"], f"'extends' runs in a circle: {circle}.", "One of them must be a root."
                )
            chain.insert(0, self.draft(parent))
        return chain, None

    def _parent(self, child: Draft, name: str) -> Path | Problem:
        """The file that `extends` names: beside the child, else among the common scenarios."""
        folders = (child.path.parent, Path(os.path.abspath(self.common)))
        for folder in folders:
            if (folder / f"{name}.yaml").exists():
                return folder / f"{name}.yaml"
        known = {other for folder in folders for other in _names(folder)} - {child.name}
        close = nearest(name, known)
        hint = f"Did you mean '{close}'?" if close else "It is looked for beside this file and in ./scenarios."
        return Problem(child.file, child.lines["extends"], f"there is no scenario '{name}' to extend.", hint)

    def start(self, name: str) -> Start | None:
        """A start by the month it is named after, or None if there is no such file."""
        if name not in self.read and name in known_starts(self.starts):
            self.read[name] = read_start(self.starts, name, self.provinces)
        return self.read.get(name)

    def declared(self, start: Start | None) -> Mapping[str, Declared]:
        """Every path that the code reads, given the groups of a start."""
        return self.code.paths(start.groups if start else ())

    def catalogue(self, root: Draft, start: Start) -> Catalogue:
        """The parameters of a root under a start."""
        key = root.path, start.name
        if key not in self.catalogues:
            own = self.start(root.start) if root.start else None
            elsewhere = self.declared(own) if own and own is not start else ()
            self.catalogues[key] = read_catalogue(root, start, self.declared(start), elsewhere, self.code)
        return self.catalogues[key]


def _names(folder: Path) -> list[str]:
    return [path.stem for path in folder.glob("*.yaml")] if folder.is_dir() else []


def _until(chain: list[Draft], path: Path) -> list[str]:
    """Names in the order of `extends` from `path` to the file before the last one found."""
    names = [draft.name for draft in reversed(chain)]
    first = [draft.path for draft in reversed(chain)].index(path)
    return names[first:-1]
