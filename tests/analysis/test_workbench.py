"""Bridges: the pair that EMA Workbench's analyses take; with the library, its own analyses on it and its experiments as one batch."""

import inspect
import re
import runpy
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cli.conftest import done as done
from command_line import PROJECT

from sim import open_results
from sim.analysis import ResultSet
from sim.analysis.experiments import LABELS
from sim.analysis.workbench import Experiment, identifier, quantiles_of
from sim.experiment.run_settings import SettingsError
from sim.exploration.outcome import parse_outcome
from sim.model.state.parameters import SHARE, Change, ParameterValue
from sim.scenario import ScenarioError, load_scenario
from sim.scenario.mesa_scenarios import scenario_class
from sim.simulation import Spheres

SCENARIO = "israel_escalates"
STRIKES, BUDGET = "israel.strike_rate", "iran.means.budget"
SCRIPTS = ("ema_analyses", "mesa_scenario")  # the others are in the gallery: tests/documentation/test_gallery.py


@pytest.fixture(scope="module")
def opened(done: Path) -> ResultSet:
    """Two scenarios in 24 worlds of 14 months."""
    return open_results(done / "results/short")


@pytest.fixture(scope="module")
def ema() -> Iterator[Any]:
    """EMA Workbench, where it is installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield pytest.importorskip("ema_workbench")


def test_experiments_and_outcomes_are_aligned_and_complete(opened: ResultSet) -> None:
    experiments, outcomes = opened.experiments()
    assert len(experiments) == 48 and all(len(values) == 48 for values in outcomes.values())
    table = opened.table(SCENARIO)
    ours = (experiments["policy"] == SCENARIO).to_numpy()
    assert ours.sum() == 24 and np.array_equal(outcomes["delimitation"][ours], table["delimitation"].astype(float))
    assert outcomes["outcome"][ours].tolist() == table["outcome"].astype(str).tolist()
    assert np.allclose(experiments.loc[ours, BUDGET], table[f"param:{BUDGET}"])
    assert list(experiments.columns[-5:]) == list(LABELS) and (experiments["luck"][ours] == table["world"].to_numpy()).all()
    one, _ = opened.experiments("baseline")
    assert len(one) == 24 and set(one["policy"]) == {"baseline"}
    parameters = one.drop(columns=list(LABELS))
    assert set(parameters) == {path for path, setting in load_scenario("baseline").settings.items() if setting.varies}
    with pytest.raises(SettingsError, match="Did you mean 'baseline'"):
        opened.experiments("baselin")


def test_a_worlds_own_values_under_its_luck_are_that_world(opened: ResultSet) -> None:
    scenario = load_scenario("baseline", months=14)
    run = Experiment(scenario, [parse_outcome("delimitation"), parse_outcome("condominium")], "set", seed=1, draws=True)
    model = Spheres(scenario, worlds=5)
    drawn = {path: row.tolist() for path, row in model.drawn.items() if path in (STRIKES, BUDGET)}
    found = run.batch([{path: row[k] for path, row in drawn.items()} for k in range(5)], list(range(5)))
    table = opened.table("baseline").head(5)
    assert np.array_equal(found["delimitation"], table["delimitation"].astype(float))
    assert np.array_equal(found["condominium"], table["outcome"].astype(str) == "condominium")
    alone = run(**{path: row[3] for path, row in drawn.items()}, luck=3)
    assert alone["delimitation"] == found["delimitation"][3]


def test_values_and_quantiles_go_both_ways() -> None:
    setting = ParameterValue("a.b", SHARE, 0.3, (0.1, 0.9), "share", "assumed", "ours")
    at = np.array([0.0, 0.2, 0.5, 0.8, 1.0])
    for one in (setting, setting.changed(Change("scale", 0.5)), setting.changed(Change("range", 0.2, 0.4))):
        assert np.allclose(quantiles_of(one, one.row(at, 5)), at)
    with pytest.raises(SettingsError, match=re.escape("'a.b': 0.95 lies outside its range, 0.1 to 0.9")):
        quantiles_of(setting, np.array([0.5, 0.95]))


def test_names_are_identifiers() -> None:
    for text in (STRIKES, "balance>0.6", "influence_iran@SY-DY", "sphere:iran@SY-HI"):
        assert identifier(text).isidentifier()
    assert identifier(STRIKES) == "israel__strike_rate" and identifier("balance>0.6") == "balance_above_0_6"


def test_their_evaluator_runs_all_experiments_as_one_batch_and_policies_pair(ema: Any) -> None:
    from sim.analysis.workbench import batch_evaluator, ema_model

    model = ema_model("baseline", ["delimitation", "balance>0.5"], [STRIKES, BUDGET], levers=["russia.means.budget"], months=2)
    experiments, outcomes = ema.perform_experiments(model, scenarios=4, policies=2, evaluator=batch_evaluator(model, jobs=1))
    assert len(experiments) == 8 and set(outcomes) == {"delimitation", "balance_above_0_5"}
    row = experiments.iloc[5]
    luck = list(dict.fromkeys(experiments["scenario"])).index(row["scenario"])
    values = {STRIKES: row["israel__strike_rate"], BUDGET: row["iran__means__budget"], "russia.means.budget": row["russia__means__budget"]}
    assert model.function(**values, luck=luck)["delimitation"] == outcomes["delimitation"][5]
    same = ema.perform_experiments(model, scenarios=1)[1]["delimitation"]  # their own evaluator, one at a time
    assert same.shape == (1,) and 0.0 < same[0] < 1.0


def test_their_analyses_take_the_pair(ema: Any, opened: ResultSet) -> None:
    from ema_workbench.analysis import feature_scoring, prim

    experiments, outcomes = opened.experiments("baseline")
    x = experiments[[STRIKES, BUDGET, "iran.rooted_in.society"]]
    y = outcomes["delimitation"] > np.median(outcomes["delimitation"])
    wanted = {"threshold": 0.5} if "threshold" in inspect.signature(prim.Prim).parameters else {}  # only version 2.5
    box = prim.Prim(x, y, peel_alpha=0.2, **wanted).find_box()
    assert box is not None and box.peeling_trajectory["coverage"].iloc[0] == 1.0
    scores = feature_scoring.get_feature_scores_all(x, {"delimitation": outcomes["delimitation"]})
    assert set(scores.index) == set(x)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"outcomes": ["delimitaton"]}, "Did you mean 'delimitation'?"),
        ({"uncertainties": ["israel.strik_rate"]}, "there is no parameter 'israel.strik_rate'"),
        ({"uncertainties": ["russia.interests.shield"]}, "has no range here"),
        ({"acts": "draws"}, "neither 'draw' nor 'set'"),
    ],
)
def test_impossible_models_are_refused(ema: Any, given: dict[str, Any], said: str) -> None:
    from sim.analysis.workbench import ema_model

    with pytest.raises(SettingsError) as error:
        ema_model("baseline", **given)
    assert said in str(error.value)


@pytest.mark.skipif(scenario_class() is None, reason="this Mesa has no scenarios")
def test_a_scenario_of_mesa_says_what_spheres_is_given() -> None:
    of: Any = scenario_class()
    given = of(rng=7, scenario="russia_distracted", worlds=3, months=2, israel__strike_rate=3.0)
    model = Spheres(given)
    plain = Spheres("russia_distracted", worlds=3, months=2, rng=7, **{STRIKES: 3.0})
    assert model.scenario is given and model.assumptions.name == "russia_distracted"
    assert np.array_equal(model.run().observe().whole["delimitation"], plain.run().observe().whole["delimitation"])
    with pytest.raises(ScenarioError, match=re.escape("Did you mean 'israel.strike_rate'")):
        Spheres(of(israel__strik_rate=3))


@pytest.mark.parametrize("script", [PROJECT / f"docs/examples/{name}.py" for name in SCRIPTS], ids=lambda path: path.stem)
def test_the_scripts_of_the_docs_run(script: Path, done: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder with results/default; skipped where the library that a script is about is not installed."""
    text = script.read_text(encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if "ema_workbench" in text:
            pytest.importorskip("ema_workbench")
        if "mesa.Scenario" in text and scenario_class() is None:
            pytest.skip("this Mesa has no scenarios")
        (tmp_path / "results").mkdir()
        (tmp_path / "results/default").symlink_to(done / "results/short")
        monkeypatch.chdir(tmp_path)
        runpy.run_path(str(script), run_name="__main__")
