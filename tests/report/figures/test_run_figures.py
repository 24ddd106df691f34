"""Each figure says what its table says."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.model.observation.measure_catalogue import SPHERES
from sim.report.drawing import palette
from sim.report.figures import influence_tiles, outcome_bars, ranked_differences, sphere_map
from sim.report.figures.data import difference_rows, outcome_shares
from sim.report.figures.data.figure_data import INDICES, POWERS, InfluenceSeries, ManifestEntry, Results
from sim.text.measure_labels import label
from sim.text.names import display_name

from ..small import validate
from ..synthetic import PROVINCES, comparison, country

Spec = dict[str, Any]


def worlds(agreed: int, strikes: float, broken: float = 0.0, n: int = 100, kind: str = "delimited_agreed") -> pd.DataFrame:
    """Worlds that one can count: the first `agreed` of them end in the outcome `kind`, the others in a condominium."""
    world = np.arange(n)
    return pd.DataFrame(
        {
            "outcome": np.where(world < agreed, kind, "condominium"),
            "territory": "frozen",
            "strikes": strikes + world % 2,
            "overlap": 0.5,
            "broken": broken,
            "incidents": 5.0 + world % 3,
        },
        index=world,
    )


BASELINE, OTHER = worlds(54, 10.0), worlds(42, 16.0, 1.0)


def whole(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The country's rows of every scenario against `baseline`, from its worlds."""
    table = comparison({name: country(frame) for name, frame in frames.items()}, dict.fromkeys(frames, "baseline"))
    return {str(name): rows.set_index("quantity") for name, rows in table.groupby("scenario", observed=True, sort=False)}


def known() -> Results:
    """Two scenarios with answers one can count: 54 and 42 of 100 worlds are delimited by agreement, the same ones where they can."""
    sphere = pd.DataFrame(0.0, index=sorted(PROVINCES), columns=list(SPHERES)).assign(government=0.8, iran=0.2)
    moved = sphere.copy()
    moved.loc["SY-HI", ["government", "iran"]] = 0.3, 0.7
    start = np.zeros((3, len(POWERS)))
    start[:, POWERS.index("government")], start[:, POWERS.index("iran")] = 0.8, 0.2
    ends = start.copy()
    ends[-1, POWERS.index("government")], ends[-1, POWERS.index("iran")] = 0.3, 0.7
    months = ("2021-06", "2021-07", "2021-08")
    influence = {
        "baseline": InfluenceSeries(months, dict.fromkeys(PROVINCES, start)),
        "other": InfluenceSeries(months, dict.fromkeys(PROVINCES, start) | {"SY-HI": ends}),
    }
    questions = {"baseline": "What if nothing changes?", "other": "What if strikes rise?"}
    about = {name: ManifestEntry(question, "report", "baseline") for name, question in questions.items()}
    return Results(about, whole({"baseline": BASELINE, "other": OTHER}), {"baseline": sphere, "other": moved}, influence, PROVINCES)


def title(spec: Spec) -> str:
    """A figure's title as one line."""
    return " ".join(spec["title"]["text"]).replace("\u00a0", " ")


def subtitle(spec: Spec) -> str:
    """A figure's subtitle as one line."""
    return " ".join(spec["title"]["subtitle"]).replace("\u00a0", " ")


def texts(spec: Spec) -> list[str]:
    """All words on a figure's sheet."""
    return [row["text"] for rows in spec["datasets"].values() for row in rows if "text" in row]


def colours(spec: Spec) -> set[str]:
    """All colours of a figure's marks."""
    return {row["color"] for rows in spec["datasets"].values() for row in rows}


def every(results: Results) -> dict[str, Spec]:
    """One figure of each kind, for a scenario with a baseline."""
    last = results.scenarios[-1]
    return {
        "outcomes": outcome_bars.figure(results),
        "map": sphere_map.figure(results, last),
        "tiles": influence_tiles.figure(results, last),
        "indices": ranked_differences.figure_of_run(results, last),
    }


def test_outcomes_tell_the_shares() -> None:
    spec = outcome_bars.figure(known())
    assert title(spec) == "Delimited in 54 % of baseline worlds, 42 % in other"
    assert {"54", "46", "42", "58", "100"} <= set(texts(spec))
    assert "shares are accurate to within 9.8 points (95 %)" in subtitle(spec)


def test_outcomes_begin_with_the_baseline_and_fall() -> None:
    results = known()
    more = {name: worlds(k, 10.0, kind="delimited_tacit") for name, k in (("low", 5), ("high", 80))}
    frames = {"baseline": BASELINE, "other": OTHER} | more
    wide = replace(results, whole=whole(frames), about=results.about | dict.fromkeys(more, results.about["other"]))
    table = outcome_shares.shares(wide, "outcome", tuple(palette.OUTCOMES))
    assert outcome_shares.ordered(wide, table, outcome_shares.leading_family(table)) == ["baseline", "high", "other", "low"]


def test_a_scenario_like_its_baseline_is_greyed() -> None:
    results = known()
    same = replace(results, whole=whole({"baseline": BASELINE, "other": BASELINE}))
    assert outcome_shares.has_significant_share(results, "other")
    assert not outcome_shares.has_significant_share(same, "other")
    row = next(row for rows in outcome_bars.figure(same)["datasets"].values() for row in rows if row.get("text") == "other")
    assert row["color"] == palette.FAINT


def test_an_outcome_is_compared_in_pairs() -> None:
    value = outcome_shares.share_difference(known(), "other", "delimited_agreed")
    assert value.difference == pytest.approx(-0.12)
    assert value.significant  # 12 of 100 worlds changed, all the same way: 3.7 standard errors


def test_the_map_tells_spheres_shares_and_what_changed() -> None:
    spec = sphere_map.figure(known(), "other")
    assert title(spec) == "The government leads in thirteen provinces and Iran in one; least certain is Homs (70 % of worlds)"
    assert "One province differs from the baseline: Homs." in subtitle(spec)
    assert "Likeliest outcome: condominium in 58 % of worlds; 12 points more than in the baseline." in subtitle(spec)
    assert {"Homs", "Iran 70 %", "baseline: government"} <= set(texts(spec))
    assert texts(spec).count("government 80 %") == 13
    features = [row for rows in spec["datasets"].values() for row in rows if "geometry" in row]
    assert {f["color"] for f in features} == {
        palette.faded(palette.SPHERES["government"], 0.8),
        palette.faded(palette.SPHERES["iran"], 0.7),
    }


def test_the_map_carries_its_caveats() -> None:
    words = " ".join(texts(sphere_map.figure(known(), "baseline")))
    assert "Influence as modelled here, not sovereignty and not a proposal." in words
    assert "The Golan is drawn at the de-facto line" in words


def test_the_tiles_tell_the_largest_move() -> None:
    results = known()
    spec = influence_tiles.figure(results, "other")
    assert title(spec).startswith("The government's influence ends at 30 % in Homs (80 % in the baseline)")
    assert "Russia 0, Iran 70 %" in texts(spec)
    assert "June 2021" in texts(spec)
    assert not any(m.after != m.before for m in influence_tiles.largest_changes(results, "baseline"))


def test_a_small_difference_of_influence_is_no_headline() -> None:
    results = known()
    near = replace(results.influence["baseline"], shares={k: v * 0.999 for k, v in results.influence["baseline"].shares.items()})
    spec = influence_tiles.figure(replace(results, influence=results.influence | {"other": near}), "other")
    assert title(spec) == "No power's influence differs from the baseline by a percentage point or more in any province"


def test_the_bands_of_a_panel_stand_on_each_other_and_fill_it() -> None:
    spec = influence_tiles.figure(known(), "other")
    bands = [row for rows in spec["datasets"].values() for row in rows if "part" in row and "y2" in row and row["part"].startswith("SY-HI")]
    for x in {row["x"] for row in bands}:
        spans = sorted((row["y"], row["y2"]) for row in bands if row["x"] == x)
        assert spans[-1][1] - spans[0][0] == pytest.approx(104, abs=0.3)
        assert all(upper[1] == lower[0] for upper, lower in pairwise(spans))


def test_no_word_in_a_panel_stands_on_a_line_of_the_baseline(made_up: Results) -> None:
    spec = influence_tiles.figure(made_up, "israel_escalates")
    lines = [row for rows in spec["datasets"].values() for row in rows if "part" in row and "y2" not in row]
    words = [
        row
        for rows in spec["datasets"].values()
        for row in rows
        if row.get("text") in {display_name(sphere) for sphere in palette.SPHERES} and row["color"] != palette.SOFT
    ]
    assert len(words) > 20
    for word in words:
        near = [line for line in lines if abs(line["x"] - word["x"]) < 12]
        assert all(abs(line["y"] - word["y"]) > 5 for line in near)


def test_indices_are_paired_and_ranked() -> None:
    found = difference_rows.indices_of_run(known(), "other")
    assert [m.words for m in found] == ["partnership broken", "strikes", "incidents"]  # overlap is the same everywhere and left out
    broken, strikes, incidents = found
    assert broken.size == pytest.approx(50.0)  # in no world of the one, in all of the other: in units of 0.02
    assert (strikes.difference, strikes.low, strikes.high) == (6.0, 6.0, 6.0)
    assert strikes.line is not None
    assert all(abs(end - 6.0) <= strikes.inexact for end in strikes.line)
    assert strikes.size == pytest.approx(6 / np.std([0, 1] * 50, ddof=1))
    assert incidents.difference == 0
    assert not incidents.is_finding


def test_indices_tell_the_numbers() -> None:
    spec = ranked_differences.figure_of_run(known(), "other")
    assert title(spec) == "Largest changes from the baseline: partnership broken, up from 0.00 to 1.00; strikes, up from 10.5 to 16.5"
    assert {"10.5", "16.5"} <= set(texts(spec))
    assert "2 of 3 indices differ significantly" in subtitle(spec)


def test_indices_without_a_baseline_are_refused() -> None:
    with pytest.raises(ValueError, match="no baseline"):
        ranked_differences.figure_of_run(known(), "baseline")


def test_every_index_has_words_that_fit() -> None:
    for name in INDICES:
        assert "_" not in label(name)
        assert "{" not in label(name)


def test_colours_are_the_same_in_every_figure(made_up: Results) -> None:
    drawn = every(made_up)
    powers = {palette.SPHERES[p] for p in POWERS}
    assert powers <= colours(drawn["tiles"])
    assert {palette.SPHERES["russia"], palette.SPHERES["iran"], palette.SPHERES["government"]} <= colours(drawn["outcomes"])


def test_every_kind_of_figure_is_valid_vega_lite(made_up: Results) -> None:
    validate(every(made_up).values())


@pytest.mark.parametrize("hostile", ['</title><script>alert("1")</script>', "{{datum.x}} ${y} ' \" \\", '{"signal": "window"}'])
def test_a_hostile_question_stays_text(made_up: Results, hostile: str) -> None:
    last = made_up.scenarios[-1]
    asked = replace(made_up, about=made_up.about | {last: replace(made_up.about[last], question=hostile)})
    for kind, spec in every(asked).items():
        if kind != "outcomes":
            assert hostile in subtitle(spec)
        parts = {key: value for key, value in spec.items() if key not in ("title", "datasets", "description")}
        assert hostile not in str(parts)
        assert all(isinstance(line, str) for line in (*spec["title"]["text"], *spec["title"]["subtitle"]))


def test_hindsight_is_said(made_up: Results) -> None:
    assert "hindsight" in subtitle(sphere_map.figure(made_up, "patrons_withdraw"))
    assert "not a forecast" in subtitle(sphere_map.figure(made_up, "baseline"))


def test_a_scenario_of_other_length_is_compared_as_far_as_it_goes() -> None:
    results = known()
    short = InfluenceSeries(("2021-06",), {iso: shares[:1] for iso, shares in results.influence["baseline"].shares.items()})
    spec = influence_tiles.figure(replace(results, influence={"baseline": short, "other": results.influence["other"]}), "other")
    assert title(spec) == "Influence over time"
    lines = [row for rows in spec["datasets"].values() for row in rows if "part" in row and "y2" not in row]
    assert {row["x"] % 220 for row in lines} == {0.0}


def test_horizons_in_other_months_are_not_compared() -> None:
    results = known()
    empty = dict.fromkeys(("difference", "error", "p05", "p95"), np.nan)
    other = replace(results, whole=results.whole | {"other": results.whole["other"].assign(**empty)})
    assert (other.root("other"), other.compared_with("other")) == ("baseline", None)
    assert title(outcome_bars.figure(other)) == "Delimited in 54 % of baseline worlds"
    told = subtitle(sphere_map.figure(other, "other"))
    assert "Likeliest outcome: condominium in 58 % of worlds." in told
    assert "baseline" not in told
    with pytest.raises(ValueError, match="no baseline"):
        ranked_differences.figure_of_run(other, "other")


def test_scenarios_with_fewer_worlds_are_compared_in_those_that_both_have() -> None:
    fewer = replace(known(), whole=whole({"baseline": BASELINE, "other": OTHER.iloc[:50]}))
    assert outcome_shares.share_difference(fewer, "other", "delimited_agreed").difference == pytest.approx(-0.16)  # 42 of 50 against all 50
    assert "50 to 100 worlds per scenario" in subtitle(outcome_bars.figure(fewer))
    assert "shares are accurate to within 13.9 points (95 %)" in subtitle(outcome_bars.figure(fewer))
    assert subtitle(sphere_map.figure(fewer, "baseline")).count("100 worlds") == 1
    assert "50 worlds, compared with the baseline world by world" in subtitle(ranked_differences.figure_of_run(fewer, "other"))


def test_one_world_in_common_makes_nothing_significant() -> None:
    one = replace(known(), whole=whole({"baseline": BASELINE, "other": OTHER.iloc[-1:]}))
    assert not outcome_shares.has_significant_share(one, "other")
    assert difference_rows.indices_of_run(one, "other") == []
    assert title(ranked_differences.figure_of_run(one, "other")) == "No detectable difference from the baseline in any index"


def test_coarse_ends_of_a_line_are_said() -> None:
    results = known()
    wide = results.whole["other"].assign(half_width=lambda rows: np.where(rows.index == "strikes", 0.25, 0.0))
    coarse = replace(results, whole=results.whole | {"other": wide})
    words = " ".join(texts(ranked_differences.figure_of_run(coarse, "other")))
    assert f"accurate to within {0.25 / np.std([0, 1] * 50, ddof=1):.2f} standard deviations" in words
    fine = replace(results, whole=results.whole | {"other": wide.assign(half_width=0.0001)})
    assert "read from bins" not in " ".join(texts(ranked_differences.figure_of_run(fine, "other")))
