"""All scenarios of a folder of results as samples, read as they are asked for."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from sim.evidence.patterns.sample import Sample, read_sample
from sim.experiment.folder import read_manifest

_KEPT = 3  # samples held at once: the one that is judged, the one it is compared with, and one to spare


class Results(Mapping[str, Sample]):
    """The samples of a folder by name of scenario. Raises SettingsError if it is no folder of results."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._names = tuple(read_manifest(folder)["scenarios"])
        self._read = lru_cache(maxsize=_KEPT)(lambda name: read_sample(folder, name))

    def __getitem__(self, name: str) -> Sample:
        if name not in self._names:
            raise KeyError(name)
        return self._read(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names
