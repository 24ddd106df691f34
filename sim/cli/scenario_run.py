"""A run of scenarios as `spheres run` asks for it: read the options, run, draw, and say what came of it and where it is."""

import shlex
import shutil
import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import typer

from sim.cli.error_handling import OptionErrors, early_end, kept_worlds, print_error, print_notices, progress_for, telling
from sim.experiment import run_settings as limits
from sim.experiment.execution.executors import ExecutorAdapter
from sim.experiment.execution.runner import RunOutcome
from sim.experiment.execution.runner import run as run_settings
from sim.experiment.progress import Progress
from sim.experiment.run_settings import MOST_JOBS, MOST_SEED, MOST_WORLDS, RunSettings, SettingsError, whole_number
from sim.experiment.storage.cleanup import unused_size
from sim.experiment.storage.resolved_scenarios import portable_command
from sim.experiment.storage.result_folder import FAILURES, check_place
from sim.report.console.precision_advice import goal_text
from sim.report.console.run_summary import summary
from sim.report.console.summary_rows import rows_of_run
from sim.scenario import load_scenarios
from sim.scenario.value_parsers import MAX_MONTHS
from sim.text.number_format import worlds_were_run

WORLDS, LIMIT = 1000, 100_000  # of a scenario, if not said; the latter where a half-width is to be reached


@dataclass(frozen=True)
class RunOptions:
    """What was typed after `spheres run`, before it is checked."""

    files: list[str]
    worlds: str | None
    halfwidth: str | None
    months: str | None
    seed: str
    draws: bool
    changes: list[str]
    jobs: str | None
    cluster: str | None
    name: str | None
    retry: bool
    as_it_is: bool
    replace: bool
    plots: bool | None
    quiet: bool


def run_scenarios(options: RunOptions) -> None:
    """Run, and print the summary and where everything is. Raises SettingsError, ScenarioError or typer.Exit."""
    settings = settings_of(options)
    check_place(settings)
    print_notices(settings.scenarios, options.quiet)
    watch = progress_for(options.quiet)
    drawing = _Drawing(options.plots, watch, settings.jobs)
    ended = _run(settings, watch, drawing, options.cluster)
    with telling(settings.folder):
        _tell(ended, settings, drawing)
    if drawing.error or ended.failed:
        raise typer.Exit(1)


def _tell(ended: RunOutcome, settings: RunSettings, drawing: "_Drawing") -> None:
    """Print the summary, and what to know about it."""
    summary(rows_of_run(ended.rows), ended.precision)
    for line in (*_outcome_lines(ended, settings), drawing.report(settings.folder), *_next(settings)):
        typer.echo(line)
    for failure in ended.failed:
        print_error(f"failed: {failure.where}: {failure.fault}")
    if ended.failed:
        print_error(
            f"{len(ended.failed)} chunks failed and are not in the result; {settings.folder}/{FAILURES}/ has the traceback and the "
            "parameters of each. The same command with --retry runs them again."
        )


def _run(settings: RunSettings, watch: Progress, drawing: "_Drawing", cluster: str | None) -> RunOutcome:
    """The run; when it ends early, say what is kept and how to continue."""
    with early_end(lambda: kept_worlds(settings, ", and with --as-it-is makes a result of them")), _cluster(cluster) as executor:
        return run_settings(settings, watch, drawing, executor=executor)


def _cluster(where: str | None) -> AbstractContextManager[ExecutorAdapter | None]:
    """The cluster that was named; None for this machine."""
    if where is None:
        return nullcontext()
    from sim.experiment.execution.dask_executor import cluster  # here, since its library is an extra

    return cluster(where, print_error)


def _outcome_lines(ended: RunOutcome, settings: RunSettings) -> list[str]:
    """What was run, what was reused, and where it is."""
    reused = f", {ended.found:,} were there already" if ended.found else ""
    goal = [] if settings.halfwidth is None else [goal_text(ended.precision, settings.halfwidth)]
    lines = [*goal, f"{worlds_were_run(ended.made)}{reused}. Tables: {settings.folder}/ (columns.csv explains every column)."]
    files, size = unused_size(settings.folder)
    if files:
        lines.append(f"{files:,} chunks ({size / 1e6:,.0f} MB) are not part of this result; `spheres tidy {settings.name}` removes them.")
    return lines


def _next(settings: RunSettings) -> list[str]:
    """The command that comes next."""
    if len(settings.scenarios) < 2:
        return []
    return [f"Next, the scenarios side by side on a page: spheres compare {shlex.quote(str(settings.folder))}"]


def settings_of(options: RunOptions) -> RunSettings:
    """The checked settings. Raises SettingsError with the errors of all options and files together."""
    errors = OptionErrors()
    halfwidth, worlds, months, jobs = options.halfwidth, options.worlds, options.months, options.jobs
    goal = errors(lambda: limits.fraction(halfwidth, "--until-halfwidth") if halfwidth is not None else None)
    usual = WORLDS if halfwidth is None else LIMIT
    n_worlds = errors(lambda: whole_number(worlds, "--worlds", 1, MOST_WORLDS) if worlds is not None else usual)
    n_months = errors(lambda: whole_number(months, "--months", 1, MAX_MONTHS) if months is not None else None)
    seed = errors(lambda: whole_number(options.seed, "--seed", 0, MOST_SEED))
    n_jobs = errors(lambda: whole_number(jobs, "--jobs", 1, MOST_JOBS) if jobs is not None else limits.default_jobs())
    name = errors(lambda: limits.check_name(options.name) if options.name is not None else limits.default_name(options.files))
    scenarios = errors(lambda: load_scenarios(options.files or limits.default_files(), options.changes, n_months))
    if errors.messages or not scenarios or n_worlds is None or seed is None or n_jobs is None or name is None:
        raise SettingsError("\n".join(errors.messages))
    return RunSettings(
        scenarios=tuple(scenarios),
        name=name,
        n_worlds=n_worlds,
        seed=seed,
        draws=options.draws,
        jobs=n_jobs,
        months=n_months,
        overrides=tuple(options.changes),
        command=portable_command(sys.argv[1:]),
        halfwidth=goal,
        retry=options.retry,
        as_it_is=options.as_it_is,
        replace=options.replace,
    )


class _Drawing:
    """Draws the figures into a folder of results; a failure there is reported and costs no tables."""

    def __init__(self, plots: bool | None, watch: Progress, jobs: int) -> None:
        self.plots, self.watch, self.jobs, self.error, self.files = plots, watch, jobs, "", 0

    def __call__(self, folder: Path) -> None:
        if self.plots is False:
            return
        from sim.report.figure_files import draw_results  # here, since the drawing libraries are large and the run needs them last

        try:
            self.files = len(draw_results(folder, self.watch, self.jobs, every_scenario=bool(self.plots)))
        except Exception as error:
            self.error = f"{type(error).__name__}: {error}"
            shutil.rmtree(folder / "plots", ignore_errors=True)

    def report(self, folder: Path) -> str:
        """Where the figures are, or why there are none."""
        if self.error:
            return f"The figures could not be drawn ({self.error})."
        if self.plots is False:
            return "Plots skipped."
        more = "" if self.plots else "; --plots draws those of every scenario"
        return f"Figures: {folder}/plots/ ({self.files} files{more})."
