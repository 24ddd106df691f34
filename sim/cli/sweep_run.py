"""A sweep as typed: read the options, say what is to be run and how long that takes, run, draw, and print what follows."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import typer

from sim.cli.design_run import cost, describe, file_name, reused, settings_of
from sim.cli.error_handling import OptionErrors, early_end, kept_worlds, print_error, progress_for, tell_failures, telling
from sim.experiment import run_settings as limits
from sim.experiment.execution.runner import run
from sim.experiment.run_settings import MOST_JOBS, MOST_SEED, RunSettings, SettingsError, whole_number
from sim.experiment.storage.result_folder import check_place
from sim.exploration.design.design import MOST_ROWS, Design, Lucks
from sim.exploration.design.design_file import read_design_file
from sim.exploration.outcome import Outcome, parse_outcome
from sim.exploration.sweep.responses import Responses
from sim.exploration.sweep.sentences import sentences
from sim.exploration.sweep.sweep_result import POINTS_FILE, SweepResult, default_outcomes
from sim.exploration.sweep.sweep_words import sweep_design
from sim.report.drawing.render import save_apart
from sim.report.figures import response_curves
from sim.scenario import load_scenario
from sim.scenario.value_parsers import MAX_MONTHS
from sim.text.number_format import worlds_were_run

FIGURE = "sweep"


class SweepOptions(NamedTuple):
    """What was typed after `spheres sweep`, before it is checked."""

    words: Sequence[str]
    scenario: str
    outcomes: Sequence[str]
    worlds: str
    quantiles: bool
    central: bool
    months: str | None
    seed: str
    jobs: str | None
    name: str | None
    retry: bool
    replace: bool
    quiet: bool


def run_sweep(options: SweepOptions) -> None:
    """Run a sweep and tell what follows. Raises SettingsError, ScenarioError or typer.Exit."""
    design, settings, outcomes, notices = sweep_of(options)
    check_place(settings)
    if not options.quiet:
        for line in (*(f"notice: {notice}" for notice in notices), *describe(design), cost(settings)):
            print_error(line)
    finish = SweepResult(design, settings.folder, outcomes, _draw)
    with early_end(lambda: kept_worlds(settings)):
        ended = run(settings, progress_for(options.quiet), finish)
    with telling(settings.folder):
        found = finish.found
        for line in sentences(found) if found is not None and _is_sweep(design) else _not_drawn(design):
            typer.echo(line)
        typer.echo("")
        drawn = f"; figure: {settings.folder}/{FIGURE}.png" if (settings.folder / f"{FIGURE}.png").is_file() else ""
        typer.echo(f"{worlds_were_run(ended.made)}{reused(ended)}.")
        typer.echo(f"Every point and outcome with intervals: {settings.folder}/{POINTS_FILE}{drawn}.")
    tell_failures(settings, ended.failed, "the result")


def sweep_of(options: SweepOptions) -> tuple[Design, RunSettings, tuple[Outcome, ...], list[str]]:
    """The checked design, settings and outcomes, and notices. Raises SettingsError with the errors of all options together."""
    errors = OptionErrors()
    n_worlds = errors(lambda: whole_number(options.worlds, "--worlds", 2, MOST_ROWS))
    n_months = errors(lambda: None if options.months is None else whole_number(options.months, "--months", 1, MAX_MONTHS))
    seed = errors(lambda: whole_number(options.seed, "--seed", 0, MOST_SEED))
    n_jobs = errors(lambda: limits.default_jobs() if options.jobs is None else whole_number(options.jobs, "--jobs", 1, MOST_JOBS))
    parsed = [errors(lambda text=text: parse_outcome(text)) for text in options.outcomes]  # type: ignore[misc]
    name = errors(lambda: limits.check_name(options.name if options.name is not None else _sweep_name(options)))
    made = errors(lambda: _design(options, n_months, n_worlds or 2, seed or 0))
    if errors.messages or made is None or n_jobs is None or name is None or seed is None:
        raise SettingsError("\n".join(errors.messages))
    design, notices = made
    outcomes = tuple(dict.fromkeys(one for one in parsed if one is not None)) or default_outcomes()
    return design, settings_of(design, name, n_jobs, n_months, options.retry, options.replace), outcomes, notices


def _design(options: SweepOptions, n_months: int | None, n_worlds: int, seed: int) -> tuple[Design, list[str]]:
    if _is_file(options.words):
        if options.quantiles or options.central:
            raise SettingsError("--quantiles and --central belong to a sweep that is typed; in a design file write quantiles and others.")
        return read_design_file(Path(options.words[0]), n_months)
    scenario = load_scenario(options.scenario, months=n_months)
    design, notices = sweep_design(options.words, scenario, Lucks(n_worlds), options.quantiles, not options.central)
    return replace(design, seed=seed), notices


def _draw(folder: Path, found: Responses) -> None:
    """Draw the figure of a sweep into a folder; a failure there is reported and costs no tables."""
    if not _is_sweep(found.design):
        return
    make = response_curves.figure if len(found.design.factors) == 1 else response_curves.map_figure
    try:
        save_apart([(folder / FIGURE, make(found))])
    except (RuntimeError, OSError) as error:
        print_error(f"The figure could not be drawn ({error}).")


def _is_sweep(design: Design) -> bool:
    return design.kind == "grid" and len(design.factors) in (1, 2)


def _not_drawn(design: Design) -> list[str]:
    return ["Response curves are drawn of grids of one parameter or two; the table has every point of this design."]


def _is_file(words: Sequence[str]) -> bool:
    return len(words) == 1 and "=" not in words[0]


def _sweep_name(options: SweepOptions) -> str:
    """The folder of a sweep: of what is turned, and of the scenario unless it is the baseline."""
    if _is_file(options.words):
        return file_name(options.words[0])
    paths = [re.sub(r"[^A-Za-z0-9._+-]", "_", word.partition("=")[0].strip()) for word in options.words]
    scenario = Path(options.scenario).stem
    return "sweep-" + "+".join([*paths, *([] if scenario == "baseline" else [scenario])])[:80].rstrip(".")
