"""The order of the registry decides nothing: those that others build on decide before them."""

import numpy as np
import pytest
from batch.bench import STRESS, results

import sim.simulation
from sim.model.actors.actor import Actor, in_order_of_decision
from sim.model.registry import ACTORS
from sim.scenario import Scenario


def actor(section: str, *builds_on: str) -> type[Actor]:
    return type(section, (Actor,), {"section": section, "builds_on": builds_on})


def sections(*actors: type[Actor]) -> list[str]:
    return [one.section for one in in_order_of_decision(actors)]


def test_actors_keep_their_order_as_far_as_none_builds_on_a_later_one() -> None:
    assert sections(actor("a"), actor("b", "a"), actor("c")) == ["a", "b", "c"]
    assert sections(actor("a", "c"), actor("b"), actor("c"), actor("d")) == ["b", "c", "a", "d"]


def test_actors_that_build_on_each_other_or_on_nobody_are_refused() -> None:
    with pytest.raises(ValueError, match="build on each other: "):
        sections(actor("a", "b"), actor("b", "a"))
    with pytest.raises(ValueError, match="'a' builds on 'z', which is not in the registry"):
        sections(actor("a", "z"))


@pytest.mark.parametrize("values", [{}, STRESS], ids=["quiet", "stressed"])
def test_a_registry_in_another_order_gives_the_same_results(
    baseline: Scenario, monkeypatch: pytest.MonkeyPatch, values: dict[str, float]
) -> None:
    """To rounding over 24 months: sums over actors round differently."""
    plain = results(baseline, 24, values, worlds=12)
    order = np.random.default_rng(5).permutation(len(ACTORS))
    for actors in (ACTORS[::-1], tuple(ACTORS[i] for i in order)):
        monkeypatch.setattr(sim.simulation, "ACTORS", in_order_of_decision(actors))
        for name, array in results(baseline, 24, values, worlds=12).items():
            np.testing.assert_allclose(array, plain[name], rtol=1e-6, atol=1e-9, err_msg=name)
