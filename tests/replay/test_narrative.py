"""The narrative of a world as dated sentences, and its maps."""

from pathlib import Path

import altair as alt
import numpy as np
import pytest

from sim.experiment.storage.results import Result
from sim.model.observation.measure_catalogue import SPHERES
from sim.model.state.event_log import KIND_INDEX, KINDS, EventRecord
from sim.replay.goal_words import aim
from sim.replay.narrative import Narrator, narrative_lines, narrative_of
from sim.replay.rerun import Replay, replay
from sim.replay.sentence import EFFORT
from sim.report.drawing import palette
from sim.report.figures import sphere_filmstrip

NARRATOR = Narrator(("2021-06", "2021-07", "2021-08", "2022-01"), ("SY-HL", "SY-HI"), ("Aleppo", "Homs"))


@pytest.fixture(scope="module")
def replayed(known: Path) -> Replay:
    return replay(Result(known), "scripted", 2)


def event(kind: str, month: int = 0, province: int | None = None, text: str = "", count: float = 1.0) -> EventRecord:
    """An event of world 0."""
    return EventRecord(month, KINDS[KIND_INDEX[kind]], province, 0, count, text)


def test_the_narrative_holds_all_that_happened(replayed: Replay) -> None:
    whole = narrative_of(replayed)
    assert whole.heading == "Simulated world 2 of 'scripted'"
    happened = {event.kind.name for event in replayed.events}
    assert {kind for one in whole.sentences for kind in one.kinds} >= happened - {"town_taken"}
    by_date = [one.date[:4] for one in whole.sentences]
    assert by_date == sorted(by_date)
    for one in (one for one in whole.sentences if one.kinds != (EFFORT,)):
        named = {claim for kind in one.kinds for claim in KINDS[KIND_INDEX[kind]].claims.split()}
        assert set(one.claims) == named and one.text[0].isupper() and one.text.endswith(".")
        assert one.months and (one.routine == (len(one.date) == 4))


def test_it_begins_with_what_the_partners_spend_their_effort_on(replayed: Replay) -> None:
    first = narrative_of(replayed).sentences[:2]
    assert all(one.kinds == (EFFORT,) and one.date == "2021-06" and one.claims for one in first)
    assert [one.text.split(" effort")[0] for one in first] == ["Russia's", "Iran's"]
    np.testing.assert_allclose(
        [[month[[one.actor == actor for one in replayed.pursuits]].sum() for actor in ("russia", "iran")] for month in replayed.effort], 1.0
    )


def test_terminal_and_structure_are_one(replayed: Replay) -> None:
    printed, whole = list(narrative_lines(replayed)), narrative_of(replayed)
    assert printed[0] == f"{whole.heading}: {whole.question}" and tuple(printed[-2:]) == whole.end
    assert sum(1 for line in printed if line.startswith("20")) == len(whole.sentences)
    assert all(any(one.cited in line for line in printed) for one in whole.sentences)


def test_an_advance_names_its_towns_and_each_place_once() -> None:
    events = [
        event("town_taken", 0, 0, "al-Bab passes to the Islamic State"),
        event("town_taken", 0, 0, "Manbij passes to the Islamic State"),
        event("islamic_state_gain", 0, 0),
        event("islamic_state_gain", 0, 0),
    ]
    (one,) = NARRATOR.month(events)
    assert one.text == "The Islamic State takes ground in Aleppo, with the towns of al-Bab and Manbij."
    assert one.provinces == ("SY-HL",) and {"R03", "R15"} <= set(one.claims)


def test_a_town_without_an_advance_has_a_sentence_of_its_own() -> None:
    (one,) = NARRATOR.month([event("town_taken", 0, 0, "al-Bab passes to the SDF")])
    assert one.text == "Al-Bab passes to the SDF."


def test_a_tender_makes_one_sentence() -> None:
    (one,) = NARRATOR.month([event("contract_russia", 0, 1), event("won_over_iran", 0, 1)])
    assert one.text == "Russian firms win a tender in Homs over a serious Iranian bid." and one.claims == ("R32", "R33")


def test_an_exchange_tells_of_its_parts_and_makes_one_sentence() -> None:
    text = "Iran leaves posts in Aleppo to Russia, which wants order, and Russia leaves tenders in oil to Iran, which wants contracts"
    parts = [event("bargain_russia", 0, 0), event("tenders_iran"), event("posts_change_hands", 0, 0)]
    (one,) = NARRATOR.month([*parts, event("exchange", text=text)])
    assert one.text == f"The partners agree: {text}." and one.provinces == ("SY-HL",)
    assert one.claims == ("R24", "R32", "R35", "R43")
    assert set(one.kinds) == {"exchange", "bargain_russia", "tenders_iran", "posts_change_hands"}


def test_what_no_exchange_of_the_month_tells_of_has_a_sentence_of_its_own() -> None:
    text = "Iran leaves posts in Aleppo to Russia, and Russia leaves posts in Homs to Iran"
    told = [one.text for one in NARRATOR.month([event("exchange", text=text), event("tenders_iran"), event("posts_change_hands", 0, 1)])]
    assert told == [f"The partners agree: {text}.", "An exchange leaves tenders to Iran."]
    assert [one.text for one in NARRATOR.month([event("posts_change_hands", 0, 1)])] == ["Posts change hands in Homs."]


@pytest.mark.parametrize(
    ("meaning", "said"),
    [
        ("the land corridor to Lebanon (ours; R67 for the highway)", "the land corridor to Lebanon"),
        ("no SDF at its border (ours)", "the aim of no SDF at its border"),
        ("to rule themselves (ours)", "the aim to rule themselves"),
    ],
)
def test_what_effort_is_spent_on_reads_as_an_aim(meaning: str, said: str) -> None:
    assert aim(meaning) == said


def test_what_recurs_within_a_year_makes_one_sentence_with_its_months() -> None:
    again = [event("incident_diplomatic", month) for month in (0, 1, 2, 3)]
    first, later = NARRATOR.years(again)
    assert first.date == "2021-06" and first.text.endswith("; again in July and Aug.") and first.months == ("2021-06", "2021-07", "2021-08")
    assert later.date == "2022-01" and later.text == "Russian publicity draws protest from Tehran."


def test_tenders_of_a_year_make_one_sentence_with_the_months_of_each_place() -> None:
    one, other, later = NARRATOR.years(
        [
            event("contract_russia", 0, 1),
            event("contract_russia", 1, 0),
            event("contract_lapsed", 1, 0),
            event("contract_russia", 2, 1),
            event("contract_russia", 3, 1),
        ]
    )
    assert one.text == "Russian firms win a tender (memorandum) in Homs (June and Aug) and Aleppo (July)." and one.date == "2021-06"
    assert one.provinces == ("SY-HI", "SY-HL") and one.months == ("2021-06", "2021-07", "2021-08")
    assert other.text == "A memorandum comes to nothing or a contract ends in Aleppo."
    assert later.text == "Russian firms win a tender (memorandum) in Homs." and later.date == "2022-01"


def test_routine_is_added_up_by_year() -> None:
    (one,) = NARRATOR.years([event("raid", 0, 0, count=3.0), event("raid", 1, 1, count=5.0)])
    assert one.date == "2021" and one.routine and one.text == "Islamic State cells carry out raids in Homs and Aleppo (8)."


def test_a_replay_knows_spheres_and_influence_by_month(known: Path, replayed: Replay) -> None:
    assert replayed.spheres.shape == (25, 14) and replayed.influence.shape == (25, 7, 14)
    np.testing.assert_allclose(replayed.influence.sum(axis=1), 1.0, atol=1e-6)
    for table, row in (("starts", 0), ("provinces", -1)):
        stored = Result(known).table("scripted", table, ["world", "sphere"]).to_pandas().query("world == 2")["sphere"]
        assert [SPHERES[code] for code in replayed.spheres[row]] == stored.tolist()


def test_the_strip_shows_the_spheres_of_its_months(replayed: Replay) -> None:
    spec = sphere_filmstrip.figure(replayed)
    shown = sphere_filmstrip.months_shown(replayed.spheres)
    assert shown[0] == 0 and shown[-1] == 24 and 2 <= len(shown) <= 5
    alt.Chart.from_dict(spec, validate=True)
    features = next(rows for rows in spec["datasets"].values() if "geometry" in rows[0])
    colours = [palette.SPHERES[SPHERES[code]] for row in shown for code in replayed.spheres[row]]
    assert [one["color"] for one in features] == colours
    texts = " ".join(row["text"] for rows in spec["datasets"].values() for row in rows if "text" in row)
    assert "not sovereignty" in texts and "Golan" in texts and spec["description"].startswith("Simulated world 2 of 'scripted'")


def test_telling_months_are_those_with_most_changes() -> None:
    spheres = np.zeros((40, 5), dtype=int)
    spheres[10:, :3] = 1  # three change
    spheres[13:, 3] = 1  # one more, too close to show
    spheres[25:, :2] = 2  # two
    assert sphere_filmstrip.months_shown(spheres) == [0, 10, 25, 39]
    assert sphere_filmstrip.months_shown(spheres[:2]) == [0, 1]


def test_a_change_that_does_not_last_is_not_shown() -> None:
    spheres = np.zeros((40, 5), dtype=int)
    spheres[10:13] = 1  # gone after three months
    assert sphere_filmstrip.months_shown(spheres) == [0, 39]
    spheres[20:, 0] = 2
    assert sphere_filmstrip.months_shown(spheres) == [0, 20, 39]
