"""Run a few months while every annotation of `sim.model` is checked: `python -m tests.model.checked_run SCENARIO MONTHS`.

The hook must be in place before any module of the model is imported, hence a process of its own. Prints as JSON which of the mistakes
below were caught; NumPy alone accepts each of them.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import replace

from jaxtyping import TypeCheckError, install_import_hook

import tests.model.runtime_checker  # noqa: F401  the hook looks it up by name

with install_import_hook("sim.model", "tests.model.runtime_checker.checked"):
    from sim.model.processes.exogenous_shocks import faded
    from sim.model.state.ensemble import Ensemble
    from sim.simulation import Spheres

import numpy as np

from tests.batch.bench import STRESS

WRONG: dict[str, Callable[[Ensemble], object]] = {
    "a camp too few in a field": lambda e: replace(e.state, morale=e.state.morale[:3]),
    "whole numbers in a field": lambda e: replace(e.state, coffers=e.state.coffers.astype(np.int64)),
    "provinces in place of worlds in a field": lambda e: replace(e.perceived, felt=np.swapaxes(e.perceived.felt, 1, 2)),
    "one number in place of a row": lambda e: faded(e.state.surge, np.zeros(1), e.state.surge, e.state.surge > 0.0),
    "a row too long in a result": lambda e: faded(np.zeros((14, e.n_worlds)), e.state.surge, e.state.surge, e.state.surge > 0.0),
}


def main(scenario: str, months: int) -> None:
    """Run, checking after each month what the worlds carry: to make a dataclass anew checks its fields against each other."""
    model = Spheres(scenario, worlds=5, months=months, record_events=True, **STRESS)
    while model.running:
        model.step()
        e = model.ensemble
        for part in (e.state, e.records, e.intent, e.perceived, e.monthly, e.start):
            replace(part)
    model.finish()
    print(json.dumps({name: caught(mistake, model.ensemble) for name, mistake in WRONG.items()}))


def caught(mistake: Callable[[Ensemble], object], ensemble: Ensemble) -> bool:
    """Whether a mistake is an error."""
    try:
        mistake(ensemble)
    except TypeCheckError:
        return True
    return False


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
