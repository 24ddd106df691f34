"""A calibration as `spheres calibrate` asks for it: read the options, search, and write the scenario."""

from typing import NamedTuple

import typer

from sim.cli.error_handling import OptionErrors, print_error, print_notices, progress_for
from sim.experiment import run_settings as limits
from sim.experiment.execution.stop_signals import stoppable
from sim.experiment.recording.chunk import ChunkError
from sim.experiment.run_settings import MOST_JOBS, MOST_SEED, SettingsError, whole_number
from sim.scenario import load_scenario
from sim.scenario.value_parsers import MAX_MONTHS
from sim.validation.calibration.calibrated_scenario import check_place, write_scenario
from sim.validation.calibration.calibration_text import lines
from sim.validation.calibration.pareto import best_trial
from sim.validation.calibration.problem import CalibrationProblem, choose_parameters, choose_patterns
from sim.validation.calibration.sampler import import_optuna
from sim.validation.calibration.search import Shares, search, shares
from sim.validation.calibration.trial_store import Trial, TrialStore
from sim.validation.patterns.pattern_file import load_patterns

MOST_TRIALS = 10_000
MOST_WORLDS = 100_000  # of one trial, which one process holds in memory


class CalibrationOptions(NamedTuple):
    """What was typed after `spheres calibrate`, before it is checked."""

    name: str
    parameters: str
    patterns: str | None
    parent: str
    trials: str
    worlds: str
    months: str | None
    seed: str
    jobs: str | None
    force: bool
    quiet: bool


def run_calibration(options: CalibrationOptions) -> None:
    """Search, print the trials, write the scenario. Raises SettingsError, ScenarioError or typer.Exit."""
    import_optuna()
    problem, n_trials, n_jobs = _problem(options)
    place = check_place(options.name, problem.scenario, options.force)
    store = TrialStore(problem)
    print_notices((problem.scenario,), options.quiet)
    found, best, elsewhere = _search(problem, n_trials, store, n_jobs, options.quiet)
    for line in lines(problem, found, elsewhere):
        typer.echo(line)
    write_scenario(place, problem, best, len(found), elsewhere)
    typer.echo(f"\nScenario written: {place}. Trials: {store.table}. Next: spheres run {place}")


def _search(problem: CalibrationProblem, trials: int, store: TrialStore, jobs: int, quiet: bool) -> tuple[list[Trial], Trial, Shares]:
    """All trials, the chosen one, and its shares in other worlds; if that ends early, says what is stored and how to continue."""
    if store.trials and not quiet:
        typer.echo(f"{len(store.trials)} finished trials are in {store.place}; continuing from there.", err=True)
    try:
        with stoppable(lambda: f"stopped; no scenario was written. {_kept(store)}"):
            found = search(problem, trials, store, jobs, progress_for(quiet))
            best = best_trial(problem, found)
            return found, best, shares(problem, best.values, problem.worlds)
    except (ChunkError, OSError) as error:
        print_error(f"{error}. No scenario was written. {_kept(store)}")
        raise typer.Exit(1) from None


def _kept(store: TrialStore) -> str:
    if not store.trials:
        return "No trial was finished."
    return f"Finished trials are stored ({len(store.trials)}, in {store.table}); the same command continues from there."


def _problem(options: CalibrationOptions) -> tuple[CalibrationProblem, int, int]:
    """The problem, trials and processes; the errors of all options are reported together."""
    errors = OptionErrors()
    months, jobs = options.months, options.jobs
    n_trials = errors(lambda: whole_number(options.trials, "--trials", 1, MOST_TRIALS))
    n_worlds = errors(lambda: whole_number(options.worlds, "--worlds", 1, MOST_WORLDS))
    n_months = errors(lambda: whole_number(months, "--months", 1, MAX_MONTHS) if months is not None else None)
    n_seed = errors(lambda: whole_number(options.seed, "--seed", 0, MOST_SEED))
    n_jobs = errors(lambda: whole_number(jobs, "--jobs", 1, MOST_JOBS) if jobs is not None else limits.default_jobs())
    scenario = errors(lambda: load_scenario(options.parent, months=n_months))
    known = errors(load_patterns)
    paths = None if scenario is None else errors(lambda: choose_parameters(options.parameters, scenario))
    chosen_patterns = None if scenario is None or known is None else errors(lambda: choose_patterns(options.patterns, known, scenario))
    if errors.messages or not (n_trials and n_worlds and n_jobs and scenario and paths and chosen_patterns) or n_seed is None:
        raise SettingsError("\n".join(errors.messages))
    return CalibrationProblem(options.name, scenario, paths, chosen_patterns, n_worlds, n_seed), n_trials, n_jobs
