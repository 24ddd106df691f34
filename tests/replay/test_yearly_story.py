"""Routine over years in which nearly the same happens makes one sentence; a change of pace or place begins another."""

import pytest

from sim.model.state.event_log import KIND_INDEX, KINDS, EventRecord
from sim.replay.narrative import Narrator
from sim.replay.sentence import Sentence

MONTHS = tuple(f"{2021 + (5 + i) // 12}-{(5 + i) % 12 + 1:02}" for i in range(60))  # June 2021 to May 2026
NARRATOR = Narrator(MONTHS, tuple("ABCDEF"), ("Aleppo", "Homs", "Hama", "Idlib", "Raqqa", "Daraa"))


def raids(*by_year: dict[int, float]) -> list[Sentence]:
    """The sentences on raids: for each calendar year from 2021 on, how many a month in which province."""
    events = [
        EventRecord(month, KINDS[KIND_INDEX["raid"]], province, 0, count)
        for month, name in enumerate(MONTHS)
        if int(name[:4]) - 2021 < len(by_year)
        for province, count in by_year[int(name[:4]) - 2021].items()
    ]
    return list(NARRATOR.years(events))


def test_years_alike_make_one_sentence_with_what_a_year_has() -> None:
    (one,) = raids(*[{0: 3.0, 1: 2.0}] * 6)
    assert one.cited.startswith(
        "Every year from 2021 to 2026: Islamic State cells carry out raids in Aleppo and Homs (300 in all, about 60 a year)."
    )
    assert one.date == "2021" and one.routine and len(one.months) == 60


@pytest.mark.parametrize(("second", "apart"), [(4.4, False), (4.6, True), (2.1, False), (1.9, True)])
def test_half_as_much_again_is_another_pace(second: float, apart: bool) -> None:
    told = raids({0: 3.0}, {0: second})
    assert (len(told) == 2) == apart
    if not apart:
        assert told[0].lead == "In 2021 and 2022"
    else:
        assert [one.lead for one in told] == ["Over the year"] * 2 and [one.date for one in told] == ["2021", "2022"]


def test_a_cut_year_is_judged_by_its_months() -> None:
    assert len(raids({0: 4.0}, {0: 4.0})) == 1, "seven months of 2021, twelve of 2022"


def test_other_places_begin_another_sentence() -> None:
    assert len(raids({0: 1.0, 1: 1.0, 2: 1.0, 3: 1.0}, {0: 1.0, 1: 1.0, 2: 1.0, 4: 1.0})) == 1
    assert len(raids({0: 1.0, 1: 1.0, 2: 1.0, 3: 1.0}, {0: 1.0, 1: 1.0, 4: 1.0, 5: 1.0})) == 2


def test_a_year_without_it_parts_them() -> None:
    assert [one.date for one in raids({0: 1.0}, {}, {0: 1.0})] == ["2021", "2023"]


def test_nothing_is_lost() -> None:
    told = raids({0: 3.0}, {0: 3.0, 1: 0.5}, {5: 9.0}, {5: 9.0})
    assert [one.date for one in told] == ["2021", "2023"]
    assert "(63 in all" in told[0].text and "(216 in all, about 108 a year)" in told[1].text
