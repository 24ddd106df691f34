"""What results say of themselves in a terminal and in a notebook, which shows figures without a network."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import altair as alt
import pandas as pd
import pytest

from sim import open_results
from sim.analysis import ResultSet
from sim.compare.findings import by_size
from sim.experiment.run_settings import SettingsError
from sim.model.observation.measure_catalogue import OUTCOME_WORDS, OUTCOMES
from sim.model.state.parameters import Change
from sim.report.figures import outcome_bars
from sim.report.figures.data import figure_data
from sim.scenario import Scenario, ScriptedEvent, SetEntry


@pytest.fixture(scope="module")
def opened(known: Path) -> ResultSet:
    return open_results(known)


@pytest.fixture(scope="module")
def three(known: Path) -> ResultSet:
    """Some of them, of which the comparison takes less time."""
    return open_results(known, scenarios=["baseline", "israel", "rule"])


def test_results_say_what_they_are_and_what_to_ask_next(opened: ResultSet, known: Path) -> None:
    said = repr(opened)
    words = " ".join(said.split())
    assert f"Results in {known}: seven scenarios, 4 worlds each, 12 to 24 months from 2021-06; spheres" in words
    assert "Compared with baseline: same, scripted, israel, roots, rule, short." in words
    assert ".sphere_map('same')" in said and "none is a prediction" in said
    assert said.isprintable() or ("\n" in said and max(map(len, said.splitlines())) <= max(100, len(str(known)) + 20))
    for call in (".outcome_bars", ".sphere_map", ".differences", ".ranked_differences", ".table"):
        assert call in said and hasattr(opened, call[1:])


def test_results_that_cannot_be_compared_are_still_described(known: Path) -> None:
    apart = repr(open_results(known, scenarios=["baseline", "short"]))
    assert "two scenarios" in apart and "'short' (12 months from 2021-06) does not cover the months of 'baseline'" in " ".join(
        apart.split()
    )
    assert "Only short, compared with nothing." in repr(open_results(known, scenarios="short"))


def test_a_notebook_shows_every_outcome_with_its_interval(opened: ResultSet, three: ResultSet) -> None:
    rows = [row.itertext() for row in ET.fromstring(f"<div>{opened._repr_html_()}</div>").iter("tr")]
    head, *body = [[text.strip() for text in row if text.strip()] for row in rows]
    assert tuple(row[0] for row in body) == opened.scenarios and head == list(OUTCOME_WORDS.values())
    assert all(len(row) == 1 + len(head) for row in body)
    assert all(abs(sum(float(cell.split()[0]) for cell in row[1:]) - 100) <= 1 for row in body)  # rounded
    shares = three.comparison.shares.query("scenario == 'israel' and kind == 'outcome' and given == 'all'").set_index("quantity")
    for name, cell in zip(OUTCOMES, body[opened.scenarios.index("israel")][1:], strict=True):
        shown = [float(word) for word in cell.replace("(", "").replace(")", "").split() if word != "to"]
        assert shown == pytest.approx((100 * shares.loc[f"outcome:{name}", ["share", "low", "high"]]).tolist(), abs=0.51)


def test_texts_of_results_are_escaped_in_a_notebook(opened: ResultSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "_folders", [Path("<script>alert(1)</script>\x1b[2J")])
    html = opened._repr_html_()
    assert "<script" not in html and "&lt;script&gt;" in html and "\x1b" not in html


def test_a_damaged_result_says_so_in_a_notebook(known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise SettingsError("chunk <1> is missing")

    monkeypatch.setattr("sim.analysis.result_summary.shares_of", missing)
    html = open_results(known)._repr_html_()
    assert "chunk &lt;1&gt; is missing" in html and "seven scenarios" in html


def test_the_first_three_lines_of_a_notebook_give_a_picture_without_a_network(opened: ResultSet) -> None:
    figure = opened.sphere_map("israel")
    shown = figure._repr_mimebundle_()
    assert set(shown) == {"image/svg+xml", "text/plain"}
    assert ET.fromstring(shown["image/svg+xml"]).tag.endswith("svg")
    assert "Hasakah" in shown["image/svg+xml"] and "<script" not in shown["image/svg+xml"] and "<image" not in shown["image/svg+xml"]
    title = figure.to_dict()["title"]["text"]
    assert shown["text/plain"].split("\n")[0].split()[:3] == (title if isinstance(title, str) else title[0]).split()[:3]


def test_figures_are_altair_charts_that_can_be_changed_and_saved(opened: ResultSet, tmp_path: Path) -> None:
    figure = opened.outcome_bars()
    assert isinstance(figure, alt.LayerChart)
    retitled = figure.properties(title="Mine")
    assert "Mine" in retitled._repr_mimebundle_()["image/svg+xml"] and repr(retitled).startswith("Mine\n")
    figure.save(tmp_path / "bars.svg")
    assert (tmp_path / "bars.svg").read_text(encoding="utf-8").startswith("<svg")
    alt.Chart.from_dict(figure.to_dict())  # which Altair checks


def test_one_scenario_is_compared_as_among_all(opened: ResultSet, three: ResultSet) -> None:
    for kind in ("index", "outcome", "influence"):
        table = three.comparison.differences.query("scenario == 'israel' and given == 'all' and kind == @kind")
        mine = opened.differences("israel", kind)
        pd.testing.assert_frame_equal(mine, by_size(table).reset_index(drop=True)[list(mine)])
    assert list(mine)[:5] == ["quantity", "province", "against_mean", "mean", "difference"] and set(mine) == set(table)
    assert "comparison" not in vars(opened)  # which would have taken far longer
    assert opened.against == "baseline" and repr(opened.sphere_map("baseline")) != repr(opened.sphere_map("israel"))


def test_all_outcomes_are_drawn_as_the_run_draws_them(opened: ResultSet, known: Path) -> None:
    assert opened.outcome_bars().to_dict()["datasets"] == outcome_bars.figure(figure_data.read(known))["datasets"]


def test_a_comparison_names_its_tables(three: ResultSet) -> None:
    said = " ".join(repr(three.comparison).split())
    assert said.startswith("Two scenarios compared with baseline: israel, rule. Tables (DataFrames): .shares (") and "against_mean" in said


def test_a_scenario_says_what_it_asks_and_changes(baseline: Scenario) -> None:
    said = repr(baseline)
    assert said.startswith("Scenario baseline: Seen from June 2021") and "extends nothing" in said and "assumed" in said
    sets = tuple(SetEntry("israel.strike_rate", Change("scale", k), "a.yaml", 1, "ours (https://a.b/c)") for k in range(10))
    events = (ScriptedEvent(9, "2022-03", (("russia.means.budget", Change("set", 0.3)),), "why", 12),)
    said = repr(replace(baseline, name="mine", extends="baseline", basis="hindsight", sets=sets, events=events, notices=("a",)))
    assert "Basis: hindsight (uses what happened after June 2021); extends baseline; 120 months from 2021-06." in said
    assert "israel.strike_rate times 0, israel.strike_rate times 1" in said and "(ours)" in said and "two more changes (.sets)" in said
    assert "From 2022-03 for three months: russia.means.budget set to 0.3 (why)" in said and "one notice (.notices)" in said
    assert "Changes nothing" in repr(replace(baseline, name="mine", extends="baseline"))
