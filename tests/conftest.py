"""A few worlds of the baseline some months on, fresh for every test that asks for them."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings
from known_results import known  # noqa: F401 - a fixture, shared by tests of comparison and replay

from sim.model.registry import Parameters
from sim.model.state.ensemble import Ensemble
from sim.scenario import Scenario, load_scenario
from sim.simulation import Spheres

settings.register_profile("untimed", deadline=None)  # a busy machine is no fault of what is tested
settings.load_profile("untimed")
ROOT = Path(__file__).resolve().parents[1]
WORLDS = 6
# Files of which each takes more than some seconds. They begin first: a process that takes one up last would be waited for.
LONG = (
    "test_compare_command.py",
    "experiment/execution/test_batch.py",
    "test_scenarios.py",
    "directions/test_ground_loss.py",
    "report/test_page_browser.py",
    "exploration/reach/test_search_command.py",
    "report/test_page.py",
    "directions/test_channels.py",
    "directions/test_survival.py",
    "test_extending.py",
    "test_architecture.py",
    "campaign/test_kills.py",
    "campaign/test_campaign.py",
    "analysis/test_arguments.py",
    "validation/hindcast/test_history_command.py",
    "exploration/test_discover_and_robust_commands.py",
    "interests/test_interests_command.py",
    "report/figures/test_comparison_figures.py",
    "properties/test_neutral_values.py",
    "cli/test_run_command.py",
    "exploration/discovery/test_rule_search.py",
    "documentation/test_description.py",
    "experiment/storage/test_damage.py",
    "experiment/execution/test_dask_executor.py",
    "validation/calibration/test_calibrate_command.py",
    "validation/events/test_events_command.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take long first, in their order; the others stay in theirs."""
    place = {ROOT / "tests" / name: i for i, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.path, len(LONG)))


@pytest.fixture(scope="session")
def baseline() -> Scenario:
    """The baseline as it ships."""
    return load_scenario(ROOT / "scenarios" / "baseline.yaml")


@pytest.fixture(scope="session")
def model(baseline: Scenario) -> Spheres:
    """The model that the worlds come from; not to be stepped by tests."""
    return Spheres(baseline, worlds=WORLDS, months=12).run()


@pytest.fixture
def ensemble(model: Spheres) -> Ensemble:
    """Worlds that a test may change."""
    return deepcopy(model.ensemble)


@pytest.fixture
def p(model: Spheres) -> Parameters:
    """The parameters of those worlds."""
    return model.p


@pytest.fixture
def given() -> Callable[..., Any]:
    """A section of parameters with some of them replaced by a number in every world."""

    def change(section: Any, **numbers: float) -> Any:
        return replace(section, **{name: np.full(WORLDS, float(x)) for name, x in numbers.items()})

    return change


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all tests of a file; where there is none they are skipped."""
    from report.browser import running  # which needs playwright

    with running() as program:
        yield program
