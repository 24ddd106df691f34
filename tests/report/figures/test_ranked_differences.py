"""Ranked differences: the largest first, what is told filled, numbers as the table has them."""

import pytest

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


def test_dots_are_filled_where_told_and_hollow_where_not() -> None:
    spec = ranked_differences.figure(KNOWN, OTHER)
    dots = marks(spec, "point")
    filled = [dot for dot in dots if dot["color"] != palette.PAPER]
    assert len(dots) == 15  # strikes lie beyond the axis, 5 spreads off
    assert len(filled) == 10
    assert "+5.0" in texts(spec)
    assert texts(spec).count("not told") == 5
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
    assert title(spec) == "Largest shift of influence from the baseline: Iran's in Damascus, down 20 points from 40 % to 20 %"
    assert "5 of 28 shares of influence differ significantly" in subtitle(spec)
    assert "Iran in Damascus" in texts(spec)
    assert any("difference −20 points; told from noise" in row["tip"] for row in rows(spec, "tip"))


def test_nothing_told_is_said() -> None:
    table = KNOWN.differences.assign(told=False)
    none = comparison()
    object.__setattr__(none, "differences", table)
    assert title(ranked_differences.figure(none, OTHER)) == "No index differs significantly from the baseline"
    assert (
        title(ranked_differences.figure_of_influence(none, OTHER))
        == "No power's influence differs significantly from the baseline in any province"
    )


def test_the_scenario_compared_with_is_refused() -> None:
    with pytest.raises(ValueError, match="differs from nothing"):
        ranked_differences.figure(KNOWN, BASELINE)


def test_what_the_partners_bring_is_shown_but_the_title_tells_what_follows() -> None:
    rows_of = KNOWN.differences
    here = (rows_of["scenario"] == OTHER) & (rows_of["quantity"] == "strikes")
    moved = comparison()
    object.__setattr__(moved, "differences", rows_of.assign(quantity=rows_of["quantity"].where(~here, "effort_russia")))
    spec = ranked_differences.figure(moved, OTHER)
    assert title(spec).startswith(
        "Largest changes from the baseline apart from the partners' effort and supply: dependence on Iran, down from 0.50"
    )
    assert "Russia's effort" in texts(spec)
