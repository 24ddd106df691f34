"""Every form of condition on worlds whose answer is known."""

from pathlib import Path

import numpy as np
import pytest

from sim.validation.patterns.evaluation import holds
from sim.validation.patterns.pattern_file import Pattern, load_patterns
from sim.validation.patterns.sample import Sample
from validation.patterns.synthetic import sample

NEVER = np.nan
HEAD = "p:\n  says: A sentence.\n  claims: [R35]\n  role: held out\n  expect: at least 0.5\n"


def pattern(tmp_path: Path, condition: str, more: str = "") -> Pattern:
    """The one pattern of a file with a condition."""
    file = tmp_path / "patterns.yaml"
    file.write_text(f"{HEAD}{more}  {condition}\n")
    return load_patterns(file, ("other",))[0]


def found(tmp_path: Path, condition: str, judged: Sample, factor: float = 1.0) -> list[int]:
    """In which worlds a condition holds, as 0 and 1."""
    return [int(x) for x in holds(pattern(tmp_path, condition), judged, factor=factor)]


def test_a_level_against_a_number_moves_with_the_factor(tmp_path: Path) -> None:
    worlds = sample(whole={"delimitation": [0.2, 0.4, 0.5, 0.6]})
    least, most = "level: {of: delimitation, at_least: 0.4}", "level: {of: delimitation, at_most: 0.4}"
    assert found(tmp_path, least, worlds) == [0, 1, 1, 1] and found(tmp_path, most, worlds) == [1, 1, 0, 0]
    assert found(tmp_path, least, worlds, 1.25) == [0, 0, 1, 1] and found(tmp_path, most, worlds, 1.25) == [1, 1, 1, 0]
    assert found(tmp_path, least, worlds, 0.75) == [0, 1, 1, 1] and found(tmp_path, most, worlds, 0.75) == [1, 0, 0, 0]


def test_a_level_against_a_multiple_of_its_own_start(tmp_path: Path) -> None:
    worlds = sample(whole={"exclusion_force": [4, 5, 6, 12]}, start={"exclusion_force": [10, 10, 10, 20]})
    half = "level: {of: exclusion_force, at_least: {times: 0.5, of: exclusion_force, at: start}}"
    assert found(tmp_path, half, worlds) == [0, 1, 1, 1]
    assert found(tmp_path, half, worlds, 0.75) == [1, 1, 1, 1] and found(tmp_path, half, worlds, 1.25) == [0, 0, 0, 0]


def test_a_number_added_to_a_term_is_what_moves(tmp_path: Path) -> None:
    worlds = sample(whole={"delimitation": [0.42, 0.445, 0.46, 0.47]}, start={"delimitation": [0.4] * 4})
    above = "level: {of: delimitation, at_least: {of: delimitation, at: start, plus: 0.05}}"
    assert found(tmp_path, above, worlds) == [0, 0, 1, 1]
    assert found(tmp_path, above, worlds, 0.75) == [0, 1, 1, 1] and found(tmp_path, above, worlds, 1.25) == [0, 0, 0, 1]


def test_near_moves_how_near(tmp_path: Path) -> None:
    worlds = sample(years={"strikes": [[15, 18, 30, 60], [0] * 4, [0] * 4]})
    near = "level: {of: strikes, years: [1, 1], near: 36, within: 0.5}"
    assert found(tmp_path, near, worlds) == [0, 1, 1, 0]
    assert found(tmp_path, near, worlds, 0.75) == [0, 0, 1, 0] and found(tmp_path, near, worlds, 1.25) == [1, 1, 1, 0]


def test_years_take_the_mean_of_a_stock_and_the_sum_of_a_flow(tmp_path: Path) -> None:
    worlds = sample(years={"friction": [[1, 2, 3, 4], [3, 4, 5, 6], [9] * 4], "incidents": [[1, 2, 3, 4], [0, 0, 0, 9], [9] * 4]})
    assert found(tmp_path, "level: {of: friction, years: [1, 2], at_most: 3}", worlds) == [1, 1, 0, 0]
    assert found(tmp_path, "level: {of: incidents, years: [1, 2], at_most: 3}", worlds) == [1, 1, 1, 0]
    with pytest.raises(ValueError, match="36 months"):
        found(tmp_path, "level: {of: incidents, years: [1, 4], at_most: 3}", worlds)


def test_what_never_happened_is_later_than_any_month(tmp_path: Path) -> None:
    worlds = sample(dates={"incident_month": [2, 2, 2, NEVER], "breakdown_month": [10, 16, NEVER, NEVER]})
    later = "level: {of: breakdown_month, at_least: {of: incident_month, plus: 12}}"
    assert found(tmp_path, later, worlds) == [0, 1, 1, 1]
    assert found(tmp_path, later, worlds, 1.25) == [0, 0, 1, 1]
    assert found(tmp_path, "level: {of: breakdown_month, at_most: 12}", worlds) == [1, 0, 0, 0]


def test_an_order_in_time_needs_the_first_date(tmp_path: Path) -> None:
    worlds = sample(dates={"incident_month": [2, 5, 2, NEVER], "breakdown_month": [10, 5, NEVER, 3]})
    assert found(tmp_path, "sooner: {first: incident_month, then: breakdown_month}", worlds) == [1, 0, 1, 0]


def test_a_rank_order_with_a_margin_over_several_provinces(tmp_path: Path) -> None:
    roots = {"SY-DY": [0.5, 0.5, 0.5, 0.1], "SY-RD": [0.4, 0.3, 0.1, 0.9], "SY-LA": [0.2, 0.25, 0.2, 0.0]}
    worlds = sample(province={"roots_iran": roots})
    terms = "[{of: roots_iran, in: [SY-DY, SY-RD], take: lowest}, {of: roots_iran, in: SY-LA}]"
    assert found(tmp_path, f"order: {{terms: {terms}}}", worlds) == [1, 1, 0, 1]
    assert found(tmp_path, f"order: {{terms: {terms}, margin: 0.1}}", worlds) == [1, 0, 0, 1]
    assert found(tmp_path, f"order: {{terms: {terms}, margin: 0.1}}", worlds, 1.25) == [1, 0, 0, 0]


@pytest.mark.parametrize(("take", "expected"), [("sum", [1, 0]), ("mean", [0, 0]), ("highest", [1, 0]), ("lowest", [0, 0])])
def test_what_several_provinces_come_to(tmp_path: Path, take: str, expected: list[int]) -> None:
    worlds = sample(province={"force_russia": {"SY-DY": [6, 1, 0, 0], "SY-LA": [1, 2, 0, 0]}})
    assert found(tmp_path, f"level: {{of: force_russia, in: [SY-DY, SY-LA], take: {take}, at_least: 4}}", worlds)[:2] == expected


def test_classes_move_with_the_thresholds_of_their_definition(tmp_path: Path) -> None:
    worlds = sample(
        classes={
            ("outcome", 1.0): ["delimited_tacit", "condominium", "breakdown", "condominium"],
            ("outcome", 0.75): ["delimited_agreed", "delimited_tacit", "breakdown", "condominium"],
            ("outcome", 1.25): ["condominium"] * 4,
        }
    )
    delimited = "class: {of: outcome, is: [delimited_agreed, delimited_tacit]}"
    assert found(tmp_path, delimited, worlds) == [1, 0, 0, 0]
    assert found(tmp_path, delimited, worlds, 0.75) == [1, 1, 0, 0] and found(tmp_path, delimited, worlds, 1.25) == [0, 0, 0, 0]


def test_a_class_at_the_start(tmp_path: Path) -> None:
    worlds = sample(classes={("outcome", 1.0): ["breakdown"] * 4})
    assert found(tmp_path, "class: {of: outcome, is: delimited_agreed, at: start}", worlds) == [1, 1, 1, 1]
    assert found(tmp_path, "class: {of: outcome, is: delimited_agreed}", worlds) == [0, 0, 0, 0]


def test_spheres_by_province_and_counted(tmp_path: Path) -> None:
    worlds = sample(spheres={"SY-LA": ["russia", "russia", "shared", "iran"], "SY-DY": ["russia", "iran", "iran", "iran"]})
    assert found(tmp_path, "class: {of: sphere, in: SY-LA, is: russia}", worlds) == [1, 1, 0, 0]
    assert found(tmp_path, "level: {of: spheres_iran, at_least: 2}", worlds) == [0, 0, 0, 1]


def test_all_and_any(tmp_path: Path) -> None:
    worlds = sample(whole={"bargains": [0, 1, 0, 1], "broken": [0, 0, 1, 1]})
    parts = "[{level: {of: bargains, at_least: 1}}, {level: {of: broken, at_most: 0}}]"
    assert found(tmp_path, f"all: {parts}", worlds) == [0, 1, 0, 0]
    assert found(tmp_path, f"any: {parts}", worlds) == [1, 1, 0, 1]


def test_a_sign_between_two_scenarios_world_by_world(tmp_path: Path) -> None:
    base, other = sample(whole={"friction": [1, 2, 3, 4]}), sample("other", whole={"friction": [2, 2, 2, 6]})
    more = pattern(tmp_path, "differs: {of: friction, more_than: baseline}", "  scenarios: other\n")
    assert holds(more, other, base).tolist() == [True, False, False, True]
    by = pattern(tmp_path, "differs: {of: friction, more_than: baseline, by: 0.9}", "  scenarios: other\n")
    assert holds(by, other, base).tolist() == [True, False, False, True]
    assert holds(by, other, base, factor=1.25).tolist() == [False, False, False, True]
    with pytest.raises(ValueError, match="baseline"):
        holds(more, other)


def test_a_level_against_the_same_world_of_another_scenario(tmp_path: Path) -> None:
    base, other = sample(whole={"iran_force": [10, 10, 10, 10]}), sample("other", whole={"iran_force": [9, 8, 11, 4]})
    stays = pattern(tmp_path, "level: {of: iran_force, at_least: {times: 0.9, of: iran_force, scenario: baseline}}", "  scenarios: other\n")
    assert holds(stays, other, base).tolist() == [True, False, True, False]
