"""The sentences: the right number, the right direction, the right words."""

import pytest

from sim.report.text import figure_headlines
from sim.report.text.figure_headlines import Course, ShareDifference
from sim.text import number_format
from sim.text.number_format import pair


@pytest.mark.parametrize(
    ("share", "text"), [(0.54, "54 %"), (0.0, "0 %"), (1.0, "100 %"), (0.004, "under 1 %"), (0.999, "over 99 %"), (0.006, "1 %")]
)
def test_percent_never_rounds_to_none_or_all(share: float, text: str) -> None:
    assert number_format.percent(share) == text


def test_points_say_how_many_and_which_way() -> None:
    assert number_format.points(-0.12) == "12 points fewer"
    assert number_format.points(0.01) == "1 point more"
    assert number_format.points(0.004) == "0.4 points more"


def test_an_outcome_is_set_against_the_baseline_only_where_significant() -> None:
    text = figure_headlines.outcome("delimited_agreed", ShareDifference(0.54, -0.12, significant=True))
    assert text == "Likeliest outcome: delimited by agreement in 54 % of worlds; 12 points fewer than in the baseline."
    assert "no detectable difference" in figure_headlines.outcome("delimited_agreed", ShareDifference(0.54, -0.03, significant=False))
    assert figure_headlines.outcome("breakdown", ShareDifference(0.2)) == "Likeliest outcome: breakdown in 20 % of worlds."


def test_the_span_of_an_outcome_over_scenarios() -> None:
    shares = {"baseline": 0.54, "a": 0.2, "b": 0.7}
    assert (
        figure_headlines.outcomes("delimited", shares, "baseline")
        == "Delimited in 54 % of baseline worlds; other scenarios span 20 % (a) to 70 % (b)"
    )
    assert figure_headlines.outcomes("delimited", {"baseline": 0.54}, "baseline") == "Delimited in 54 % of baseline worlds"


def test_spheres_are_counted_most_first() -> None:
    leads = {"A": "iran", "B": "iran", "C": "government", "D": "iran", "E": "government", "F": "contested"}
    sure = dict(zip("ABCDEF", (0.9, 0.8, 0.7, 0.6, 0.5, 0.41), strict=True))
    names = {iso: f"Province {iso}" for iso in leads}
    title = figure_headlines.spheres(leads, sure, names)
    assert title == "Iran leads in three provinces, the government in two and one contested; least certain is Province F (41 % of worlds)"


def test_spheres_that_nobody_leads_come_without_a_leader() -> None:
    leads = {"A": "contested", "B": "contested", "C": "government", "D": "russia"}
    title = figure_headlines.spheres(leads, dict.fromkeys(leads, 0.5), {iso: iso for iso in leads})
    assert title == "Two provinces are contested, the government leads in one and Russia in one; least certain is A (50 % of worlds)"


def test_spheres_that_tie_with_the_third_are_told_too() -> None:
    leads = dict(zip("ABCDEFGHIJ", ["russia"] * 4 + ["government"] * 2 + ["iran"] * 2 + ["turkey"] * 2, strict=True))
    title = figure_headlines.spheres(leads, dict.fromkeys(leads, 0.5), {iso: iso for iso in leads})
    assert title.startswith("Russia leads in four provinces, the government in two, Iran in two and Turkey in two;")


def test_changed_spheres_are_named_while_they_are_few() -> None:
    names = {iso: f"P{iso}" for iso in "ABCDEFGH"}
    base = dict.fromkeys("ABCDEFGH", "iran")
    assert figure_headlines.changed_spheres(base | {"B": "russia"}, base, names) == "One province differs from the baseline: PB."
    assert figure_headlines.changed_spheres(base, base, names) == "The likeliest sphere of every province is that of the baseline."
    assert figure_headlines.changed_spheres(dict.fromkeys(base, "russia"), base, names) == "Eight provinces differ from the baseline."


def test_influence_is_told_since_the_start_or_against_the_baseline() -> None:
    moves = [Course("iran", "Homs", 0.2, 0.4), Course("iran", "Hama", 0.3, 0.1)]
    told = figure_headlines.influence(moves, None)
    assert told == "Iran's influence grows from 20 % to 40 % in Homs and shrinks from 30 % to 10 % in Hama"
    both = figure_headlines.influence([moves[0], Course("iran", "Hama", 0.1, 0.3)], None)
    assert both == "Iran's influence grows from 20 % to 40 % in Homs and from 10 % to 30 % in Hama"
    assert (
        figure_headlines.influence(moves, "baseline")
        == "Iran's influence ends at 40 % in Homs (20 % in the baseline) and at 10 % in Hama (30 %)"
    )
    two = [moves[0], Course("local", "Hama", 0.3, 0.1)]
    assert (
        figure_headlines.influence(two, "baseline")
        == "Iran's influence ends at 40 % in Homs (20 % in the baseline); local forces' influence ends at 10 % in Hama (30 %)"
    )


def test_numbers_have_the_digits_they_deserve() -> None:
    assert number_format.number(0.1234) == "0.12"
    assert number_format.number(0.0123) == "0.012"
    assert number_format.number(0.0123, 0.5) == "0.01"
    assert number_format.number(-123.4, signed=True) == "−123"
    assert number_format.number(12.34, signed=True) == "+12.3"
    assert number_format.number(0.0, signed=True) == "0.000"
    assert number_format.number(-0.0001, signed=True) == "0.000"
    assert number_format.number(1070.2) == "1,070"


def test_two_numbers_show_that_they_differ() -> None:
    assert pair(0.546, 0.551) == ("0.546", "0.551") and pair(0.24, 0.25) == ("0.24", "0.25")
    assert pair(1200, 1200.4) == ("1,200.0", "1,200.4") and pair(3, 3) == ("3.00", "3.00")


def test_worlds_are_counted_in_figures() -> None:
    assert number_format.worlds(1) == "1 world"
    assert number_format.worlds(1000) == "1,000 worlds"


def test_months_in_words() -> None:
    assert number_format.month("2031-05") == "May 2031"
