"""The rows of a design on disk: a file for each batch, whole or not at all, under a key of all that determines what is in it.

A file holds every quantity at the horizon, so that a question about another outcome needs no new runs. It begins with a checksum of the
rest, against damage; a damaged file is made anew. Files of other versions of the model are removed when a design is finished.
"""

import hashlib
import io
import json
import re
import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sim.compare.quantities import FALLEN_BY_OBSERVED_MONTH, Quantity, quantities
from sim.experiment.storage.chunk_key import model_version
from sim.experiment.storage.derived_tables import DamageNotice
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.experiment.storage.whole_files import is_plain_file, write_bytes
from sim.model.state.dimensions import Array
from sim.model.state.geography import load_provinces
from sim.scenario import Scenario
from sim.scenario.design_rows import DesignRows

ROWS = Path("explore") / "rows"  # in the folder of a result
_NAME = re.compile(r"[0-9a-f]{8}-[0-9a-f]{20}\.rows")  # the version of the model, and the key
_HASH = 64  # characters of the checksum at the beginning of a file


class RowStore:
    """The batches of a scenario under one seed, kept in `folder`."""

    def __init__(self, folder: Path, scenario: Scenario, seed: int) -> None:
        self.folder, self.scenario, self.seed = folder, scenario, seed
        known = quantities(tuple(load_provinces().iso), scenario.start, scenario.months)
        self.quantities = tuple(dict.fromkeys((*known, Quantity("fallen", FALLEN_BY_OBSERVED_MONTH, COUNTRY))))

    def path(self, rows: DesignRows) -> Path:
        """The file of some rows."""
        names = [list(quantity) for quantity in self.quantities]
        content = json.dumps([model_version(), self.scenario.digest(), self.seed, rows.digest(), names])
        return self.folder / f"{model_version()[:8]}-{hashlib.sha256(content.encode()).hexdigest()[:20]}.rows"

    def has(self, rows: DesignRows) -> bool:
        """Whether there is a file of some rows."""
        return is_plain_file(self.path(rows))

    def write(self, rows: DesignRows, values: Array) -> None:
        """Keep the quantities of some rows, (quantities, rows). Raises OSError."""
        out = io.BytesIO()
        np.savez_compressed(out, values=values.astype(np.float32))
        self.folder.mkdir(parents=True, exist_ok=True)
        write_bytes(self.path(rows), _hash(out.getvalue()) + out.getvalue())

    def read(self, rows: DesignRows, wanted: Sequence[Quantity]) -> Array | None:
        """Some quantities of some rows, (quantities, rows); None where they are not there, or damaged, which is said."""
        path = self.path(rows)
        if not is_plain_file(path):
            return None
        content = path.read_bytes()
        try:
            if content[:_HASH] != _hash(content[_HASH:]):
                raise ValueError
            values = np.load(io.BytesIO(content[_HASH:]))["values"]
            if values.shape != (len(self.quantities), len(rows)):
                raise ValueError
        except (ValueError, KeyError, OSError, zipfile.BadZipFile):
            warnings.warn(f"{path} was damaged; its worlds are run again.", DamageNotice, stacklevel=2)
            path.unlink(missing_ok=True)
            return None
        return np.asarray(values[[self.quantities.index(quantity) for quantity in wanted]], dtype=np.float64)

    def sweep(self) -> None:
        """Remove the files of other versions of the model."""
        for path in self.folder.glob("*.rows"):
            if _NAME.fullmatch(path.name) and not path.name.startswith(model_version()[:8]) and is_plain_file(path):
                path.unlink(missing_ok=True)


def _hash(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
