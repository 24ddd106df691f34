"""The model as a library: under Mesa, at its edges, and in memory."""

import gc
import re
import tracemalloc
import warnings
from fractions import Fraction
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pytest

from sim.experiment.run_settings import MOST_SEED, SettingsError, whole_number
from sim.model.observation.measure_catalogue import OUTCOMES, PROVINCE, WHOLE
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


def replicates(monkeypatch: pytest.MonkeyPatch, **parameters: object) -> list[float]:
    """What three replicates of Mesa's batch run give for one measure."""
    monkeypatch.chdir(ROOT)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # later versions of Mesa call them `rng=[None] * 3`
        rows = mesa.batch_run(Spheres, {"scenario": "baseline", "months": 2} | parameters, iterations=3, display_progress=False)
    return [row["iran_force"] for row in rows]


def test_mesas_iterations_are_other_worlds_under_the_same_seed(baseline: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = replicates(monkeypatch, worlds=[1])
    assert alone == Spheres(baseline, worlds=3, months=2).run().observe().whole["iran_force"].tolist()
    batches = replicates(monkeypatch, worlds=[2])
    whole = Spheres(baseline, worlds=6, months=2).run().observe().whole["iran_force"]
    assert batches == pytest.approx([whole[n : n + 2].mean() for n in (0, 2, 4)])


@pytest.mark.parametrize("numbers", [{"first_world": [0, 1]}, {"luck": [(0, 1)]}])
def test_iterations_that_would_repeat_the_same_worlds_are_refused(numbers: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="iterations would repeat the same worlds"):
        replicates(monkeypatch, **numbers)


def test_a_model_made_by_another_model_of_a_batch_is_no_replicate(baseline: Scenario) -> None:
    class Around(mesa.Model):
        def __init__(self, n: int, rng: int | None = None) -> None:
            super().__init__()
            self.inner = Spheres(baseline, worlds=n, months=1).run()
            self.datacollector = self.inner.datacollector

        def step(self) -> None:
            self.running = False

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        rows = mesa.batch_run(Around, {"n": 2}, iterations=2, display_progress=False)
    assert rows[0]["iran_force"] == rows[1]["iran_force"]


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
        ({"israel.strike_rate": np.float32("nan")}, "must be a number"),
        ({"israel.strike_rate": np.bool_(True)}, "must be a number"),
        ({"israel.strike_rate": np.array(True)}, "must be a number"),
        ({"israel.strike_rate": np.array([[3.0]])}, "must be a number"),
        ({"israel.strike_rate": np.datetime64("2021-06")}, "must be a number"),
        ({"israel.strike_rate": 10**400}, "must be a number, not 1000000"),
        ({"israel.strike_rate": None}, "must be a number, not None"),
        ({"israel.strike_rate": "3"}, "must be a number, not '3'"),
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


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"worlds": 0}, "worlds: 0 is too small; give a whole number from 1 to 10,000,000."),
        ({"worlds": True}, "worlds: True is not a whole number"),
        ({"worlds": 2.0}, "worlds: 2.0 is not a whole number"),
        ({"worlds": np.bool_(True)}, "is not a whole number"),
        ({"worlds": [2]}, "worlds: [2] is not a whole number"),
        ({"first_world": -1}, "first_world: -1 is too small"),
        ({"seed": -1}, "seed: -1 is too small; give a whole number from 0 to 9,223,372,036,854,775,807."),
        ({"seed": 2**64}, "seed: 18,446,744,073,709,551,616 is too large; give a whole number from 0 to 9,223,372,036,854,775,807."),
        ({"seed": 10**5000}, "seed: this number is too large"),
        ({"rng": np.random.default_rng(1)}, "is not a whole number"),
        ({"seed": 1, "rng": 2}, "seed and rng are two names of one number"),
        ({"luck": []}, "luck must be numbers of worlds"),
        ({"luck": [0, 0.5]}, "luck: 0.5 is not a whole number"),
        ({"luck": [0, -1]}, "luck: -1 is too small"),
        ({"luck": 7}, "luck must be numbers of worlds"),
        ({"luck": [1, 2], "worlds": 3}, "the design has 2 rows; leave worlds out"),
        ({"luck": [1, 2], "israel.strike_rate": [1, 2, 3]}, "luck has 2 rows, 'israel.strike_rate' has 3"),
        ({"quantiles": [0.5]}, "quantiles must give numbers by path"),
    ],
)
def test_impossible_worlds_and_seeds_are_refused(baseline: Scenario, wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        Spheres(baseline, **wrong)


def test_a_seed_beyond_the_largest_is_refused_in_the_words_of_the_command_line(baseline: Scenario) -> None:
    with pytest.raises(SettingsError) as typed:
        whole_number(str(2**64), "seed", 0, MOST_SEED)
    with pytest.raises(ValueError, match="seed") as given:
        Spheres(baseline, seed=2**64)
    assert str(given.value) == str(typed.value)


THREE = (3, 3.0, np.float64(3), np.int64(3), np.float32(3), np.uint8(3), np.array(3), np.array(3.0), Fraction(3))


@pytest.mark.parametrize("three", THREE, ids=repr)
def test_numbers_of_numpy_are_numbers(baseline: Scenario, three: Any) -> None:
    plain = Spheres(baseline, worlds=3, months=2, seed=3, first_world=3, **{"israel.strike_rate": 3}).run()
    whole = three if isinstance(three, (int, np.integer)) or getattr(three, "dtype", None) is np.dtype(int) else np.int16(3)
    model = Spheres(baseline, worlds=whole, months=whole - 1, seed=whole, first_world=whole, **{"israel.strike_rate": three}).run()
    assert model.finish().whole["delimitation"].tolist() == plain.finish().whole["delimitation"].tolist()
    assert {type(number) for number in (model.n_worlds, model.first_world, model.seed, model.months)} == {int}
    chosen = Spheres(baseline, luck=np.arange(3, 6), months=2, seed=np.array(3), **{"israel.strike_rate": three}).run()
    assert chosen.finish().whole["delimitation"].tolist() == plain.finish().whole["delimitation"].tolist()


def test_a_model_and_what_it_came_to_say_what_they_are_when_printed(baseline: Scenario) -> None:
    model = Spheres(baseline, worlds=3, months=1)
    assert repr(model) == "<Spheres of 'baseline': 3 worlds, 0 of 1 months from 2021-06 done; .run() goes to the horizon>"
    end = model.run().finish()
    assert repr(model) == "<Spheres of 'baseline': 3 worlds, 1 of 1 months from 2021-06 done; .finish() says what it came to>"
    end.outcome[:] = [OUTCOMES.index("condominium"), OUTCOMES.index("condominium"), OUTCOMES.index("fallen")]
    assert repr(end).startswith("<Horizon of 3 worlds: condominium 67 %, government fallen 33 %; measures by name: ")
    assert f"{len(WHOLE)} in .whole (worlds,), {len(PROVINCE)} in .province (provinces, worlds)" in repr(end)
    model.close()
    assert repr(model) == "<Spheres, closed>"
