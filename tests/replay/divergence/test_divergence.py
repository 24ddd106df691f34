"""Where two worlds diverge, on the real model, where the answer is known."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import altair as alt
import numpy as np
import pytest
from known_results import MONTHS, SCRIPTED

from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.results import Result
from sim.model.state.dimensions import Power
from sim.replay.divergence.divergence import find_divergence
from sim.replay.divergence.divergence_spread import THRESHOLD, divergence_spread
from sim.replay.divergence.divergence_text import lines, pair
from sim.replay.divergence.divergence_types import Divergence, InterestDifference
from sim.replay.divergence.effort_sentence import effort_sentence
from sim.replay.rerun import replay
from sim.report.figures import divergence_map

Find = Callable[[str, int], Divergence]


@pytest.fixture(scope="module")
def find(known: Path) -> Find:
    """Where a world of the baseline diverges from the same under another scenario, worked out once."""
    return cache(lambda scenario, world: find_divergence(known, ("baseline", scenario), world))


@pytest.mark.parametrize("world", [0, 3])
def test_the_same_scenario_never_diverges(find: Find, world: int) -> None:
    found = find("same", world)
    assert not found.differs_at_all and found.parameters == () and found.differing_events == () and found.mismatches == ()
    assert not any(found.spread.count) and set(found.spread.reached) == {-1}
    assert any("Nowhere" in line for line in lines(found))
    assert "never diverge" in divergence_map.figure(found)["description"]


@pytest.mark.parametrize("world", [0, 1, 2, 3])
def test_a_scripted_event_makes_them_diverge_in_its_month(find: Find, world: int) -> None:
    found = find("scripted", world)
    assert found.event is not None and found.event.month == SCRIPTED and found.event_first
    assert found.event.first == () or all(s.kinds[0] != "scripted" for s in found.event.first)
    assert [s.text for s in found.event.second if s.kinds == ("scripted",)] == ["The scenario changes a condition: Russia gives less."]
    assert found.decision is not None and (found.decision.month, found.decision.actor) == (SCRIPTED, "russia")
    assert [(one.path, one.since) for one in found.parameters] == [("russia.means.budget", SCRIPTED)]
    assert found.parameters[0].second == pytest.approx(0.3 * found.parameters[0].first)
    assert found.moved is not None and found.moved >= SCRIPTED
    assert not any(found.spread.count[: SCRIPTED + 1])
    text = "\n".join(lines(found))
    assert "Until 2022-02 the two are the same." in text and "(scripted: set by the scenario, not by the model)" in text
    assert "Its own parameters differ:" in text


@pytest.mark.parametrize(("scenario", "actor", "path"), [("israel", "israel", "israel.strike_rate"), ("roots", "iran", "")])
def test_a_parameter_of_one_actor_makes_its_decision_the_first_to_differ(find: Find, scenario: str, actor: str, path: str) -> None:
    found = find(scenario, 1)
    assert found.decision is not None and (found.decision.month, found.decision.actor) == (0, actor)
    assert not found.event_first
    own = [one.path for one in found.decision.parameters]
    assert own == [path or "iran.interests.militia_entrenchment"]
    assert found.decision.choices and all(one.first != one.second for one in found.decision.choices)
    assert found.decision.reasons and all(reason.meaning for reason in found.decision.reasons)


def test_strikes_that_triple_leave_interests_the_same(find: Find) -> None:
    found = find("israel", 2)
    decision = found.decision
    assert decision is not None
    (choice,) = [one for one in decision.choices if one.what.startswith("the strikes a month")]
    assert choice.second == pytest.approx(3.0 * choice.first) and choice.province in found.provinces
    assert decision.efforts == () and decision.reasons
    for reason in decision.reasons:
        assert reason.weight[0] == reason.weight[1] and reason.amount[1] == pytest.approx(3.0 * reason.amount[0])


def test_a_heavier_interest_is_the_largest_difference(find: Find) -> None:
    decision = find("roots", 2).decision
    assert decision is not None
    assert decision.reasons[0].interest == "militia_entrenchment"
    before, after = decision.reasons[0].weight
    assert before is not None and after == pytest.approx(3.0 * before / (1.0 + 2.0 * before))  # one weight of all, tripled


def test_where_effort_goes_instead_is_told_with_its_reason(find: Find) -> None:
    found = find("roots", 2)
    assert found.decision is not None
    roots, *others = found.decision.efforts
    assert roots.interest == "militia_entrenchment" and roots.amount[1] > roots.amount[0]
    assert others and all(one.amount[1] < one.amount[0] for one in others)
    text = "\n".join(lines(found))
    share = f"{100 * roots.amount[1]:.2g} % of its effort on influence rooted in four areas by way of militias instead of"
    assert f"under 'roots' Iran spends {share}" in text and "because that weighs" in text


def _effort(first: float, second: float, weight: tuple[float | None, float | None], need: tuple[float | None, float | None]) -> str:
    """The sentence on a goal's share of effort."""
    one = InterestDifference("effort", None, "land_corridor", "the land corridor to Lebanon (ours)", weight, need, (first, second))
    return effort_sentence("x", "iran", one)


def test_sentences_on_effort() -> None:
    begins = "under 'x' Iran spends 27 % of its effort on the land corridor to Lebanon instead of 15 %, because "
    assert _effort(0.15, 0.27, (0.0, 0.11), (0.63, 0.63)) == f"{begins}that weighs 0.11 instead of 0 and is unmet by 0.63"
    assert _effort(0.15, 0.27, (None, 0.11), (None, 0.63)) == f"{begins}that weighs 0.11 instead of 0 and is unmet by 0.63"
    assert _effort(0.15, 0.27, (0.1, 0.1), (0.3, 0.63)) == f"{begins}that weighs 0.1 and is unmet by 0.63 instead of 0.3"
    assert _effort(0.15, 0.27, (0.1, 0.1), (0.63, 0.63)) == f"{begins}its other goals draw less of it"
    assert _effort(0.15, 0.27, (0.1, 0.1), (0.63, 0.6)) == f"{begins}its other goals draw less of it"
    assert "instead of 0.2004 %, because that weighs 0 instead of 0.11" in _effort(0.2004 / 100, 0.1996 / 100, (0.11, None), (0.63, None))
    assert _effort(0.15, 0.1500001, (0.1, 0.1), (0.63, 0.63)) == ""


def test_a_rule_acts_before_any_actor_decides_differently(find: Find) -> None:
    found = [find("rule", world) for world in range(4)]
    decided = [one for one in found if one.decision]
    assert decided
    for one in decided:
        assert one.decision is not None and one.decision.month > 0 and one.decision.parameters == ()
        assert any("own parameters differs; what it perceives does" in line for line in lines(one))


def test_the_spread_is_that_of_the_influence(known: Path, find: Find) -> None:
    a, b = (replay(Result(known), name, 3) for name in ("baseline", "scripted"))
    found = find("scripted", 3).spread
    by_hand = np.abs(a.influence - b.influence).sum(axis=1) / 2
    np.testing.assert_allclose(found.differs, by_hand)
    assert found.differs.shape == (MONTHS + 1, 14)
    for i, row in enumerate(found.reached):
        over = np.flatnonzero(by_hand[:, i] > THRESHOLD)
        assert row == (over[0] if over.size else -1)
    assert found.count[-1] == (by_hand[-1] > THRESHOLD).sum()


def test_numbers_are_as_long_as_it_takes_to_differ() -> None:
    assert pair(-0.285, -0.0) == "-0.285 and 0"
    assert pair(0.5, 0.5) == "0.5 in both"
    assert pair(1.23456, 1.23457) == "1.23456 and 1.23457"
    assert pair(1.0, 1.0 + 1e-9) == "1 in both but for less than a millionth of it"


def test_spread_on_known_numbers() -> None:
    first = np.zeros((3, len(Power), 2))
    first[:, Power.RUSSIA] = 1.0
    second = first.copy()
    second[1:, Power.RUSSIA, 1], second[1:, Power.IRAN, 1] = 0.6, 0.4
    found = divergence_spread(first, second, ("A", "B"))
    assert found.count == (0, 1, 1) and found.reached == (-1, 1)
    assert found.differs[2, 1] == pytest.approx(0.4)
    assert [(one.province, one.power) for one in found.largest] == [("B", "russia")]


@pytest.mark.parametrize("scenario", ["same", "scripted", "israel", "roots", "rule"])
def test_the_text_is_short_and_names_both(find: Find, scenario: str) -> None:
    found = find(scenario, 1)
    text = list(lines(found))
    assert len(text) <= 60
    assert text[0] == f"Simulated world 1 under 'baseline' and '{scenario}': where they diverge"
    assert found.mismatches == ()


def test_a_figure_draws_every_province_and_both_lanes(find: Find) -> None:
    found = find("scripted", 1)
    spec = divergence_map.figure(found)
    texts = [row["text"] for rows in spec["datasets"].values() for row in rows if "text" in row]
    assert set(found.provinces.values()) <= set(texts) and {"baseline", "scripted"} <= set(texts)
    assert any(text.startswith("Scripted event") for text in texts)
    alt.Chart.from_dict(spec, validate=True)
    assert "March 2022" in spec["description"]


@pytest.mark.parametrize(
    ("scenarios", "world", "said"),
    [
        (("baseline", "short"), 0, "'short' has 12 months from 2021-06"),
        (("baseline", "scriptd"), 0, "Did you mean 'scripted'"),
        (("baseline", "same"), 99, "worlds 0 to 3"),
    ],
)
def test_what_cannot_be_followed_is_refused(known: Path, scenarios: tuple[str, str], world: int, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        find_divergence(known, scenarios, world)


def test_hostile_names_are_text(find: Find) -> None:
    found = replace(find("scripted", 1), scenarios=("a'\"]<script>", "b" * 300))
    spec = divergence_map.figure(found)
    assert "a'\"]<script>" in spec["description"]
    assert max(len(row["text"]) for rows in spec["datasets"].values() for row in rows if "text" in row) < 250
    assert any("<script>" in line for line in lines(found))  # a terminal shows it as it is; a page has to escape it
