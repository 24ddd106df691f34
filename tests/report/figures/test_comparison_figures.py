"""Every figure of a comparison: valid, readable, and only data in its data."""

import json
from dataclasses import replace

import pandas as pd
import pytest
from jsonschema import ValidationError

from sim.report.drawing import palette, render
from sim.report.figures import index_over_time, outcome_transitions, ranked_differences

from ..small import APART, BASELINE, MONTHS, OTHER, SCENARIOS, collisions, comparison, drawn, rows, subtitle, texts, title, validate

KNOWN = comparison()


@pytest.fixture(scope="module", params=SCENARIOS)
def figures(request: pytest.FixtureRequest) -> dict[str, dict]:
    """All figures of one scenario."""
    return drawn(KNOWN, request.param)


def test_every_figure_is_valid_vega_lite() -> None:
    validate(drawn(KNOWN, OTHER).values())
    with pytest.raises(ValidationError):
        validate([spec | {"layer": [*spec["layer"], spec["layer"][0] | {"mark": "nothing"}]} for spec in drawn(KNOWN, OTHER).values()])


def test_no_words_collide_or_leave_the_sheet(figures: dict[str, dict]) -> None:
    assert {name: found for name, spec in figures.items() if (found := collisions(spec))} == {}


@pytest.mark.parametrize("seed", range(5))
def test_no_words_collide_whatever_the_numbers(seed: int) -> None:
    any_numbers = comparison(seed)
    for scenario in (BASELINE, OTHER):
        assert {name: found for name, spec in drawn(any_numbers, scenario).items() if (found := collisions(spec))} == {}


def test_every_row_is_small_and_every_place_in_tenths_of_a_pixel(figures: dict[str, dict]) -> None:
    for spec in figures.values():
        for row in [*rows(spec, "part"), *rows(spec, "tip")]:
            assert all(value == round(value, 1) for key, value in row.items() if key in ("x", "x2", "y", "y2"))
        assert sum(len(some) for some in spec["datasets"].values()) < 1500


def test_what_is_pointed_at_has_words_for_the_eye_and_the_ear(figures: dict[str, dict]) -> None:
    for name, spec in figures.items():
        tipped = [layer for layer in spec["layer"] if any("tip" in row for row in spec["datasets"][layer["data"]["name"]])]
        assert tipped, name
        for layer in tipped:
            assert layer["encoding"]["tooltip"]["field"] == layer["encoding"]["description"]["field"] == "tip"
        assert all(any(letter.isdigit() for letter in row["tip"]) for row in rows(spec, "tip"))


def test_nothing_is_heard_of_places_and_colours(figures: dict[str, dict]) -> None:
    for layer in (layer for spec in figures.values() for layer in spec["layer"]):
        heard = layer["encoding"].get("description", {}).get("field")
        assert heard == "text" if layer["mark"]["type"] == "text" else heard == "tip" or layer["mark"]["aria"] is False


def test_a_title_ends_whole_and_the_sheet_says_how_many_worlds(figures: dict[str, dict]) -> None:
    for spec in figures.values():
        assert not title(spec).endswith("…")
        assert "100 worlds" in subtitle(spec)
        assert "not a forecast" in subtitle(spec)


def test_pairs_and_others_are_told_apart() -> None:
    assert "with the baseline world by world" in subtitle(ranked_differences.figure(KNOWN, OTHER))
    assert "with the baseline as separate samples" in subtitle(ranked_differences.figure(KNOWN, APART))
    with pytest.raises(ValueError, match="cannot be compared world by world"):
        outcome_transitions.figure(KNOWN, APART)


@pytest.mark.parametrize("hostile", ['</title><script>alert("1")</script>', "{{datum.x}} ${y} ' \" \\", '{"signal": "window"}'])
def test_hostile_names_are_only_data(hostile: str) -> None:
    named = comparison(scenarios=(f"from {hostile}", hostile, "third"))
    asked = replace(named, names=named.names | {"SY-DI": hostile})
    for scenario in (f"from {hostile}", hostile):
        for spec in drawn(asked, scenario).values():
            parts = {key: value for key, value in spec.items() if key not in ("title", "datasets", "description")}
            assert "<script" not in str(parts)
            assert "signal" not in str(parts)
            assert "datum" not in str(parts)
            assert all(isinstance(line, str) for line in (*spec["title"]["text"], *spec["title"]["subtitle"]))


def test_a_hostile_name_is_drawn_as_letters(tmp_path) -> None:  # type: ignore[no-untyped-def]
    hostile = "</text><script>x</script>"
    named = comparison(scenarios=("baseline", hostile, "third"))
    render.save(tmp_path / "flows", outcome_transitions.figure(named, hostile))
    svg = (tmp_path / "flows.svg").read_text(encoding="utf-8")
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg


@pytest.mark.parametrize("months", [1, 2, 13])
def test_short_runs_are_drawn_as_far_as_they_go(months: int) -> None:
    def early(table: pd.DataFrame) -> pd.DataFrame:
        return table[table["month"].astype(str) <= MONTHS[months - 1]]

    tables = {name: early(getattr(KNOWN, name)) for name in ("months", "influence", "series", "contracts")}
    short = replace(KNOWN, **tables, years=KNOWN.years[KNOWN.years["year"] <= 1])
    for scenario in (BASELINE, OTHER):
        for spec in drawn(short, scenario).values():
            assert collisions(spec) == []
            json.dumps(spec, allow_nan=False)


def test_scenarios_that_end_in_other_months_share_an_axis() -> None:
    gone = (KNOWN.series["scenario"] == BASELINE) & (KNOWN.series["month"].astype(str) > MONTHS[17])
    mixed = replace(KNOWN, series=KNOWN.series[~gone])
    spec = index_over_time.figure(mixed, OTHER, "friction")
    ends = {part: max(row["x"] for row in rows(spec, "part") if row["part"] == part) for part in ("mean", "other")}
    assert ends["mean"] == 690.0
    assert ends["other"] == pytest.approx(52 + 17 / 35 * 638, abs=0.1)


def test_a_world_or_two_without_intervals_are_drawn() -> None:
    nothing = {"low": float("nan"), "high": float("nan"), "significant": False, "status": "no detectable difference"}
    few = replace(KNOWN, differences=KNOWN.differences.assign(**nothing), years=KNOWN.years.assign(low=float("nan"), high=float("nan")))
    for spec in drawn(few, OTHER).values():
        json.dumps(spec, allow_nan=False)


def test_another_scenario_to_compare_with_is_named_in_quotes() -> None:
    named = comparison(scenarios=("us_leaves", "iran_leaves", "third"))
    assert "“US leaves”" in title(ranked_differences.figure(named, "iran_leaves"))
    assert "US leaves" in texts(outcome_transitions.figure(named, "iran_leaves"))


def test_the_powers_keep_their_colours(figures: dict[str, dict]) -> None:
    assert {row["color"] for row in rows(figures["place"], "part")} <= set(palette.SPHERES.values())
