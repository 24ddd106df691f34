"""Reading the fact tables that ship with the model, from `sim/data`."""

import csv
from io import StringIO
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"


def data_path(name: str) -> Path:
    """Where a data file lies."""
    return DATA / name


def read_csv(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file in `sim/data`, as text."""
    return list(csv.DictReader(StringIO(data_path(name).read_text(encoding="utf-8"))))
