"""Indices of influence on two provinces, with answers known by hand, and the classes made of them."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from sim.model.observation import classification
from sim.model.observation.classification import Definitions
from sim.model.observation.measure_catalogue import OUTCOMES, SPHERES
from sim.model.state.dimensions import Power

D = Definitions(
    people_weight=np.zeros(2), clear_lead=np.full(2, 1.5), own_ground=np.full(2, 2.0), delimited=np.full(2, 0.4), agreed=np.full(2, 0.5),
    primacy=np.full(2, 0.65), recentred=np.full(2, 0.65), broken=np.full(2, 0.25), territory=np.full(2, 0.05),
)  # fmt: skip


class Pair:
    """Two provinces that border each other."""

    borders = ((0, 1),)
    neighbours = np.array([[1], [0]])
    population = np.array([[0.9], [0.1]])

    def __len__(self) -> int:
        return 2


def two(primacy: tuple[float, float] = (0.0, 0.0)) -> SimpleNamespace:
    return SimpleNamespace(provinces=Pair(), state=SimpleNamespace(primacy=np.repeat([[primacy[0]], [primacy[1]]], 2, axis=1)))


def influence(russia: tuple[float, float], iran: tuple[float, float]) -> np.ndarray:
    """Influence of seven powers in two provinces and two worlds; the government has the rest."""
    x = np.zeros((7, 2, 2))
    x[Power.RUSSIA], x[Power.IRAN] = np.array(russia)[:, np.newaxis], np.array(iran)[:, np.newaxis]
    x[Power.GOVERNMENT] = 1.0 - x.sum(axis=0)
    return x


@pytest.mark.parametrize(
    ("russia", "iran", "overlap", "delimitation", "balance"),
    [
        ((0.3, 0.3), (0.2, 0.2), 1.0, 0.2, 0.6),
        ((0.5, 0.0), (0.0, 0.5), 0.0, 1.0, 0.5),
        ((0.6, 0.2), (0.2, 0.6), 0.5, 0.5, 0.5),
        ((0.4, 0.4), (0.4, 0.4), 1.0, 0.0, 0.5),
    ],
)
def test_overlap_delimitation_and_balance_of_two_provinces(russia, iran, overlap: float, delimitation: float, balance: float) -> None:
    found = classification.indices(two(), influence(russia, iran), D)
    for name, value in {"overlap": overlap, "delimitation": delimitation, "balance": balance}.items():
        np.testing.assert_allclose(found[name], value, atol=1e-6, err_msg=name)


def test_a_delimitation_is_agreed_as_far_as_its_primacies_point_the_same_way() -> None:
    shares = influence((0.6, 0.2), (0.2, 0.6))
    for primacy, agreed in (((0.0, 0.0), 0.0), ((1.0, 0.0), 0.5), ((1.0, -1.0), 1.0), ((-1.0, 1.0), 0.0), ((0.5, -0.5), 0.5)):
        np.testing.assert_allclose(classification.indices(two(primacy), shares, D)["agreed"], agreed, atol=1e-6)


def test_concentration_is_the_sum_of_squared_national_shares() -> None:
    found = classification.indices(two(), influence((0.5, 0.0), (0.0, 0.5)), D)
    np.testing.assert_allclose(found["concentration"], 0.25**2 + 0.25**2 + 0.5**2)


def test_weights_of_provinces_sum_to_one_and_follow_people_where_they_should() -> None:
    np.testing.assert_allclose(classification.weights(two(), replace(D, people_weight=np.full(2, 0.5)))[:, 0], [0.7, 0.3])


def test_morans_i_of_two_neighbours_is_minus_one_and_zero_without_variation() -> None:
    np.testing.assert_allclose(classification.morans_i(np.array([[1.0, 0.4], [0.0, 0.4]]), two()), [-1.0, 0.0], atol=1e-6)


def test_morans_i_of_a_chain_of_four_in_two_blocks() -> None:
    """Deviations +,+,-,- on three borders: 4/(2x3) x 2 x (1 - 1 + 1) / 4 = 1/3."""

    class Chain(Pair):
        borders = ((0, 1), (1, 2), (2, 3))
        neighbours = np.array([[1, -1], [0, 2], [1, 3], [2, -1]])

        def __len__(self) -> int:
            return 4

    x = np.repeat(np.array([[1.0], [1.0], [-1.0], [-1.0]]), 2, axis=1)
    np.testing.assert_allclose(classification.morans_i(x, SimpleNamespace(provinces=Chain())), 1.0 / 3.0, atol=1e-6)


@pytest.mark.parametrize(
    ("shares", "sphere"),
    [
        ({Power.GOVERNMENT: 0.7, Power.RUSSIA: 0.2, Power.IRAN: 0.1}, "government"),
        ({Power.GOVERNMENT: 0.4, Power.RUSSIA: 0.4, Power.IRAN: 0.2}, "russia"),
        ({Power.GOVERNMENT: 0.4, Power.RUSSIA: 0.2, Power.IRAN: 0.4}, "iran"),
        ({Power.GOVERNMENT: 0.4, Power.RUSSIA: 0.3, Power.IRAN: 0.3}, "shared"),
        ({Power.GOVERNMENT: 0.1, Power.TURKEY: 0.7, Power.LOCAL: 0.2}, "turkey"),
        ({Power.GOVERNMENT: 0.3, Power.RUSSIA: 0.2, Power.TURKEY: 0.5}, "contested"),
    ],
)
def test_a_sphere_is_who_leads_clearly(shares: dict[Power, float], sphere: str) -> None:
    x = np.zeros((7, 1, 2))
    for power, share in shares.items():
        x[power] = share
    assert [SPHERES[i] for i in classification.spheres(x, D)[0]] == [sphere] * 2


@pytest.mark.parametrize(
    ("kept", "name"),
    [
        ({}, "condominium"),
        ({"delimitation": 0.6}, "delimited_tacit"),
        ({"delimitation": 0.6, "agreed": 0.8}, "delimited_agreed"),
        ({"balance": 0.7}, "russian_primacy"),
        ({"balance": 0.3}, "iranian_primacy"),
        ({"balance": 0.7, "recentred": 0.9}, "government_recentred"),
        ({"balance": 0.7, "broken": 1.0}, "breakdown"),
    ],
)
def test_outcomes_follow_their_definitions(kept: dict[str, float], name: str) -> None:
    usual = {"delimitation": 0.1, "agreed": 0.0, "balance": 0.5, "recentred": 0.4, "broken": 0.0} | kept
    found = {k: np.full(2, v) for k, v in usual.items()}
    standing, fallen = (classed(found, months_broken=np.zeros(2), fallen=np.full(2, fell)) for fell in (0.0, 1.0))
    assert standing == [name] * 2 and fallen == ["fallen"] * 2


def classed(found: dict[str, np.ndarray], months_broken: np.ndarray, fallen: np.ndarray) -> list[str]:
    """The outcomes of worlds with these indices, after 120 months."""
    state = SimpleNamespace(fallen=fallen, partnership_broken=found["broken"])
    ensemble = SimpleNamespace(state=state, records=SimpleNamespace(months_broken=months_broken))
    return [OUTCOMES[i] for i in classification.outcomes(ensemble, found, D, 120)]


def test_months_broken_count_as_a_breakdown_from_their_share_on() -> None:
    arrangement = {k: np.full(2, v) for k, v in {"delimitation": 0.1, "agreed": 0, "balance": 0.5, "recentred": 0.4, "broken": 0}.items()}
    assert classed(arrangement, np.array([29.0, 30.0]), np.zeros(2)) == ["condominium", "breakdown"]
