"""The start at rest: worlds with central interests stay as they are until something changes, and those that draw interests act on them."""

import numpy as np
import pytest

from sim.model.processes import deployment
from sim.model.state.dimensions import Leader, keys
from sim.model.state.ensemble import Ensemble
from sim.model.state.monthly_record import MonthlyRecord
from sim.scenario import Scenario
from sim.simulation import Spheres

WORLDS = 16


def central_interests(scenario: Scenario) -> dict[str, float]:
    """Every interest at its central value."""
    return {path: setting.value for path, setting in scenario.settings.items() if ".interests." in path}


def no_shocks(scenario: Scenario) -> dict[str, float]:
    """Nothing happens from outside."""
    return {path: 0.0 for path in scenario.settings if path.startswith("shocks.") and path.endswith("_rate")}


def manpower(model: Spheres) -> np.ndarray:
    """Fighters by group, in Syria and abroad, (groups, worlds)."""
    return model.ensemble.state.force.sum(axis=1) + model.ensemble.state.reserve


def places(ensemble: Ensemble) -> np.ndarray:
    """Fighters by group and place, the last place being abroad, (groups, P + 1, worlds)."""
    return np.concatenate([ensemble.state.force, ensemble.state.reserve[:, np.newaxis]], axis=1)


def by_leader(model: Spheres) -> np.ndarray:
    """Fighters by leader, (leaders, worlds)."""
    groups, men = model.ensemble.groups, manpower(model)
    return np.stack([men[groups.of_leader(leader)].sum(axis=0) for leader in Leader])


def test_the_first_month_of_central_interests_is_the_start(baseline: Scenario) -> None:
    """Effort, places and manpower: nobody does anything else than at the start, in worlds that draw everything but interests.

    Places to a billionth of a thousand fighters, which shares of a group are guarded by.
    """
    here = {"turkey.troops": 1.0, "start.posture_turkey": 1.0}  # the share of its troops in Syria, of which worlds draw less than all
    model = Spheres(baseline, worlds=WORLDS, **central_interests(baseline), **no_shocks(baseline), **here)
    force, reserve, men = model.ensemble.state.force.copy(), model.ensemble.state.reserve.copy(), manpower(model)
    assert len(model.drawn) > 200
    model.step()
    intent, start = model.ensemble.intent, model.ensemble.start
    np.testing.assert_allclose(intent.effort, start.effort, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(intent.pull, start.pull, rtol=1e-12, atol=1e-14)
    for leader in (Leader.GOVERNMENT, Leader.RUSSIA, Leader.IRAN):
        np.testing.assert_allclose(intent.sustain[leader], 1.0, rtol=1e-12)
    for leader, own in {
        Leader.TURKEY: model.p.turkey.commitment,  # of the others it is a number that worlds draw
        Leader.UNITED_STATES: model.p.united_states.commitment,
        Leader.OPPOSITION: model.p.opposition.strength,
        Leader.ISLAMIC_STATE: model.p.islamic_state.strength,
    }.items():
        np.testing.assert_allclose(intent.sustain[leader], own, rtol=1e-12)
    np.testing.assert_allclose(intent.target * men[:, np.newaxis], force, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(intent.outside * men, reserve, rtol=1e-9, atol=1e-9)


def test_without_draws_or_shocks_no_leader_gains_or_loses_many_men_in_a_year(baseline: Scenario) -> None:
    model = Spheres(baseline, worlds=WORLDS, months=12, draws=False, **no_shocks(baseline))
    before = by_leader(model)
    drift = by_leader(model.run()) / before - 1.0
    found = dict(zip(keys(Leader), drift.mean(axis=1).round(4), strict=True))
    assert (np.abs(drift.mean(axis=1)) < 0.03).all(), found


INTERESTS = (
    ("russia.interests.leverage",),
    ("iran.interests.land_corridor", "iran.interests.deterrence", "iran.interests.contract_competition"),
    ("government.interests.autonomy", "israel.interests.cut_the_corridor", "turkey.interests.keep_the_north"),
)


@pytest.mark.parametrize("paths", INTERESTS, ids=lambda paths: paths[0])
def test_an_interest_that_is_drawn_and_one_that_is_set_give_the_same_world_to_the_bit(baseline: Scenario, paths: tuple[str, ...]) -> None:
    world = 3
    drawn = Spheres(baseline, worlds=5, months=6)
    values = {path: float(drawn.drawn[path][world]) for path in paths}
    setting = Spheres(baseline, worlds=2, first_world=world, months=6, **values)
    assert not set(paths) & set(setting.drawn)
    drawn.run(), setting.run()
    for name, x in vars(drawn.ensemble.state).items():
        assert np.array_equal(x[..., world], getattr(setting.ensemble.state, name)[..., 0]), name
    one, two = drawn.observe(), setting.observe()
    for name, x in (one.whole | one.province).items():
        assert np.array_equal(x[..., world], (two.whole | two.province)[name][..., 0]), name


def test_places_change_by_at_most_a_groups_mobility_a_month(baseline: Scenario) -> None:
    """Whatever is wanted, and a share that is all the way for a group that would leave every place it has."""
    wanted = ("iran.interests.land_corridor", "russia.interests.bases", "sdf.interests.oil", "turkey.interests.push_back_sdf")
    model = Spheres(baseline, worlds=WORLDS, **dict.fromkeys(wanted, 50.0))
    ensemble, men = model.ensemble, manpower(model)
    ensemble.monthly = MonthlyRecord.blank(len(ensemble.provinces), len(ensemble.groups), ensemble.n_worlds)
    before = places(ensemble)
    deployment.step(ensemble, model.p.arrival)
    after = places(ensemble)
    moved = 0.5 * np.abs(after - before).sum(axis=1) / men
    mobility = ensemble.traits["mobility"]
    assert (moved <= mobility + 1e-12).all()
    assert (moved > 0.2 * mobility).any()
    np.testing.assert_allclose(after.sum(axis=1), before.sum(axis=1), rtol=1e-12)
