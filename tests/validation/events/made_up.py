"""Small made-up event files in both layouts."""

import csv
import io
from pathlib import Path

UCDP = "id country date_start date_end date_prec where_prec adm_1 dyad_name type_of_violence best low high source_article"
ACLED = "event_id_cnty event_date time_precision event_type sub_event_type actor1 actor2 country admin1 geo_precision notes fatalities"
UCDP_COLUMNS, ACLED_COLUMNS = UCDP.split(), ACLED.split()
UCDP_EVENT = {
    "country": "Syria",
    "date_start": "2017-05-12 00:00:00.000",
    "date_end": "2017-05-12 00:00:00.000",
    "date_prec": "1",
    "where_prec": "1",
    "adm_1": "Aleppo governorate",
    "dyad_name": "Made-up A - Made-up B",
    "type_of_violence": "1",
    "best": "3",
    "low": "1",
    "high": "5",
}
ACLED_EVENT = {
    "event_date": "12 May 2017",
    "time_precision": "1",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Made-up A",
    "actor2": "Made-up B",
    "country": "Syria",
    "admin1": "Aleppo",
    "geo_precision": "1",
    "notes": "made up",
    "fatalities": "0",
}


def text_of(columns: list[str], event: dict[str, str], changes: list[dict[str, str]], delimiter: str = ",") -> str:
    """A file of events that differ from a usual one by these changes, each with an identity of its own unless one is given."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter, lineterminator="\r\n")  # so that either character is quoted within a field
    writer.writeheader()
    for n, change in enumerate(changes):
        writer.writerow({columns[0]: f"made-up {n}"} | event | change)
    return out.getvalue()


def ucdp(path: Path, *changes: dict[str, str], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    path.write_bytes(text_of(UCDP_COLUMNS, UCDP_EVENT, list(changes), delimiter).encode(encoding))
    return path


def acled(path: Path, *changes: dict[str, str], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    path.write_bytes(text_of(ACLED_COLUMNS, ACLED_EVENT, list(changes), delimiter).encode(encoding))
    return path
