"""Scores of a hindcast: perfect for a run that knows, nought in skill for a run that is a rival, halves apart, every fact in a row."""

from dataclasses import replace

import numpy as np
import pytest

from sim.model.state.dimensions import Camp, key
from sim.report.figures import hindcast_calibration
from sim.validation.hindcast import campaign_check, territory_error
from sim.validation.hindcast.fact_halves import HELD_OUT, SETTING, load_episodes
from sim.validation.hindcast.half_comparison import Judgement, facts_by_half, judged
from sim.validation.hindcast.hindcast_comparison import HindcastComparison
from sim.validation.hindcast.score_table import ALL, EVERY, FACT, GROUP, NONE, ScoreRow, score_rows, scored
from sim.validation.hindcast.scored_facts import carried_forward
from sim.validation.hindcast.scored_incidents import reported
from sim.validation.scores.rivals import RIVALS, YEAR

from .test_hindcast_comparison import knowing


@pytest.fixture(scope="module")
def both(comparison: HindcastComparison) -> Judgement:
    return judged(comparison, facts_by_half(load_episodes(), held_out=True))


def row(rows: list[ScoreRow], item: str, level: str = ALL) -> ScoreRow:
    (found,) = [one for one in rows if one.item == item and one.level == level]
    return found


def test_a_run_that_knows_the_answer_scores_nothing(comparison: HindcastComparison) -> None:
    c = knowing(comparison)
    counts = np.repeat(reported(c)[YEAR:].T[..., np.newaxis], c.drawn.worlds, axis=-1)
    run = replace(c.drawn, incidents_at=counts)
    rows = score_rows(scored(replace(c, drawn=run, central=run)), SETTING)
    for item in ("area", "town_holder", "incidents_by_month", "incident_in_half_year", "contracts"):
        found = row(rows, item)
        assert found.model == pytest.approx(0.0, abs=1e-9) and found.central == pytest.approx(0.0, abs=1e-9), item
        assert found.verdict == EVERY, item
    broken = row(rows, "partnership_broken")
    assert broken.model == 0.0 and broken.verdict == NONE and broken.skill("nothing") is None  # rivals are right as well: a tie is no win


def test_a_run_in_which_nothing_changes_has_no_skill_against_that_rival(comparison: HindcastComparison) -> None:
    c, shape = comparison, comparison.drawn.area.shape[1:]
    area = np.stack([np.full(shape, territory_error.start_area(c, camp)) for camp in Camp])
    towns = c.drawn.towns.copy()
    for town, held in territory_error.truth(c).items():
        towns[c.towns.key.index(town)] = int(held[0])
    still = replace(c.drawn, area=area, towns=towns, incidents_at=0 * c.drawn.incidents_at)
    rows = score_rows(scored(replace(c, drawn=still)), SETTING)
    for item in ("area", "town_holder", "incidents_by_month", "incident_in_half_year"):
        assert row(rows, item).skill("nothing") == pytest.approx(0.0, abs=1e-9), item


def test_a_bolder_wrong_run_scores_worse_than_a_doubtful_one(comparison: HindcastComparison) -> None:
    """All worlds wrong on who holds towns; then half of them right: Brier 1, then about a quarter."""
    c = comparison
    wrong, half = c.drawn.towns.copy(), c.drawn.towns.copy()
    for town, held in territory_error.truth(c).items():
        fact = np.array([int(camp) for camp in held])[:, np.newaxis]
        at = c.towns.key.index(town)
        wrong[at] = (fact + 1) % len(Camp)
        half[at] = np.where(np.arange(c.drawn.worlds) % 2 == 0, fact, wrong[at])
    scores = [
        row(score_rows(scored(replace(c, drawn=replace(c.drawn, towns=towns))), SETTING), "town_holder").model for towns in (wrong, half)
    ]
    assert scores[0] == pytest.approx(1.0) and scores[1] == pytest.approx(0.25, abs=0.01)


def test_every_fact_is_scored_in_its_own_half_and_in_no_other(comparison: HindcastComparison, both: Judgement) -> None:
    for half, facts in facts_by_half(load_episodes(), held_out=True).items():
        items = {one.item for one in both.scores if one.half == half and one.level == FACT}
        for fact in (fact for fact in facts if comparison.at(fact) >= 0):
            assert {fact.key, fact.town, f"contracts {fact.value}"} & items, fact.key
        other = {
            one.item for one in both.scores if one.half != half and one.level == FACT and one.kind in ("area", "town_holder", "people")
        }
        assert not other & {name for fact in facts for name in (fact.key, fact.town) if name}


def test_scores_of_the_setting_half_do_not_depend_on_whether_the_other_is_read(comparison: HindcastComparison, both: Judgement) -> None:
    by_half = facts_by_half(load_episodes(), held_out=False)
    assert list(by_half) == [SETTING]
    alone = judged(replace(comparison, facts=by_half[SETTING]), by_half)
    assert alone.scores == [one for one in both.scores if one.half == SETTING]
    assert list(alone.items[SETTING]) == list(both.items[SETTING]) and list(alone.points) == [SETTING]
    assert {one.half for one in both.coverage} == {SETTING, HELD_OUT}


def test_what_the_issue_asks_for_stands_in_both_halves(both: Judgement) -> None:
    for half, items in both.items.items():
        names = " ".join(item.what for item in items)
        for words in ("towns, month by month", "area held by the government", "area held by the opposition", "Turkish operations"):
            assert words in names, (half, words)
    assert any("Idlib campaigns" in item.what for item in both.items[HELD_OUT])
    assert any("where incidents arose" in item.what for item in both.items[SETTING])


def test_groups_are_means_of_their_facts(both: Judgement) -> None:
    rows = [one for one in both.scores if one.half == HELD_OUT and one.kind == "area"]
    groups = [one for one in rows if one.level == GROUP]
    whole = row(rows, "area")
    assert whole.n == sum(one.n for one in groups) and f"area {key(Camp.GOVERNMENT)}" in {one.item for one in groups}
    assert whole.model == pytest.approx(sum(one.n * one.model for one in groups) / whole.n)
    assert set(whole.rivals) == set(RIVALS)


def test_the_latest_source_is_carried_forward_and_the_start_counts_before(comparison: HindcastComparison) -> None:
    known = [fact for fact in comparison.facts if fact.unit == "share of area sdf"]
    series = carried_forward(comparison, known, 0.1)[:, 0]
    first = YEAR + comparison.at(known[0])
    assert (series[:first] == 0.1).all() and series[first] == known[0].number() and series[-1] == known[-1].number()


def test_a_campaign_counts_changes_within_a_year_only(comparison: HindcastComparison) -> None:
    c = comparison
    (fact,) = [fact for fact in c.facts if fact.key == "afrin_2018"]
    t, at, opposition = c.towns.key.index("afrin"), c.at(fact), int(Camp.OPPOSITION)
    for month, expected in ((at, 1.0), (at - 12, 1.0), (at + 12, 1.0), (at + 13, 0.0), (at - 13, 0.0)):
        towns = c.drawn.towns.copy()
        towns[t] = int(Camp.SDF)
        towns[t, month:] = opposition
        assert campaign_check.share(c, replace(c.drawn, towns=towns), fact) == expected, month


def test_the_calibration_figure_has_a_panel_for_each_kind_and_half(comparison: HindcastComparison, both: Judgement) -> None:
    spec = hindcast_calibration.figure(both.points, comparison.drawn.worlds)
    texts = [text["text"] for rows in spec["datasets"].values() for text in rows if "text" in text]
    assert sum(text.startswith("setting half") for text in texts) == 3 and sum(text.startswith("held-out half") for text in texts) == 2
    assert "held-out half" in " ".join(spec["title"]["text"])
