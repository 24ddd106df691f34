"""A folder of results, read: its manifest, and the tables of the chunks that it consists of."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.chunk_reader import ChunkFile, Damaged
from sim.experiment.storage.chunk_store import chunk_path
from sim.experiment.storage.manifest import FORMAT, file_hash
from sim.experiment.storage.resolved_scenarios import read_resolved
from sim.experiment.storage.result_folder import read_manifest
from sim.model.state.dimensions import Array
from sim.scenario import Scenario
from sim.text.suggestions import did_you_mean

AGAIN = "The same `spheres run` makes it anew."
Span = tuple[int, int]  # first world, and how many


class Result:
    """The results in a folder. Raises SettingsError, from here and from every reading, where they cannot be read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest: dict[str, Any] = read_manifest(folder)
        if self.manifest.get("format") != FORMAT:
            again = self.manifest.get("command", "spheres run")
            raise SettingsError(f"{folder} is in another format of results, from another version of the program; run it again: {again}")
        self._read: dict[str, Scenario] = {}

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
        """The provinces' names by ISO code."""
        return dict(self.manifest.get("provinces", {}))

    def files(self, scenario: str) -> dict[Span, ChunkFile]:
        """The chunks of a scenario by first world and number of worlds, in order."""
        chunks = self.about(scenario).get("chunks")
        if not isinstance(chunks, list):
            raise SettingsError(f"{self.folder} was made by another version of the program; run the scenarios again into another folder.")
        try:
            return {(first, worlds): ChunkFile(chunk_path(self.folder, scenario, first, worlds, key)) for first, worlds, key in chunks}
        except (TypeError, ValueError):
            raise SettingsError(f"{self.folder}: the manifest does not name the chunks of '{scenario}'. {AGAIN}") from None

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
        return pa.concat_tables([self.part(file, name, columns) for file in self.files(scenario).values()], promote_options="permissive")

    def part(self, file: ChunkFile, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A table of one chunk."""
        with self.reading(file):
            return file.table(name, columns)

    def array(self, file: ChunkFile, name: str) -> Array:
        """What one chunk knows by month or year: `sway`, `spheres`, `contracts` or `events`, as ChunkFile gives them."""
        with self.reading(file):
            array: Array = getattr(file, name)()
            return array

    @contextmanager
    def reading(self, file: ChunkFile) -> Iterator[None]:
        """What goes wrong while a chunk is read is said with its path and what to do."""
        try:
            yield
        except (OSError, Damaged) as fault:
            raise SettingsError(f"{file.path} is missing or damaged ({fault}). {AGAIN}") from None

    def scenario(self, name: str) -> Scenario:
        """A scenario as it was run, from the results' own file, which is read once."""
        if name not in self._read:
            self._read[name] = self._scenario(name)
        return self._read[name]

    def _scenario(self, name: str) -> Scenario:
        about, path = self.about(name), self.folder / "scenarios" / f"{name}.yaml"
        if not path.is_file() or self.manifest.get("sha256", {}).get(f"scenarios/{name}.yaml") != file_hash(path):
            raise SettingsError(f"{path} is missing or was edited since the run. {AGAIN}")
        scenario = read_resolved(path)
        if scenario.digest() != about.get("digest"):
            raise SettingsError(f"{path} does not give the scenario of the run (another version of the program?); run the scenarios again.")
        return scenario
