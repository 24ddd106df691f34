"""`spheres history`: a hindcast, the model compared with what happened from September 2015 to June 2021."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.error_handling import error_messages


def history(
    worlds: Annotated[
        str, typer.Option(metavar="N", help="Worlds that draw their parameters; a third as many are run with central values.")
    ] = "1000",
    seed: Annotated[str, typer.Option(metavar="S", help="Seed of the random numbers.")] = "1",
    name: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Folder in results/ (history, or history_events with --events); an older comparison there is replaced."
        ),
    ] = None,
    held_out: Annotated[
        bool, typer.Option("--held-out", help="Score the held-out facts too; else only those of the setting half are read.")
    ] = False,
    split: Annotated[
        Path | None, typer.Option("--split", metavar="FILE", help="A file of your own that says which facts are held out.")
    ] = None,
    events: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Compare violence with event data of your own instead: UCDP GED or ACLED, CSV or zipped."),
    ] = None,
    scenario: Annotated[
        str | None, typer.Option(metavar="NAME", help="With --events: the scenario to compare (history_2015 unless given).")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:
    """Run September 2015 to June 2021 with the baseline's rules; compare with dated facts and rivals, in tables and two figures."""
    with error_messages():
        from sim.experiment.run_settings import SettingsError

        if events is not None:
            from sim.cli.event_report import run_event_report

            if held_out or split is not None:
                raise SettingsError("--held-out and --split are about the dated facts; --events compares with your file instead of them.")
            run_event_report(events, scenario, worlds, seed, name or "history_events", quiet)
            return
        from sim.cli.hindcast_report import HistoryOptions, run_hindcast_report

        if scenario is not None:
            raise SettingsError("--scenario goes with --events FILE; without it, `spheres history` always runs from September 2015.")
        run_hindcast_report(HistoryOptions(worlds, seed, name or "history", held_out, split, quiet))
