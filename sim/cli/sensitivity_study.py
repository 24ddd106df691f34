"""The study of `spheres sensitivity`: read the options, say how long it takes, run what is missing, write, and print what was found."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import typer

from sim.cli.error_handling import OptionErrors, early_end, print_error, progress_for, telling
from sim.experiment import run_settings as limits
from sim.experiment.recording.chunk import ChunkError, ChunkJob
from sim.experiment.run_settings import MOST_JOBS, MOST_SEED, SettingsError, whole_number
from sim.experiment.storage.chunk_key import key_of
from sim.experiment.storage.publishing import building
from sim.experiment.storage.whole_files import is_plain_folder
from sim.experiment.storage.writable import check_writable
from sim.exploration.global_sensitivity.default_outcomes import default_outcomes
from sim.exploration.global_sensitivity.new_runs import VarianceShares, missing, run_missing, seconds, variance_shares
from sim.exploration.global_sensitivity.outcome_findings import OutcomeFindings, stored_findings
from sim.exploration.global_sensitivity.parameter_groups import grouped
from sim.exploration.global_sensitivity.row_store import ROWS, RowStore
from sim.exploration.global_sensitivity.run_design import DesignBatch, Groups, batches, sizes
from sim.exploration.global_sensitivity.sensitivity_tables import (
    PARAMETERS,
    THRESHOLDS,
    VARIANCE,
    threshold_table,
    variance_table,
    write_tables,
)
from sim.exploration.outcome import Outcome, parse_outcome
from sim.exploration.stored_worlds import StoredWorlds, read_worlds
from sim.report.drawing.render import save_apart
from sim.report.figures.outcome_sensitivity import figure, file_stem, has_anything
from sim.report.text.sensitivity_sentences import meaning_of_variance, sentences
from sim.text.number_format import duration, processes

LEAST_WORLDS, MOST_WORLDS = 100, 200_000
PLACE = Path("explore") / "sensitivity"


class SensitivityOptions(NamedTuple):
    """What was typed after `spheres sensitivity`, before it is checked."""

    folder: Path
    scenario: str
    outcomes: list[str]
    worlds: str
    stored: bool
    seed: str
    jobs: str | None
    quiet: bool


class _Study(NamedTuple):
    """The options, checked."""

    worlds: StoredWorlds
    outcomes: tuple[Outcome, ...]
    n_worlds: int
    seed: int
    jobs: int
    quiet: bool

    @property
    def groups(self) -> Groups:
        """The parameters of each group that vary here."""
        return {group.key: members for group, members in grouped(self.worlds.quantiles).items()}


def study_sensitivity(options: SensitivityOptions) -> None:
    """Run what is missing, write tables and figures, print what was found. Raises SettingsError or typer.Exit."""
    study = _study(options)
    folder = options.folder / PLACE
    _check_place(options.folder)
    if not options.quiet and not _is_current(study.worlds):
        print_error(f"notice: {options.folder} was run by another version of the model; what is run now follows the present one.")
    variance = None if options.stored else _variance(study, RowStore(options.folder / ROWS, study.worlds.scenario, study.seed))
    found = [stored_findings(study.worlds, outcome, variance[i] if variance else None) for i, outcome in enumerate(study.outcomes)]
    with building(folder) as work:
        write_tables(work, _tables(found))
        _draw(work, found)
    with telling(folder):
        for one in found:
            typer.echo("\n".join([*sentences(one), ""]))
        for line in (
            *meaning_of_variance(list(study.outcomes)),
            f"All parameters and groups: {folder}/ (columns.csv explains every column).",
        ):
            typer.echo(line)


def _study(options: SensitivityOptions) -> _Study:
    """The options, checked. Raises SettingsError with the errors of all of them together."""
    errors = OptionErrors()
    n_worlds = errors(lambda: whole_number(options.worlds, "--worlds", LEAST_WORLDS, MOST_WORLDS))
    seed = errors(lambda: whole_number(options.seed, "--seed", 0, MOST_SEED))
    jobs = errors(lambda: limits.default_jobs() if options.jobs is None else whole_number(options.jobs, "--jobs", 1, MOST_JOBS))
    asked = [errors(lambda text=text: parse_outcome(text)) for text in options.outcomes]  # type: ignore[misc]
    worlds = errors(lambda: read_worlds(options.folder, options.scenario))
    if errors.messages or worlds is None or n_worlds is None or seed is None or jobs is None:
        raise SettingsError("\n".join(errors.messages))
    outcomes = tuple(dict.fromkeys(outcome for outcome in asked if outcome is not None)) or default_outcomes(worlds)
    return _Study(worlds, outcomes, n_worlds, seed, jobs, options.quiet)


def _check_place(result: Path) -> None:
    """Whether answers can be written beside a result. Raises SettingsError."""
    check_writable(result, str(PLACE.parent))
    for folder in (result / PLACE.parent, result / PLACE, result / ROWS):
        if os.path.lexists(folder) and not is_plain_folder(folder):
            raise SettingsError(f"{folder} is a file or a link, where a folder of answers goes; move it away.")


def _variance(study: _Study, store: RowStore) -> list[VarianceShares]:
    """Ceilings and groups, after what is missing was run; what is finished is kept if that ends early."""
    design = batches(study.n_worlds, study.groups, study.seed)
    if not study.quiet:
        print_error(_beforehand(study, store, design))
    with early_end(lambda: _kept(store, design)):
        for _ in range(2):  # a second time if a stored batch was damaged
            run_missing(store, design, study.jobs, progress_for(study.quiet))
            found = variance_shares(store, design, study.groups, study.outcomes, study.seed)
            if found is not None:
                store.sweep()
                return found
        raise ChunkError(f"the worlds in {store.folder}/ cannot be read as they were written")


def _beforehand(study: _Study, store: RowStore, design: Sequence[DesignBatch]) -> str:
    """What is to be run, and about how long that takes."""
    todo = missing(store, design)
    points, pairs = sizes(study.n_worlds, study.groups)
    every, worlds = (sum(len(batch.rows) for batch in some) for some in (design, todo))
    what = f"{points:,} points with several lucks each, {pairs:,} pairs with one of {len(study.groups)} groups or luck exchanged at a time"
    if not todo:
        return f"{what}: all {every:,} worlds are there already."
    there = f", {every - worlds:,} of them there already" if every > worlds else ""
    takes = f"about {duration(seconds(store, todo, study.jobs))} with {processes(study.jobs)}, if nothing else runs on this machine"
    return f"{what}: {every:,} worlds of {store.scenario.name}, {store.scenario.months} months each{there}. That takes {takes}."


def _kept(store: RowStore, design: Sequence[DesignBatch]) -> str:
    done = sum(len(batch.rows) for batch in design if store.has(batch.rows))
    if not done:
        return "No batch of worlds was finished."
    return f"{done:,} finished worlds are kept in {store.folder}/: the same command continues from there."


def _is_current(worlds: StoredWorlds) -> bool:
    """Whether the stored worlds were run by the present rules."""
    first, n, key = worlds.result.about(worlds.scenario.name)["chunks"][0]
    return bool(key_of(ChunkJob(worlds.scenario, first, n, worlds.seed, draws=True)) == key)


def _tables(found: Sequence[OutcomeFindings]) -> dict[str, pd.DataFrame]:
    shares = [one.variance for one in found if one.variance is not None]
    tables = {VARIANCE: variance_table(shares)} if shares else {}
    screened = [one.parameters for one in found if len(one.parameters)]
    tables |= {PARAMETERS: pd.concat(screened, ignore_index=True)} if screened else {}
    return tables | {THRESHOLDS: threshold_table([(one.outcome, one.thresholds) for one in found])}


def _draw(work: Path, found: Sequence[OutcomeFindings]) -> None:
    """Draw a figure for each outcome; a failure there is reported and costs no tables."""
    drawn = [one for one in found if has_anything(one)]
    try:
        if drawn:
            save_apart([(work / file_stem(one.outcome), figure(one)) for one in drawn])
    except (RuntimeError, OSError) as error:
        print_error(f"The figures could not be drawn ({error}).")
