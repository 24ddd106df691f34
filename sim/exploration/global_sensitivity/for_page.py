"""What matters for the usual outcomes of a result, as far as it is known without running anything: for the comparison page."""

from pathlib import Path

from sim.experiment.run_settings import SettingsError
from sim.exploration.global_sensitivity.default_outcomes import default_outcomes
from sim.exploration.global_sensitivity.new_runs import variance_shares
from sim.exploration.global_sensitivity.outcome_findings import OutcomeFindings, stored_findings
from sim.exploration.global_sensitivity.parameter_groups import grouped
from sim.exploration.global_sensitivity.row_store import ROWS, RowStore
from sim.exploration.global_sensitivity.run_design import batches
from sim.exploration.stored_worlds import read_worlds
from sim.scenario import ScenarioError

USUAL_WORLDS, USUAL_SEED = 16_000, 1  # of `spheres sensitivity`, if nothing else is said


def known_findings(folder: Path, scenario: str) -> list[OutcomeFindings]:
    """Single parameters and definitions from stored worlds; luck and groups where `spheres sensitivity` has run its worlds.

    Nothing where the result cannot be asked: too few worlds, none drawn, another version of the program.
    """
    try:
        worlds = read_worlds(folder, scenario)
        outcomes = default_outcomes(worlds)
        groups = {group.key: members for group, members in grouped(worlds.quantiles).items()}
        store = RowStore(folder / ROWS, worlds.scenario, USUAL_SEED)
        design = batches(USUAL_WORLDS, groups, USUAL_SEED)
        has_all = all(store.has(batch.rows) for batch in design)
        variance = variance_shares(store, design, groups, outcomes, USUAL_SEED) if has_all else None
        found = [stored_findings(worlds, outcome, variance[i] if variance else None) for i, outcome in enumerate(outcomes)]
    except (SettingsError, ScenarioError, KeyError):
        return []
    return [one for one in found if len(one.parameters) or one.variance is not None]
