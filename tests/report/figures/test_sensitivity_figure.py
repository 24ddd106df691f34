"""The figure and the sentences of what matters for an outcome."""

from dataclasses import replace

import pandas as pd
import pytest

from report.small import marks, rows, texts, validate
from sim.exploration.global_sensitivity.new_runs import VarianceShares
from sim.exploration.global_sensitivity.outcome_findings import OutcomeFindings
from sim.exploration.global_sensitivity.parameter_groups import GROUPS, LUCK
from sim.exploration.global_sensitivity.parameter_screening import COLUMNS
from sim.exploration.global_sensitivity.pick_freeze import GroupEffect
from sim.exploration.global_sensitivity.resampled import UNKNOWN, VarianceShare
from sim.exploration.global_sensitivity.threshold_shift import HIGHER, LOWER, ThresholdShift
from sim.exploration.outcome import parse_outcome
from sim.report.figures.outcome_sensitivity import figure, file_stem
from sim.report.figures.sensitivity_marks import ASSUMED, MOST
from sim.report.text.sensitivity_sentences import headline, sentences


def share(size: float, half: float = 0.03) -> VarianceShare:
    return VarianceShare(size, size - half, size + half, half / 1.96)


def parameters(n: int = 20, matter: int = 4) -> pd.DataFrame:
    """Parameters of which the first few matter, of each grade in turn."""
    grades = ("assumed", "inferred", "sourced", "stated")
    made = []
    for i in range(n):
        row = dict.fromkeys(COLUMNS, 0.01)
        about = {
            "outcome": "condominium",
            "parameter": f"fight.p{i:02}",
            "group": "war",
            "unit": "share",
            "meaning": "what it is",
            "source": "why",
        }
        size = 0.3 - 0.01 * i if i < matter else 0.02
        numbers = {"rank_correlation": size, "low": size - 0.05, "high": size + 0.05, "explained": size**2, "worlds": 2_000}
        words = {"grade": grades[i % 4], "claims": "R43" if i == 1 else "", "shape": "rises" if i < matter else ""}
        made.append(row | about | numbers | words | {"significant": i < matter + 2, "matters": i < matter})
    return pd.DataFrame(made, columns=list(COLUMNS))


VARIANCE = VarianceShares(
    outcome=parse_outcome("condominium"),
    mean=0.4,
    ceiling=share(0.4),
    groups={
        **{group.key: GroupEffect(share(0.01, 0.005), share(0.0, 0.01), share(0.0, 0.01), 0.5) for group in GROUPS},
        "war": GroupEffect(share(0.3), share(0.2), share(0.15), 0.0003),
        "contracts": GroupEffect(share(0.25), share(0.01), share(0.01), 0.02),
        LUCK: GroupEffect(share(0.62), UNKNOWN, share(0.1)),
    },
    n_points=600,
    n_pairs=500,
    point_cases=900,
    pair_cases=300,
)
SHIFTS = (ThresholdShift(LOWER, 0.4, 0.1, -0.32, -0.28, 2_000), ThresholdShift(HIGHER, 0.4, 0.7, 0.28, 0.32, 2_000))
FOUND = OutcomeFindings(VARIANCE.outcome, 0.4, 2_000, parameters(), "", SHIFTS, VARIANCE)


def test_the_figure_has_a_bar_a_row_for_each_group_and_the_strongest_parameters() -> None:
    spec = figure(FOUND)
    validate([spec])
    words = texts(spec)
    assert {"Luck first", "Groups", "Single parameters", "luck", "the war", "contracts", "fight.p00"} <= set(words)
    assert f"fight.p{MOST - 1:02}" in words and f"fight.p{MOST:02}" not in words
    assert "9.0 %, assumed" in words and "7.8 %, stated" not in words
    assert len(rows(spec, "tip")) == MOST
    dots = marks(spec, "point")
    assert len(dots) == 2 * len(GROUPS) + 1 + MOST - sum(1 for i in range(MOST) if i % 4 == 3)  # stated ones are squares
    lines = [row for row in marks(spec, "rule") if row["color"] != row.get("y")]
    assert len(lines) >= len(GROUPS) + 1 + MOST


def test_assumed_parameters_that_matter_stand_out_by_colour_and_word() -> None:
    spec = figure(FOUND)
    rims = [layer["mark"]["stroke"] for layer in spec["layer"] if layer["mark"]["type"] == "point"]
    assert rims.count(ASSUMED) == 1  # the first; other assumed ones do not matter
    assert sum(text.endswith(", assumed") for text in texts(spec)) == 4


def test_parts_that_are_missing_are_left_out() -> None:
    for found, there, gone in (
        (replace(FOUND, variance=None), {"Single parameters"}, {"Luck first", "Groups"}),
        (replace(FOUND, parameters=FOUND.parameters.head(0)), {"Luck first", "Groups"}, {"Single parameters"}),
        (replace(FOUND, variance=replace(VARIANCE, pair_cases=20)), {"Luck first", "Single parameters"}, {"Groups"}),
    ):
        spec = figure(found)
        validate([spec])
        assert there <= set(texts(spec)) and not gone & set(texts(spec))
    with pytest.raises(ValueError, match="nothing to draw"):
        figure(replace(FOUND, variance=None, parameters=FOUND.parameters.head(0)))


def test_the_file_of_a_figure_has_a_safe_name() -> None:
    names = [file_stem(parse_outcome(text)) for text in ("balance", "balance>0.6", "influence_iran@SY-DY", "sphere:iran@SY-HI")]
    assert names == [
        "sensitivity_balance",
        "sensitivity_balance_above_0.6",
        "sensitivity_influence_iran_SY-DY",
        "sensitivity_sphere_iran_SY-HI",
    ]


def test_sentences_say_luck_first_and_what_each_group_is_worth() -> None:
    text = "\n".join(sentences(FOUND))
    assert text.startswith(
        "Condominium (condominium): 40 % of 2,000 stored worlds.\n  Luck first: all parameters together can explain 40 % (37 to 43)"
    )
    assert "luck has 62 % (59 to 65), which agrees" in text
    assert "the war: 20 % (17 to 23) less; 15 % (12 to 18) alone; 30 % (27 to 33) once exchanged" in text
    assert "what the same luck then does otherwise: contracts (25 %)." in text
    assert "Surely below 5 % in every way: " in text and "Turkey's interests" in text
    assert "fight.p01 (inferred, R43, " in text and "The effect of two others is sure, but too small to matter" in text
    assert "Of the numbers that are our own assumption, fight.p00 matters most" in text
    assert "(−30 points, −32 to −28); a quarter higher" in text
    assert headline(FOUND) == "Condominium: parameters can explain 40 %, luck the rest; fight.p00 matters most alone"


def test_sentences_say_where_two_measurements_disagree_and_where_nothing_is_known() -> None:
    luck = GroupEffect(share(0.9), UNKNOWN, share(0.1))
    apart = replace(FOUND, variance=replace(VARIANCE, groups={**VARIANCE.groups, LUCK: luck}))
    assert "differs by more than chance gives" in "\n".join(sentences(apart))
    rare = replace(FOUND, variance=replace(VARIANCE, point_cases=7, pair_cases=3))
    assert "Only 7 of the worlds run have it (or lack it), too few" in "\n".join(sentences(rare))
    few = replace(FOUND, variance=replace(VARIANCE, n_points=20))
    assert "20 points are too few" in "\n".join(sentences(few)) and "parameters can explain" not in headline(few)
    same = replace(FOUND, variance=replace(VARIANCE, ceiling=UNKNOWN), parameters=FOUND.parameters.head(0), not_screened="It is the same.")
    assert "nothing to explain" in "\n".join(sentences(same)) and "It is the same." in "\n".join(sentences(same))
    assert "no single parameter explains a hundredth" in headline(same)


def test_a_group_is_detected_only_beyond_what_many_groups_give_by_chance() -> None:
    assert VARIANCE.groups["contracts"].p < 0.05 and VARIANCE.detected == {"war"}
