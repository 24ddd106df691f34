"""`design.parquet` in a folder of results: the rows of a design, one for each world, with their points, lucks, quantiles and values."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiment.run_settings import SettingsError
from sim.scenario.design_rows import DesignRows

DESIGN_FILE = "design.parquet"
QUANTILE, VALUE = "quantile:", "value:"


def design_table(rows: DesignRows) -> pa.Table:
    """The rows as a table: `point`, `luck`, and a column `quantile:PATH` or `value:PATH` for each factor."""
    columns = {"point": rows.point.astype(np.int32), "luck": rows.luck.astype(np.int64)}
    columns |= {QUANTILE + path: row for path, row in rows.quantiles.items()} | {VALUE + path: row for path, row in rows.values.items()}
    return pa.table({name: pa.array(column) for name, column in columns.items()})


def write_design(folder: Path, rows: DesignRows) -> None:
    """Write the table into a folder of results that is being made."""
    pq.write_table(design_table(rows), folder / DESIGN_FILE, compression="zstd")


def read_design(path: Path, digest: str) -> DesignRows:
    """The rows of a design that a run has written. Raises SettingsError where they are not those that were run."""
    try:
        table = pq.read_table(path, use_threads=False)
        columns = {name: np.asarray(table.column(name).to_numpy()) for name in table.column_names}
        rows = DesignRows(
            columns["point"],
            columns["luck"],
            {name.removeprefix(QUANTILE): row for name, row in columns.items() if name.startswith(QUANTILE)},
            {name.removeprefix(VALUE): row for name, row in columns.items() if name.startswith(VALUE)},
        )
        right = rows.digest() == digest
    except (OSError, KeyError, ValueError, pa.ArrowException):
        right = False
    if not right:
        raise SettingsError(f"{path} is missing or damaged. The same command makes it again, and keeps finished worlds.")
    return rows
