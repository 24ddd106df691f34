"""What the tests of many worlds at once share: the baseline as it ships, and a setting in which fronts do move."""

from pathlib import Path

import pytest

from sim.scenario import Scenario, load_scenario

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def baseline() -> Scenario:
    """The baseline as it ships."""
    return load_scenario(ROOT / "scenarios" / "baseline.yaml")
