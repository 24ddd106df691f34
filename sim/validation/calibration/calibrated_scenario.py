"""The scenario file with the calibrated values: a small difference from its parent, which says how it was made."""

from collections.abc import Sequence
from pathlib import Path

from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.resolved_scenarios import inline
from sim.experiment.storage.whole_files import write_text
from sim.scenario import Scenario, describe
from sim.scenario.packaged_files import MISSING
from sim.scenario.scenario_names import NAME, name_hint, written
from sim.scenario.value_parsers import MAX_TEXT_LENGTH
from sim.text.suggestions import quote
from sim.validation.calibration.problem import CalibrationProblem
from sim.validation.calibration.trial_store import Trial

FOLDER = Path("scenarios") / "calibrated"

_HEAD = """\
# {name}.yaml: written by `spheres calibrate`. Fitted, not evidence: these values were chosen so that the patterns named below hold.
# The trials behind it: results/calibrations/{name}/trials.csv.
"""


def check_place(name: str, parent: Scenario, force: bool) -> Path:
    """The path of the scenario file. Raises SettingsError when it cannot be written there."""
    if not NAME.fullmatch(name):
        raise SettingsError(f"{quote(name)} cannot be the name of a scenario. {name_hint(name)}")
    place, same = FOLDER / f"{name}.yaml", FOLDER.parent / f"{name}.yaml"
    if name in parent.lineage or same.exists():
        raise SettingsError(f"'{name}' is the name of an existing scenario ({same}); choose another.")
    if not FOLDER.parent.is_dir():
        raise SettingsError(MISSING)
    homes = [folder.resolve() for folder in (FOLDER.parent, FOLDER)]
    if Path(parent.file).resolve().parent not in homes:
        raise SettingsError(f"--from: {parent.file} is not in scenarios/, where a scenario that extends it would look for it.")
    if place.exists() and not force:
        raise SettingsError(f"{place} exists already; give --force to replace it, or choose another name.")
    return place


def write_scenario(place: Path, problem: CalibrationProblem, trial: Trial, trials: int, elsewhere: Sequence[float]) -> None:
    """Write the scenario, whole or not at all. `elsewhere` are the shares in worlds that were not used for fitting."""
    place.parent.mkdir(parents=True, exist_ok=True)
    write_text(place, scenario_text(problem, trial, trials, elsewhere))


def scenario_text(problem: CalibrationProblem, trial: Trial, trials: int, elsewhere: Sequence[float]) -> str:
    """The text of the scenario file."""
    parent = problem.scenario
    paths = (
        " and ".join(", ".join(problem.parameters).rsplit(", ", 1))
        if len(problem.parameters) <= 4
        else f"{len(problem.parameters)} parameters"
    )
    lines = [
        f"extends: {written(parent.name)}",
        f"question: {inline(f'What if {paths} had the values at which the patterns used for fitting hold best?')}",
        f"basis: {'hindsight' if parent.basis == 'hindsight' else 'beyond_report'}",
        "set:",
    ]
    for path in problem.parameters:
        lines.append(f"  {path}: {inline(float(trial.values[path]))} # {describe(path, parent.settings[path])}")
    lines.append(f"because: {inline(reason(problem, trial, trials, elsewhere))}")
    return _HEAD.format(name=problem.name) + "\n".join(lines) + "\n"


def reason(problem: CalibrationProblem, trial: Trial, trials: int, elsewhere: Sequence[float]) -> str:
    """How the values were found, within the length that a text may have."""
    head = (
        f"fitted, not evidence: trial {trial.number} of {trials}, {problem.worlds} worlds of {problem.scenario.months} months each, "
        f"seed {problem.seed}; chosen because the shortfalls of these patterns, used for fitting, are smallest in total"
    )
    full = [
        f"{pattern.name} {100 * share:.0f} % of worlds (short by {100 * short:.1f} points; {100 * other:.0f} % in other worlds)"
        for pattern, share, short, other in zip(problem.patterns, trial.shares, trial.shortfalls, elsewhere, strict=True)
    ]
    brief = [f"{pattern.name} (short by {100 * short:.1f})" for pattern, short in zip(problem.patterns, trial.shortfalls, strict=True)]
    return next((text for details in (full, brief) if len(text := f"{head}: {'; '.join(details)}.") <= MAX_TEXT_LENGTH), f"{head}.")
