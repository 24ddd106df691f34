"""EMA Workbench on this model: a model with its uncertainties and outcomes, and an evaluator that runs all experiments as one batch.

EMA Workbench runs one experiment at a time, which costs about two hundred times more than a row of a batch. Version 2.5 runs on
Python 3.11, version 3 from 3.12 on; it is no part of what this project needs, and is loaded when it is asked for (which takes seconds).
Names: version 3 wants identifiers, so `israel.strike_rate` is `israel__strike_rate` there, and `balance>0.6` is `balance_above_0_6`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np

from sim.experiment.run_settings import SettingsError, default_jobs
from sim.exploration.outcome import Outcome, parse_outcome
from sim.exploration.row_evaluation import evaluate
from sim.model.state.dimensions import Array, Row
from sim.model.state.parameters import ParameterValue
from sim.scenario import Scenario, load_scenario
from sim.scenario.design_rows import DesignRows
from sim.text.suggestions import did_you_mean

Acts = Literal["draw", "set"]
LUCK = "luck"  # a constant, uncertainty or lever of this name is the number of the world whose random numbers an experiment has


class Experiment:
    """Runs one experiment, or many as rows of a batch: what an EMA model calls.

    `acts`: whether values act as a draw (the start at rest that a world is compared with moves with them) or as `set` in a scenario file.
    """

    def __init__(self, scenario: Scenario, outcomes: Sequence[Outcome], acts: Acts, seed: int, draws: bool) -> None:
        self.scenario, self.outcomes, self.acts, self.seed, self.draws = scenario, tuple(outcomes), acts, seed, draws

    def __call__(self, **values: float) -> dict[str, float]:
        """The outcomes of one experiment, under luck 0 unless it says `luck`."""
        return {name: float(row[0]) for name, row in self.batch([values], [0]).items()}

    def batch(self, experiments: Sequence[Mapping[str, float]], lucks: Sequence[int], jobs: int = 1) -> dict[str, Row]:
        """The outcomes of experiments, (experiments,) by name. A parameter that an experiment does not name is as the scenario says."""
        names = dict.fromkeys(name for one in experiments for name in one if name != LUCK)
        luck = np.array([int(one.get(LUCK, k)) for one, k in zip(experiments, lucks, strict=True)])
        given = {name: [one.get(name) for one in experiments] for name in names}
        partly = [name for name, row in given.items() if None in row]
        if partly:
            raise SettingsError(f"'{partly[0]}' is given in some experiments and not in others; give it in all of them.")
        rows = {name: np.array(row, dtype=np.float64) for name, row in given.items()}
        settings, point = self.scenario.settings, np.arange(len(luck))
        drawn = {name: quantiles_of(settings[name], row) for name, row in rows.items() if self.acts == "draw" and settings[name].varies}
        design = DesignRows(point, luck, drawn, {name: row for name, row in rows.items() if name not in drawn})
        found = evaluate(self.scenario, design, self.outcomes, self.seed, self.draws, jobs)
        return {outcome.text: row for outcome, row in zip(self.outcomes, found, strict=True)}


def ema_model(
    scenario: str | Path | Scenario = "baseline",
    outcomes: Iterable[str] = ("delimitation", "balance"),
    uncertainties: Iterable[str] | None = None,
    levers: Iterable[str] = (),
    months: int | None = None,
    acts: Acts = "draw",
    seed: int = 1,
    draws: bool = True,
) -> Any:
    """A model of EMA Workbench: `uncertainties` (paths; None for all that are drawn) and `levers` between the ends of their ranges.

    `outcomes` are typed as for `spheres search`: indices, classes, measures of a province, or levels (`balance>0.6`). What is not among
    uncertainties or levers is drawn as the world of an experiment's luck draws it, or central without `draws`. Raises SettingsError.
    """
    ema = import_workbench()
    loaded = scenario if isinstance(scenario, Scenario) else load_scenario(scenario, months=months)
    if months is not None and loaded.months != months:
        loaded = loaded.with_months(months)
    if acts not in ("draw", "set"):
        raise SettingsError(f"acts: {acts!r} is neither 'draw' nor 'set'.")
    every = [path for path, setting in loaded.settings.items() if setting.varies]
    asked = [parse_outcome(text, "outcomes") for text in outcomes]
    moved = [_known(path, loaded) for path in levers]
    names = [_known(path, loaded) for path in (every if uncertainties is None else uncertainties)]
    model = ema.Model(re.sub(r"[^A-Za-z0-9]", "", loaded.name), function=Experiment(loaded, asked, acts, seed, draws))
    model.uncertainties = [_parameter(ema, loaded.settings[path]) for path in names if path not in moved]
    model.levers = [_parameter(ema, loaded.settings[path]) for path in moved]
    model.outcomes = [ema.ScalarOutcome(identifier(outcome.text), variable_name=outcome.text) for outcome in asked]
    return model


def batch_evaluator(model: Any, jobs: int | None = None) -> Any:
    """An evaluator that runs all experiments of a model of `ema_model` as rows of one batch, on `jobs` processes (one per core).

    Experiments of the same EMA scenario under several policies have the same luck, so that policies pair; `luck` as a constant, uncertainty
    or lever says otherwise.
    """
    ema = import_workbench()
    function: Any = getattr(model, "function", None)
    if not isinstance(function, Experiment):
        raise SettingsError("batch_evaluator runs models made by `ema_model`; EMA Workbench's own evaluators run any other.")
    run_batch = function.batch
    n_jobs = default_jobs() if jobs is None else jobs

    class BatchEvaluator(ema.evaluators.BaseEvaluator):  # type: ignore[name-defined]
        """All experiments at once."""

        def initialize(self) -> None:
            """Nothing has to be prepared."""

        def finalize(self) -> None:
            """Nothing is left open."""

        def evaluate_experiments(self, *given: Any, combine: str = "factorial", **more: Any) -> None:
            """Run them: version 3 gives experiments and a callback, version 2.5 scenarios, policies and a callback."""
            *first, callback = given
            made = first[0] if len(first) == 1 else ema.points.experiment_generator(first[0], self._msis, first[1], combine=combine)
            experiments = list(made)
            values = [_values(model, experiment) for experiment in experiments]
            lucks = dict[Any, int]()
            luck = [lucks.setdefault(experiment.scenario.name, len(lucks)) for experiment in experiments]
            found = run_batch(values, luck, n_jobs)
            for i, experiment in enumerate(experiments):
                model.outcomes_output = {name: row[i] for name, row in found.items()}
                callback(experiment, model.outcomes_output)

    return BatchEvaluator(model)


def quantiles_of(setting: ParameterValue, values: Array) -> Row:
    """Where in its range a parameter has these values: the draw's distribution is straight between its ends and its median."""
    at = np.array([0.0, 0.5, 1.0])
    ends = setting.row(at, 3)
    low, high = float(ends.min()), float(ends.max())
    beyond = (values < low - 1e-12) | (values > high + 1e-12)
    if beyond.any():
        raise SettingsError(
            f"'{setting.path}': {float(values[beyond][0]):g} lies outside its range, {low:g} to {high:g}, and acts as a draw; "
            "give one within. acts='set' takes any."
        )
    order = np.argsort(ends, kind="stable")
    return np.asarray(np.interp(values, ends[order], at[order]))


def identifier(text: str) -> str:
    """A name as version 3 wants it."""
    plain = text.replace(">", "_above_").replace("<", "_below_").replace(".", "__" if ">" not in text and "<" not in text else "_")
    return re.sub(r"[^A-Za-z0-9_]", "_", plain)


def import_workbench() -> Any:
    """EMA Workbench's names that are needed here. Raises SettingsError where it is not installed."""
    try:
        import ema_workbench
        from ema_workbench.em_framework import evaluators, points
    except ImportError:
        raise SettingsError("EMA Workbench is not installed; install it with: pip install ema_workbench") from None
    ema_workbench.evaluators, ema_workbench.points = evaluators, points
    return ema_workbench


def _known(path: str, scenario: Scenario) -> str:
    name = path.replace("__", ".")
    if name not in scenario.settings:
        raise SettingsError(f"there is no parameter '{path}'. {did_you_mean(name, scenario.settings)}")
    return name


def _parameter(ema: Any, setting: ParameterValue) -> Any:
    """A parameter of EMA Workbench between the ends of its range."""
    ends = setting.row(np.array([0.0, 1.0]), 2)
    low, high = float(ends.min()), float(ends.max())
    if not low < high:
        raise SettingsError(f"'{setting.path}' has no range here ({setting.value:g}), so it can be no uncertainty or lever.")
    return ema.RealParameter(identifier(setting.path), low, high, variable_name=setting.path)


def _values(model: Any, experiment: Any) -> dict[str, float]:
    """What an experiment says, by path."""
    named = {constant.name: constant.value for constant in model.constants}
    variables = {p.name: p.variable_name[0] for p in (*model.uncertainties, *model.levers)}
    for part in (experiment.scenario, experiment.policy):
        named |= {variables.get(name, name): value for name, value in part.items()}
    return named
