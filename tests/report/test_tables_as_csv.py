"""The tables of a comparison in files that a spreadsheet opens."""

import csv
from pathlib import Path

from sim.compare.csv_export import MEANINGS, TABLES, write_tables

from .made_page import comparison

FORMULA = "=HYPERLINK(1)"


def test_no_name_becomes_a_formula_and_every_column_is_explained(tmp_path: Path) -> None:
    files = write_tables(tmp_path, comparison(("baseline", FORMULA, "@other")))
    assert [path.stem for path in files] == [*TABLES, "columns"]
    names = set()
    for path in files[:-1]:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows and set(rows[0]) <= set(MEANINGS), path.stem
        names |= {row["scenario"] for row in rows}
        assert not any(text[:1] in "=@" for row in rows for text in row.values() if text), path.stem
    assert names == {"baseline", f"'{FORMULA}", "'@other"}
