"""Each scenario against its baseline in the same worlds: known answers."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from experiment.conftest import WORLDS, settings
from experiment.conftest import here as here
from experiment.conftest import results as results
from experiment.conftest import runs as runs
from experiment.fake_model import ISO, scenario
from scipy import stats
from stored import table

from compare.conftest import FakeRun
from sim.compare.quantities import COLLAPSE, FALLEN_BY_OBSERVED_MONTH, INDICES, KINDS, POOLED_KINDS, SHARES, headline_name, quantities
from sim.compare.scenario_differences import ScenarioDifferences, scenario_differences
from sim.experiment.storage.chunk_reader import DamagedChunk
from sim.experiment.storage.results import Result
from sim.model.registry import GOALS
from sim.model.state.parameters import Change

MONTHS = ("2021-06", 6)


def compared(folder: Path, headlines_only: bool = False, **more: object) -> list[ScenarioDifferences]:
    """The comparison of a folder of fake results."""
    result = Result(folder)
    chunks = {name: result.files(name) for name in result.scenarios}
    return list(scenario_differences(settings(**more).scenarios, chunks, ISO, headlines_only))


@pytest.fixture(scope="module")
def more_money(fake: FakeRun) -> ScenarioDifferences:
    """The scenario with a larger budget."""
    return compared(fake.folder)[1]


def test_differences_are_taken_world_by_world(fake: FakeRun, more_money: ScenarioDifferences) -> None:
    one, numbers = more_money, more_money.assessment.differences
    worlds = table(fake.folder).copy()
    mine, other = (worlds[worlds.scenario == name].reset_index(drop=True) for name in ("more_money", "baseline"))
    expected = {
        "strikes": (mine.strikes.astype(float), other.strikes.astype(float)),
        "outcome:condominium": ((mine.outcome == "condominium") * 1.0, (other.outcome == "condominium") * 1.0),
        COLLAPSE: (mine.collapse_month.notna() * 1.0, other.collapse_month.notna() * 1.0),
    }
    for name, (a, b) in expected.items():
        i = one.index(name)
        alive = mine.collapse_month.isna() | (name != "strikes")  # indices are of worlds that stand, shares of classes of all
        both = alive & (other.collapse_month.isna() | (name != "strikes"))
        assert one.mean[i] == pytest.approx(a[alive].mean()) and numbers.difference[i] == pytest.approx((a - b)[both].mean())
        assert numbers.standard_error[i] == pytest.approx((a - b)[both].std(ddof=1) / np.sqrt(both.sum()))
        assert numbers.other_std[i] == pytest.approx(b[both].std(ddof=1))
        assert one.overall[i] == pytest.approx(a.mean())
    alive, others = mine.collapse_month.isna(), other.collapse_month.isna()
    assert 0 < one.n_standing == (alive & others).sum() < WORLDS
    provinces = table(fake.folder, "provinces").query("scenario == 'more_money' and province == 'SY-DR'")
    provinces = provinces[provinces.world.isin(mine.world[alive])]
    for name in ("influence_iran", "force_russia"):
        assert one.mean[one.index(name, "SY-DR")] == pytest.approx(provinces[name].astype(float).mean())
    assert one.mean[one.index("sphere:iran", "SY-DR")] == pytest.approx((provinces.sphere == "iran").mean())


def test_every_quantity_has_one_name_and_a_known_kind() -> None:
    named = [(quantity.name, quantity.province) for quantity in quantities(ISO, *MONTHS)]
    assert len(named) == len(set(named)) == 8 + 4 + len(INDICES) + len(GOALS) + 3 * (7 + 6 + 9)
    assert {quantity.kind for quantity in quantities(ISO, "2021-06", 43)} == set(KINDS)
    assert (FALLEN_BY_OBSERVED_MONTH, "SY") not in named
    assert FALLEN_BY_OBSERVED_MONTH in [quantity.name for quantity in quantities(ISO, "2021-06", 43)]


def test_one_world_in_twenty_differs_less_and_one_more(fake: FakeRun, more_money: ScenarioDifferences) -> None:
    one = more_money
    worlds = table(fake.folder)
    mine, other = (worlds[worlds.scenario == name].reset_index(drop=True) for name in ("more_money", "baseline"))
    both = mine.collapse_month.isna() & other.collapse_month.isna()
    mine, other = mine[both], other[both]
    for name in ("strikes", "overlap"):
        i = one.index(name)
        difference = (mine[name].astype(float) - other[name].astype(float)).to_numpy()
        for value, share in ((one.p05[i], 0.05), (one.p95[i], 0.95)):
            assert value == pytest.approx(np.quantile(difference, share, method="inverted_cdf"), abs=1.0001 * one.half_width[i] + 1e-9)
        assert one.half_width[i] <= 0.011 * max(abs(one.p05[i]), abs(one.p95[i]), 1e-2)
    assert np.isnan(one.p05[one.index("outcome:condominium")])


def test_headlines_alone_are_the_same_shares(fake: FakeRun) -> None:
    for one, quick in zip(compared(fake.folder), compared(fake.folder, headlines_only=True), strict=True):
        assert {quantity.kind for quantity in quick.assessment.quantities} == {"outcome"}
        for name in map(headline_name, SHARES):
            i, j = one.index(name), quick.index(name)
            mine, its = one.assessment, quick.assessment
            assert one.mean[i] == quick.mean[j] and mine.differences.difference[i] == its.differences.difference[j]
            assert (mine.differences.standard_error[i], mine.significant[i]) == (its.differences.standard_error[j], its.significant[j])


def test_only_worlds_that_both_have_are_compared(fake: FakeRun) -> None:
    result = Result(fake.folder)
    chunks = {name: result.files(name) for name in result.scenarios}
    del chunks["baseline"][20, 20]
    one = list(scenario_differences(settings().scenarios, chunks, ISO))[1]
    numbers = one.assessment.differences
    assert (one.n_worlds, numbers.n) == (60, 40)
    worlds = table(fake.folder)
    fell = set(worlds[worlds.collapse_month.notna()].world)
    both = worlds[((worlds.world < 20) | (worlds.world >= 40)) & ~worlds.world.isin(fell)]
    mine, other = (both[both.scenario == name].strikes.astype(float).to_numpy() for name in ("more_money", "baseline"))
    i = one.index("strikes")
    assert numbers.difference[i] == pytest.approx((mine - other).mean()) and numbers.other_mean[i] == pytest.approx(other.mean())
    alive = worlds[(worlds.scenario == "more_money") & worlds.collapse_month.isna()]
    assert one.mean[i] == pytest.approx(alive.strikes.astype(float).mean())


def test_chunks_change_no_bit(fake: FakeRun, more_money: ScenarioDifferences, results: Callable[..., Path]) -> None:
    whole = compared(results("whole", chunk=60))[1]
    pd.testing.assert_frame_equal(whole.assessment.frame, more_money.assessment.frame, check_exact=True)
    assert (whole.mean == more_money.mean).all() and (whole.std == more_money.std).all()


def test_a_chunk_that_was_damaged_meanwhile_is_named(results: Callable[..., Path]) -> None:
    folder = results(n_worlds=20)
    next((folder / "chunks/fixed").glob("*.zip")).write_bytes(b"no more")
    with pytest.raises(DamagedChunk, match="fixed"):
        compared(folder)


def test_the_table_of_the_comparison_has_these_numbers(fake: FakeRun) -> None:
    there = pd.read_parquet(fake.folder / "comparison.parquet")
    texts = ["scenario", "kind", "quantity", "province", "status"]
    there = there.astype(dict.fromkeys(texts, str)).set_index(["scenario", "quantity", "province"])
    for one in compared(fake.folder):
        assessment = one.assessment
        for i, quantity in enumerate(assessment.quantities[:: 1 if one.is_baseline else 7]):
            i *= 1 if one.is_baseline else 7
            row = there.loc[one.scenario.name, quantity.name, quantity.province]
            assert (row["mean"], row.overall, row.root_mean) == (one.mean[i], one.overall[i], assessment.differences.other_mean[i])
            assert (row.worlds, row.kind) == (one.worlds[i], quantity.kind) and (row.worlds == 60 or quantity.kind not in POOLED_KINDS)
            if one.is_baseline:
                assert np.isnan(row.difference) and np.isnan(row.error) and not row.significant and row.status == ""
            else:
                assert (row.difference, row.error) == (assessment.differences.difference[i], assessment.differences.standard_error[i])
                assert (row["size"], row.status, row.significant) == (assessment.size[i], assessment.status[i], assessment.significant[i])
                assert np.isnan(row.p05) != (quantity.kind == "index")
    assert len(there) == 3 * len(quantities(ISO, *MONTHS))


def test_significance_allows_for_testing_many_of_a_kind(more_money: ScenarioDifferences) -> None:
    assessment, numbers = more_money.assessment, more_money.assessment.differences
    error = numbers.standard_error
    errors = np.where(error > 0, np.abs(numbers.difference) / np.where(error > 0, error, 1.0), 0.0)
    for kind in KINDS:
        of = np.array([quantity.kind == kind for quantity in assessment.quantities])
        p = 2 * stats.t.sf(errors[of], numbers.n - 1)
        p[(numbers.difference[of] != 0) & (error[of] == 0)] = 0.0
        ranked = np.argsort(p, kind="stable")
        passed = np.cumprod(p[ranked] * np.arange(len(p), 0, -1) < 0.05).astype(bool)
        assert (assessment.significant[of][ranked] == passed).all(), kind
    assert assessment.significant.any() and not assessment.significant.all()


def test_scenarios_over_other_months_have_no_pairs(results: Callable[..., Path]) -> None:
    other = {"scenarios": (scenario(), scenario("longer", months=7)), "n_worlds": 20}
    one = compared(results(**other), **other)[1]
    assert not one.is_compared and np.isnan(one.assessment.differences.difference).all() and not one.assessment.significant.any()


def test_a_scenario_that_changes_nothing_differs_in_nothing(results: Callable[..., Path]) -> None:
    same = {"scenarios": (scenario(), scenario("same", Change("scale", 1.0))), "n_worlds": 40}
    one = compared(results(**same), **same)[1]
    assert (one.assessment.differences.difference == 0.0).all() and not one.assessment.significant.any()
    assert set(one.assessment.status) == {"no detectable difference"}
