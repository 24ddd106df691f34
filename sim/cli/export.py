"""`spheres export`: the tables of every world, one file each, for other programs."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.error_handling import error_messages, progress_for
from sim.experiment.run_settings import RESULTS, SettingsError
from sim.text.suggestions import did_you_mean


def export(
    folder: Annotated[Path, typer.Argument(metavar="RESULT", help="A folder of results.")] = RESULTS / "default",
    tables: Annotated[list[str] | None, typer.Argument(metavar="TABLE", help="Names of tables, such as worlds; default: all.")] = None,
    csv: Annotated[bool, typer.Option("--csv", help="For a spreadsheet, instead of Parquet; large if there are many worlds.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:
    """Write the tables of every world to RESULT/tables, one file each; columns.csv there explains every column."""
    with error_messages():
        from sim.experiment.recording.world_tables import ROW_TABLES
        from sim.experiment.storage.results import Result
        from sim.experiment.storage.table_export import export as write_tables

        for name in tables or []:
            if name not in ROW_TABLES:
                raise SettingsError(f"There is no table '{name[:60]}' with a row per world. {did_you_mean(name, ROW_TABLES)}")
        watch = progress_for(quiet)
        watch.phase("writing tables")
        try:
            written = write_tables(Result(folder), tables or ROW_TABLES, csv, watch.detail)
        finally:
            watch.end()
        for path in written:
            typer.echo(f"{path}  {path.stat().st_size / 1e6:,.1f} MB")
