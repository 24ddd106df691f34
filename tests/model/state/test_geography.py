"""The fourteen provinces on their border graph, and the assets in them."""

import numpy as np
import pytest

from sim.model.state.csv_files import read_csv
from sim.model.state.dimensions import Sector
from sim.model.state.geography import load_assets, load_provinces, neighbour_sum

PROVINCES = load_provinces()
BACKWARDS = load_provinces(PROVINCES.iso[::-1])


def test_there_are_fourteen_provinces_and_twenty_three_borders() -> None:
    assert len(PROVINCES) == 14
    assert list(PROVINCES.iso) == sorted(PROVINCES.iso)
    assert len(PROVINCES.borders) == len(set(map(frozenset, PROVINCES.borders))) == 23


def test_borders_are_those_of_the_province_table() -> None:
    """Two tables, written apart: the pairs of one and the lists of neighbours in the other."""
    named = {frozenset((row["name"], other)) for row in read_csv("provinces.csv") for other in row["neighbours"].split(";")}
    assert {frozenset((PROVINCES.name[a], PROVINCES.name[b])) for a, b in PROVINCES.borders} == named


def test_damascus_borders_only_its_countryside() -> None:
    damascus = PROVINCES.neighbours[PROVINCES.index("SY-DI")]
    assert [PROVINCES.iso[i] for i in damascus if i >= 0] == ["SY-RD"]


def test_the_sum_over_neighbours_is_that_of_the_border_matrix() -> None:
    matrix = np.zeros((14, 14))
    for row, beside in enumerate(PROVINCES.neighbours):
        matrix[row, beside[beside >= 0]] = 1.0
    assert np.array_equal(matrix, matrix.T)
    x = np.random.default_rng(1).random((3, 14, 5))
    np.testing.assert_allclose(neighbour_sum(x, PROVINCES.neighbours), np.einsum("pq,cqw->cpw", matrix, x))


def test_the_mesa_space_has_a_cell_for_each_province_joined_as_they_border() -> None:
    joined = {frozenset((cell.coordinate, other.coordinate)) for cell in PROVINCES.space.all_cells for other in cell.neighborhood}
    assert {cell.coordinate for cell in PROVINCES.space.all_cells} == set(PROVINCES.iso)
    assert joined == {frozenset((PROVINCES.iso[a], PROVINCES.iso[b])) for a, b in PROVINCES.borders}


def test_population_is_in_shares_and_traits_lie_between_zero_and_one() -> None:
    assert PROVINCES.population.sum() == pytest.approx(1.0)
    for name, column in {**PROVINCES.traits, "exclusion": PROVINCES.exclusion}.items():
        assert column.shape == (14, 1)
        assert column.min() >= 0.0 and 0.0 < column.max() <= 1.0, name


def test_another_order_relabels_everything() -> None:
    assert np.array_equal(BACKWARDS.population[::-1], PROVINCES.population)
    assert all(np.array_equal(BACKWARDS.traits[name][::-1], column) for name, column in PROVINCES.traits.items())
    by_code = [[(p.iso[a], p.iso[b]) for a, b in p.borders] for p in (PROVINCES, BACKWARDS)]
    assert by_code[0] == by_code[1]


def test_assets_lie_in_the_provinces_of_the_table_and_awards_are_not_counted_twice() -> None:
    assets, rows = load_assets(PROVINCES), {row["name"]: row for row in read_csv("assets.csv")}
    assert len(assets) == len(set(assets.name)) > 20
    assert [PROVINCES.name[i] for i in assets.province] == [rows[name]["province"] for name in assets.name]
    assert not any("(contract)" in rows[name]["sector"] for name in assets.name)
    assert set(assets.sector) == set(map(int, Sector))
    assert np.array_equal(13 - load_assets(BACKWARDS).province, assets.province)
