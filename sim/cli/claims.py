"""`spheres doubts`: which conclusions change if a claim of the report is wrong, for every claim."""

from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from sim.cli.error_handling import answering, watch_of
from sim.experiment.progress import Progress
from sim.experiment.run_settings import MOST_WORLDS, RESULTS, SettingsError, check_name, whole_number
from sim.experiment.storage.result_folder import building
from sim.scenario import load_scenario
from sim.scenario.value_parsers import MAX_MONTHS
from sim.validation.claim_ablation import ablation_text as doubt_words
from sim.validation.claim_ablation.claim_ablation import WORLDS, Doubting

FILE = "doubts.csv"
FEWEST = 20  # worlds


def doubts(
    name: Annotated[
        str, typer.Argument(metavar="[RESULT-NAME]", help="Folder in results/; an older doubts.csv there is replaced.")
    ] = "doubts",
    worlds: Annotated[str, typer.Option(metavar="N", help="Worlds a claim.")] = str(WORLDS),
    months: Annotated[str | None, typer.Option(metavar="M", help="Months, instead of what the baseline says.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:
    """Run the baseline again as if each claim of the report in turn were wrong; tell which conclusions change."""
    with answering():
        count = whole_number(worlds, "--worlds", FEWEST, MOST_WORLDS)
        span = None if months is None else whole_number(months, "--months", 1, MAX_MONTHS)
        place = _place(name)
        baseline = load_scenario("baseline")
        doubting = Doubting(baseline if span is None else baseline.with_months(span), count)
        tables = _run(doubting, watch_of(quiet))
        with building(place) as work:
            told = [table for table in tables if table is not None]
            pd.concat(told, ignore_index=True).to_csv(work / FILE, index=False, float_format="%.6g", lineterminator="\n")
        scenario = doubting.scenario
        typer.echo(f"{count:,} worlds of {scenario.name}, {scenario.months} months from {scenario.start}, with each claim and without it.")
        typer.echo("Shares of worlds; difference in points of 100 worlds with its 95 % interval, in the same worlds.")
        for line in doubt_words.ranking(doubting.doubts, tables):
            typer.echo(line)
        typer.echo(f"\nEvery claim and conclusion: {place / FILE}")


def _place(name: str) -> Path:
    """Where the table goes. Raises SettingsError if other files stand there."""
    place = RESULTS / check_name(name)
    if place.is_symlink() or (place.exists() and not (place.is_dir() and {file.name for file in place.iterdir()} <= {FILE})):
        raise SettingsError(f"{place} holds other files; choose another name, for instance: spheres doubts doubts-2")
    return place


def _run(doubting: Doubting, watch: Progress) -> list[pd.DataFrame | None]:
    """The table of each doubt; None where no number can take the claim back."""
    each = doubting.worlds * doubting.scenario.months
    runs = 1 + sum(bool(doubt.changes) for doubt in doubting.doubts)
    done = each
    try:
        watch.begin(runs * each, runs * doubting.worlds)
        _ = doubting.believed
        tables: list[pd.DataFrame | None] = []
        for doubt in doubting.doubts:
            watch.done(done)
            tables.append(doubting.table(doubt) if doubt.changes else None)
            done += each if doubt.changes else 0
        watch.done(done)
        return tables
    finally:
        watch.end()
