"""The hindcast of `spheres history`: run it, compare it with the facts, write tables and a figure."""

import sys

import typer

from sim.cli.error_handling import tell_notices, watch_of
from sim.cli.report_folder import report_folder
from sim.experiment.progress import Progress
from sim.experiment.run_settings import MOST_SEED, whole_number
from sim.experiment.storage.result_folder import building
from sim.model.state.geography import load_provinces, load_towns
from sim.report.console.summary_table import console
from sim.report.drawing.render import save_apart
from sim.report.figures.hindcast_territory import figure
from sim.scenario import Scenario, load_scenario
from sim.scenario.packaged_files import SCENARIOS, scenario_path
from sim.validation.hindcast import (
    hindcast_text,
    incident_check,
    map_2021_error,
    partnership_check,
    territory_error,
    town_timing,
)
from sim.validation.hindcast.hindcast_comparison import HindcastComparison
from sim.validation.hindcast.hindcast_run import HindcastRun, run_hindcast
from sim.validation.hindcast.observed_facts import load_facts

SCENARIO = SCENARIOS / "history" / "history_2015.yaml"
FIGURE = "history"
FILES = {hindcast_text.COMPARISON, hindcast_text.TOWNS, hindcast_text.INCIDENTS, hindcast_text.AREA, f"{FIGURE}.png", f"{FIGURE}.svg"}
MIN_WORLDS, MAX_WORLDS = 20, 100_000  # all are held in memory


def run_hindcast_report(worlds: str, seed: str, name: str, quiet: bool) -> None:
    """Run and compare; print the comparison and where its files are. Raises SettingsError or ScenarioError."""
    n_worlds, n_seed = whole_number(worlds, "--worlds", MIN_WORLDS, MAX_WORLDS), whole_number(seed, "--seed", 0, MOST_SEED)
    folder = report_folder(name, FILES, f"--name {name}-2")
    scenario, baseline = load_scenario(scenario_path(SCENARIO)), load_scenario("baseline")
    tell_notices((scenario,), quiet)
    drawn, central = _run(scenario, n_worlds, n_seed, watch_of(quiet))
    provinces = load_provinces()
    c = HindcastComparison(scenario, baseline, drawn, central, load_facts(), provinces, load_towns(provinces))
    items, timings, incidents = (
        [*territory_error.items(c), *partnership_check.items(c), *map_2021_error.items(c)],
        town_timing.timings(c),
        incident_check.incidents(c),
    )
    with building(folder) as work:
        hindcast_text.write(work, items, timings, incidents, c)
        save_apart([(work / FIGURE, figure(c))])
    hindcast_text.show(items, timings, incidents, c, console(piped=not sys.stdout.isatty()))
    typer.echo("\nDistances are measured from the range of the sources; `central` is for worlds with central values only.")
    typer.echo("Facts and sources: sim/data/observed_2015_2021.csv. How to read this: docs/history.md.")
    typer.echo(f"Tables and figure: {folder}/ ({', '.join(sorted(FILES))}).")


def _run(scenario: Scenario, worlds: int, seed: int, watch: Progress) -> tuple[HindcastRun, HindcastRun]:
    """Worlds that draw their parameters, and worlds with central values."""
    central, done = max(MIN_WORLDS, worlds // 3), 0

    def step(n: int) -> None:
        nonlocal done
        done += n
        watch.done(done)

    watch.begin((worlds + central) * scenario.months, worlds + central)
    try:
        return run_hindcast(scenario, worlds, seed, True, step), run_hindcast(scenario, central, seed, False, step)
    finally:
        watch.end()
