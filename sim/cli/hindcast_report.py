"""The hindcast of `spheres history`: run it, compare it with the facts, score it, write tables and figures."""

import json
import sys
from pathlib import Path
from typing import NamedTuple

import typer

from sim.cli.error_handling import print_notices, progress_for
from sim.cli.report_folder import report_folder
from sim.experiment.progress import Progress
from sim.experiment.run_settings import MOST_SEED, whole_number
from sim.experiment.storage.publishing import building
from sim.model.state.geography import load_provinces, load_towns
from sim.report.console.summary_table import console
from sim.report.drawing.render import save_apart
from sim.report.figures import hindcast_calibration, hindcast_territory
from sim.scenario import Scenario, load_scenario
from sim.scenario.packaged_files import SCENARIOS, scenario_path
from sim.validation.hindcast import half_comparison, hindcast_text, incident_check, score_text, town_timing
from sim.validation.hindcast.fact_halves import load_episodes
from sim.validation.hindcast.half_comparison import Judgement
from sim.validation.hindcast.hindcast_comparison import HindcastComparison
from sim.validation.hindcast.hindcast_run import HindcastRun, run_hindcast

SCENARIO = SCENARIOS / "history" / "history_2015.yaml"
FIGURE, CALIBRATION = "history", "calibration"
TABLES = {
    hindcast_text.COMPARISON,
    hindcast_text.TOWNS,
    hindcast_text.INCIDENTS,
    hindcast_text.AREA,
    score_text.SCORES,
    score_text.COVERAGE,
}
RUN = "run.json"  # worlds and seed
FILES = TABLES | {f"{figure}.{ending}" for figure in (FIGURE, CALIBRATION) for ending in ("png", "svg")} | {RUN}
MIN_WORLDS, MAX_WORLDS = 20, 100_000  # all are held in memory


class HistoryOptions(NamedTuple):
    """What was typed after `spheres history`, before it is checked."""

    worlds: str
    seed: str
    name: str
    held_out: bool
    split: Path | None
    quiet: bool


def run_hindcast_report(options: HistoryOptions) -> None:
    """Run and compare; print the comparison and where its files are. Raises SettingsError or ScenarioError."""
    n_worlds = whole_number(options.worlds, "--worlds", MIN_WORLDS, MAX_WORLDS)
    n_seed = whole_number(options.seed, "--seed", 0, MOST_SEED)
    folder = report_folder(options.name, FILES, f"--name {options.name}-2")
    by_half = half_comparison.facts_by_half(load_episodes(options.split), options.held_out)
    scenario, baseline = load_scenario(scenario_path(SCENARIO)), load_scenario("baseline")
    print_notices((scenario,), options.quiet)
    drawn, central = _run(scenario, n_worlds, n_seed, progress_for(options.quiet))
    provinces = load_provinces()
    c = HindcastComparison(scenario, baseline, drawn, central, half_comparison.all_facts(by_half), provinces, load_towns(provinces))
    judgement = half_comparison.judged(c, by_half)
    with building(folder) as work:
        _write(work, c, judgement)
        (work / RUN).write_text(json.dumps({"worlds": n_worlds, "seed": n_seed, "halves": list(by_half)}) + "\n", encoding="utf-8")
    _show(c, judgement)
    typer.echo("\nDistances are measured from the range of the sources; `central` is for worlds with central values only.")
    typer.echo("Facts and sources: sim/data/observed_2015_2021.csv. How to read this: docs/history.md.")
    if not options.held_out:
        typer.echo("Only facts of the setting half are read; --held-out scores the others too (sim/data/held_out.yaml).")
    typer.echo(f"Tables and figures: {folder}/ ({', '.join(sorted(FILES))}).")


def _write(work: Path, c: HindcastComparison, judgement: Judgement) -> None:
    """Tables and figures."""
    hindcast_text.write(work, judgement.items, town_timing.timings(c), incident_check.incidents(c), c)
    score_text.write(work, judgement.scores, judgement.coverage)
    calibration = hindcast_calibration.figure(judgement.points, c.drawn.worlds)
    save_apart([(work / FIGURE, hindcast_territory.figure(c)), (work / CALIBRATION, calibration)])


def _show(c: HindcastComparison, judgement: Judgement) -> None:
    """The comparison on the screen."""
    out = console(piped=not sys.stdout.isatty())
    hindcast_text.show(judgement.items, town_timing.timings(c), incident_check.incidents(c), c, out)
    score_text.show(judgement.scores, judgement.coverage, out)


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
