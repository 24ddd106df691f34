"""Medoids: against distances worked out pair by pair, and the same however the worlds are stored."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from experiment.conftest import here as here
from experiment.conftest import results as results
from experiment.conftest import runs as runs
from known_results import WORLDS
from scipy.spatial.distance import cdist

from sim.compare import medoid
from sim.compare.medoid import medoids, summed_distances
from sim.experiment.recording.world_tables import world_column
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.results import Result
from sim.model.observation.measure_catalogue import OUTCOMES, WHOLE
from sim.model.state.dimensions import Array, Power, keys


def by_hand(result: Result, scenario: str, first: int = 10**9) -> dict[str, tuple[int, float]]:
    """Each outcome's medoid and its mean distance, from all pairs."""
    worlds = result.table(scenario, "worlds").to_pandas().sort_values("world").head(first)
    places = result.table(scenario, "provinces").to_pandas()
    wide = places.pivot(index="world", columns="province", values=[f"influence_{power}" for power in keys(Power)])
    half = [_range_scaled(worlds[[world_column(m) for m in WHOLE]]), _range_scaled(wide.loc[worlds["world"]])]
    distance = sum(cdist(x, x, "cityblock") / x.shape[1] for x in half) / 2
    found = {}
    for outcome in OUTCOMES:
        members = np.flatnonzero((worlds["outcome"].astype(str) == outcome).to_numpy())
        if members.size:
            sums = distance[np.ix_(members, members)].sum(axis=1)
            best = int(np.flatnonzero(np.isclose(sums, sums.min(), rtol=1e-9))[0])  # of equals the first
            found[outcome] = int(worlds["world"].iloc[members[best]]), float(sums[best] / max(members.size - 1, 1))
    return found


def _range_scaled(frame: pd.DataFrame) -> Array:
    x = frame.to_numpy(dtype=np.float64)
    span = np.ptp(x, axis=0)
    return (x[:, span > 0] - x[:, span > 0].min(axis=0)) / span[span > 0]


@pytest.mark.parametrize("scenario", ["baseline", "more_money", "fixed"])
def test_medoids_are_those_of_all_pairs(results: Callable[..., Path], scenario: str) -> None:
    result = Result(results())
    found, known = medoids(result, scenario), by_hand(result, scenario)
    assert [one.outcome for one in found] == [outcome for outcome in OUTCOMES if outcome in known] and len(found) >= 2
    for one in found:
        assert (one.world, one.distance) == (known[one.outcome][0], pytest.approx(known[one.outcome][1]))
        assert 0.0 <= one.distance <= one.mean_distance <= 1.0
    assert sum(one.share for one in found) == pytest.approx(1.0)
    assert sum(one.n_worlds for one in found) == found[0].n_read == found[0].n_all == 60


def test_however_worlds_are_stored_the_medoids_are_the_same(results: Callable[..., Path]) -> None:
    assert medoids(Result(results("whole")), "more_money") == medoids(Result(results("parts", chunk=7)), "more_money")


def test_only_the_first_worlds_are_read(results: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    result = Result(results(chunk=7))
    monkeypatch.setattr(medoid, "MAX_WORLDS", 24)
    found = medoids(result, "more_money")
    assert {one.n_read for one in found} == {24} and {one.n_all for one in found} == {60}
    assert all(one.why.endswith("Only the first 24 of 60 worlds were read.") for one in found)
    known = {outcome: world for outcome, (world, _) in by_hand(result, "more_money", 24).items()}
    assert {one.outcome: one.world for one in found} == known


def test_typical_values_are_means_of_the_class_and_of_the_rest(results: Callable[..., Path]) -> None:
    result = Result(results())
    worlds = result.table("baseline", "worlds").to_pandas().set_index("world")
    for one in medoids(result, "baseline"):
        inside = worlds["outcome"].astype(str) == one.outcome
        assert one.typical
        for trait in one.typical:
            assert trait.value == pytest.approx(worlds.loc[one.world, trait.name])
            assert trait.of_class == pytest.approx(worlds.loc[inside, trait.name].mean(), abs=1e-6)
            assert trait.of_others == pytest.approx(worlds.loc[~inside, trait.name].mean(), abs=1e-6)


def test_summed_distances_are_exact_with_ties_and_alone() -> None:
    x = np.random.default_rng(1).integers(0, 4, (50, 3)).astype(float)
    np.testing.assert_allclose(summed_distances(x), cdist(x, x, "cityblock").sum(axis=1), atol=1e-9)
    assert summed_distances(x[:1]).tolist() == [0.0]


def test_the_real_model_has_a_medoid_of_every_outcome(known: Path) -> None:
    result = Result(known)
    found = medoids(result, "baseline")
    assert {one.outcome for one in found} == set(result.table("baseline", "worlds").column("outcome").to_pylist())
    assert all(0 <= one.world < WORLDS for one in found)


def test_an_unknown_scenario_is_refused(results: Callable[..., Path]) -> None:
    with pytest.raises(SettingsError, match="Did you mean 'more_money'"):
        medoids(Result(results()), "more_mony")
