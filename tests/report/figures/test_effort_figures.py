"""What effort goes to, in figures and tables: each says what the table says."""

from dataclasses import replace

import pytest

from sim.compare.comparison import Comparison
from sim.compare.findings import FINDING, INPUT
from sim.report.figures import effort_by_goal, effort_places
from sim.report.figures.data import figure_data
from sim.report.page import effort_tables
from sim.report.page.figure_source import FigureSource
from sim.report.page.sections import SECTIONS

from ..made_page import comparison
from ..small import BASELINE, OTHER, Spec, subtitle, title, validate

CORRIDOR = "effort_iran_land_corridor"


def with_status(c: Comparison, status: str) -> Comparison:
    """The comparison with one difference of effort: Iran's for the corridor, which is 0.1 larger."""
    row = c.differences.iloc[[0]].assign(kind="effort", quantity=CORRIDOR, province="SY", scenario=OTHER, difference=0.1, status=status)
    return replace(c, differences=type(row)([*c.differences.to_dict("records"), *row.to_dict("records")]))


def words(spec: Spec) -> set[str]:
    """All texts of a figure."""
    return {row["text"] for rows in spec["datasets"].values() for row in rows if "text" in row}


def test_the_specs_are_valid() -> None:
    results = figure_data.of(comparison())
    validate([effort_by_goal.figure(results, OTHER), effort_places.figure(results, OTHER)])


def test_every_actor_has_a_panel_with_its_shares() -> None:
    spec = effort_by_goal.figure(figure_data.of(comparison()), BASELINE)
    assert title(spec) == "Russia spends most on bases (100 % of its effort), Iran on deterrence (60 % of its effort)"
    assert {"Russia", "Iran", "Turkey", "land corridor", "40 %", "60 %", "50 %", "keep Astana"} <= words(spec)
    assert not any("Upright mark" in text for text in words(spec)), "there is nothing to compare with"


def test_the_reference_stands_beside_it_and_the_largest_change_is_said() -> None:
    results = figure_data.of(with_status(comparison(), FINDING))
    spec = effort_by_goal.figure(results, OTHER)
    assert "Upright mark: the share in the baseline" in words(spec)
    assert "Largest change: Iran's share for “land corridor”, 40 % to 50 %." in subtitle(spec)
    tips = [row["tip"] for rows in spec["datasets"].values() for row in rows if "tip" in row]
    assert "Iran, land corridor: 50 % of its effort; 40 % in the other scenario" in tips


def test_what_a_scenario_sets_is_called_so_and_what_is_not_detected_is_not_said() -> None:
    assert "(the scenario sets what it wants or can spend)" in subtitle(
        effort_by_goal.figure(figure_data.of(with_status(comparison(), INPUT)), OTHER)
    )
    plain = effort_by_goal.figure(figure_data.of(comparison()), OTHER)
    assert "No goal's share differs from the baseline by enough to matter" in subtitle(plain)


def test_provinces_say_what_each_partner_spends_on_there() -> None:
    spec = effort_places.figure(figure_data.of(comparison()), BASELINE)
    assert title(spec) == (
        "Russia spends most in Latakia (100 % of its effort), 100 % of that for bases; "
        "Iran most in Homs (70 % of its effort), 57 % of that for land corridor"
    )
    assert {"land corridor 57 %, deterrence 43 %", "deterrence 100 %", "bases 100 %", "nothing at stake"} <= words(spec)
    assert [text for text in ("Homs", "Daraa", "Latakia", "Aleppo") if text in words(spec)] == ["Homs", "Daraa", "Latakia"]


def test_a_scenario_without_effort_has_no_figure() -> None:
    results = replace(figure_data.of(comparison()), effort={})
    for figure in (effort_by_goal.figure, effort_places.figure):
        with pytest.raises(ValueError, match=BASELINE):
            figure(results, BASELINE)


def test_tables_give_the_same_numbers() -> None:
    c = with_status(comparison(), FINDING)
    reference, other = (effort_tables.by_goal(c, scenario) for scenario in (BASELINE, OTHER))
    assert ["Iran: land corridor", "0.20", "40 %"] in [list(row) for row in reference.rows]
    assert ["Iran: land corridor", "0.30", "50 %", "40 %", "+0.10", FINDING] in [list(row) for row in other.rows]
    assert all(len(row) == len(table.head) for table in (reference, other) for row in table.rows)
    places = effort_tables.by_province(c, BASELINE)
    assert ["Iran in Homs: land corridor", "0.20", "57 %"] in [list(row) for row in places.rows]


def test_the_page_shows_both_where_effort_is_known_and_else_neither() -> None:
    c = comparison()
    sections = {section.id: section for section in SECTIONS if section.id.startswith("effort")}
    assert set(sections) == {"effort", "effort_places"}
    without = FigureSource(replace(c, effort=c.effort.iloc[:0]))
    for section in sections.values():
        assert len(section.options(FigureSource(c), OTHER)) == 1
        assert section.options(without, OTHER) == [] and section.without
