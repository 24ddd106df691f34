"""A design as typed: read the options, say what is to be run and how long that takes, run it, and print what came of it."""

import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import typer

from sim.cli.error_handling import OptionErrors, early_end, kept_worlds, print_error, progress_for, tell_failures, telling
from sim.experiment import run_settings as limits
from sim.experiment.execution.runner import RunOutcome, run
from sim.experiment.execution.workload import workload_of
from sim.experiment.run_settings import MOST_JOBS, RunSettings, SettingsError, whole_number
from sim.experiment.storage.resolved_scenarios import portable_command
from sim.experiment.storage.result_folder import check_place
from sim.exploration.design.design import KINDS, OTHERS, PAIRINGS, Design
from sim.exploration.design.design_file import read_design_file
from sim.scenario.value_parsers import MAX_MONTHS
from sim.text.file_names import reserved
from sim.text.number_format import count, duration, processes, worlds, worlds_were_run

ROWS_IN_CHUNK = 500  # half of what a run has: a stop loses less, and few points are spread over processes more evenly
_SHOWN_FACTORS = 8
_LONGEST_SOURCE = 70  # characters; `spheres explain PATH` prints it whole


class DesignOptions(NamedTuple):
    """What was typed after `spheres design`, before it is checked."""

    file: str
    go: bool
    name: str | None
    months: str | None
    jobs: str | None
    retry: bool
    replace: bool
    quiet: bool


def show_design(options: DesignOptions) -> None:
    """Check a design, say what it takes, and run it if asked. Raises SettingsError, ScenarioError or typer.Exit."""
    errors = OptionErrors()
    n_months = errors(lambda: None if options.months is None else whole_number(options.months, "--months", 1, MAX_MONTHS))
    n_jobs = errors(lambda: limits.default_jobs() if options.jobs is None else whole_number(options.jobs, "--jobs", 1, MOST_JOBS))
    name = errors(lambda: limits.check_name(options.name if options.name is not None else file_name(options.file)))
    read = errors(lambda: read_design_file(Path(options.file), n_months))
    if errors.messages or read is None or n_jobs is None or name is None:
        raise SettingsError("\n".join(errors.messages))
    design, notices = read
    for notice in () if options.quiet else notices:
        print_error(f"notice: {notice}")
    settings = settings_of(design, name, n_jobs, n_months, options.retry, options.replace)
    check_place(settings)
    for line in describe(design):
        typer.echo(line)
    typer.echo(cost(settings))
    if not options.go:
        typer.echo(f"Run it with: spheres design {options.file} --run; response curves of a grid: spheres sweep {options.file}")
        return
    with early_end(lambda: kept_worlds(settings)):
        outcome = run(settings, progress_for(options.quiet))
    with telling(settings.folder):
        typer.echo(f"{worlds_were_run(outcome.made)}{reused(outcome)}. Tables: {settings.folder}/ (columns.csv explains every column).")
        typer.echo("Shares over all rows depend on the design: compare points, not the whole, with other results.")
    tell_failures(settings, outcome.failed, "the result")


def settings_of(design: Design, name: str, jobs: int, months: int | None, retry: bool, replace: bool) -> RunSettings:
    """A design as a run."""
    return RunSettings(
        scenarios=(design.scenario,),
        name=name,
        n_worlds=design.n_rows,
        seed=design.seed,
        draws=design.drawn,
        jobs=jobs,
        months=months,
        command=portable_command(sys.argv[1:]),
        retry=retry,
        replace=replace,
        rows=design.rows,
        chunk=ROWS_IN_CHUNK,
    )


def describe(design: Design) -> list[str]:
    """What a design is, in lines."""
    scenario = design.scenario
    points = f"{len(design.points):,} points"
    lucks = (
        f", {count(design.lucks.n, 'luck')} each ({PAIRINGS['paired' if design.lucks.paired else 'blocked']})"
        if design.given_lucks is None
        else ""
    )
    lines = [
        *([design.question] if design.question else []),
        f"{scenario.name}, {scenario.months} months from {scenario.start}; {KINDS[design.kind]}.",
        f"{points}{lucks}: {worlds(design.n_rows)}. All other parameters {OTHERS['drawn' if design.drawn else 'central']}.",
    ]
    for i, factor in list(enumerate(design.factors))[:_SHOWN_FACTORS]:
        setting, levels = scenario.settings[factor.path], np.unique(design.points[:, i])
        shown = (
            ", ".join(f"{level:g}" for level in levels) if len(levels) <= 9 else f"{len(levels):,} from {levels[0]:.4g} to {levels[-1]:.4g}"
        )
        what = "quantiles" if factor.as_quantiles else setting.unit
        lines.append(f"  {factor.path}: {shown} ({what}); today {setting.central():.4g}, {setting.grade} ({short(setting.source)})")
    if len(design.factors) > _SHOWN_FACTORS:
        lines.append(f"  and {len(design.factors) - _SHOWN_FACTORS:,} more parameters")
    return lines


def short(source: str) -> str:
    """The beginning of a source."""
    return source if len(source) <= _LONGEST_SOURCE else f"{source[:_LONGEST_SOURCE].rstrip()}..."


def cost(settings: RunSettings) -> str:
    """How many worlds are to be run, how long that takes, and how much disk."""
    work = workload_of(settings)
    there = f"; {work.found:,} of them are there already" if work.found else ""
    size = max(work.bytes / 1e6, 0.1)
    takes = f"about {duration(work.seconds)} with {processes(settings.jobs)}, about {size:,.0f} MB in {settings.folder}/"
    return f"{worlds(work.worlds)} to run{there}: {takes}." if work.worlds else f"All {worlds(work.found)} are there already."


def file_name(file: str) -> str:
    """The name of the results of a design file."""
    stem = Path(file).stem
    return stem if reserved(stem) is None else f"design-{stem}"


def reused(outcome: RunOutcome) -> str:
    """How many worlds were there already, in a clause."""
    return f", {outcome.found:,} were there already" if outcome.found else ""
