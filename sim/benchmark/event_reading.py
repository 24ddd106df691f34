"""Reading a large event file: made-up rows in the UCDP GED layout, plain and zipped. `python -m sim.benchmark.event_reading` alone."""

import resource
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from sim.validation.events.event_counts import count_events

MEGABYTES = 200
_HEADER = "id,country,date_start,date_end,date_prec,where_prec,adm_1,dyad_name,type_of_violence,best,low,high,source_article\n"
_PLACES = ("Aleppo governorate", "Dar'a governorate", "Dayr Az Zawr governorate", "Rif Dimashq governorate")


def write_made_up(path: Path, megabytes: int) -> int:
    """Write a made-up file, one event in five in another country; returns the number of rows."""
    size, rows = 0, 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_HEADER)
        while size < megabytes * 1_000_000:
            lines = [_row(rows + i) for i in range(5000)]
            file.writelines(lines)
            size, rows = size + sum(map(len, lines)), rows + len(lines)
    return rows


def _row(n: int) -> str:
    day = f"{2015 + n % 6}-{n // 7 % 12 + 1:02d}-{n // 11 % 28 + 1:02d} 00:00:00.000"
    country = "Iraq" if n % 5 == 0 else "Syria"
    note = f'"made-up note {n}, with ""quotes"" and\na line break, {"as long as notes are " * 8}"'
    return f"{n},{country},{day},{day},{n % 5 + 1},{n % 6 + 1},{_PLACES[n % 4]},Made-up A - B,{n % 3 + 1},1,0,2,{note}\n"


def report(megabytes: int = MEGABYTES) -> Iterator[str]:
    """Seconds of the processor to count a plain and a zipped file, and how much memory that took at most."""
    with tempfile.TemporaryDirectory() as folder:
        plain, packed = Path(folder) / "made_up.csv", Path(folder) / "made_up.zip"
        rows = write_made_up(plain, megabytes)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(plain, "made_up.csv")
        yield f"event file of {plain.stat().st_size / 1e6:.0f} MB, {rows:,} made-up rows"
        for name, path in (("plain", plain), ("zipped", packed)):
            start = time.process_time()
            counts = count_events(path)
            seconds = time.process_time() - start
            yield f"  {name}: {seconds:.1f} s, {plain.stat().st_size / 1e6 / seconds:.0f} MB/s; {counts.events:,} events counted"
    yield f"  peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
