"""What a chunk keeps of its months beside the tables: influence in every world, spheres and contracts year by year."""

from pathlib import Path

import numpy as np
import pytest

from sim.experiment.execution.runner import run
from sim.experiment.recording.influence_codes import LEVELS, steps, summed
from sim.experiment.recording.snapshots import snapshot_months
from sim.experiment.run_settings import RunSettings
from sim.experiment.storage.chunk_reader import ChunkFile
from sim.experiment.storage.results import Result
from sim.model.observation.measure_catalogue import SPHERES
from sim.model.state.dimensions import Bidder, Power, Sector, keys
from sim.scenario import load_scenario

PROJECT = Path(__file__).parents[3]
WORLDS, MONTHS = 9, 14


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """A few worlds of the real model over fourteen months."""
    here = tmp_path_factory.mktemp("recorded")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        run(
            RunSettings(
                (load_scenario(PROJECT / "scenarios" / "baseline.yaml").with_months(MONTHS),), "few", n_worlds=WORLDS, command="spheres run"
            )
        )
    return Result(here / "results" / "few")


@pytest.fixture(scope="module")
def file(result: Result) -> ChunkFile:
    """Its one chunk."""
    return next(iter(result.files("baseline").values()))


def test_changes_add_up_to_what_they_came_from() -> None:
    codes = np.random.default_rng(1).integers(0, 256, (5, 2, 3, 4)).astype(np.uint8)
    assert np.array_equal(summed(steps(codes)), codes)


def test_influence_by_month_is_that_of_the_tables_to_half_a_step(result: Result, file: ChunkFile) -> None:
    codes, provinces = file.influence_codes(), result.table("baseline", "provinces")
    assert codes.shape == (MONTHS, len(Power), len(result.provinces), WORLDS) and codes.dtype == np.uint8
    for i, power in enumerate(keys(Power)):
        at_horizon = provinces.column(f"influence_{power}").to_numpy().reshape(WORLDS, -1).T
        assert np.abs(codes[-1, i] / LEVELS - at_horizon).max() <= 0.5 / LEVELS + 1e-6
    assert np.abs(codes.sum(axis=1, dtype=int) - LEVELS).max() <= len(Power) / 2


def test_spheres_and_contracts_are_known_at_start_each_year_and_horizon(result: Result, file: ChunkFile) -> None:
    assert snapshot_months(MONTHS) == (0, 12, 14) and snapshot_months(24) == (0, 12, 24) and snapshot_months(1) == (0, 1)
    assert file.spheres().shape == (3, 2, len(result.provinces), len(SPHERES))
    assert (file.spheres().sum(axis=3) == file.snapshot_worlds()[:, :, np.newaxis]).all() and (
        file.snapshot_worlds().sum(axis=1) == WORLDS
    ).all()
    fell = np.array(result.table("baseline", "worlds").column("outcome").to_pylist()) == "fallen"
    assert file.snapshot_worlds()[-1].tolist() == [(~fell).sum(), fell.sum()]
    spheres, contracts = file.spheres().sum(axis=1), file.contracts().sum(axis=1)
    for place, table in ((0, "starts"), (-1, "provinces")):
        stored = result.table("baseline", table)
        names = np.array(stored.column("sphere").to_pylist()).reshape(WORLDS, -1).T
        assert np.array_equal(spheres[place], np.stack([(names == sphere).sum(axis=1) for sphere in SPHERES], axis=1))
    assert contracts.shape == (3, len(Sector), len(Bidder) + 1) and (contracts.sum(axis=2) == contracts[0].sum(axis=1)).all()
    worlds = result.table("baseline", "worlds")
    held = worlds.column("contracted").to_numpy() * contracts[0].sum() / WORLDS
    for bidder, name in enumerate(keys(Bidder)):
        counted = (worlds.column(f"contracts_{name}").to_numpy() * held).sum()
        assert contracts[-1, :, bidder].sum() == pytest.approx(counted, rel=1e-5)
