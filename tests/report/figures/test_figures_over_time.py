"""Figures through time: an index, a province, the partners, strikes, contracts."""

from dataclasses import replace

import pytest

from sim.report.drawing import palette
from sim.report.figures import contract_shares, index_over_time, partnership, province_over_time, strikes_over_time

from ..small import BASELINE, OTHER, comparison, marks, rows, subtitle, texts, title

KNOWN = comparison()


def test_a_course_states_the_change_its_interval_and_whether_it_is_significant() -> None:
    spec = index_over_time.figure(KNOWN, OTHER, "dependence_iran")
    change = "Dependence on Iran: 0.20 at the horizon, down from 0.50 in the baseline (−0.30, 95 % interval −0.33 to −0.27)"
    assert title(spec) == change
    assert "mean of its shares in force" in subtitle(spec)
    unsure = KNOWN.differences.assign(significant=False)
    assert "no significant difference from the baseline" in title(
        index_over_time.figure(replace(KNOWN, differences=unsure), OTHER, "dependence_iran")
    )


def test_a_course_of_counts_is_summed_over_the_run() -> None:
    told = title(index_over_time.figure(KNOWN, OTHER, "strikes"))
    assert told.startswith("Strikes: 150 over the run, up from 100 in the baseline")
    assert title(index_over_time.figure(KNOWN, BASELINE, "strikes")) == "Strikes: 36.0 from June 2021 to May 2024, mean over worlds"


def test_a_course_alone_goes_from_start_to_end_without_differences() -> None:
    spec = index_over_time.figure(KNOWN, BASELINE, "friction")
    assert title(spec) == "Friction: 2.00 in May 2024, up from 1.00 in June 2021"
    assert not marks(spec, "point")
    assert not any("Difference" in text for text in texts(spec))
    assert {row["part"] for row in marks(spec, "line")} == {"mean"}


def test_a_year_whose_interval_holds_zero_is_hollow() -> None:
    spec = index_over_time.figure(KNOWN, OTHER, "friction")
    dots = marks(spec, "point")
    assert [dot["color"] == palette.PAPER for dot in dots] == [True, False, False]  # years 1 to 3; both begin alike
    assert dots[1]["tip"] == "Year 2: difference +0.20, 95 % interval +0.050 to +0.35"
    assert "Hollow: the interval includes zero." in texts(spec)


def test_bands_and_lines_are_where_the_numbers_are() -> None:
    spec = index_over_time.figure(
        KNOWN, BASELINE, "friction"
    )  # from 1 to 2, the middle 90 % from half to one and a half times that; axis to 3
    line = [row for row in marks(spec, "line") if row["part"] == "mean"]
    assert [(row["x"], row["y"]) for row in line] == [(52.0, 190.0), (690.0, 110.0)]  # a straight line needs two points
    wide = [row for row in marks(spec, "area") if row["part"] == "p05"]
    assert [(row["y"], row["y2"]) for row in wide] == [(150.0, 230.0), (30.0, 190.0)]


def test_what_was_not_measured_is_an_error() -> None:
    with pytest.raises(KeyError):
        index_over_time.figure(KNOWN, BASELINE, "no_index")
    with pytest.raises(ValueError, match="no course"):
        index_over_time.figure(KNOWN, BASELINE, "morale")
    with pytest.raises(KeyError):
        province_over_time.figure(KNOWN, BASELINE, "SY-XX")


def test_a_province_shows_powers_that_matter_and_the_difference() -> None:
    spec = province_over_time.figure(KNOWN, OTHER, "SY-DI")
    assert title(spec) == "Iran's influence in Damascus ends at 20 %, 20 points less than in the baseline"
    assert {row["part"] for row in marks(spec, "line")} == {"government", "russia", "iran"}  # the United States never have 2 %
    assert "20 % (40 %)" in texts(spec)
    assert "−11 (−12 to −10)" in texts(spec)
    assert {row["part"] for row in marks(spec, "area")} == {"government", "russia", "iran"}


def test_a_province_alone_tells_its_own_move() -> None:
    spec = province_over_time.figure(KNOWN, BASELINE, "SY-DI")
    assert not marks(spec, "area")
    assert "40 %" in texts(spec)
    assert title(province_over_time.figure(replace(KNOWN, against=OTHER), OTHER, "SY-DI")).endswith("from 9 % to 29 %")


def test_a_province_where_nothing_is_significant_says_so() -> None:
    spec = province_over_time.figure(KNOWN, OTHER, "SY-TA")
    assert title(spec) == "No power's influence in Tartus differs significantly from the baseline"


def test_partners_tell_friction_and_what_can_be_told() -> None:
    spec = partnership.figure(KNOWN, OTHER)
    assert title(spec) == "Friction ends at 0.60, up from 0.50 in the baseline"
    assert {"Friction", "Channels", "Incidents"} <= set(texts(spec))
    assert "12.0 (12.0)" in texts(spec)  # one incident a month is twelve a year
    alone = title(partnership.figure(KNOWN, BASELINE))
    assert alone == "Friction is highest in May 2024 (2.00) and ends at 2.00; the partnership is broken in 10 % of worlds"


def test_partners_draw_the_other_scenario_dashed() -> None:
    def dashed(scenario: str) -> int:
        layers = partnership.figure(KNOWN, scenario)["layer"]
        return sum(bool(layer["mark"].get("strokeDash")) for layer in layers if layer["mark"]["type"] == "line")

    assert dashed(BASELINE) == 0
    assert dashed(OTHER) == 5  # fields in all three panels, totals in two


def test_strikes_tell_how_many_and_where() -> None:
    spec = strikes_over_time.figure(KNOWN, OTHER)
    assert title(spec) == "Strikes average 24.0 a year, up from 12.0 in the baseline; most in Damascus (24.0)"
    bars = [row for row in rows(spec, "tip") if "color" in row]
    assert len(bars) == 14
    assert bars[0]["tip"] == "Damascus: 24.0 strikes a year; baseline 12.0"
    assert bars[0]["x2"] - bars[0]["x"] == pytest.approx(124)
    assert title(strikes_over_time.figure(KNOWN, BASELINE)) == "Strikes average 12.0 a year; most in Damascus (12.0)"


def test_contracts_tell_who_holds_most_and_what_changed_most() -> None:
    alone, other = contract_shares.figure(KNOWN, BASELINE), contract_shares.figure(KNOWN, OTHER)
    assert title(alone) == "At the horizon Russia holds 80 % of phosphate assets, Iran 50 % of electricity assets"
    expected = (
        "At the horizon Russia holds 80 % of phosphate assets; largest change: Iran's contracts in electricity, 25 % (50 % in the baseline)"
    )
    assert title(other) == expected
    assert {"Phosphate", "Russia 80, Iran 10 %", "three assets", "Iran 50 %"} <= set(texts(alone))


def test_contracts_are_marked_with_the_other_scenario_only_where_there_is_one() -> None:
    def bars(scenario: str) -> list[dict]:
        return [row for row in marks(contract_shares.figure(KNOWN, scenario), "rect") if "color" in row and "tip" in row]

    assert bars(BASELINE) == []
    assert len(bars(OTHER)) == 6 * 4 - 1  # nothing is open in phosphate
    iran = [row for row in bars(OTHER) if row["color"] == palette.HOLDERS["iran"]][1]
    assert iran["y2"] - iran["y"] == pytest.approx(64 - 0.8, abs=0.1)  # half of a bar of 128 pixels, a seam apart


def test_bands_of_contracts_fill_their_panel() -> None:
    areas = marks(contract_shares.figure(KNOWN, BASELINE), "area")
    for name in ("phosphate", "power"):
        mine = [row for row in areas if row["part"].startswith(name)]
        assert max(row["y2"] for row in mine) - min(row["y"] for row in mine) == pytest.approx(128)
