"""The sentences: the right number, the right direction, the right words."""

from sim.report.text import figure_headlines
from sim.report.text.figure_headlines import InfluenceChange, ShareDifference


def test_an_outcome_is_compared_with_the_baseline_only_where_the_difference_is_significant() -> None:
    title = figure_headlines.outcome("delimited_agreed", ShareDifference(0.54, -0.12, significant=True))
    assert title == "Likeliest outcome: delimited by agreement in 54 % of worlds; 12 points fewer than in the baseline."
    assert "no significant difference from the baseline" in figure_headlines.outcome(
        "delimited_agreed", ShareDifference(0.54, -0.03, significant=False)
    )
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


def test_contested_provinces_come_after_all_that_somebody_leads_in() -> None:
    leads = dict(zip("ABCDEFGHIJ", ["russia"] * 5 + ["contested"] * 3 + ["government"] * 2, strict=True))
    title = figure_headlines.spheres(leads, dict.fromkeys(leads, 0.5), {iso: iso for iso in leads})
    assert title.startswith("Russia leads in five provinces, the government in two and three contested;")


def test_spheres_that_tie_with_the_third_are_named_too() -> None:
    leads = dict(zip("ABCDEFGHIJ", ["russia"] * 4 + ["government"] * 2 + ["iran"] * 2 + ["turkey"] * 2, strict=True))
    title = figure_headlines.spheres(leads, dict.fromkeys(leads, 0.5), {iso: iso for iso in leads})
    assert title.startswith("Russia leads in four provinces, the government in two, Iran in two and Turkey in two;")


def test_changed_spheres_are_named_while_they_are_few() -> None:
    names = {iso: f"P{iso}" for iso in "ABCDEFGH"}
    base = dict.fromkeys("ABCDEFGH", "iran")
    assert figure_headlines.changed_spheres(base | {"B": "russia"}, base, names) == "One province differs from the baseline: PB."
    assert figure_headlines.changed_spheres(base, base, names) == "Every province has the same likeliest sphere as in the baseline."
    assert figure_headlines.changed_spheres(dict.fromkeys(base, "russia"), base, names) == "Eight provinces differ from the baseline."


def test_influence_changes_since_the_start_or_against_the_baseline() -> None:
    moves = [InfluenceChange("iran", "Homs", 0.2, 0.4), InfluenceChange("iran", "Hama", 0.3, 0.1)]
    title = figure_headlines.influence(moves, None)
    assert title == "Iran's influence grows from 20 % to 40 % in Homs and shrinks from 30 % to 10 % in Hama"
    both = figure_headlines.influence([moves[0], InfluenceChange("iran", "Hama", 0.1, 0.3)], None)
    assert both == "Iran's influence grows from 20 % to 40 % in Homs and from 10 % to 30 % in Hama"
    assert (
        figure_headlines.influence(moves, "baseline")
        == "Iran's influence ends at 40 % in Homs (20 % in the baseline) and at 10 % in Hama (30 %)"
    )
    two = [moves[0], InfluenceChange("local", "Hama", 0.3, 0.1)]
    assert (
        figure_headlines.influence(two, "baseline")
        == "Iran's influence ends at 40 % in Homs (20 % in the baseline); local forces' influence ends at 10 % in Hama (30 %)"
    )
