"""What the page says of a study of interests (`spheres interests`) that stands beside the compared results, and where its files are."""

import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sim.experiment.run_settings import RESULTS, SettingsError
from sim.experiment.storage.derived_tables import DamageNotice
from sim.experiment.storage.manifest_file import check_hash
from sim.experiment.storage.result_folder import read_manifest
from sim.interests.table import FILE, NAME, read_table
from sim.report.text import labels
from sim.report.text.interest_sentences import sentences
from sim.text.number_format import worlds


@dataclass(frozen=True)
class InterestLink:
    """A study: of which scenario and worlds, what came of it in sentences, whether the results are of the same version of the model, and
    the addresses of its files from the page (`figure` may be empty).
    """

    scenario: str
    worlds: str
    sentences: tuple[str, ...]
    same_rules: bool
    table: str
    figure: str


def find_interests(results: Sequence[Path], place: Path) -> InterestLink | None:
    """The study among some results, beside them or in results/, seen from the folder `place`; None where there is none to be read."""
    for folder in _candidates(results):
        try:
            return _link(folder, place, _model(read_manifest(results[0])))
        except (
            OSError,
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
            SettingsError,
        ):  # none there, one that cannot be read, or no way from one drive to another
            continue
    return None


def _candidates(results: Sequence[Path]) -> Iterator[Path]:
    yield from results
    yield from (folder.parent / NAME for folder in results)
    yield RESULTS / NAME


def _link(folder: Path, place: Path, model: str) -> InterestLink:
    manifest = read_manifest(folder)
    if not check_hash(folder, manifest, FILE):
        if (folder / FILE).exists():
            left_out = f"{folder / FILE} is damaged; the page leaves that study out, and the same `spheres interests` makes it anew."
            warnings.warn(left_out, DamageNotice, stacklevel=2)
        raise ValueError(f"{folder / FILE} is damaged")
    table = read_table(folder)
    if table.empty:
        raise ValueError(f"{folder / FILE} has no rows")
    names = {str(iso): str(name) for iso, name in manifest["provinces"].items()}
    figure = folder / f"{NAME}.svg"
    return InterestLink(
        scenario=labels.scenario(str(table["scenario"].iloc[0])),
        worlds=worlds(int(table["worlds"].max())),
        sentences=tuple(line.strip() for line in sentences(table, names)),
        same_rules=_model(manifest) == model,
        table=address(folder / FILE, place),
        figure=address(figure, place) if figure.is_file() else "",
    )


def _model(manifest: Mapping[str, Any]) -> str:
    """A hash of the rules and data of a result."""
    return str(manifest.get("versions", {}).get("model", ""))


def address(file: Path, place: Path) -> str:
    """A file's address relative to the page's folder."""
    return quote(Path(os.path.relpath(file, place)).as_posix())
