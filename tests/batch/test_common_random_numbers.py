"""World k has the same random numbers in every scenario (common random numbers): what is added or changed leaves all else as it was."""

from copy import deepcopy
from dataclasses import replace

import numpy as np
import pytest

from sim.model.processes import exogenous_shocks
from sim.model.state.parameters import Change
from sim.scenario import Scenario, ScriptedEvent
from sim.simulation import Spheres

from .bench import STRESS, differing, results

EVENT = ScriptedEvent(month=5, date="2021-11", changes=(("israel.strike_rate", Change("scale", 3.0)),), because="a test")


def test_the_same_run_twice_is_the_same_to_the_bit(baseline: Scenario) -> None:
    assert differing(results(baseline, 12, STRESS, worlds=4), results(baseline, 12, STRESS, worlds=4)) == []


def test_another_seed_gives_other_worlds(baseline: Scenario) -> None:
    assert len(differing(results(baseline, 3, worlds=4, seed=1), results(baseline, 3, worlds=4, seed=2))) > 30


def test_models_stepped_in_turn_do_not_disturb_each_other(baseline: Scenario) -> None:
    one, other = Spheres(baseline, worlds=3, months=8), Spheres(baseline, worlds=3, months=8, seed=5)
    while one.running:
        one.step()
        other.step()
    alone = results(baseline, 8, worlds=3)
    assert np.array_equal(one.finish().force, alone["horizon.force."])


def test_scenarios_are_the_same_to_the_bit_before_they_first_differ(baseline: Scenario) -> None:
    with_event = replace(baseline, events=(EVENT,))
    one, other = results(baseline, 12, STRESS, worlds=6), results(with_event, 12, STRESS, worlds=6)
    assert differing(one, other, before=EVENT.month) == []
    assert "province.strikes" in differing(one, other, before=EVENT.month + 1)


def test_an_event_acts_on_each_worlds_own_value_and_ends_in_its_month(baseline: Scenario) -> None:
    model = Spheres(replace(baseline, events=(replace(EVENT, until=8),)), worlds=6, months=12)
    usual = model.p.israel.strike_rate.copy()
    seen = []
    while model.running:
        model.step()
        seen.append(model.p.israel.strike_rate / usual)
    expected = [3.0 if 5 <= month < 8 else 1.0 for month in range(12)]
    np.testing.assert_allclose(np.stack(seen), np.repeat(expected, 6).reshape(12, 6))


def test_a_longer_horizon_leaves_the_months_before_as_they_were(baseline: Scenario) -> None:
    short, long = results(baseline, 6, worlds=4), results(baseline, 9, worlds=4)
    assert differing(long, short, before=6) == []


def test_a_new_source_of_chance_leaves_the_others_alone(baseline: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = results(baseline, 12, STRESS, worlds=4)
    step, drawn = exogenous_shocks.step, []

    def with_more_streams(ensemble, p) -> None:
        drawn.append(ensemble.random_by_province("a new source").sum() + ensemble.random_row("another").sum())
        step(ensemble, p)

    monkeypatch.setattr(exogenous_shocks, "step", with_more_streams)
    assert differing(plain, results(baseline, 12, STRESS, worlds=4)) == []
    assert len(drawn) == 12


@pytest.mark.parametrize("change", [Change("set", 3.0), Change("range", 1.0, 2.0), Change("scale", 0.5)], ids=lambda c: c.how)
def test_changing_one_parameter_leaves_every_other_draw_alone(baseline: Scenario, change: Change) -> None:
    path = "israel.strike_rate"
    settings = dict(baseline.settings) | {path: baseline.settings[path].changed(change)}
    plain, changed = Spheres(baseline, worlds=5).drawn, Spheres(replace(baseline, settings=settings), worlds=5).drawn
    assert set(plain) - set(changed) == ({path} if change.how == "set" else set())
    assert [name for name in changed if not np.array_equal(plain[name], changed[name])] == ([path] if change.how != "set" else [])


def with_group(baseline: Scenario, manpower: float) -> Scenario:
    """The baseline with one more group in the middle of the table of groups."""
    state = deepcopy(dict(baseline.start_state))
    table, settings = dict(state["groups"]), dict(baseline.settings)
    like = "fatemiyoun"
    before = list(table)[:4]
    row = {**table[like], "name": "A new brigade", "home": "SY-HL"}
    state["groups"] = {k: table[k] for k in before} | {"new_brigade": row} | {k: v for k, v in table.items() if k not in before}
    for trait in ("manpower", "obedience", "mobility", "quality"):
        settings[f"groups.new_brigade.{trait}"] = replace(settings[f"groups.{like}.{trait}"], path=f"groups.new_brigade.{trait}")
    path = "groups.new_brigade.manpower"
    settings[path] = replace(settings[path], value=manpower, range=(manpower, manpower))
    return replace(baseline, settings=settings, start_state=state)


def test_a_new_group_leaves_every_other_draw_alone(baseline: Scenario) -> None:
    plain, changed = Spheres(baseline, worlds=5).drawn, Spheres(with_group(baseline, 5.0), worlds=5).drawn
    assert set(changed) - set(plain) == {f"groups.new_brigade.{trait}" for trait in ("obedience", "mobility", "quality")}
    assert all(np.array_equal(plain[name], changed[name]) for name in plain)


def test_a_new_group_without_fighters_changes_nothing_to_the_bit(baseline: Scenario) -> None:
    plain, changed = results(baseline, 12, STRESS, worlds=4), results(with_group(baseline, 0.0), 12, STRESS, worlds=4)
    assert not changed["horizon.force."][4].any()
    changed["horizon.force."] = np.delete(changed["horizon.force."], 4, axis=0)
    assert differing(plain, changed) == []


def test_a_new_group_with_fighters_takes_part(baseline: Scenario) -> None:
    plain, changed = results(baseline, 6, worlds=4), results(with_group(baseline, 5.0), 6, worlds=4)
    assert (changed["whole.iran_force"][0] > plain["whole.iran_force"][0] + 3.0).all()
