"""A search as `spheres search` asks for it: read the options, say how long it takes, search, write, and print the answer."""

import re
from pathlib import Path
from typing import NamedTuple

import typer

from sim.cli.error_handling import OptionErrors, early_end, print_error, print_notices, progress_for, telling
from sim.experiment import run_settings as limits
from sim.experiment.run_settings import MOST_JOBS, MOST_SEED, RESULTS, SettingsError, check_name, whole_number
from sim.experiment.storage.publishing import building
from sim.exploration.reach import reach_text
from sim.exploration.reach.reach_question import ReachQuestion, plane, wanted_outcome
from sim.exploration.reach.reach_study import ReachAnswer, expected_rows, fits, known_points, run_study, seconds
from sim.exploration.reach.reach_tables import write_tables
from sim.exploration.reach.row_log import ROWS, RowLog
from sim.exploration.stored_worlds import StoredWorlds, read_worlds
from sim.report.drawing.render import save_apart
from sim.report.figures import reached_cells
from sim.scenario import load_scenario
from sim.scenario.value_parsers import MAX_MONTHS
from sim.text.number_format import duration, processes, worlds_were_run
from sim.text.suggestions import quote

FIGURE = "search"
LEAST, MOST = 100, 50_000  # of a budget; all are held in memory
LEAST_LUCKS, MOST_LUCKS = 15, 1000
LEAST_SHARE = 0.05
DEFAULT = RESULTS / "default"


class SearchOptions(NamedTuple):
    """What was typed after `spheres search`, before it is checked."""

    outcome: str | None
    over: str | None
    scenario: str
    result: Path | None
    budget: str
    holds: str
    lucks: str
    months: str | None
    seed: str
    jobs: str | None
    name: str | None
    replace: bool
    quiet: bool


def run_search(options: SearchOptions) -> None:
    """Search, write, and print the answer. Raises SettingsError, ScenarioError or typer.Exit."""
    question, jobs = _question(options)
    log = RowLog(question, options.replace)
    stored = _stored(question, options.result)
    print_notices((question.scenario,), options.quiet)
    if not options.quiet:
        print_error(_beforehand(question, log, stored, jobs))
    with early_end(lambda: _kept(log)):
        answer, n_run = run_study(question, log, jobs, progress_for(options.quiet), stored)
        with building(log.place) as work:
            names = write_tables(work, question, answer)
            names += _draw(work, question, answer)
    with telling(log.place):
        for line in reach_text.lines(question, answer):
            typer.echo(line)
        typer.echo(f"\n{worlds_were_run(n_run)}. In {log.place}/: {', '.join(names)}. What was run is kept in {ROWS}.")


def _question(options: SearchOptions) -> tuple[ReachQuestion, int]:
    """What is asked, and processes; the errors of all options are reported together."""
    errors = OptionErrors()
    months, jobs = options.months, options.jobs
    n_months = errors(lambda: None if months is None else whole_number(months, "--months", 1, MAX_MONTHS))
    budget = errors(lambda: whole_number(options.budget, "--budget", LEAST, MOST))
    n_lucks = errors(lambda: whole_number(options.lucks, "--lucks", LEAST_LUCKS, MOST_LUCKS))
    holds = errors(lambda: _share(options.holds))
    seed = errors(lambda: whole_number(options.seed, "--seed", 0, MOST_SEED))
    n_jobs = errors(lambda: limits.default_jobs() if jobs is None else whole_number(jobs, "--jobs", 1, MOST_JOBS))
    scenario = errors(lambda: load_scenario(options.scenario, months=n_months))
    wanted = errors(lambda: (wanted_outcome(options.outcome),))
    measures = None if wanted is None else errors(lambda: plane(options.over, wanted[0]))
    name = None if options.name is None else errors(lambda: check_name(options.name or ""))
    if errors.messages or None in (budget, n_lucks, holds, seed, n_jobs) or not (scenario and wanted and measures):
        raise SettingsError("\n".join(errors.messages))
    assert budget is not None and n_lucks is not None and holds is not None and seed is not None and n_jobs is not None
    called = name or _default_name(scenario.name, options.outcome, [outcome.text for outcome in measures])
    question = ReachQuestion(called, scenario, measures, wanted[0], budget, seed, n_lucks, holds)
    if not question.paths:
        raise SettingsError(f"--scenario: worlds of '{scenario.name}' draw no parameter, so there is nothing to search.")
    return question, n_jobs


def _share(text: str) -> float:
    """A share of lucks from what was typed. Raises SettingsError."""
    number = float(text) if re.fullmatch(r"[0-9]*\.?[0-9]+", text.strip()) else 0.0
    if not LEAST_SHARE <= number <= 1.0:
        raise SettingsError(f"--holds: {quote(text[:40])} is no share of lucks; give one from {LEAST_SHARE:g} to 1, such as 0.5.")
    return number


def _default_name(scenario: str, outcome: str | None, measures: list[str]) -> str:
    asked = [outcome.strip()] if outcome else measures
    words = [scenario, *(word.replace(">", "_above_").replace("<", "_below_") for word in asked)]
    return check_name(re.sub(r"[^A-Za-z0-9._+-]+", "_", "-".join(words))[:100])


def _stored(question: ReachQuestion, folder: Path | None) -> StoredWorlds | None:
    """The worlds of a result that serve as random ones. Raises SettingsError where a result is named that cannot serve."""
    try:
        stored = read_worlds(folder or DEFAULT, question.scenario.name, question.budget)
    except SettingsError:
        if folder is not None:
            raise
        return None
    if fits(question, stored):
        return stored
    if folder is not None:
        raise SettingsError(
            f"--result: the worlds of '{question.scenario.name}' in {folder} were run with another version of the scenario, seed or "
            "rules; leave --result out, and random worlds are run."
        )
    return None


def _beforehand(question: ReachQuestion, log: RowLog, stored: StoredWorlds | None, jobs: int) -> str:
    """What will be done, and about how long it takes."""
    known = known_points(question, stored)
    there = 0 if known is None else len(known)
    rows = expected_rows(question, there)
    takes = seconds(question, max(rows - log.n_rows, 0), jobs)
    source = f", {there:,} of them stored in {stored.result.folder}" if stored is not None and there else ""
    logged = f"; {log.n_rows:,} were run already" if log.n_rows else ""
    damaged = f" {log.damaged} damaged lines of its log are left out." if log.damaged else ""
    pace = f"That takes about {duration(takes)} with {processes(jobs)}, if nothing else runs on this machine."
    return (
        f"{question.budget:,} random worlds of {question.scenario.name}{source}, as many searched, and checks under other lucks: about "
        f"{rows:,} worlds of {question.scenario.months} months{logged}. {pace}{damaged}"
    )


def _kept(log: RowLog) -> str:
    return (
        f"What was run is kept ({log.n_rows:,} worlds, in {log.place / ROWS}); the same command continues from there." if log.n_rows else ""
    )


def _draw(work: Path, question: ReachQuestion, answer: ReachAnswer) -> list[str]:
    """Draw the figure into a folder; a failure there is reported and costs no tables."""
    try:
        return [path.name for path in save_apart([(work / FIGURE, reached_cells.figure(question, answer))])]
    except (RuntimeError, OSError) as error:
        print_error(f"The figure could not be drawn ({error}).")
        return []
