"""Sweeps: known curves are described as they are, nothing as nothing; the command in a folder of its own."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from command_line import files, typed

from sim.experiment.run_settings import SettingsError
from sim.exploration.design import design_points as points
from sim.exploration.design.design import Design, Factor, Lucks
from sim.exploration.outcome import parse_outcome
from sim.exploration.sweep.curve_shape import curve_shapes
from sim.exploration.sweep.responses import Responses, response_table
from sim.exploration.sweep.sentences import sentences
from sim.exploration.sweep.sweep_words import sweep_design, with_today
from sim.model.state.dimensions import Array
from sim.report.figures import response_curves
from sim.scenario import Scenario, load_scenario

STRIKES, BUDGET = "israel.strike_rate", "iran.means.budget"
LEVELS = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("baseline", months=2)


def curve(scenario: Scenario, values: Array, *outcomes: str, levels: tuple[float, ...] = LEVELS, reference: int = 3) -> Responses:
    """A sweep of one factor with these outcomes, (outcomes, points, lucks)."""
    design = Design("sweep", scenario, "grid", (Factor(STRIKES),), points.grid([levels]), Lucks(values.shape[-1]))
    return Responses(design, tuple(parse_outcome(name) for name in outcomes), values, reference, True)


def noise(n: int, spread: float = 0.1) -> Array:
    """What lucks add, the same at every point."""
    return np.random.default_rng(5).normal(0.0, spread, n)


def test_a_straight_line_has_no_bend_a_kink_has_one_and_flat_ends_are_flat(scenario: Scenario) -> None:
    x, lucks = np.array(LEVELS), noise(200)
    small = np.random.default_rng(6).normal(0.0, 0.002, (3, len(x), 200))
    line, kink = 0.3 + 0.02 * x, 0.3 + 0.03 * np.maximum(x - 4.0, 0.0)
    values = np.stack([line, kink, np.full(len(x), 0.4)])[:, :, np.newaxis] + lucks + small
    straight, bent, still = curve_shapes(curve(scenario, values, "balance", "overlap", "delimitation"))
    assert straight.moves and straight.bends == () and (straight.flat_below, straight.flat_above) == (None, None)
    assert bent.moves and bent.bends == (4.0,) and (bent.flat_below, bent.flat_above) == (4.0, None)
    assert not still.moves and still.bends == ()


def test_sentences_say_where_it_bends_and_where_nothing_follows(scenario: Scenario) -> None:
    x, lucks = np.array(LEVELS), noise(200)
    values = np.stack([0.3 + 0.03 * np.maximum(x - 4.0, 0.0), np.full(len(x), 0.4)])[:, :, np.newaxis] + lucks
    moved, nothing = sentences(curve(scenario, values, "overlap", "balance"))
    assert (
        "today (israel.strike_rate = 4)" in moved
        and "The curve bends most at 4." in moved
        and moved.endswith("Below 4, nothing more follows.")
    )
    assert nothing.startswith("Nothing that matters follows for Russia's share of the partners' influence")


def test_differences_are_taken_luck_by_luck(scenario: Scenario) -> None:
    """Lucks that differ widely leave the interval of a difference narrow, and the reference has none."""
    values = (np.array(LEVELS) * 0.001)[np.newaxis, :, np.newaxis] + noise(100, 1.0)
    table = response_table(curve(scenario, values, "balance"))
    assert np.allclose(table["difference"], (np.array(LEVELS) - 4.0) * 0.001, atol=1e-6)
    assert (table["difference_high"] - table["difference_low"]).max() < 1e-5 and (table["high"] - table["low"]).min() > 0.3
    here = table[table["reference"]]
    assert here[["difference", "difference_low", "difference_high"]].to_numpy().tolist() == [[0.0, 0.0, 0.0]]
    assert here["status"].tolist() == [""] and set(table["status"]) == {"", "practically no effect"}


def test_few_lucks_say_nothing(scenario: Scenario) -> None:
    (line,) = sentences(curve(scenario, np.zeros((1, 7, 10)) + np.array(LEVELS)[:, np.newaxis], "balance"))
    assert "too few to call any difference significant" in line


def test_what_the_sweep_sets_is_not_told_as_found(scenario: Scenario) -> None:
    found = curve(scenario, (np.array(LEVELS) * 0.1)[np.newaxis, :, np.newaxis] + noise(60), "balance")
    paths = replace(found.design, factors=(Factor("definitions.balance"),))
    assert replace(found, design=paths).is_input == [False]


def test_todays_value_is_among_the_levels() -> None:
    assert with_today((1.0, 4.0), 2.5) == (1.0, 2.5, 4.0)
    assert with_today((1.0, 0.1 + 0.2), 0.3) == (0.3, 1.0)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["israel.strike_rate"], "'israel.strike_rate' is not a sweep; write, for instance, israel.strike_rate=1:8:5."),
        (["israel.strike_rat=1:8:5"], "Did you mean 'israel.strike_rate'"),
        (["israel.strike_rate=1:8"], "does not say how many levels"),
        (["israel.strike_rate=-1,2"], "'israel.strike_rate' cannot be -1."),
        (["israel.strike_rate=1,2", "israel.strike_rate=3,4"], "is given twice"),
        (["israel.strike_rate=1,2", "iran.means.budget=1,2", "russia.means.budget=1,2"], "a sweep turns one parameter, or two"),
        ([], "no parameter is named"),
    ],
)
def test_faulty_words_are_told(scenario: Scenario, words: list[str], expected: str) -> None:
    with pytest.raises(SettingsError, match=expected.replace("(", "\\(")):
        sweep_design(words, scenario, Lucks(3), False, True)


def test_a_sweep_is_run_drawn_found_again_and_compared_in_the_same_worlds(tmp_path: Path) -> None:
    words = (
        "sweep",
        f"{BUDGET}=0.2,3",
        *[
            "--worlds",
            "30",
            "--months",
            "3",
            "--outcome",
            "iran_force",
            "--outcome",
            "effort_iran",
            "--outcome",
            "balance>0.4",
            "--jobs",
            "1",
        ],
    )
    answer = typed(tmp_path, *words)
    assert answer.exit_code == 0, answer.output
    assert "3 points, 30 lucks each (every point under the same lucks): 90 worlds." in answer.stderr and "to run: about" in answer.stderr
    assert "Iran-backed force (thousand): " in answer.stdout and "today (iran.means.budget = 0.9)" in answer.stdout
    assert "Set by the sweep itself, not found by it: Iran's effort." in answer.stdout and "90 worlds were run." in answer.stdout
    folder = tmp_path / "results" / f"sweep-{BUDGET}"
    table = pd.read_parquet(folder / "points.parquet")
    force = table[table["outcome"] == "iran_force"].set_index(BUDGET)
    assert force.index.tolist() == [0.2, 0.9, 3.0] and force["mean"].is_monotonic_increasing
    assert force["difference"].to_numpy() == pytest.approx((force["mean"] - force["mean"].loc[0.9]).to_numpy(), abs=1e-5)
    assert {"iranian_primacy", "frozen", "balance", "balance>0.4"} <= set(table["outcome"])
    assert {"sweep.png", "sweep.svg", "design.parquet"} <= {path.name for path in folder.iterdir()}
    explained = pd.read_csv(folder / "columns.csv").query("table == 'points'")["column"].tolist()
    assert set(table.columns) == {*explained, BUDGET}
    again = typed(tmp_path, *words)
    assert "0 worlds were run, 90 were there already." in again.stdout and "All 90 worlds are there already." in again.stderr


def test_a_map_of_two_parameters_says_where_it_is_lowest_and_highest(tmp_path: Path) -> None:
    options = ["--worlds", "30", "--months", "2", "--outcome", "iran_force", "--jobs", "1", "--name", "m"]
    answer = typed(tmp_path, "sweep", f"{STRIKES}=0,20", f"{BUDGET}=0.2,3", *options)
    assert answer.exit_code == 0, answer.output
    assert "lowest, " in answer.stdout and "highest, 6" in answer.stdout and f"{STRIKES} = 20 and {BUDGET} = 0.2" in answer.stdout
    assert (tmp_path / "results" / "m" / "sweep.png").is_file()


def test_faults_of_all_options_are_told_together_and_nothing_is_written(tmp_path: Path) -> None:
    answer = typed(tmp_path, "sweep", "israel.strike_rat=1:8:5", "--worlds", "0", "--outcome", "balanse")
    assert answer.exit_code == 2
    assert all(
        text in answer.stderr for text in ("--worlds: 0 is too small", "Did you mean 'balance'?", "Did you mean 'israel.strike_rate'")
    )
    assert files(tmp_path) == set()


def test_a_design_file_is_checked_priced_and_run(tmp_path: Path) -> None:
    file = tmp_path / "points.yaml"
    file.write_text("scenario: baseline\nkind: lhs\nmonths: 2\npoints: 4\nluck: 2\nfactors:\n  iran.means.budget: {quantiles: [0, 1]}\n")
    checked = typed(tmp_path, "design", "points.yaml", "--jobs", "1")
    assert checked.exit_code == 0 and "4 points, two lucks each" in checked.stdout and "8 worlds to run: about" in checked.stdout
    assert files(tmp_path) == {"points.yaml"}
    run = typed(tmp_path, "design", "points.yaml", "--run", "--jobs", "1", "--quiet")
    assert run.exit_code == 0 and "8 worlds were run." in run.stdout
    file.write_text(file.read_text().replace("lhs", "lsh"))
    wrong = typed(tmp_path, "design", "points.yaml")
    assert wrong.exit_code == 2 and "points.yaml, line 2: 'kind' cannot be 'lsh'. Did you mean 'lhs'?" in wrong.stderr


def test_figures_are_charts_that_vega_knows(scenario: Scenario) -> None:
    import altair as alt

    values = (np.array(LEVELS) * 0.01)[np.newaxis, :, np.newaxis] + noise(60)
    alt.Chart.from_dict(response_curves.figure(curve(scenario, values, "balance")))
    grid = points.grid([(1.0, 4.3), (0.8, 0.9)])
    design = Design("sweep", scenario, "grid", (Factor(STRIKES), Factor(BUDGET)), grid, Lucks(60))
    alt.Chart.from_dict(response_curves.map_figure(Responses(design, (parse_outcome("balance"),), values[:, :4], 1, True)))
