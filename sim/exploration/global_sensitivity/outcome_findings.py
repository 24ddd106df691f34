"""All that is found about what matters for one outcome: by new runs, where there are any, and from stored worlds."""

from dataclasses import dataclass

import pandas as pd

from sim.exploration.global_sensitivity.new_runs import VarianceShares
from sim.exploration.global_sensitivity.parameter_screening import screening_table, why_not
from sim.exploration.global_sensitivity.threshold_shift import ThresholdShift, threshold_shifts
from sim.exploration.outcome import Outcome
from sim.exploration.stored_worlds import StoredWorlds


@dataclass(frozen=True)
class OutcomeFindings:
    """`mean` over `n_worlds` stored worlds; `parameters` as `screening_table` gives them, none where `not_screened` says why;
    `variance` from new runs, or None.
    """

    outcome: Outcome
    mean: float
    n_worlds: int
    parameters: pd.DataFrame
    not_screened: str
    thresholds: tuple[ThresholdShift, ...]
    variance: VarianceShares | None


def stored_findings(worlds: StoredWorlds, outcome: Outcome, variance: VarianceShares | None = None) -> OutcomeFindings:
    """What stored worlds say about an outcome, with what new runs said. Raises SettingsError where a chunk is damaged."""
    values = worlds.values(outcome)
    return OutcomeFindings(
        outcome=outcome,
        mean=float(values.mean()),
        n_worlds=len(worlds),
        parameters=screening_table(worlds, outcome),
        not_screened=why_not(values, outcome.is_share),
        thresholds=tuple(threshold_shifts(worlds, outcome)),
        variance=variance,
    )
