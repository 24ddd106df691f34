"""A small comparison, run once."""

from pathlib import Path

import pytest

from sim.evidence.history.compared import Comparison
from sim.evidence.history.facts import load_facts
from sim.evidence.history.replayed import replayed
from sim.scenario import load
from sim.world.geography import load_provinces, load_towns

HISTORY = Path(__file__).parents[3] / "scenarios" / "history" / "history_2015.yaml"


@pytest.fixture(scope="session")
def comparison() -> Comparison:
    """Sixty worlds of each kind."""
    scenario, later, provinces = load(HISTORY), load(HISTORY.parents[1] / "baseline.yaml"), load_provinces()
    drawn, central = replayed(scenario, 60), replayed(scenario, 60, draws=False)
    return Comparison(scenario, later, drawn, central, load_facts(), provinces, load_towns(provinces))
