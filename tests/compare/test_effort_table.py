"""The table of effort: known shares, whatever the chunks; and what a scenario sets of it."""

from itertools import permutations
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from stored import table

from sim.compare.effort_table import COLUMNS, effort_table, read_effort, write_effort
from sim.compare.quantities import Quantity
from sim.compare.scenario_inputs import is_input
from sim.compare.world_values import read_horizon
from sim.experiment.recording.effort_measures import effort_name
from sim.experiment.recording.histograms import FIXED_POINT
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.experiment.storage.results import Result
from sim.model.registry import GOALS

from .conftest import FakeRun

ISO = ("SY-HI", "SY-DR")
GOAL_ROWS = [("iran", "land_corridor"), ("iran", "deterrence"), ("russia", "bases"), ("russia", "order")]


def made(sums: list[list[float]], worlds: int) -> Any:
    """A chunk with these sums, by goal and place, the whole country last."""
    whole = (np.array(sums) * FIXED_POINT).astype(np.int64)
    return SimpleNamespace(
        snapshot_worlds=lambda: np.array([[worlds + 2, 0], [worlds, 2]]), goals=lambda: GOAL_ROWS, effort_sums=lambda: whole
    )


FIRST = made([[1.0, 0.0, 1.0], [1.0, 3.0, 5.0], [0.0, 2.0, 2.0], [0.0, 0.0, 0.0]], 3)
SECOND = made([[2.0, 0.0, 2.0], [1.0, 0.0, 1.0], [0.0, 1.0, 1.0], [0.0, 0.0, 0.0]], 1)


def test_shares_are_those_of_the_actor_in_each_place() -> None:
    found = effort_table("a", [FIRST, SECOND], ISO).set_index(["actor", "goal", "province"])
    assert found.loc[("iran", "land_corridor", "SY-HI"), "effort"] == 0.75
    assert found.loc[("iran", "land_corridor", "SY-HI"), "share"] == 0.6
    assert found.loc[("iran", "land_corridor", COUNTRY), "share"] == pytest.approx(3 / 9)
    assert found.loc[("iran", "deterrence", "SY-DR"), "share"] == 1.0
    assert found.loc[("russia", "bases", COUNTRY), "share"] == 1.0
    assert ("iran", "land_corridor", "SY-DR") not in found.index and "order" not in found.index.unique("goal")
    assert np.allclose(found.groupby(["actor", "province"])["share"].sum(), 1.0)


def test_no_order_of_chunks_shows() -> None:
    chunks = [FIRST, SECOND, made([[0.1, 0.2, 0.3]] * 4, 7)]
    tables = [effort_table("a", order, ISO) for order in permutations(chunks)]
    assert all(one.equals(tables[0]) for one in tables)


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    tables = [effort_table(name, [FIRST], ISO) for name in ("baseline", "NA")]
    write_effort(tmp_path / "effort.csv", tables)
    pd.testing.assert_frame_equal(read_effort(tmp_path / "effort.csv"), pd.concat(tables, ignore_index=True), rtol=1e-5)
    assert tuple(read_effort(tmp_path / "effort.csv").columns) == COLUMNS


def test_a_run_writes_the_means_of_its_worlds(fake: FakeRun) -> None:
    found = read_effort(fake.folder / "effort.csv")
    worlds = table(fake.folder)
    worlds = worlds[worlds["outcome"] != "fallen"]
    for name in ("baseline", "more_money"):
        mine = found[(found["scenario"] == name) & (found["province"] == COUNTRY)]
        assert len(mine) == len(GOALS)
        means = worlds[worlds["scenario"] == name][[effort_name(row.actor, row.goal) for row in mine.itertuples()]].mean()
        np.testing.assert_allclose(mine["effort"], means, rtol=1e-4)


def test_effort_is_compared_world_by_world(fake: FakeRun) -> None:
    result = Result(fake.folder)
    name = effort_name("iran", "land_corridor")
    for span, file in result.files("more_money").items():
        mine = read_horizon(file, [Quantity("effort", name, COUNTRY)])
        assert np.array_equal(mine[0], file.table("worlds", [name]).column(0).to_numpy().astype(float))
        assert mine.shape == (1, span[1])
    rows = pd.read_parquet(fake.folder / "comparison.parquet").query("kind == 'effort' and scenario == 'more_money'")
    assert len(rows) == len(GOALS) and rows["status"].isin(["finding", "practically no effect", "no detectable difference"]).all()


@pytest.mark.parametrize(
    ("path", "is_set"),
    [
        ("iran.interests.bases", True),  # budgets add up, so an interest sets the effort for all
        ("iran.means.budget", True),
        ("iran.skill.roots", False),
        ("russia.interests.bases", False),
        ("choice.selectivity", False),
    ],
)
def test_who_sets_interests_or_means_sets_effort(path: str, is_set: bool) -> None:
    assert is_input("effort_iran_land_corridor", frozenset({path})) is is_set
