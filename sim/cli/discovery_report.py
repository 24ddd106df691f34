"""The answer of `spheres discover`: read stored worlds, look for rules, write the table and the figure, print sentences."""

from pathlib import Path
from typing import NamedTuple

import typer

from sim.cli.error_handling import OptionErrors, print_error, progress_for, telling
from sim.experiment.progress import Progress
from sim.experiment.run_settings import MOST_SEED, SettingsError, whole_number
from sim.experiment.storage.publishing import building
from sim.experiment.storage.result_folder import EXPLORE
from sim.experiment.storage.writable import check_writable
from sim.exploration.discovery import tree
from sim.exploration.discovery.asked_worlds import AskedWorlds, asked_worlds, check_level
from sim.exploration.discovery.rule_search import RESAMPLES, Rule, find_rules, fitting_seconds, too_few
from sim.exploration.discovery.rule_table import FILE, NAME, rule_table, write_table
from sim.exploration.discovery.rule_text import introduction, rule_lines, too_few_text
from sim.exploration.outcome import parse_outcome
from sim.report.drawing.render import DrawingError, save_apart
from sim.report.figures.rule_conditions import figure
from sim.text.number_format import duration

COMMAND = "discover"


class DiscoverOptions(NamedTuple):
    """What was typed after `spheres discover`, before it is checked."""

    folder: Path
    outcome: str
    scenario: str
    against: str
    level: str | None
    seed: str
    quiet: bool


def run_discovery(options: DiscoverOptions) -> None:
    """Look for rules, write them and print them. Raises SettingsError."""
    asked, seed = _asked(options)
    if too_few(asked.holds):
        for line in too_few_text(asked):
            typer.echo(line)
        return
    place = options.folder / EXPLORE / COMMAND
    check_writable(place)
    rules = _rules(asked, seed, options.quiet)
    with building(place) as work:
        write_table(work, rule_table(asked, rules))
        drawn = _draw(work, asked, rules)
    with telling(place):
        for line in (*introduction(asked), "", *rule_lines(asked, rules), ""):
            typer.echo(line)
        typer.echo("A rule says where the outcome is more frequent in this model, not what causes it, and not how likely it is in reality.")
        typer.echo(f"Every condition: {place / FILE} (columns.csv explains every column){f', {NAME}.svg and .png' if drawn else ''}.")


def _asked(options: DiscoverOptions) -> tuple[AskedWorlds, int]:
    """The question, checked and read, and the seed; errors of options are reported together."""
    errors = OptionErrors()
    seed = errors(lambda: whole_number(options.seed, "--seed", 0, MOST_SEED))
    outcome = errors(lambda: parse_outcome(options.outcome, "OUTCOME"))
    level = None if outcome is None else errors(lambda: check_level(outcome, options.level))
    if errors.messages or outcome is None or seed is None:
        raise SettingsError("\n".join(errors.messages))
    return asked_worlds(options.folder, options.scenario, options.against, outcome, level), seed


def _rules(asked: AskedWorlds, seed: int, quiet: bool) -> list[Rule]:
    """The rules; says beforehand what is done and about how long that takes."""
    with_tree = tree.is_installed()
    if not with_tree:
        print_error(f"{tree.HINT}. PRIM alone is given.")
    watch: Progress = progress_for(quiet)
    if not quiet:
        takes = duration(RESAMPLES * fitting_seconds(asked.draws, asked.holds, with_tree))
        print_error(
            f"{len(asked.holds):,} worlds and {len(asked.paths)} parameters, {RESAMPLES + 1} halves to fit. That takes about {takes}."
        )
    try:
        watch.phase("halves fitted", RESAMPLES)
        return find_rules(asked.draws, asked.holds, seed, lambda: watch.detail(""), with_tree)
    finally:
        watch.end()


def _draw(work: Path, asked: AskedWorlds, rules: list[Rule]) -> bool:
    """Draw the figure; a failure there is reported and costs no table."""
    try:
        save_apart([(work / NAME, figure(asked, rules))])
    except (DrawingError, OSError) as error:
        print_error(f"The figure could not be drawn ({error}).")
        return False
    return True
