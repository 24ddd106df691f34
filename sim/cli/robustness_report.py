"""The answer of `spheres robust`: read stored worlds, sort them, write the tables and the figure, print sentences."""

from pathlib import Path
from typing import NamedTuple

import typer

from sim.cli.error_handling import OptionErrors, print_error, progress_for, telling
from sim.experiment.progress import Progress
from sim.experiment.run_settings import MOST_SEED, SettingsError, whole_number
from sim.experiment.storage.publishing import building
from sim.experiment.storage.result_folder import EXPLORE
from sim.experiment.storage.writable import check_writable
from sim.exploration.outcome import Outcome, parse_outcome
from sim.exploration.robustness.regret import Regret
from sim.exploration.robustness.robustness_study import Robustness, RobustnessStudy, default_outcomes
from sim.exploration.robustness.robustness_table import FILES, write_tables
from sim.exploration.robustness.robustness_text import METHOD, outcome_lines, regret_lines
from sim.report.drawing.render import DrawingError, save_apart
from sim.report.figures.kept_signs import figure
from sim.text.number_format import count, duration

COMMAND, FIGURE = "robust", "signs"
_WITH_REST = 2.0  # times: regret, tables and the figure take about as long as the comparison


class RobustOptions(NamedTuple):
    """What was typed after `spheres robust`, before it is checked."""

    folder: Path
    scenarios: list[str]
    against: str
    outcomes: list[str]
    seed: str
    quiet: bool


def run_robustness(options: RobustOptions) -> None:
    """Study, write and print. Raises SettingsError."""
    outcomes, seed = _checked(options)
    place = options.folder / EXPLORE / COMMAND
    study = RobustnessStudy(options.folder, options.against, options.scenarios, seed)
    check_writable(place)
    found, regrets = _studied(study, outcomes, options.quiet)
    with building(place) as work:
        write_tables(work, found, regrets)
        drawn = _draw(work, found)
    with telling(place):
        for line in _lines(study, outcomes, found, regrets):
            typer.echo(line)
        files = ", ".join([*(f"{name}.csv" for name in FILES), *([f"{FIGURE}.svg and .png"] if drawn else [])])
        typer.echo(f"\nEverything is in {place}/ ({files}; columns.csv explains every column).")


def _checked(options: RobustOptions) -> tuple[tuple[Outcome, ...], int]:
    """The outcomes and the seed; errors of options are reported together."""
    errors = OptionErrors()
    seed = errors(lambda: whole_number(options.seed, "--seed", 0, MOST_SEED))
    parsed = [errors(lambda text=text: parse_outcome(text)) for text in options.outcomes]  # type: ignore[misc]
    if errors.messages or seed is None:
        raise SettingsError("\n".join(errors.messages))
    asked = tuple(dict.fromkeys(one for one in parsed if one is not None))
    return asked or default_outcomes(), seed


def _studied(study: RobustnessStudy, outcomes: tuple[Outcome, ...], quiet: bool) -> tuple[list[Robustness], list[Regret]]:
    """The study; says beforehand what is read and about how long that takes."""
    watch: Progress = progress_for(quiet)
    pairs = len(study.scenarios) * len(outcomes)
    if not quiet:
        takes = duration(_WITH_REST * pairs * study.pair_seconds(outcomes[0]))
        compared = f"{count(len(study.scenarios), 'scenario')} against {study.against}, {count(len(outcomes), 'outcome')}"
        print_error(f"{compared}, {study.n:,} worlds each. That takes about {takes}.")
    try:
        watch.phase("scenarios compared", pairs)
        found = list(study.robustness(outcomes, lambda: watch.detail("")))
        watch.phase("regret by interest")
        return found, study.regrets()
    finally:
        watch.end()


def _lines(study: RobustnessStudy, outcomes: tuple[Outcome, ...], found: list[Robustness], regrets: list[Regret]) -> list[str]:
    lines = [*METHOD]
    for outcome in outcomes:
        lines += ["", *outcome_lines(outcome, [one for one in found if one.outcome == outcome])]
    return [*lines, "", *regret_lines(regrets, study.worlds(study.against).scenario)]


def _draw(work: Path, found: list[Robustness]) -> bool:
    """Draw the figure; a failure there is reported and costs no table."""
    try:
        save_apart([(work / FIGURE, figure(found))])
    except (DrawingError, OSError) as error:
        print_error(f"The figure could not be drawn ({error}).")
        return False
    return True
