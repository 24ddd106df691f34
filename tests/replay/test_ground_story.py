"""Ground in words: what changes hands in a month in the order of days, who takes over, and a fall."""

import pytest

from sim.model.state.event_log import KIND_INDEX, KINDS, EventRecord
from sim.replay.narrative import Narrator
from sim.replay.sentence import Sentence
from sim.text.number_format import ordinal

ALEPPO, HAMA, HOMS, SUWAYDA = range(4)
NARRATOR = Narrator(("2024-11", "2024-12"), ("SY-HL", "SY-HM", "SY-HI", "SY-SU"), ("Aleppo", "Hama", "Homs", "Suwayda"))
BOTH = "the SDF and the opposition"


def event(kind: str, province: int | None = None, day: int = 0, text: str = "", month: int = 0) -> EventRecord:
    """An event of world 0."""
    return EventRecord(month, KINDS[KIND_INDEX[kind]], province, 0, 1.0, text, day)


def told(*events: EventRecord) -> list[str]:
    return [sentence.text for sentence in month(*events)]


def month(*events: EventRecord) -> list[Sentence]:
    return list(NARRATOR.month(events))


def test_each_day_on_which_ground_changes_hands_has_a_sentence_in_order() -> None:
    events = [
        event("government_rout", HOMS, 11, "the opposition"),
        event("government_rout", HAMA, 11, "the opposition"),
        event("opposition_gain", ALEPPO, 1),
        event("government_rout", ALEPPO, 1, BOTH),
    ]
    first, second = month(*events)
    assert first.text == (
        "From the 1st the opposition takes ground in Aleppo. Garrisons of the government leave Aleppo without a battle; "
        "the SDF and the opposition take over."
    )
    assert second.text == "From the 11th garrisons of the government leave Homs and Hama without a battle; the opposition takes over."
    assert (first.day, second.day) == (1, 11) and second.provinces == ("SY-HI", "SY-HM") and set(first.claims) == {"R03", "R47"}


def test_one_day_alone_is_not_named() -> None:
    assert told(event("sdf_gain", HOMS, 6), event("government_repelled", HAMA, 6)) == [
        "The SDF takes ground in Homs.",
        "An offensive of the government fails in Hama.",
    ]


def test_several_who_take_over_are_named_by_place_with_their_towns() -> None:
    (one,) = told(
        event("government_rout", HAMA, 6, "the opposition"),
        event("government_rout", HOMS, 6, BOTH),
        event("government_rout", ALEPPO, 6, "the opposition and the SDF"),
        event("town_taken", HOMS, 6, "Palmyra passes to the SDF"),
        event("town_taken", HOMS, 6, "Palmyra passes to the SDF"),
        event("town_taken", HOMS, 6, "Rastan passes to the opposition"),
    )
    assert one == (
        "Garrisons of the government leave Hama, Homs and Aleppo without a battle; the opposition takes over Hama; "
        "the SDF and the opposition take over Homs and Aleppo, where Palmyra passes to the SDF, and Rastan to the opposition."
    )


@pytest.mark.parametrize(
    ("day", "taker", "attached"),
    [(6, "the opposition", True), (11, "the opposition", False), (6, "the Islamic State", False)],
)
def test_a_town_goes_with_those_who_take_its_province_that_day(day: int, taker: str, attached: bool) -> None:
    texts = told(event("government_rout", HOMS, 6, "the opposition"), event("town_taken", HOMS, day, f"al-Qaryatayn passes to {taker}"))
    assert any("with the town of al-Qaryatayn" in text for text in texts) == attached
    assert any(f"l-Qaryatayn passes to {taker}" in text for text in texts) != attached


def test_what_goes_on_at_a_place_is_told_where_it_begins() -> None:
    events = [event("government_rout", HOMS, day, "the opposition") for day in (6, 16, 26)]
    later = [event("town_taken", HOMS, 26, "Palmyra passes to the opposition"), event("government_rout", HAMA, 16, "the opposition")]
    assert told(*events, *later) == [
        "From the 6th garrisons of the government leave Homs without a battle; the opposition takes over, with the town of Palmyra.",
        "From the 16th garrisons of the government leave Hama without a battle; the opposition takes over.",
    ]


def test_ground_that_goes_back_and_forth_makes_one_sentence() -> None:
    events = [
        event("sdf_gain", HOMS, 1),
        event("sdf_rout", HOMS, 6, "the opposition"),
        event("opposition_rout", HOMS, 11, "the SDF"),
        event("town_taken", HOMS, 11, "Palmyra passes to the SDF"),
    ]
    (one,) = month(*events)
    assert one.text == (
        "The SDF and the opposition fight over Homs, where ground changes hands back and forth until the 11th and the SDF takes it last."
    )
    assert set(one.kinds) == {"sdf_gain", "sdf_rout", "opposition_rout", "town_taken"}
    assert len(month(*events[:2])) == 2  # taken and lost once is told as such


def test_a_pocket_that_yields_is_told_after_the_days_with_its_town() -> None:
    days = [event("sdf_gain", HOMS, 1), event("opposition_gain", HAMA, 6)]
    pocket = [event("pocket_yields", ALEPPO), event("town_taken", ALEPPO, 0, "eastern Aleppo passes to the government")]
    assert told(*days, *pocket)[1:] == [
        "From the 6th the opposition takes ground in Hama.",
        "A besieged pocket in Aleppo yields; eastern Aleppo passes to the government.",
    ]
    assert told(days[0], *pocket)[0] == "The SDF takes ground in Homs."


def test_risings_name_the_towns_and_withdrawals_the_takers() -> None:
    local = event("town_taken", SUWAYDA, 6, "Shahba passes to local forces")
    assert told(event("rising", SUWAYDA, 6), local) == ["Towns in Suwayda rise and drive the government out, among them Shahba."]
    assert told(event("withdrawal", SUWAYDA, 6, "local forces")) == ["The government withdraws from Suwayda; local forces take over."]


def test_a_fall_comes_after_the_days_and_says_who_takes_over_in_one_sentence() -> None:
    events = [
        event("scripted", text="a step"),
        event("government_rout", HOMS, 6, BOTH),
        event("government_rout", ALEPPO, 1, "the opposition"),
        event("collapse_ground"),
        event("taken_over", SUWAYDA, 30, "local forces"),
        event("taken_over", HOMS, 30, "the opposition"),
        event("taken_over", HAMA, 30, "the opposition"),
        event("town_taken", HAMA, 30, "Salamiyah passes to the opposition"),
        event("province_lost", HAMA),
        event("contract_lapsed", HAMA),
    ]
    sentences = month(*events)
    assert [sentence.text for sentence in sentences] == [
        "The scenario changes a condition: a step.",
        "From the 1st garrisons of the government leave Aleppo without a battle; the opposition takes over.",
        "From the 6th garrisons of the government leave Homs without a battle; the SDF and the opposition take over.",
        "The government falls with its core territory.",
        "After the fall the opposition takes over Hama and the rest of Homs; local forces take over Suwayda.",
        "A memorandum comes to nothing or a contract ends in Hama.",
    ]
    assert {kind for sentence in sentences for kind in sentence.kinds} == {one.kind.name for one in events}


def test_a_day_is_not_told_again_for_another_month() -> None:
    days = [event("sdf_gain", HOMS, 1), event("opposition_gain", HAMA, 6)]
    again = [event(one.kind.name, one.province, one.day, month=1) for one in days]
    texts = [sentence.text for sentence in NARRATOR.years([*days, *again])]
    assert len(texts) == 4 and not any("again" in text for text in texts)
    alone = list(NARRATOR.years([event("sdf_gain", HOMS, 1), event("sdf_gain", HOMS, 6, month=1)]))
    assert [sentence.text for sentence in alone] == ["The SDF takes ground in Homs; again in Dec."]


@pytest.mark.parametrize(
    ("n", "said"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (6, "6th"), (11, "11th"), (12, "12th"), (21, "21st"), (30, "30th")]
)
def test_days_are_ordinals(n: int, said: str) -> None:
    assert ordinal(n) == said
