"""A small comparison, run once."""

from pathlib import Path

import pytest

from sim.model.state.geography import load_provinces, load_towns
from sim.scenario import load_scenario
from sim.validation.hindcast.fact_halves import load_episodes
from sim.validation.hindcast.half_comparison import all_facts, facts_by_half
from sim.validation.hindcast.hindcast_comparison import HindcastComparison
from sim.validation.hindcast.hindcast_run import run_hindcast

HISTORY = Path(__file__).resolve().parents[3] / "scenarios" / "history" / "history_2015.yaml"


@pytest.fixture(scope="session")
def comparison() -> HindcastComparison:
    """Sixty worlds of each kind."""
    scenario, later, provinces = load_scenario(HISTORY), load_scenario(HISTORY.parents[1] / "baseline.yaml"), load_provinces()
    drawn, central = run_hindcast(scenario, 60), run_hindcast(scenario, 60, draws=False)
    return HindcastComparison(
        scenario, later, drawn, central, all_facts(facts_by_half(load_episodes(), held_out=True)), provinces, load_towns(provinces)
    )
