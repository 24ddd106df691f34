"""The summary of a run: a sentence a scenario, the table on the screen, and the same for a spreadsheet."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from experiment.conftest import here as here
from experiment.conftest import settings
from experiment.fake_model import FakeModel, scenario

from compare.conftest import FakeRun
from compare.test_findings import ISO, assessed
from sim.compare.quantities import SHARES
from sim.compare.scenario_differences import ScenarioDifferences
from sim.compare.scenario_headlines import headline
from sim.compare.summary import SummaryRow
from sim.experiment.execution.runner import run
from sim.model.observation.measure_catalogue import OUTCOMES

PLACES = dict(zip(ISO, ("Daraa", "Aleppo"), strict=True))


def said(inputs: frozenset[str] = frozenset(), **known: tuple[float, float, float, float]) -> str:
    """The headline where only some quantities (before, after, standard error, standard deviation) differ."""
    assessment = assessed(inputs, **known)
    numbers, none = assessment.differences, np.full(len(assessment.quantities), np.nan)
    means, worlds = (numbers.mean, numbers.std, numbers.mean), np.full(len(none), 100)
    return headline(ScenarioDifferences(scenario("more_money"), 100, *means, worlds, numbers.n, assessment, none, none, none), PLACES)


def test_the_headline_names_what_changed_most_and_where() -> None:
    text = said(
        frozenset({"iran.means.budget"}),
        strikes=(31.0, 55.0, 1.0, 6.0),
        standing=(0.5, 0.6, 0.01, 0.1),
        effort_iran=(1.0, 9.0, 0.01, 0.1),
        SY_DR__influence_russia=(0.52, 0.31, 0.01, 0.1),
        SY_HL__influence_iran=(0.2, 0.3, 0.01, 0.1),
    )
    assert text == "Largest changes: strikes, up from 31.0 to 55.0; Russia's influence in Daraa, down 21 points from 52 % to 31 %."


def test_the_headline_leaves_out_what_may_be_chance() -> None:
    text = said(strikes=(31.0, 55.0, 20.0, 6.0), standing=(0.5, 0.6, 0.01, 0.1), SY_DR__influence_russia=(0.5, 0.3, 0.2, 0.1))
    assert text == "Largest changes: Russia's diplomatic standing, up from 0.50 to 0.60."


def test_an_effect_too_small_to_matter_is_practically_none_however_sure_it_is() -> None:
    text = said(standing=(0.5, 0.5001, 1e-9, 1e-9), SY_DR__influence_russia=(0.457, 0.455, 1e-9, 0.1))
    assert text == "Practically no effect: all significant differences from baseline in 100 worlds are too small to matter."


def test_where_nothing_is_significant_no_difference_was_detected() -> None:
    assert said() == "No detectable difference from baseline in 100 worlds."
    only = said(frozenset({"israel.strike_rate"}), strikes=(31.0, 55.0, 1.0, 6.0))
    assert only == "No detectable difference from baseline beyond what the scenario sets in 100 worlds."


def test_shares_sum_to_one(fake: FakeRun) -> None:
    for row in fake.ended.rows:
        assert sum(row.cells[name].value for name in OUTCOMES) == pytest.approx(1.0)


def summary(**more: object) -> list[SummaryRow]:
    """The rows of another run of the fake model."""
    return run(settings(**more), factory=FakeModel).rows


def test_other_months_are_not_compared(here: Path) -> None:
    row = summary(scenarios=(scenario(), scenario("longer", months=7)), n_worlds=10)[1]
    assert all(np.isnan(cell.difference) and not cell.significant for cell in row.cells.values())
    assert row.headline.startswith("Covers other months than baseline")


def test_one_world_makes_nothing_significant(here: Path) -> None:
    assert not any(cell.significant for cell in summary(n_worlds=1)[1].cells.values())


def test_the_fall_by_2024_12_is_given_where_the_months_cover_it(here: Path) -> None:
    first, second = summary(scenarios=(scenario(months=43), scenario("short", months=42)), n_worlds=20)
    assert first.fallen_by_observed_month == pytest.approx(first.cells["fallen"].value) and first.fallen_by_observed_month > 0.0
    assert second.fallen_by_observed_month is None and "by 2024-12" in first.headline


def test_the_csv_has_the_numbers_of_the_rows(fake: FakeRun) -> None:
    table = pd.read_csv(fake.folder / "summary.csv").set_index("scenario")
    for row in fake.ended.rows:
        for name, cell in row.cells.items():
            assert table.loc[row.scenario, name] == pytest.approx(cell.value, rel=1e-5)
            if not row.is_baseline:
                assert table.loc[row.scenario, f"{name}_difference"] == pytest.approx(cell.difference, rel=1e-5)
                assert table.loc[row.scenario, f"{name}_significant"] == ("yes" if cell.significant else "no")
        assert table.loc[row.scenario, "assumed_share"] == pytest.approx(2 / 3, rel=1e-5)
        assert table.loc[row.scenario, "sentence"] == row.headline
    assert {f"{name}_half_width" for name in SHARES} <= set(table.columns)
