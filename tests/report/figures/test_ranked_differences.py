"""Ranked differences: the largest first, findings filled, numbers as the table has them."""

from dataclasses import replace

import pytest

from sim.compare.comparison import Comparison
from sim.compare.findings import INPUT, NEGLIGIBLE, UNDETECTED
from sim.report.drawing import palette
from sim.report.figures import ranked_differences

from ..small import BASELINE, OTHER, comparison, marks, rows, subtitle, texts, title

KNOWN = comparison()


def test_the_title_states_the_largest_with_its_numbers() -> None:
    told = title(ranked_differences.figure(KNOWN, OTHER))
    assert told == "Largest changes from the baseline: strikes, up from 100 to 150; dependence on Iran, down from 0.50 to 0.20"


def test_sixteen_are_shown_and_the_rest_counted() -> None:
    spec = ranked_differences.figure(KNOWN, OTHER)
    assert len(rows(spec, "tip")) == 16
    assert "Not shown: 6 smaller changes." in " ".join(texts(spec))  # of 22
    assert "11 of 22 indices differ significantly" in subtitle(spec)


def test_dots_are_filled_for_findings_and_hollow_otherwise() -> None:
    spec = ranked_differences.figure(KNOWN, OTHER)
    dots = marks(spec, "point")
    filled = [dot for dot in dots if dot["color"] != palette.PAPER]
    assert len(dots) == 15  # strikes lie beyond the axis, 5 spreads off
    assert len(filled) == 10
    assert "+5.0" in texts(spec)
    assert texts(spec).count("not detected") == 5
    assert "lower" in texts(spec)


def test_a_dot_lies_at_its_difference_and_its_bar_around_it() -> None:
    spec = ranked_differences.figure(KNOWN, OTHER)
    iran = next(dot for dot in marks(spec, "point") if dot["color"] == palette.SPHERES["iran"])
    assert iran["x"] == pytest.approx(443 - 3 / 4 * 181, abs=0.1)  # 3 of 4 spreads
    bar = next(row for row in marks(spec, "rect") if row["y"] < iran["y"] < row["y2"] and "tip" not in row)
    assert (bar["x"] + bar["x2"]) / 2 == pytest.approx(iran["x"], abs=0.1)
    assert bar["x2"] - bar["x"] == pytest.approx(0.6 / 4 * 181, abs=0.3)


def test_places_are_in_points_and_without_the_country() -> None:
    spec = ranked_differences.figure_of_influence(KNOWN, OTHER)
    assert title(spec) == "Largest shift of influence from the baseline: Iran's influence in Damascus, down 20 points from 40 % to 20 %"
    assert "5 of 28 shares of influence differ significantly" in subtitle(spec)
    assert "Iran in Damascus" in texts(spec)
    assert any("difference −20 points; statistically significant" in row["tip"] for row in rows(spec, "tip"))


def with_status(status: str, *quantities: str) -> Comparison:
    """The comparison in which some differences, or all, have another status."""
    rows_of = KNOWN.differences
    where = rows_of["quantity"].isin(quantities) if quantities else rows_of["quantity"].notna()
    return replace(KNOWN, differences=rows_of.assign(status=rows_of["status"].mask(where, status)))


def test_where_nothing_is_significant_no_difference_was_detected() -> None:
    none = with_status(UNDETECTED)
    assert title(ranked_differences.figure(none, OTHER)) == "No detectable difference from the baseline in any index"
    influence = title(ranked_differences.figure_of_influence(none, OTHER))
    assert influence == "No detectable difference from the baseline in any power's influence"


def test_what_is_too_small_to_matter_is_practically_no_effect() -> None:
    small = with_status(NEGLIGIBLE)
    expected = "Practically no effect: all significant differences from the baseline are too small to matter"
    assert title(ranked_differences.figure(small, OTHER)) == title(ranked_differences.figure_of_influence(small, OTHER)) == expected
    assert "22 of 22 indices differ significantly, all of them by too little to matter" in subtitle(ranked_differences.figure(small, OTHER))
    some = ranked_differences.figure(with_status(NEGLIGIBLE, "strikes"), OTHER)
    assert title(some).startswith("Largest changes from the baseline: dependence on Iran, down from 0.50 to 0.20")
    assert "11 of 22 indices differ significantly, 1 of them by too little to matter" in subtitle(some)
    assert "no effect" in texts(some)


def test_what_the_scenario_sets_is_not_shown_as_a_finding() -> None:
    spec = ranked_differences.figure(with_status(INPUT, "strikes"), OTHER)
    assert title(spec).startswith("Largest changes from the baseline: dependence on Iran, down from 0.50 to 0.20")
    assert "10 of 21 indices differ significantly" in subtitle(spec) and "strikes" not in texts(spec)
    assert "Left out: 1 that the scenario itself sets." in " ".join(texts(spec))


def test_an_axis_of_small_differences_does_not_zoom_in() -> None:
    rows_of = KNOWN.differences
    columns = ["difference", "low", "high", "size"]
    tiny = replace(KNOWN, differences=rows_of.assign(**{name: rows_of[name] / 1000.0 for name in columns}))
    assert {"+4", "−4"} <= set(texts(ranked_differences.figure_of_influence(tiny, OTHER)))  # percentage points
    assert {"+1", "−1"} <= set(texts(ranked_differences.figure(tiny, OTHER)))  # standard deviations


def test_the_scenario_compared_with_is_refused() -> None:
    with pytest.raises(ValueError, match="differs from nothing"):
        ranked_differences.figure(KNOWN, BASELINE)
