"""A folder of results, read: its manifest, its tables, each checked before it is used, and the chunks that it consists of."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.chunk_reader import REMEDY, ChunkFile
from sim.experiment.storage.chunk_store import chunk_path
from sim.experiment.storage.design_table import DESIGN_FILE, read_design
from sim.experiment.storage.manifest import describe
from sim.experiment.storage.manifest_file import check_hash
from sim.experiment.storage.resolved_scenarios import read_resolved
from sim.experiment.storage.result_folder import FORMAT, finish_publishing, read_manifest
from sim.scenario import Scenario
from sim.scenario.design_rows import DesignRows
from sim.text.suggestions import did_you_mean

Span = tuple[int, int]  # first world, and how many


class Result:
    """The results in a folder. Raises SettingsError, from here and from every reading, where they cannot be read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        finish_publishing(folder)
        self.manifest: dict[str, Any] = read_manifest(folder)
        check_format(folder, self.manifest)
        self._read: dict[str, Scenario] = {}
        self._files: dict[str, dict[Span, ChunkFile]] = {}
        self.checked: dict[str, Path] = {}  # tables that were found whole, and where they stand

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The names of the scenarios, in order."""
        return tuple(self.manifest["scenarios"])

    def about(self, scenario: str, option: str = "") -> dict[str, Any]:
        """What the manifest says about a scenario."""
        if scenario not in self.manifest["scenarios"]:
            where = f"{option}: " if option else ""
            raise SettingsError(f"{where}there is no scenario '{scenario[:60]}' in {self.folder}. {did_you_mean(scenario, self.scenarios)}")
        about: dict[str, Any] = self.manifest["scenarios"][scenario]
        return about

    @cached_property
    def provinces(self) -> dict[str, str]:
        """The provinces' names by ISO code, in the order of arrays. Raises SettingsError where the manifest says other than the chunks."""
        provinces = dict(self.manifest["provinces"])
        file = next(iter(self.files(self.scenarios[0]).values()))
        if list(provinces.items()) != list(file.about["provinces"].items()):
            raise SettingsError(f"{self.folder}: the manifest gives other provinces than the chunks. {REMEDY}")
        return provinces

    def files(self, scenario: str) -> dict[Span, ChunkFile]:
        """The chunks of a scenario by first world and number of worlds, in order."""
        if scenario not in self._files:
            try:
                spans = {(first, n): (first, n, key) for first, n, key in self.about(scenario)["chunks"]}
                self._files[scenario] = {span: ChunkFile(chunk_path(self.folder, scenario, *chunk)) for span, chunk in spans.items()}
            except (KeyError, TypeError, ValueError):
                raise SettingsError(f"{self.folder}: the manifest does not name the chunks of '{scenario}'. {REMEDY}") from None
        return self._files[scenario]

    def chunk(self, scenario: str, world: int) -> ChunkFile:
        """The chunk that has a world."""
        files = self.files(scenario)
        for (first, worlds), file in files.items():
            if first <= world < first + worlds:
                return file
        last = max((first + worlds for first, worlds in files), default=0) - 1
        raise SettingsError(f"--world: {self.folder} has worlds 0 to {last:,} of '{scenario}', not {world:,}.")

    def table(self, scenario: str, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A table of a scenario's worlds, whole or some columns of it."""
        return pa.concat_tables([file.table(name, columns) for file in self.files(scenario).values()], promote_options="permissive")

    def scenario(self, name: str) -> Scenario:
        """A scenario as it was run, from the results' own file, which is read once."""
        if name not in self._read:
            self._read[name] = self._scenario(name)
        return self._read[name]

    def _scenario(self, name: str) -> Scenario:
        about, file = self.about(name), f"scenarios/{name}.yaml"
        path = self.folder / file
        if not check_hash(self.folder, self.manifest, file):
            raise SettingsError(f"{path} is missing or damaged, or was edited since the run. {REMEDY}")
        scenario = read_resolved(path)
        if scenario.digest() != about.get("digest"):
            raise SettingsError(f"{path} does not give the scenario of the run (another version of the program?); run the scenarios again.")
        unlike = [key for key, value in describe(scenario).items() if about.get(key) != value]
        if unlike:
            raise SettingsError(f"{self.folder}: the manifest says other things of '{name}' than {path} ({', '.join(unlike)}). {REMEDY}")
        return scenario

    @cached_property
    def rows(self) -> DesignRows | None:
        """The rows of the design that the worlds are; None for worlds of their own. Raises SettingsError where they are damaged."""
        design = self.manifest["design"]
        return None if design is None else read_design(self.folder / DESIGN_FILE, design["digest"])

    def current(self) -> bool:
        """Whether the result that was opened still stands in its folder."""
        try:
            return read_manifest(self.folder) == self.manifest
        except SettingsError:
            return False


def check_format(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Whether this version of the program reads the tables of a result. Raises SettingsError with the command that makes it again."""
    written = manifest.get("format", 1)
    if written == FORMAT:
        return
    if isinstance(written, int) and written > FORMAT:
        raise SettingsError(f"{folder} was written in a later format, by a newer version of the program; use that version to read it.")
    command = manifest.get("command") or f"spheres run --name {folder.name}"
    kept = "worlds that the same rules have run are kept"
    raise SettingsError(f"{folder} was written in an earlier format. To make it again ({kept}), run: {command}")
