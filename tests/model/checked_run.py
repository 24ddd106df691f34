"""Run a few months with every annotation of `sim.model` checked while it runs; `python -m tests.model.checked_run`.

The hook must be in place before any module of the model is imported, hence a process of its own. Where `--wrong` names a mistake, it is
made before the run, which must then fail.
"""

import sys
from dataclasses import replace

from jaxtyping import install_import_hook

import tests.model.runtime_checker  # noqa: F401  the hook looks it up by name

with install_import_hook("sim.model", "tests.model.runtime_checker.checked"):
    from sim.simulation import Spheres

import numpy as np

WRONG = {
    "state": lambda ensemble: setattr(ensemble.state, "morale", ensemble.state.morale[:3]),
    "rule": lambda ensemble: setattr(ensemble, "manpower", ensemble.manpower.T.copy()),
    "type": lambda ensemble: setattr(ensemble.state, "coffers", ensemble.state.coffers.astype(np.int64)),
}


def main(scenario: str, months: int, wrong: str | None) -> None:
    """Run and check what the worlds carry after each month: making a dataclass anew checks its fields against each other."""
    model = Spheres(scenario, worlds=5, months=months, record_events=True)
    if wrong is not None:
        WRONG[wrong](model.ensemble)
    while model.running:
        model.step()
        ensemble = model.ensemble
        for part in (ensemble, ensemble.state, ensemble.records, ensemble.intent, ensemble.perceived, ensemble.monthly, ensemble.start):
            check(part)
    model.finish()


def check(part: object) -> None:
    """Check the fields of one dataclass."""
    made = replace(part, **{}) if not hasattr(part, "reference") else None
    assert made is None or type(made) is type(part)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)
