"""Local powers on the government's ground: what they want, what their effort does, and how it counts."""

from dataclasses import replace

import numpy as np
import pytest

from sim.model.actors.actor import View
from sim.model.actors.agenda import Agenda
from sim.model.actors.local_powers import KEPT_OUT, LocalPowersActor, ruled, safety, self_rule
from sim.model.observation.influence import shares
from sim.model.processes.entrenchment import next_local_roots
from sim.model.registry import ACTORS
from sim.model.state.dimensions import Camp, Instrument, Leader, Power
from sim.model.state.ensemble import Ensemble
from sim.scenario import Scenario
from sim.simulation import Spheres

ROOTED = ("SY-DR", "SY-SU")


@pytest.fixture
def rooted(ensemble: Ensemble) -> tuple[int, ...]:
    """Daraa and Suwayda by index, wholly on the government's ground and half rooted; nobody has roots elsewhere."""
    where = tuple(ensemble.provinces.iso.index(code) for code in ROOTED)
    ensemble.state.local_roots[:] = 0.0
    ensemble.state.control[:] = 0.0
    ensemble.state.control[Camp.GOVERNMENT] = 1.0
    for province in where:
        ensemble.state.local_roots[province] = 0.5
    return where


def started(baseline: Scenario, **values: float) -> Spheres:
    """Few worlds after half a year."""
    return Spheres(baseline, worlds=6, months=6, **{path.replace("__", "."): x for path, x in values.items()}).run()


def test_self_rule_is_unmet_as_far_as_force_is_felt_where_they_are_rooted(ensemble: Ensemble, rooted: tuple[int, ...]) -> None:
    """Three times the force at which a presence is half felt in one of two places, none in the other: 0.75 / 2."""
    ensemble.perceived.side[:] = 100.0
    daraa, suwayda = rooted
    ensemble.perceived.side[daraa], ensemble.perceived.side[suwayda] = 3.0 * ensemble.perceived.visible_force, 0.0
    unmet, at_stake = self_rule(View(ensemble, None))
    np.testing.assert_allclose(unmet, 0.375)
    assert np.array_equal(at_stake, ruled(View(ensemble, None))) and at_stake.sum() == pytest.approx(ensemble.n_worlds)


def test_safety_is_unmet_as_far_as_the_islamic_state_is_active_there(ensemble: Ensemble, rooted: tuple[int, ...]) -> None:
    ensemble.state.surge[:] = 0.0
    ensemble.state.presence[:] = 1.0
    for province in rooted:
        ensemble.state.presence[province] = 0.2
    unmet, at_stake = safety(View(ensemble, None))
    np.testing.assert_allclose(unmet, 0.2)
    np.testing.assert_allclose(at_stake[list(rooted)], 0.5 * 0.2)
    assert np.count_nonzero(at_stake.sum(axis=1)) == len(rooted)


def test_nothing_is_wanted_where_they_have_no_roots_or_the_ground_is_not_the_governments(ensemble: Ensemble, rooted) -> None:
    ensemble.state.control[Camp.GOVERNMENT] = 0.0
    for goal in (self_rule, safety):
        unmet, at_stake = goal(View(ensemble, None))
        assert not unmet.any() and not at_stake.any()


@pytest.mark.parametrize("gone", ["self_rule", "safety"])
def test_an_interest_of_no_weight_gets_no_effort(baseline: Scenario, gone: str) -> None:
    instrument = {"self_rule": Instrument.ROOTS, "safety": Instrument.INTELLIGENCE}
    model = started(baseline, **{f"local_powers__interests__{gone}": 0.0})
    agenda: Agenda = model.ensemble.agenda
    assert not agenda.placed_on("local_powers", instrument.pop(gone)).any()
    (kept,) = instrument.values()
    np.testing.assert_allclose(agenda.placed_on("local_powers", kept).sum(axis=0), 1.0)  # all effort goes to the other


def test_they_keep_out_the_groups_of_the_camp_by_effort_and_roots(baseline: Scenario) -> None:
    """The pull of the three leaders falls by resistance x effort x roots, and nobody else's; so they act after all three."""
    names = [actor.section for actor in ACTORS]
    assert all(names.index(before) < names.index("local_powers") for before in LocalPowersActor.builds_on)
    assert {Leader[name.upper()] for name in LocalPowersActor.builds_on} == set(KEPT_OUT)
    model = Spheres(baseline, worlds=6, months=6)
    ensemble, actor, p = model.ensemble, LocalPowersActor("local_powers"), model.p.local_powers
    before = ensemble.intent.pull.copy()
    actor.act(ensemble, p, ensemble.agenda, ensemble.intent)
    kept_out = p.resistance * ensemble.intent.local_rooting * ensemble.state.local_roots
    assert kept_out[ensemble.provinces.iso.index("SY-SU")].all()
    for leader in Leader:
        np.testing.assert_allclose(before[leader] - ensemble.intent.pull[leader], kept_out if leader in KEPT_OUT else 0.0, atol=1e-15)


def test_roots_grow_by_effort_and_erode_under_force_by_hand(ensemble: Ensemble, p, given, rooted: tuple[int, ...]) -> None:
    """Daraa has roots 0.5 of at most 0.6: half of the effort there gives 0.1 x 0.5 x 0.1; half-felt force takes 0.02 x 0.5 x 0.5."""
    daraa, _ = rooted
    ensemble.intent.local_rooting[:] = 0.5
    grow, erode = given(p.entrench, local_rooting=0.1, local_erosion=0), given(p.entrench, local_rooting=0, local_erosion=0.02)
    both = given(p.entrench, local_rooting=0.1, local_erosion=0.02)
    ensemble.perceived.side[:] = ensemble.perceived.visible_force
    np.testing.assert_allclose(next_local_roots(ensemble, grow)[daraa], 0.5 + 0.005)
    np.testing.assert_allclose(next_local_roots(ensemble, erode)[daraa], 0.5 - 0.005)
    np.testing.assert_allclose(next_local_roots(ensemble, both)[daraa], 0.5)
    ensemble.perceived.side[:] = 0.0
    assert np.array_equal(next_local_roots(ensemble, erode), ensemble.state.local_roots)
    ensemble.state.control[Camp.GOVERNMENT] = 0.0
    assert np.array_equal(next_local_roots(ensemble, grow), ensemble.state.local_roots)


def test_effort_never_costs_roots_and_none_grow_where_there_are_no_local_powers(ensemble: Ensemble, p, given) -> None:
    """Roots above what a province can have stay as they are: more effort is never less."""
    ensemble.intent.local_rooting[:] = 1.0
    ensemble.state.local_roots[:] = 0.9
    there = ensemble.provinces.traits["local_power"][:, 0]
    grown = next_local_roots(ensemble, given(p.entrench, local_rooting=0.5, local_erosion=0))
    assert (grown >= 0.9).all()
    ensemble.state.local_roots[:] = 0.0
    grown = next_local_roots(ensemble, given(p.entrench, local_rooting=0.5, local_erosion=0))
    assert np.array_equal(grown[:, 0] > 0.0, (there > 0.0) & (ensemble.state.control[Camp.GOVERNMENT, :, 0] > 0.0))


def test_their_roots_count_as_local_influence_on_the_governments_ground(ensemble: Ensemble, p, rooted: tuple[int, ...]) -> None:
    """The same worlds without them: nobody's influence is local there, and every other power's share grows."""
    ensemble.state.presence[:] = 0.0
    with_them = shares(ensemble, p.influence)
    ensemble.state.local_roots[:] = 0.0
    without = shares(ensemble, p.influence)
    others = [power for power in Power if power != Power.LOCAL]
    for province in rooted:
        assert not without[Power.LOCAL, province].any() and (with_them[Power.LOCAL, province] > 0.05).all()
        scale = 1.0 - with_them[Power.LOCAL, province]
        np.testing.assert_allclose(with_them[others, province], without[others, province] * scale, atol=1e-9)


def test_without_roots_and_rooting_they_are_nowhere(baseline: Scenario) -> None:
    """No start roots: nothing grows from nothing that nobody wants, so neither rooting nor resistance nor the interests matter."""
    start = dict(baseline.start_state)
    start["roots"] = {name: places for name, places in start["roots"].items() if name != "local"}
    bare = replace(baseline, start_state=start)
    usual = started(bare, entrench__local_rooting=0.0)
    other = started(bare, entrench__local_rooting=0.0, local_powers__resistance=3.0, local_powers__watch=5.0)
    assert not usual.ensemble.state.local_roots.any() and not usual.ensemble.intent.local_rooting.any()
    for name in ("force", "roots", "presence", "control", "local_roots"):
        assert np.array_equal(getattr(usual.ensemble.state, name), getattr(other.ensemble.state, name)), name
