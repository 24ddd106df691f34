"""The first screen of a scenario: what it changes, what follows, where influence moves; classes beside the index behind them."""

import math
from dataclasses import replace

import pandas as pd
import pytest

from sim.compare.comparison import Comparison
from sim.compare.findings import FINDING, INPUT, NEGLIGIBLE, TOO_FEW, UNDETECTED
from sim.model.observation.measure_catalogue import OUTCOMES
from sim.report.figures.data import figure_data
from sim.report.page.scenario_answer import Answer, answer
from sim.report.text.threshold_sentences import index_moves, with_other_thresholds

from . import small


def answer_of(c: Comparison, scenario: str = small.OTHER) -> Answer:
    """The answer of a scenario."""
    return answer(c, figure_data.of(c), scenario)


def with_status(c: Comparison, kind: str, quantity: str, status: str) -> Comparison:
    """The comparison with a difference said to be of another status; all of the kind where `quantity` is empty."""
    rows = c.differences
    chosen = (rows["kind"] == kind) & (rows["quantity"].eq(quantity) | (not quantity))
    significant = rows["significant"].mask(chosen, status in (FINDING, NEGLIGIBLE, INPUT))
    return replace(c, differences=rows.assign(status=rows["status"].mask(chosen, status), significant=significant))


def test_it_says_what_changes_and_what_follows(compared: Comparison) -> None:
    one = answer_of(compared)
    assert one.changes == "Strikes a month: 4.3 → 12.9 month. From Feb 2022: A budget shrinks."
    assert one.outcome.startswith(
        "The government has fallen in 10 % of worlds; where it stands (90 %) the likeliest outcome is Russian primacy"
    )
    assert "delimited tacitly in 20 % (40 points fewer)" in one.outcome
    shifts = "Largest shifts of influence from the baseline where the government stands in both: Iran's influence in "
    assert one.influence.startswith(shifts) and one.influence.count(" down 20 points from 40 % to 20 %") == 1


def test_the_reference_scenario_says_what_it_is_and_has_nothing_beside_it(compared: Comparison) -> None:
    one = answer_of(compared, small.BASELINE)
    assert one.changes.startswith("Nothing: it is the reference scenario")
    assert one.influence.startswith("Largest shifts of influence since June 2021: ")
    assert all(bar.there is None and bar.change is None for bar in one.bars)
    assert one.note.startswith("With every threshold a quarter lower, delimited tacitly is in 70 % of worlds; a quarter higher, in 50 %.")


def test_claims_ranges_and_addresses_stay_out_of_the_first_screen(compared: Comparison) -> None:
    about = compared.about[small.OTHER]
    sets = tuple(
        replace(about.sets[0], meaning=f"strikes {i} (R27)", before="weight 1 (0.5 to 1.6), 19 % of its wants", after="2 (1 to 3)", unit="")
        for i in range(4)
    )
    events = (replace(about.events[0], because="a waiver (https://example.org/a)."), replace(about.events[0], date="2023-01"))
    c = replace(compared, about=compared.about | {small.OTHER: replace(about, sets=sets, events=events)})
    assert answer_of(c).changes == (
        "Strikes 0: weight 1, 19 % of its wants → 2; strikes 1: weight 1, 19 % of its wants → 2; and two further parameters. "
        "From Feb 2022: A waiver; one further scripted event until Jan 2023."
    )


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (NEGLIGIBLE, "No outcome's share changes by enough to matter."),
        (UNDETECTED, "No outcome's share differs significantly."),
        (TOO_FEW, "Too few worlds to call a difference from the baseline significant."),
    ],
)
def test_effects_too_small_to_matter_are_said_to_be(compared: Comparison, status: str, said: str) -> None:
    one = answer_of(with_status(compared, "outcome", "", status))
    assert said in one.outcome and "the index behind" not in one.outcome and "differ significantly:" not in one.outcome
    assert all(bar.change is None or bar.change.mark != "found" for bar in one.bars)


def test_what_a_scenario_sets_is_no_finding(compared: Comparison) -> None:
    row = compared.differences[compared.differences["quantity"] == "outcome:condominium"]
    talks = row.assign(quantity="outcome:delimited_agreed", status=INPUT, significant=True)
    c = replace(compared, differences=pd.concat([compared.differences, talks], ignore_index=True))
    one = answer_of(c)
    assert "so that is no finding." in one.outcome and "delimited by agreement in" not in one.outcome
    (bar,) = (bar for bar in one.bars if bar.words == "delimited by agreement")
    assert bar.change and bar.change.mark == "set" and bar.change.meaning == "set by the scenario"
    likeliest = with_status(compared, "outcome", "outcome:delimited_tacit", INPUT)
    assert "; 16 points fewer than in the baseline, as the scenario itself sets." in answer_of(likeliest, small.APART).outcome


def test_a_class_stands_beside_the_index_behind_it(compared: Comparison) -> None:
    one = answer_of(compared)
    assert "Delimitation, the index behind delimited tacitly, goes only from 0.50 to 0.5" in one.outcome
    assert "(delimited from 0.45): many worlds lie near the threshold." in one.outcome
    delimitation, balance = one.indices
    assert delimitation.limits == (("delimited from", 0.45),) and [limit for _, limit in balance.limits] == [0.62, 0.38]
    assert delimitation.there == 0.5 and delimitation.change and delimitation.change.mark == "found"
    assert one.note == (
        "With every threshold a quarter lower, delimited tacitly is in 30 % of worlds (−40 points beside the baseline); "
        "a quarter higher, in 10 % (−40)."
    )


def test_without_known_thresholds_nothing_is_said_of_them(compared: Comparison) -> None:
    one = answer_of(replace(compared, thresholds=compared.thresholds.iloc[:0]))
    assert one.indices == () and one.note == "" and "the index behind" not in one.outcome


@pytest.mark.parametrize(
    ("size", "status", "near", "said"),
    [
        (0.3, FINDING, True, "goes only from 0.44 to 0.46 (delimited from 0.45): many worlds lie near the threshold."),
        (-2.0, FINDING, True, "goes from 0.44 to 0.46 (delimited from 0.45)."),
        (0.05, NEGLIGIBLE, False, "practically stays at 0.46 (delimited from 0.45)."),
        (0.05, UNDETECTED, True, "has no detectable difference and is at 0.46 (delimited from 0.45): many worlds lie near the threshold."),
    ],
)
def test_how_an_index_moves_in_words(size: float, status: str, near: bool, said: str) -> None:
    text = index_moves("condominium", "Delimitation", 0.44, 0.46, size, status, "delimited from 0.45", near)
    assert text == f"Delimitation, the index behind condominium, {said}"


def test_nothing_is_said_of_an_index_that_is_set_or_of_too_few_worlds() -> None:
    assert not any(index_moves("condominium", "Delimitation", 0.4, 0.5, 1.0, status, "", True) for status in (INPUT, TOO_FEW))


def test_other_thresholds_in_words() -> None:
    assert with_other_thresholds("condominium", (0.04, 0.84), (0.08, 0.86), "the baseline") == (
        "With every threshold a quarter lower, condominium is in 4 % of worlds (−4.0 points beside the baseline); "
        "a quarter higher, in 84 % (−2.0)."
    )


def test_every_outcome_has_a_bar_in_the_same_order_with_its_interval(compared: Comparison) -> None:
    for scenario in compared.scenarios:
        bars = answer_of(compared, scenario).bars
        assert len(bars) == len(OUTCOMES)
        for bar in bars:
            assert 0.0 <= bar.here.low <= bar.here.high <= 1.0 and not math.isnan(bar.here.at)
            assert bar.there is None or bar.here.words != "" != bar.there.words
