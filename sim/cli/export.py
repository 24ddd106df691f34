"""`spheres export`: the tables of every world, in one file each, for other programs."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.error_handling import answering, watch_of
from sim.experiment.recording.world_tables import ROW_TABLES
from sim.experiment.run_settings import RESULTS, SettingsError
from sim.experiment.storage.results import Result
from sim.experiment.storage.table_export import export as write_tables
from sim.text.suggestions import did_you_mean


def export(
    folder: Annotated[Path, typer.Argument(metavar="RESULT", help="A folder of results.")] = RESULTS / "default",
    tables: Annotated[list[str] | None, typer.Argument(metavar="[TABLES]...", help=f"Of {', '.join(ROW_TABLES)}; all if none.")] = None,
    csv: Annotated[bool, typer.Option("--csv", help="For a spreadsheet, instead of Parquet: large where worlds are many.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:
    """Write the tables of every world to RESULT/tables, a file each; columns.csv there says what is in them."""
    with answering():
        for name in tables or []:
            if name not in ROW_TABLES:
                raise SettingsError(f"there is no table '{name[:60]}' with a row for every world. {did_you_mean(name, ROW_TABLES)}")
        watch = watch_of(quiet)
        watch.phase("writing tables")
        try:
            written = write_tables(Result(folder), tables or ROW_TABLES, csv, watch.detail)
        finally:
            watch.end()
        for path in written:
            typer.echo(f"{path}  {path.stat().st_size / 1e6:,.1f} MB")
