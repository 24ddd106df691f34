"""Results of the real model: few worlds over two years of the baseline and of scenarios that differ from it in one known way."""

from dataclasses import replace
from pathlib import Path

import pytest

from sim.experiment.execution.runner import run
from sim.experiment.run_settings import RunSettings
from sim.model.state.parameters import Change
from sim.scenario import Scenario, ScriptedEvent, load_scenario

ROOT = Path(__file__).resolve().parents[1]
MONTHS, WORLDS, SCRIPTED = 24, 4, 9


def changed(scenario: Scenario, name: str, path: str, change: Change) -> Scenario:
    """The scenario with one parameter changed."""
    settings = {**scenario.settings, path: scenario.settings[path].changed(change)}
    return replace(scenario, name=name, extends="baseline", lineage=("baseline", name), settings=settings)


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of results; not to be changed by tests."""
    baseline = load_scenario(ROOT / "scenarios" / "baseline.yaml").with_months(MONTHS)
    ends = ScriptedEvent(SCRIPTED, "2022-03", (("russia.means.budget", Change("scale", 0.3)),), "Russia gives less")
    scenarios = (
        baseline,
        replace(baseline, name="same", extends="baseline", lineage=("baseline", "same")),
        replace(baseline, name="scripted", extends="baseline", lineage=("baseline", "scripted"), events=(ends,)),
        changed(baseline, "israel", "israel.strike_rate", Change("scale", 3.0)),
        changed(baseline, "roots", "iran.interests.militia_entrenchment", Change("scale", 3.0)),
        changed(baseline, "rule", "coordinate.compartmentalisation", Change("set", 0.0)),
        replace(baseline, name="short", root="short", lineage=("short",)).with_months(12),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("known"))
        run(RunSettings(scenarios, "known", n_worlds=WORLDS, command="spheres run"))
        return Path("results/known").absolute()
