"""The tables of every world of a folder of results, put together as an analyst would."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from sim.experiment.storage.manifest_file import HASHES, MANIFEST
from sim.experiment.storage.publishing import hashes
from sim.experiment.storage.results import Result
from sim.experiment.storage.sealed_json import CHECKSUM, sealed


def table(folder: Path, name: str = "worlds") -> pd.DataFrame:
    """All rows of all scenarios; a column that a scenario does not have is empty there."""
    result = Result(folder)
    frames = [result.table(scenario, name).to_pandas() for scenario in result.scenarios]
    texts = {column: str for frame in frames for column in frame.columns if isinstance(frame[column].dtype, pd.CategoricalDtype)}
    return pd.concat([frame.astype({k: object for k in texts if k in frame.columns}) for frame in frames], ignore_index=True)


def write_manifest(folder: Path, content: Mapping[str, Any]) -> None:
    """Write a manifest as if the program had written it: the files of the folder with their hashes, and its checksum."""
    found = {name: text for name, text in hashes(folder, MANIFEST).items() if not name.startswith("chunks/")}
    said = {key: value for key, value in content.items() if key not in (CHECKSUM, HASHES)} | {HASHES: found}
    (folder / MANIFEST).write_text(sealed(said), encoding="utf-8")
