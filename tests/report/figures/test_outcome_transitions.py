"""Flows of worlds from outcome to outcome."""

from collections import defaultdict
from dataclasses import replace

import pandas as pd
import pytest

from sim.report.drawing import palette
from sim.report.figures import outcome_transitions

from ..small import BASELINE, OTHER, comparison, marks, subtitle, texts, title

KNOWN = comparison()


def changed(table: list[tuple[str, str, float]]) -> str:
    """The title for other transitions."""
    rows = [{"scenario": OTHER, "kind": "outcome", "before": b, "after": a, "worlds": 1, "share": s} for b, a, s in table]
    return title(outcome_transitions.figure(replace(KNOWN, transitions=pd.DataFrame(rows)), OTHER))


def test_the_title_tells_where_the_delimited_worlds_go() -> None:
    spec = outcome_transitions.figure(KNOWN, OTHER)
    assert title(spec) == "Of the worlds delimited in the baseline (60 % of all), 67 % end in Russian primacy; 25 % remain delimited"
    assert "The outcome differs in 45 % of worlds." in subtitle(spec)


def test_both_sides_name_every_outcome_with_its_share() -> None:
    found = texts(outcome_transitions.figure(KNOWN, OTHER))
    assert found.count("40 %") == 3  # a condominium on both sides, Russian primacy at the right
    assert found.count("delimited tacitly") == 2
    assert found.count("Russian primacy") == 1
    assert {"60 %", "15 %", "5 %"} <= set(found)


def test_ribbons_are_as_wide_as_their_shares_and_fill_the_bars() -> None:
    spec = outcome_transitions.figure(KNOWN, OTHER)
    ribbons = defaultdict(list)
    for row in marks(spec, "area"):
        ribbons[row["part"]].append(row)
    thick = {part: rows[0]["y2"] - rows[0]["y"] for part, rows in ribbons.items()}
    assert len(ribbons) == 4
    assert thick["delimited_tacit russian_primacy"] == pytest.approx(thick["condominium condominium"], abs=0.2)
    assert thick["delimited_tacit breakdown"] / thick["delimited_tacit russian_primacy"] == pytest.approx(5 / 40, abs=0.01)
    bar = next(row for row in marks(spec, "rect") if row["color"] == palette.OUTCOMES["delimited_tacit"])
    assert sum(t for part, t in thick.items() if part.startswith("delimited_tacit")) == pytest.approx(bar["y2"] - bar["y"], abs=0.3)


def test_the_flow_told_is_the_strong_one() -> None:
    spec = outcome_transitions.figure(KNOWN, OTHER)
    strong = [layer for layer in spec["layer"] if layer["mark"].get("fillOpacity", 0) > 0.5]
    assert {row["part"] for layer in strong for row in spec["datasets"][layer["data"]["name"]]} == {"delimited_tacit russian_primacy"}


def test_small_flows_are_drawn_and_told() -> None:
    rare = [("condominium", "condominium", 0.996), ("condominium", "breakdown", 0.004)]
    assert (
        changed(rare)
        == "Of the worlds in a condominium in the baseline (100 % of all), under 1 % end in breakdown; over 99 % remain in a condominium"
    )


def test_worlds_that_all_stay_are_told_so() -> None:
    assert (
        changed([("breakdown", "breakdown", 1.0)]) == "Of the worlds in breakdown in the baseline (100 % of all), all remain in breakdown"
    )


def test_both_kinds_of_delimited_are_one_family() -> None:
    found = [("delimited_agreed", "delimited_tacit", 0.3), ("delimited_tacit", "government_recentred", 0.7)]
    assert (
        changed(found)
        == "Of the worlds delimited in the baseline (100 % of all), 70 % end with the government recentred; 30 % remain delimited"
    )


def test_the_scenario_compared_with_has_no_flows() -> None:
    with pytest.raises(ValueError, match="cannot be compared world by world"):
        outcome_transitions.figure(KNOWN, BASELINE)


def test_scenarios_without_a_world_in_common_are_refused() -> None:
    with pytest.raises(ValueError, match="no world in common"):
        outcome_transitions.figure(replace(KNOWN, transitions=KNOWN.transitions.iloc[:0]), OTHER)
