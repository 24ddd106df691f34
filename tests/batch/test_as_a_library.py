"""The model as a library: under Mesa, at its edges, and in memory."""

import gc
import tracemalloc
from pathlib import Path

import mesa
import numpy as np
import pytest

from sim.model.observation.measure_catalogue import PROVINCE, WHOLE
from sim.scenario import Scenario, ScenarioError
from sim.simulation import Spheres

ROOT = Path(__file__).resolve().parents[2]
CLOSED = 6  # models closed one after the other


def test_it_runs_under_mesas_batch_run_with_replicates_by_first_world(baseline: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    rows = mesa.batch_run(Spheres, parameters={"scenario": "baseline", "first_world": [0, 1, 2], "months": 3}, display_progress=False)
    assert [row["first_world"] for row in rows] == [0, 1, 2]  # one row each, at the horizon
    batch = Spheres(baseline, worlds=3, months=3).run().observe().whole
    for name in ("iran_force", "standing", "overlap"):
        assert [row[name] for row in rows] == batch[name].tolist()


def test_a_scenario_can_be_given_by_path_and_by_name(baseline: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    digests = {Spheres(source).assumptions.digest() for source in ("baseline", Path("scenarios/baseline.yaml"), baseline)}
    assert digests == {baseline.digest()}


def test_the_data_collector_has_a_row_for_each_month(baseline: Scenario) -> None:
    model = Spheres(baseline, worlds=4, months=5).run()
    frame = model.datacollector.get_model_vars_dataframe()
    assert list(frame.columns) == [m.name for m in WHOLE]
    assert len(frame) == 5
    assert frame["iran_force"].iloc[-1] == pytest.approx(model.observe().whole["iran_force"].mean())


def test_it_stops_itself_at_the_horizon_and_refuses_to_go_beyond(baseline: Scenario) -> None:
    model = Spheres(baseline, worlds=2, months=2)
    with pytest.raises(RuntimeError, match="no month"):
        model.observe()
    model.step()
    with pytest.raises(RuntimeError, match="horizon"):
        model.finish()
    model.run()
    assert (model.month, model.running) == (2, False)
    with pytest.raises(RuntimeError, match="horizon"):
        model.step()


def test_observations_have_exactly_the_declared_measures_and_cumulative_ones_are_summed_at_the_horizon(baseline: Scenario) -> None:
    model, months_seen = Spheres(baseline, worlds=3, months=6), []
    while model.running:
        model.step()
        months_seen.append(model.observe())
    horizon = model.finish()
    for scope, measures, shape in (("province", PROVINCE, (14, 3)), ("whole", WHOLE, (3,))):
        last, total = getattr(months_seen[-1], scope), getattr(horizon, scope)
        assert list(last) == list(total) == [m.name for m in measures]
        for m in measures:
            months = np.stack([getattr(one, scope)[m.name] for one in months_seen])
            assert months.shape[1:] == shape
            np.testing.assert_allclose(total[m.name], months.sum(axis=0) if m.cumulative else months[-1], err_msg=m.name)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"israel.strik_rate": 3}, "israel.strike_rate"),
        ({"israel": 3}, "section"),
        ({"israel.strike_rate": True}, "must be a number"),
        ({"israel.strike_rate": float("nan")}, "must be a number"),
        ({"strike.shield": 1.5}, "between 0 and 1"),
    ],
)
def test_unknown_and_impossible_values_are_refused(baseline: Scenario, values: dict[str, float], message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        Spheres(baseline, **values)


def test_all_refused_values_are_reported_at_once(baseline: Scenario) -> None:
    with pytest.raises(ScenarioError) as caught:
        Spheres(baseline, **{"israel.strik_rate": 3, "strike.shield": 2})
    assert len(caught.value.problems) == 2


def test_a_value_holds_in_every_world_and_is_not_among_the_drawn(baseline: Scenario) -> None:
    model = Spheres(baseline, worlds=4, **{"israel.strike_rate": 3})
    assert model.p.israel.strike_rate.tolist() == [3.0] * 4
    assert "israel.strike_rate" not in model.drawn
    assert "israel.escalation" in model.drawn


def test_without_draws_every_world_has_the_central_values(baseline: Scenario) -> None:
    model = Spheres(baseline, worlds=3, draws=False)
    assert model.drawn == {}
    assert model.p.israel.escalation.tolist() == [baseline.settings["israel.escalation"].central()] * 3


def test_a_closed_model_holds_no_arrays_and_memory_stays_flat(baseline: Scenario) -> None:
    def once(keep: list[Spheres]) -> None:
        model = Spheres(baseline, worlds=64, months=1).run()
        model.close()
        keep.append(model)  # as Mesa does with finished models

    kept: list[Spheres] = []
    for _ in range(2):
        once(kept)
    gc.collect()
    tracemalloc.start()
    try:
        fresh = Spheres(baseline, worlds=64, months=1)
        one_model = tracemalloc.get_traced_memory()[0]
        fresh.close()
        del fresh
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(CLOSED):
            once(kept)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert one_model > 500_000
    assert grown < CLOSED * 0.2 * one_model  # geography stays, arrays of worlds do not


@pytest.mark.parametrize("wrong", [{"worlds": 0}, {"worlds": True}, {"worlds": 2.0}, {"first_world": -1}, {"seed": -1}])
def test_impossible_worlds_are_refused(baseline: Scenario, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="must be a whole number of at least"):
        Spheres(baseline, **wrong)
