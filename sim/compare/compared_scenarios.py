"""Which scenarios of which results are compared, and with what: the names they go by, and whether their worlds can be paired."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.chunk_reader import ChunkFile
from sim.experiment.storage.common_worlds import count_common
from sim.experiment.storage.results import Result, Span
from sim.text.suggestions import did_you_mean, printable

BASELINE = "baseline"
_LONGEST_LABEL = 60


@dataclass(frozen=True)
class ComparedScenario:
    """A scenario of a result. `name` is what it goes by here: its own, with the result's where an earlier result has one of that name."""

    name: str
    scenario: str
    result: Result

    @property
    def files(self) -> dict[Span, ChunkFile]:
        """Its chunks by range of worlds."""
        return self.result.files(self.scenario)

    @property
    def span(self) -> tuple[str, int]:
        """The start and the number of months."""
        about = self.result.about(self.scenario)
        return str(about["start"]), int(about["months"])

    @property
    def random_numbers(self) -> tuple[int, bool, str]:
        """Seed, draws and design: where they are the same, world k has the same random numbers, and the same point of a design."""
        design = self.result.manifest["design"] or {"digest": ""}
        return int(self.result.manifest["seed"]), bool(self.result.manifest["draws"]), str(design["digest"])

    @property
    def model(self) -> str:
        """A hash of the rules and data that it was run with, from the manifest."""
        return str(self.result.manifest.get("versions", {}).get("model", ""))

    @property
    def worlds(self) -> int:
        """How many worlds it has."""
        return sum(worlds for _, worlds in self.files)

    def pairs_with(self, other: "ComparedScenario") -> int:
        """How many worlds both have, with the same random numbers; 0 where seed or draws differ."""
        return count_common(self.files, other.files) if self.random_numbers == other.random_numbers else 0

    def paired_with(self, other: "ComparedScenario") -> bool:
        """Whether worlds of the same number have the same random numbers, and there are any that both have."""
        return self.pairs_with(other) > 0


def all_scenarios(folders: Sequence[Path]) -> list[ComparedScenario]:
    """Every scenario of some results, one that has the very worlds of an earlier one left out. Raises SettingsError."""
    sides: list[ComparedScenario] = []
    for folder, label in folder_labels(folders).items():
        result = Result(folder)
        for scenario in result.scenarios:
            taken = any(side.name == scenario for side in sides)
            side = ComparedScenario(f"{scenario} ({label})" if taken else scenario, scenario, result)
            if not any(_keys(side) == _keys(other) for other in sides):
                sides.append(side)
    return sides


def folder_labels(folders: Sequence[Path]) -> dict[Path, str]:
    """A short name for each folder, none given to two: its own, with as many of those above it as tell it from the others.

    A folder that is named twice, or by two ways, is there once.
    """
    places: dict[Path, Path] = {}
    for folder in folders:
        places.setdefault(Path(os.path.realpath(folder)), folder)
    parts = {folder: place.parts for place, folder in places.items()}
    labels: dict[Path, str] = {}
    for folder, own in parts.items():
        others = [other for other in parts.values() if other != own]
        depth = next((n for n in range(1, len(own) + 1) if all(own[-n:] != other[-n:] for other in others)), len(own))
        label = printable("/".join(own[-depth:])).replace(",", "_")  # --scenarios separates names by commas
        label = label if len(label) <= _LONGEST_LABEL else f"...{label[-_LONGEST_LABEL:]}"
        same = sum(label == taken.partition(" #")[0] for taken in labels.values())
        labels[folder] = f"{label} #{same + 1}" if same else label
    return labels


def _keys(side: ComparedScenario) -> tuple[str, ...]:
    return tuple(file.key for file in side.files.values())


def select_scenarios(
    sides: Sequence[ComparedScenario], names: Sequence[str] = (), against: str | None = None
) -> tuple[list[ComparedScenario], list[str]]:
    """The sides to show, the one compared with first, and what was left out and why.

    `names` picks some of them, all by default; `against` is the baseline by default, or the first where there is none. Raises
    SettingsError for a name that is not there, and for a picked scenario over other months.
    """
    known = {side.name: side for side in sides}
    reference = _one(known, against, "--against") if against is not None else known.get(BASELINE, sides[0])
    wanted = [_one(known, name, "--scenarios") for name in dict.fromkeys(names)] or list(sides)
    if against is None and names and reference not in wanted:
        reference = wanted[0]
    others = [side for side in wanted if side != reference]
    away = [side for side in others if side.span != reference.span]
    if names and away:
        raise SettingsError(f"--scenarios: {_apart(away[0], reference)}; compare it with one that does (--against).")
    return [reference, *(side for side in others if side not in away)], [f"left out: {_apart(side, reference)}" for side in away]


def _one(known: dict[str, ComparedScenario], name: str, option: str) -> ComparedScenario:
    if name not in known:
        raise SettingsError(f"{option}: there is no scenario '{name[:60]}' in these results. {did_you_mean(name, list(known))}")
    return known[name]


def _apart(side: ComparedScenario, reference: ComparedScenario) -> str:
    start, months = side.span
    return f"'{side.name}' ({months} months from {start}) does not cover the months of '{reference.name}'"
