"""All scenarios of a folder of results as samples, a range of worlds at a time, read as they are asked for."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.results import Result, Span
from sim.validation.patterns.sample import Sample
from sim.validation.patterns.stored_sample import read_sample

_KEPT = 3  # samples in memory: the one being evaluated, the one it is compared with, and one to spare


class Samples(Mapping[Span, Sample]):
    """The worlds of one scenario by range, all or those of the ranges within the first `most` (one range at least).

    Raises SettingsError, from here and from every reading, where they cannot be read.
    """

    def __init__(self, result: Result, scenario: str, read: Callable[[Result, str, Span], Sample] = read_sample, most: int = 0) -> None:
        if result.manifest["design"] is not None:
            raise SettingsError(f"{result.folder} has the rows of a design, not worlds of their own; name the folder of a `spheres run`.")
        self._result, self._scenario, self._read = result, scenario, read
        spans = tuple(result.files(scenario))
        within = tuple(span for span in spans if not most or sum(span) <= most)
        self._spans = within or spans[:1]

    def __getitem__(self, span: Span) -> Sample:
        if span not in self._spans:
            raise KeyError(span)
        return self._read(self._result, self._scenario, span)

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)


def all_samples(result: Result) -> dict[str, Samples]:
    """Every scenario of a result by name. Raises SettingsError."""
    read = lru_cache(maxsize=_KEPT)(read_sample)
    return {name: Samples(result, name, read) for name in result.scenarios}
