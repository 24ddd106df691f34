"""The comparison of `spheres history --events`: read the file, run the scenario, write tables and a map."""

import sys
from pathlib import Path

import typer

from sim.cli.error_handling import print_notices, progress_for
from sim.cli.report_folder import report_folder
from sim.experiment.run_settings import MOST_SEED, whole_number
from sim.experiment.storage.publishing import building
from sim.model.state.geography import load_provinces
from sim.report.console.summary_table import console
from sim.report.drawing.render import save_apart
from sim.report.figures.event_map import figure
from sim.scenario import load_scenario
from sim.scenario.packaged_files import SCENARIOS, scenario_path
from sim.validation.events import event_text
from sim.validation.events.event_comparison import EventComparison
from sim.validation.events.event_counts import count_events
from sim.validation.events.model_violence import Violence, run_violence
from sim.validation.events.observed_events import observed_events

SCENARIO = SCENARIOS / "history" / "history_2015.yaml"
FIGURE = "map"
FILES = {*event_text.FILES, f"{FIGURE}.png", f"{FIGURE}.svg"}
MIN_WORLDS, MAX_WORLDS = 20, 20_000  # all are held in memory, province by province and month by month


def run_event_report(events: str, scenario: str | None, worlds: str, seed: str, name: str, quiet: bool) -> None:
    """Compare and print; the file is read before anything is run. Raises EventFileError, SettingsError or ScenarioError."""
    n_worlds, n_seed = whole_number(worlds, "--worlds", MIN_WORLDS, MAX_WORLDS), whole_number(seed, "--seed", 0, MOST_SEED)
    folder = report_folder(name, FILES, f"--name {name}-2")
    chosen = load_scenario(scenario_path(SCENARIO) if scenario is None else scenario)
    provinces = load_provinces()
    counts = count_events(Path(events))
    for line in event_text.told(counts):
        typer.echo(line)
    observed = observed_events(counts, chosen, provinces)
    print_notices((chosen,), quiet)
    watch, done = progress_for(quiet), 0

    def step(n: int) -> None:
        nonlocal done
        done += n
        watch.done(done)

    watch.begin(n_worlds * chosen.months, n_worlds)
    try:
        violence: Violence = run_violence(chosen, n_worlds, n_seed, step)
    finally:
        watch.end()
    c = EventComparison(chosen, provinces, counts, observed, violence)
    for line in event_text.spans(c):
        typer.echo(line)
    score = c.score()
    with building(folder) as work:
        event_text.write(work, c, score)
        save_apart([(work / FIGURE, figure(c))])
    event_text.show(c, score, console(piped=not sys.stdout.isatty()))
    typer.echo("\nWhat counts as violence, and what this comparison can show: docs/event-data.md.")
    typer.echo(f"Tables and map: {folder}/ ({', '.join(sorted(FILES))}).")
