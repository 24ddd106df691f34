"""The study of `spheres interests`: read the options, say how long it takes, run, draw, and print what came of it."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import typer

from sim.cli.error_handling import OptionErrors, early_end, kept_worlds, print_error, print_notices, progress_for, tell_failures, telling
from sim.experiment import run_settings as limits
from sim.experiment.execution.runner import RunOutcome
from sim.experiment.execution.workload import workload_of
from sim.experiment.progress import Progress
from sim.experiment.run_settings import MOST_JOBS, MOST_SEED, MOST_WORLDS, RunSettings, SettingsError, whole_number
from sim.experiment.storage.resolved_scenarios import portable_command
from sim.experiment.storage.result_folder import check_place, read_manifest
from sim.interests.study import run_interests
from sim.interests.table import FILE, NAME
from sim.interests.variations import Variation, reference, select_actors, variations
from sim.report.console import interest_table
from sim.report.console.summary_table import console
from sim.report.drawing.render import save_apart
from sim.report.figures.interest_effects import figure
from sim.report.text.interest_sentences import sentences
from sim.scenario import load_scenario
from sim.scenario.value_parsers import MAX_MONTHS
from sim.text.number_format import count, duration, processes, worlds_were_run

MIN_WORLDS = 20


@dataclass(frozen=True)
class StudyOptions:
    """What was typed after `spheres interests`, before it is checked."""

    scenario: str
    worlds: str
    actors: list[str]
    months: str | None
    seed: str
    jobs: str | None
    name: str
    retry: bool
    replace: bool
    quiet: bool


def study_interests(options: StudyOptions) -> None:
    """Run, and print the table and where everything is. Raises SettingsError, ScenarioError or typer.Exit."""
    settings, varied = settings_of(options)
    check_place(settings)
    print_notices(settings.scenarios[:1], options.quiet)
    if not options.quiet:
        print_error(_beforehand(settings, varied))
    table, ended = _run(settings, varied, progress_for(options.quiet))
    with telling(settings.folder):
        names = read_manifest(settings.folder)["provinces"]
        interest_table.show(table, names, console(piped=not sys.stdout.isatty()))
        for line in ("", *sentences(table, names), "", *_outcome_lines(settings, ended)):
            typer.echo(line)
    tell_failures(settings, ended.failed, "the table")


def settings_of(options: StudyOptions) -> tuple[RunSettings, tuple[Variation, ...]]:
    """The checked settings and the variations. Raises SettingsError with the errors of all options together."""
    errors = OptionErrors()
    n_worlds = errors(lambda: whole_number(options.worlds, "--worlds", MIN_WORLDS, MOST_WORLDS))
    n_months = errors(lambda: None if options.months is None else whole_number(options.months, "--months", 1, MAX_MONTHS))
    seed = errors(lambda: whole_number(options.seed, "--seed", 0, MOST_SEED))
    n_jobs = errors(lambda: limits.default_jobs() if options.jobs is None else whole_number(options.jobs, "--jobs", 1, MOST_JOBS))
    name = errors(lambda: limits.check_name(options.name))
    scenario = errors(lambda: load_scenario(options.scenario, months=n_months))
    actors = None if scenario is None else errors(lambda: select_actors(scenario, options.actors))
    if errors.messages or scenario is None or actors is None or n_worlds is None or seed is None or n_jobs is None or name is None:
        raise SettingsError("\n".join(errors.messages))
    compared = reference(scenario)
    varied = variations(compared, actors)
    settings = RunSettings(
        scenarios=(compared, *(variation.scenario for variation in varied)),
        name=name,
        n_worlds=n_worlds,
        seed=seed,
        jobs=n_jobs,
        months=n_months,
        command=portable_command(sys.argv[1:]),
        retry=options.retry,
        replace=options.replace,
    )
    return settings, varied


def _beforehand(settings: RunSettings, varied: Sequence[Variation]) -> str:
    """How many runs and worlds there will be, and about how long they take."""
    work, scenario = workload_of(settings), settings.scenarios[0]
    actors = count(len({variation.actor for variation in varied}), "actor")
    every = work.worlds + work.found
    each = f"{settings.n_worlds:,} worlds and {scenario.months} months each"
    runs = f"{len(settings.scenarios)} runs of {scenario.name}, {each}: {every:,} worlds"
    there = f", {work.found:,} of them there already" if work.found else ""
    takes = f"That takes about {duration(work.seconds)} with {processes(settings.jobs)}, if nothing else runs on this machine."
    return f"{count(len(varied) // 2, 'interest')} of {actors}; {runs}{there}. {takes}"


def _run(settings: RunSettings, varied: Sequence[Variation], watch: Progress) -> tuple[pd.DataFrame, RunOutcome]:
    """The run; when it ends early, say what is kept and how to continue."""
    with early_end(lambda: kept_worlds(settings)):
        return run_interests(settings, varied, watch, _draw)


def _draw(folder: Path, table: pd.DataFrame) -> None:
    """Draw the figure of a table into a folder; a failure there is reported and costs no tables."""
    try:
        save_apart([(folder / NAME, figure(table, read_manifest(folder)["provinces"]))])
    except (RuntimeError, OSError) as error:
        print_error(f"The figure could not be drawn ({error}).")


def _outcome_lines(settings: RunSettings, ended: RunOutcome) -> list[str]:
    """What was run, and where it is."""
    reused = f", {ended.found:,} were there already" if ended.found else ""
    folder = settings.folder
    drawn = f", {NAME}.svg and .png" if (folder / f"{NAME}.svg").is_file() else ""
    return [
        f"{worlds_were_run(ended.made)}{reused}.",
        f"Every measure with its interval: {folder}/{FILE} (columns.csv explains every column){drawn}.",
        f"Where a world diverges: spheres compare {folder} --world 0 --scenarios {settings.scenarios[0].name},{settings.scenarios[1].name}",
    ]
