"""What groups lose in quality with their men, and what they learn behind quiet fronts."""

import numpy as np

from sim.model.processes import experience
from sim.model.processes.experience import experience_after, lost_share
from sim.model.state.dimensions import Camp, Leader
from sim.model.state.ensemble import Ensemble
from sim.model.state.sensing import fighting_quality


def test_by_hand(p, given) -> None:
    """A tenth lost at a toll of a half leaves 0.95; a fifth of the way back to 1 plus half of 0.4, since as many were lost as halve it."""
    section = given(p.experience, toll=0.5, pace=0.2, quiet_half=0.1)
    one = np.ones((1, 6))
    np.testing.assert_allclose(experience_after(section, one, 0.1 * one, 0.4 * one), 0.95 + 0.2 * (1.2 - 0.95))


def test_without_toll_and_drill_nothing_changes(p, given) -> None:
    lost = np.linspace(0.0, 1.0, 6)[np.newaxis]
    assert (experience_after(given(p.experience, toll=0.0), np.ones((1, 6)), lost, np.zeros((1, 6))) == 1.0).all()
    assert (experience_after(given(p.experience, toll=0.0, pace=0.0), np.ones((1, 6)), lost, np.ones((1, 6))) == 1.0).all()


def test_it_stays_between_nothing_and_what_training_sustains(p, given) -> None:
    section, level, drill = given(p.experience, toll=3.0, pace=0.1), np.ones((1, 6)), np.full((1, 6), 0.8)
    for _ in range(300):
        level = experience_after(section, level, np.zeros((1, 6)), drill)
    np.testing.assert_allclose(level, 1.8)
    assert (experience_after(section, level, np.ones((1, 6)), drill) >= 0.0).all()


def test_the_share_lost_counts_losses_only() -> None:
    before, after = np.array([[4.0, 4.0, 0.0]]), np.array([[3.0, 5.0, 0.0]])
    np.testing.assert_allclose(lost_share(before, after), [[0.25, 0.0, 0.0]], atol=1e-8)


def test_the_opposition_builds_up_and_a_group_that_bled_fights_worse(ensemble: Ensemble, p, given) -> None:
    state, groups = ensemble.state, ensemble.groups
    ensemble.monthly.manpower = state.force.sum(axis=1) + state.reserve
    ensemble.intent.drill[Leader.OPPOSITION] = 0.5
    bled = groups.of_camp(Camp.GOVERNMENT)[0]
    state.experience[:] = 1.0
    before = fighting_quality(ensemble, p.worth)
    state.force[bled] *= 0.8
    experience.step(ensemble, given(p.experience, toll=0.5, pace=0.1))
    after = fighting_quality(ensemble, p.worth)
    better = groups.of_leader(Leader.OPPOSITION)
    others = [group for group in range(len(groups)) if group not in (bled, *better)]
    assert (after[better] > before[better]).all() and (after[bled] < before[bled]).all()
    np.testing.assert_allclose(after[others], before[others])
