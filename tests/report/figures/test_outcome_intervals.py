"""Shares of outcomes with their intervals."""

from dataclasses import replace

import pytest

from sim.report.drawing import palette
from sim.report.figures import outcome_intervals

from ..small import BASELINE, OTHER, comparison, marks, rows, texts, title

KNOWN = comparison()


def test_the_likeliest_outcome_is_told_with_its_interval() -> None:
    assert title(outcome_intervals.figure(KNOWN, BASELINE)) == "Likeliest outcome: delimited tacitly in 60 % of worlds (50 to 70 %)"
    other = title(outcome_intervals.figure(KNOWN, OTHER))
    assert other == "Likeliest outcome: condominium in 40 % of worlds (30 to 50 %); no significant difference from the baseline"
    only = KNOWN.shares[KNOWN.shares["quantity"] != "outcome:condominium"].replace("outcome:russian_primacy", "outcome:condominium_")
    told = title(outcome_intervals.figure(replace(KNOWN, shares=only), OTHER))
    assert told == "Likeliest outcome: delimited tacitly in 20 % of worlds (10 to 30 %); 40 points fewer than in the baseline"


def test_every_class_has_a_dot_where_its_share_is_and_a_bar_around_it() -> None:
    spec = outcome_intervals.figure(KNOWN, OTHER)  # the axis goes from 0 at 190 to 100 % at 640
    dots = marks(spec, "point")
    assert len(dots) == 12
    tacit = next(dot for dot in dots if dot["color"] == palette.OUTCOMES["delimited_tacit"])
    assert tacit["x"] == pytest.approx(190 + 0.2 * 450)
    bar = next(row for row in marks(spec, "rect") if row["y"] < tacit["y"] < row["y2"])
    assert (bar["x"], bar["x2"]) == (190 + 0.1 * 450, 190 + 0.3 * 450)
    assert tacit["tip"] == "Delimited tacitly: 20 % of worlds, 95 % interval 10.0 to 30.0 %; baseline 60 %"


def test_what_can_be_told_is_bold() -> None:
    spec = outcome_intervals.figure(KNOWN, OTHER)
    bold = [
        row["text"]
        for layer in spec["layer"]
        if layer["mark"].get("fontWeight") == "bold"
        for row in spec["datasets"][layer["data"]["name"]]
    ]
    assert "20 % (10 to 30)" in bold
    assert "40 % (30 to 50)" not in bold
    assert "40 % (30 to 50)" in texts(spec)


def test_alone_it_has_no_strokes_of_another() -> None:
    spec = outcome_intervals.figure(KNOWN, BASELINE)
    assert "Upright" not in " ".join(texts(spec))
    assert not any("baseline" in row["tip"] for row in rows(spec, "tip"))


def test_without_shares_it_is_refused() -> None:
    with pytest.raises(ValueError, match="no shares"):
        outcome_intervals.figure(replace(KNOWN, shares=KNOWN.shares.iloc[:0]), BASELINE)
