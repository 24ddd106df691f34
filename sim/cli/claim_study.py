"""The ablation study of `spheres claims`: run it, store its table, print the ranking."""

import pandas as pd
import typer

from sim.cli.error_handling import progress_for
from sim.cli.report_folder import report_folder
from sim.experiment.progress import Progress
from sim.experiment.run_settings import MOST_WORLDS, whole_number
from sim.experiment.storage.publishing import building
from sim.scenario import load_scenario
from sim.scenario.value_parsers import MAX_MONTHS
from sim.text.csv_text import csv_frame
from sim.validation.claim_ablation import ablation_text
from sim.validation.claim_ablation.claim_ablation import WORLDS, AblationStudy

FILE = "claims.csv"
MIN_WORLDS = 20


def run_study(name: str, worlds: str | None, months: str | None, quiet: bool) -> None:
    """Run the baseline without each claim in turn, and print which conclusions change. Raises SettingsError or ScenarioError."""
    n_worlds = WORLDS if worlds is None else whole_number(worlds, "--worlds", MIN_WORLDS, MOST_WORLDS)
    n_months = None if months is None else whole_number(months, "--months", 1, MAX_MONTHS)
    folder = report_folder(name, {FILE}, f"spheres claims {name}-2")
    study = AblationStudy(load_scenario("baseline", months=n_months), n_worlds)
    tables = _run(study, progress_for(quiet))
    with building(folder) as work:
        stored = pd.concat([table for table in tables if table is not None], ignore_index=True)
        csv_frame(stored).to_csv(work / FILE, index=False, float_format="%.6g", lineterminator="\n")
    scenario = study.scenario
    typer.echo(f"{n_worlds:,} worlds of {scenario.name}, {scenario.months} months from {scenario.start}, with and without each claim.")
    typer.echo("Shares of worlds; differences in percentage points with their 95 % interval, in the same worlds.")
    for line in ablation_text.ranking(study.ablations, tables):
        typer.echo(line)
    typer.echo(f"\nEvery claim and conclusion: {folder / FILE}")


def _run(study: AblationStudy, watch: Progress) -> list[pd.DataFrame | None]:
    """The table of each ablation; None where no parameter can express it."""
    each = study.worlds * study.scenario.months
    runs = 1 + sum(bool(ablation.changes) for ablation in study.ablations)
    done = each
    try:
        watch.begin(runs * each, runs * study.worlds)
        _ = study.with_claims
        tables = []
        for ablation in study.ablations:
            watch.done(done)
            tables.append(study.table(ablation))
            done += each if ablation.changes else 0
        watch.done(done)
        return tables
    finally:
        watch.end()
