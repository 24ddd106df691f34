"""Effort by goal in chunks: the same in every world alone, and sums that no order of chunks changes."""

from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from sim.experiment.recording.chunk import Chunk, ChunkJob, run_chunk
from sim.experiment.recording.effort_measures import EFFORT_ACTORS, EFFORTS, effort_name, effort_sums
from sim.experiment.recording.histograms import FIXED_POINT, NotFinite
from sim.experiment.recording.world_tables import worlds_columns
from sim.experiment.storage.chunk_reader import ChunkFile
from sim.experiment.storage.chunk_writer import packed
from sim.model.registry import GOALS
from sim.scenario import load_scenario

PROJECT = Path(__file__).parents[3]
MONTHS = 3


def chunk(first: int, worlds: int) -> Chunk:
    scenario = load_scenario(PROJECT / "scenarios" / "baseline.yaml").with_months(MONTHS)
    return run_chunk(ChunkJob(scenario, first, worlds, 1, True))


@pytest.fixture(scope="module")
def many() -> Chunk:
    """Four worlds of the real model."""
    return chunk(0, 4)


def test_worlds_alone_spend_as_among_others_and_sums_merge_exactly(many: Chunk) -> None:
    parts = [chunk(0, 1), chunk(1, 2), chunk(3, 1)]
    assert np.array_equal(np.concatenate([part.effort for part in parts], axis=1), many.effort)
    for order in permutations(parts):
        assert np.array_equal(sum(part.effort_sums for part in order), many.effort_sums)


def test_sums_are_those_of_the_worlds(many: Chunk) -> None:
    assert many.effort.dtype == np.float32 and many.effort.shape == (len(GOALS), 4)
    assert many.effort_sums.dtype == np.int64 and many.effort_sums.shape == (len(GOALS), len(many.iso) + 1)
    np.testing.assert_allclose(many.effort_sums[:, -1] / FIXED_POINT, many.effort.sum(axis=1), atol=1e-5)


def test_a_chunk_is_read_as_it_was_written(many: Chunk, tmp_path: Path) -> None:
    path = tmp_path / "0000000-0000003.key.zip"
    path.write_bytes(packed(many, "key"))
    file = ChunkFile(path)
    assert file.goals() == [(goal.actor, goal.goal.name) for goal in GOALS]
    assert np.array_equal(file.effort_sums(), many.effort_sums)
    column = file.table("worlds", ["effort_iran_land_corridor"]).column(0).to_numpy()
    row = [goal.path for goal in GOALS].index("iran.interests.land_corridor")
    assert np.array_equal(column, many.effort[row]) and (column > 0.0).all()


def test_every_goal_has_a_column_and_a_meaning(many: Chunk) -> None:
    assert {effort_name(goal.actor, goal.goal.name) for goal in GOALS} == {measure.name for measure in EFFORTS} == set(EFFORT_ACTORS)
    assert {measure.name for measure in EFFORTS} <= set(worlds_columns(many))
    assert EFFORT_ACTORS["effort_united_states_limit_iran"] == "united_states"
    assert all(len(measure.meaning) > 40 for measure in EFFORTS)


def test_what_is_no_number_is_refused() -> None:
    whole, placed = np.ones((len(EFFORTS), 2)), np.ones((len(EFFORTS), 3, 2))
    placed[4, 1, 0] = np.nan
    with pytest.raises(NotFinite, match=EFFORTS[4].name):
        effort_sums(whole, placed)
