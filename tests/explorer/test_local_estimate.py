"""Estimates near a place in the ranges: known answers of toys in which the truth can be written down."""

import numpy as np
import pytest

from sim.explorer.local_estimate import LEAST_EFFECTIVE, WIDTH, draws_of, effective_worlds, estimate, kernel, weights

WORLDS = 10_000


def toy_worlds(seed: int, sliders: int = 4) -> dict[str, np.ndarray]:
    """Worlds that draw some parameters, stored in bytes as the page stores them."""
    drawn = np.random.default_rng(seed).integers(0, 256, (sliders, WORLDS)).astype(np.uint8)
    return {f"p{i}": row for i, row in enumerate(draws_of(drawn))}


def test_intervals_cover_the_truth_over_two_hundred_toy_sliders():
    rng, hits = np.random.default_rng(1), []
    for trial in range(200):
        draws = toy_worlds(trial)
        slope, bend, other = rng.normal(0.0, 1.0, 3)
        place = rng.uniform(0.0, 1.0)

        def expected(u, slope=slope, bend=bend):
            return slope * u + bend * u * (1.0 - u)

        chance = np.random.default_rng([trial, 7])
        noise = chance.normal(0.0, 1.0, WORLDS) + other * draws["p1"]
        if trial % 2:  # an index
            values, truth = expected(draws["p0"]) + noise, expected(place) - slope / 2 - bend / 6
        else:  # a share of worlds, by a threshold on it
            level = 1.0 / (1.0 + np.exp(-expected(draws["p0"])))
            grid = 1.0 / (1.0 + np.exp(-expected(np.linspace(0.0, 1.0, 4001))))
            values, truth = (chance.random(WORLDS) < level).astype(float), 1.0 / (1.0 + np.exp(-expected(place))) - grid.mean()
        found = estimate(values, *weights(draws, {"p0": place}), is_share=not trial % 2)
        hits.append(abs(found.difference - truth) <= found.half)
    assert 0.90 <= np.mean(hits) <= 0.98


@pytest.mark.parametrize("place", [0.0, 0.02, 0.5, 0.98, 1.0])
def test_a_straight_line_is_met_wherever_the_slider_stands(place):
    draws = toy_worlds(3)
    found = estimate(2.0 * draws["p0"], *weights(draws, {"p0": place}), is_share=False)
    assert found.mean == pytest.approx(2.0 * place, abs=1e-9)
    nearest = (kernel(draws, {"p0": place}) * 2.0 * draws["p0"]).sum() / kernel(draws, {"p0": place}).sum()
    assert place == 0.5 or abs(nearest - 2.0 * place) > 0.05  # the plain average would be drawn to the middle


def test_fewer_worlds_speak_the_more_is_turned():
    draws = toy_worlds(5)
    effective = [effective_worlds(weights(draws, {f"p{i}": 0.5 for i in range(n)})[0]) for n in range(5)]
    assert effective[0] == pytest.approx(WORLDS)
    for n in range(1, 4):  # a Gaussian kernel keeps this part of the worlds for each parameter
        assert effective[n] == pytest.approx(WORLDS * (2.0 * np.sqrt(np.pi) * WIDTH) ** n, rel=0.15)
    assert effective[3] > LEAST_EFFECTIVE > effective[4]
    found = estimate(draws["p0"], *weights(draws, {f"p{i}": 0.5 for i in range(4)}), is_share=False)
    assert not found.answers


def test_where_no_world_flips_the_interval_keeps_a_width():
    draws = toy_worlds(6)
    found = estimate(np.zeros(WORLDS), *weights(draws, {"p0": 0.3}), is_share=True)
    assert found.difference == 0.0
    assert 0.0005 < found.half < 0.01
    stored = estimate(np.full(WORLDS, 3.0), *weights(draws, {"p0": 0.3}), is_share=False, step=0.1)
    assert stored.half > 0.0


def test_only_the_worlds_that_it_is_about_count():
    draws, among = toy_worlds(7), np.arange(WORLDS) % 2 == 0
    values = np.where(among, 1.0, 50.0)
    found = estimate(values, *weights(draws, {"p0": 0.4}, among), is_share=False, among=among)
    assert found.mean == pytest.approx(1.0)
    assert found.difference == pytest.approx(0.0)
    assert found.effective < 0.6 * effective_worlds(weights(draws, {"p0": 0.4})[0])


def test_nothing_turned_is_the_mean_over_all_worlds():
    draws = toy_worlds(8)
    found = estimate(draws["p2"], *weights(draws, {}), is_share=False)
    assert (found.mean, found.difference) == (pytest.approx(draws["p2"].mean()), pytest.approx(0.0))


def test_where_no_world_is_near_nothing_is_answered():
    draws = {"p0": np.full(WORLDS, 0.9)}
    weight, near = weights(draws, {"p0": 0.0}, np.zeros(WORLDS, dtype=bool))
    assert effective_worlds(weight) == 0.0
    assert not estimate(np.ones(WORLDS), weight, near, is_share=True).answers
