"""Annual values: the mean of a stock and the sum of a flow over twelve months, the start first, the same whatever the chunks."""

from pathlib import Path

import numpy as np
import pytest
from stored import table

from experiment.conftest import settings
from experiment.fake_model import FakeModel, scenario
from sim.experiment.execution.runner import run
from sim.experiment.recording.annual_values import AnnualValues, year_count
from sim.experiment.recording.world_tables import world_column
from sim.model.observation.measure_catalogue import WHOLE
from sim.scenario import load_scenario
from sim.simulation import Spheres

PROJECT = Path(__file__).parents[3]


def test_years_equal_a_mean_taken_step_by_step() -> None:
    model = Spheres(load_scenario(PROJECT / "scenarios" / "baseline.yaml").with_months(14), worlds=5)
    begin = model.unchanged()
    years, seen = AnnualValues(begin.whole, 14, 5), []
    while model.running:
        model.step()
        seen.append(model.observe().whole)
        years.add(seen[-1])
    rows = years.rows()
    assert rows.shape == (3, len(WHOLE), 5) and rows.dtype == np.float32
    for i, measure in enumerate(WHOLE):
        months = np.stack([month[measure.name] for month in seen])
        for year, part in ((1, months[:12]), (2, months[12:])):
            known = part.sum(axis=0) if measure.cumulative else part.mean(axis=0)
            np.testing.assert_allclose(rows[year, i], known, rtol=1e-6, atol=1e-9, err_msg=measure.name)
        np.testing.assert_array_equal(rows[0, i], np.float32(begin.whole[measure.name]))
        if measure.cumulative:
            assert not rows[0, i].any()
            np.testing.assert_allclose(rows[1:, i].sum(axis=0), model.finish().whole[measure.name], rtol=1e-6)


@pytest.mark.parametrize(("months", "years"), [(1, 1), (12, 1), (13, 2), (120, 10)])
def test_the_last_year_may_be_shorter(months: int, years: int) -> None:
    assert year_count(months) == years


def test_years_are_the_same_whatever_jobs_and_chunks_and_horizons(here: Path) -> None:
    """Scenarios of other lengths have other numbers of years in the same table."""
    scenarios = (scenario(months=26), scenario("short", months=5))
    tables = []
    for name, spread in (("one", {"jobs": 1}), ("two", {"jobs": 2}), ("many", {"chunk": 7})):
        run(settings(name, scenarios=scenarios, **spread), factory=FakeModel)
        tables.append(table(here / "results" / name, "years"))
        assert tables[-1].groupby("scenario").year.max().to_dict() == {"baseline": 3, "short": 1}
        assert tables[-1].equals(tables[0])
    assert list(tables[0].columns[3:]) == [world_column(m) for m in WHOLE]
