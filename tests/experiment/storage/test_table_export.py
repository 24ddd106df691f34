"""The tables of every world as files for other programs."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from stored import table

from experiment.conftest import settings
from experiment.fake_model import FakeModel, scenario, setting
from sim.experiment.execution.runner import run
from sim.experiment.recording.world_tables import ROW_TABLES
from sim.experiment.storage.results import Result
from sim.experiment.storage.table_export import export


@pytest.mark.parametrize("csv", [False, True])
def test_every_row_and_column_is_exported(results: Callable[..., Path], csv: bool) -> None:
    folder = results(chunk=25)
    paths = export(Result(folder), ROW_TABLES, csv)
    assert [path.parent for path in paths] == [folder / "tables"] * 5
    for name, path in zip(ROW_TABLES, paths, strict=True):
        there, expected = pd.read_csv(path) if csv else pd.read_parquet(path), table(folder, name)
        assert list(there.columns) == list(expected.columns) and len(there) == len(expected)
        texts = [column for column in expected if expected[column].dtype == object]
        assert there[texts].astype(object).where(there[texts].notna(), None).equals(expected[texts])
        numbers = [column for column in expected if column not in texts]
        assert (
            (there[numbers].to_numpy() == pytest.approx(expected[numbers].to_numpy(), rel=1e-6))
            if csv
            else (there[numbers].equals(expected[numbers]))
        )


def test_a_column_that_a_scenario_does_not_have_is_empty_there(here: Path) -> None:
    known = scenario().settings
    plain = scenario("plain", settings=known | {"russia.budget": setting("russia.budget", spread=None)})
    asked = settings(scenarios=(scenario(), plain))
    run(asked, factory=FakeModel)
    (file,) = export(Result(asked.folder), ["worlds"], csv=False)
    drawn = pd.read_parquet(file).groupby("scenario")["param:russia.budget"].count()
    assert drawn.to_dict() == {"baseline": 60, "plain": 0}


def test_an_export_does_not_outlive_the_result(results: Callable[..., Path]) -> None:
    folder = results()
    export(Result(folder), ["worlds"], csv=False)
    results(n_worlds=80)
    assert not (folder / "tables").exists()
