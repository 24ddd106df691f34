"""`spheres calibrate`: search the ranges of chosen parameters for patterns used to set parameters."""

from typing import Annotated

import typer

from sim.cli.error_handling import Tried, answering, complain, tell_notices, watch_of
from sim.experiment import run_settings as limits
from sim.experiment.recording.chunk import ChunkError
from sim.experiment.run_settings import MOST_JOBS, MOST_SEED, SettingsError, whole_number
from sim.scenario import load_scenario
from sim.scenario.value_parsers import MAX_MONTHS
from sim.validation.calibration.calibrated_scenario import check_place, write_fitted
from sim.validation.calibration.calibration_text import lines
from sim.validation.calibration.pareto import chosen
from sim.validation.calibration.problem import Task, choose_parameters, choose_patterns
from sim.validation.calibration.sampler import need_optuna
from sim.validation.calibration.search import Shares, search, shares
from sim.validation.calibration.trial_store import Store, Trial
from sim.validation.patterns.pattern_file import load_patterns

MOST_TRIALS = 10_000
MOST_WORLDS = 100_000  # of one trial, which one process holds in memory


def calibrate(
    name: Annotated[str, typer.Argument(help="Name of the calibration, and of the scenario that it writes.")],
    parameters: Annotated[
        str, typer.Option(metavar="PATH[,PATH...]", help="Parameters to search within their ranges; fight.* stands for a section.")
    ],
    patterns: Annotated[
        str | None,
        typer.Option(metavar="NAME[,NAME...]", help="Patterns that should hold; all used to set parameters if not given."),
    ] = None,
    parent: Annotated[str, typer.Option("--from", metavar="SCENARIO", help="The scenario whose other numbers are kept.")] = "baseline",
    trials: Annotated[str, typer.Option(metavar="N", help="Trials in all, those kept from before included.")] = "100",
    worlds: Annotated[str, typer.Option(metavar="N", help="Worlds a trial.")] = "200",
    months: Annotated[str | None, typer.Option(metavar="M", help="Months, instead of what the scenario says.")] = None,
    seed: Annotated[str, typer.Option(metavar="S", help="Seed of all luck, and of the search.")] = "1",
    jobs: Annotated[str | None, typer.Option(metavar="J", help="Processes; as many as cores if not given. Changes no number.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the scenario file of an earlier calibration.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no notices.")] = False,
) -> None:
    """Search parameters for patterns used to set parameters; keep the trials, write scenarios/calibrated/NAME.yaml."""
    with answering():
        need_optuna()
        task, n_trials, n_jobs = _task(name, parameters, patterns, parent, trials, worlds, months, seed, jobs)
        place = check_place(name, task.scenario, force)
        store = Store(task)
        tell_notices((task.scenario,), quiet)
        found, best, elsewhere = _search(task, n_trials, store, n_jobs, quiet)
        for line in lines(task, found, elsewhere):
            typer.echo(line)
        write_fitted(place, task, best, len(found), elsewhere)
        typer.echo(f"\n{place} is written. Trials: {store.table}. Next: spheres run {place}")


def _search(task: Task, trials: int, store: Store, jobs: int, quiet: bool) -> tuple[list[Trial], Trial, Shares]:
    """All trials, the chosen one, and its shares in other worlds; when that ends early, what is kept and how to go on is told."""
    if store.trials and not quiet:
        typer.echo(f"{len(store.trials)} finished trials are in {store.place}; going on from there.", err=True)
    try:
        found = search(task, trials, store, jobs, watch_of(quiet))
        best = chosen(task, found)
        return found, best, shares(task, best.values, task.worlds)
    except KeyboardInterrupt:
        complain(f"stopped; no scenario was written. {_kept(store)}")
        raise typer.Exit(130) from None
    except (ChunkError, OSError) as fault:
        complain(f"{fault}. No scenario was written. {_kept(store)}")
        raise typer.Exit(1) from None


def _kept(store: Store) -> str:
    if not store.trials:
        return "No trial was finished."
    return f"Finished trials are kept ({len(store.trials)}, in {store.table}); the same command goes on from there."


def _task(
    name: str,
    parameters: str,
    patterns: str | None,
    parent: str,
    trials: str,
    worlds: str,
    months: str | None,
    seed: str,
    jobs: str | None,
) -> tuple[Task, int, int]:
    """What was asked for; the faults of all options are told together."""
    tried = Tried()
    n_trials = tried(lambda: whole_number(trials, "--trials", 1, MOST_TRIALS))
    n_worlds = tried(lambda: whole_number(worlds, "--worlds", 1, MOST_WORLDS))
    n_months = tried(lambda: whole_number(months, "--months", 1, MAX_MONTHS) if months is not None else None)
    n_seed = tried(lambda: whole_number(seed, "--seed", 0, MOST_SEED))
    n_jobs = tried(lambda: whole_number(jobs, "--jobs", 1, MOST_JOBS) if jobs is not None else limits.default_jobs())
    scenario = tried(lambda: load_scenario(parent))
    known = tried(load_patterns)
    if scenario is not None and n_months is not None:
        scenario = scenario.with_months(n_months)
    paths = None if scenario is None else tried(lambda: choose_parameters(parameters, scenario))
    chosen_patterns = None if scenario is None or known is None else tried(lambda: choose_patterns(patterns, known, scenario))
    if tried.faults or not (n_trials and n_worlds and n_jobs and scenario and paths and chosen_patterns) or n_seed is None:
        raise SettingsError("\n".join(tried.faults))
    return Task(name, scenario, paths, chosen_patterns, n_worlds, n_seed), n_trials, n_jobs
