"""Which values to try next: optuna's tree-structured Parzen estimator, one objective for each pattern.

Proposals depend only on the seed and the trials before: the study is built from them for every batch, and its random numbers are
seeded by (seed, number of the first trial of the batch). The sampler:
https://optuna.readthedocs.io/en/latest/reference/samplers/generated/optuna.samplers.TPESampler.html
"""

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.experiment.run_settings import SettingsError

AT_RANDOM = 16  # trials before the search begins to learn
_FIGURES = 4  # significant figures of a value that is tried, so that it can be read and written as it is


def import_optuna() -> Any:
    """The optimisation library. Raises SettingsError when it is not installed."""
    try:
        import optuna  # here, since no other command needs it
    except ImportError:
        raise SettingsError(
            "`spheres calibrate` needs the library optuna, which is not installed; install it with: "
            "pip install -c constraints.txt -e '.[calibrate]'"
        ) from None
    return optuna


def propose(
    seed: int,
    first: int,
    n: int,
    ranges: Mapping[str, tuple[float, float]],
    objectives: int,
    before: Sequence[tuple[Mapping[str, float], Sequence[float]]],
) -> list[dict[str, float]]:
    """Values for the trials `first` to `first + n - 1`, within `ranges`.

    `before` are the values and the shortfalls, one for each of the `objectives`, of all trials before them.
    """
    optuna = import_optuna()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    spaces = {path: optuna.distributions.FloatDistribution(low, high) for path, (low, high) in ranges.items()}
    sampler_seed = int(np.random.SeedSequence([seed, first]).generate_state(1)[0])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # versions before 5 call the option experimental
        sampler = optuna.samplers.TPESampler(seed=sampler_seed, n_startup_trials=AT_RANDOM, constant_liar=True)
    study = optuna.create_study(directions=["minimize"] * objectives, sampler=sampler)
    study.add_trials([optuna.trial.create_trial(params=dict(values), distributions=spaces, values=list(short)) for values, short in before])
    proposed = [study.ask(spaces).params for _ in range(n)]
    return [{path: _readable(params[path], *ranges[path]) for path in ranges} for params in proposed]


def _readable(value: float, low: float, high: float) -> float:
    """The value with a few significant figures, still within its range."""
    return min(max(float(f"{value:.{_FIGURES}g}"), low), high)
