"""Any design as rows of one batch: the same numbers in any order, chunking and company, and for a world's own draws fed back."""

import numpy as np
import pytest

from sim.model.state.dimensions import Array
from sim.model.state.random_streams import RandomStreams
from sim.scenario import Scenario, ScenarioError, load_scenario
from sim.simulation import Spheres

MONTHS = 8


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("scenarios/russia_distracted.yaml", months=MONTHS)


def state(model: Spheres) -> dict[str, Array]:
    """All that is left of the worlds after the run, worlds last."""
    model.run()
    return {name: np.array(x)[..., : model.n_worlds] for name, x in vars(model.ensemble.state).items()}


def same(one: dict[str, Array], other: dict[str, Array], columns: object = slice(None)) -> bool:
    return all(np.array_equal(one[name], other[name][..., columns]) for name in one)


def own_draws(scenario: Scenario, worlds: list[int]) -> dict[str, Array]:
    streams = RandomStreams(1, 0, len(worlds), worlds)
    return {path: streams.draw(path) for path, setting in scenario.settings.items() if setting.varies}


def test_a_worlds_own_draws_fed_back_give_the_same_bits_in_any_order(scenario: Scenario) -> None:
    plain = state(Spheres(scenario, worlds=6))
    order = [4, 0, 5, 5, 2]
    assert same(state(Spheres(scenario, luck=order)), plain, order)
    assert same(state(Spheres(scenario, luck=order, quantiles=own_draws(scenario, order))), plain, order)
    assert not same(state(Spheres(scenario, luck=order, quantiles=own_draws(scenario, order[::-1]))), plain, order)


def test_a_value_that_is_the_worlds_own_draw_changes_nothing_either(scenario: Scenario) -> None:
    path = "israel.strike_rate"
    plain = Spheres(scenario, worlds=5)
    drawn = plain.drawn[path].copy()
    assert same(state(Spheres(scenario, luck=range(5), **{path: drawn})), state(plain))


def test_rows_do_not_depend_on_company_or_chunks(scenario: Scenario) -> None:
    luck, strikes, roots = [3, 3, 3, 8, 8], [0.1, 0.5, 0.9, 0.5, 0.1], [1.0, 2.0, 3.0, 4.0, 5.0]
    path, value = "iran.means.budget", "israel.strike_rate"

    def rows(which: list[int]) -> dict[str, Array]:
        chosen = {path: np.array(strikes)[which]}
        return state(Spheres(scenario, luck=np.array(luck)[which], quantiles=chosen, **{value: np.array(roots)[which]}))

    whole = rows([0, 1, 2, 3, 4])
    for part in ([0], [1, 2], [4, 3, 0], [2]):
        assert same(rows(part), whole, part)


def test_a_quantile_moves_the_start_at_rest_and_a_value_does_not(scenario: Scenario) -> None:
    path, luck = "iran.means.budget", [0, 1, 2]
    plain = Spheres(scenario, worlds=3)
    moved = Spheres(scenario, luck=luck, quantiles={path: [0.9] * 3})
    fixed = Spheres(scenario, luck=luck, **{path: moved.drawn[path].copy()})
    assert np.array_equal(moved.drawn[path], fixed.drawn[path])
    effort = [model.ensemble.start.effort for model in (plain, moved, fixed)]
    assert np.array_equal(effort[0], effort[2]) and not np.array_equal(effort[0], effort[1])


def test_without_draws_all_parameters_but_those_given_are_central(scenario: Scenario) -> None:
    central = Spheres(scenario, worlds=2, draws=False)
    half = Spheres(scenario, luck=[0, 1], draws=False, quantiles={"israel.strike_rate": 0.5})
    assert list(half.drawn) == ["israel.strike_rate"]
    assert same(state(half), state(central))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"quantiles": {"israel.strike_rat": [0.5]}}, "Did you mean 'israel.strike_rate'"),
        ({"quantiles": {"israel.strike_rate": [1.5]}}, "must lie between 0 and 1"),
        ({"quantiles": {"israel.strike_rate": ["a"]}}, "must have numbers, not 'a'"),
        ({"quantiles": {"russia.interests.shield": [0.5]}}, "is not drawn here"),
        ({"quantiles": {"israel.strike_rate": [0.5]}, "israel.strike_rate": [1.0]}, "as quantiles and as values"),
        ({"israel.strike_rate": [1.0, -2.0]}, "must lie between 0 and 100, not -2"),
        ({"israel.strike": [1.0, 2.0]}, "is not a parameter"),
        ({"israel.strike_rate": [1.0, float("nan")]}, "must have numbers, not nan"),
    ],
)
def test_impossible_rows_are_refused(scenario: Scenario, given: dict[str, object], message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        Spheres(scenario, **given)
