"""Events are counted over worlds, and recorded one by one only when asked."""

import numpy as np

from sim.model.state.event_log import KIND_INDEX, KINDS, EventLog


def test_events_are_counted_over_the_real_worlds_alone() -> None:
    log = EventLog(n_worlds=2, n_months=3, n_provinces=4)
    count = np.zeros((4, 3))
    count[1] = [1.0, 2.0, 9.0]  # the third column is padding
    log.note("raid", 2, count)
    log.note("crisis", 0, np.array([True, False, True]))
    assert log.counts[KIND_INDEX["raid"], 2].tolist() == [0, 3, 0, 0, 0]
    assert log.counts[KIND_INDEX["crisis"], 0].tolist() == [0, 0, 0, 0, 1]
    assert log.counts.sum() == 4
    assert log.records == []


def test_records_name_month_place_world_and_count() -> None:
    log = EventLog(n_worlds=2, n_months=3, n_provinces=4, record_events=True)
    count = np.zeros((4, 3))
    count[1] = [0.0, 2.0, 9.0]
    log.note("raid", 2, count)
    log.note("scripted", 1, np.ones(3), "a decision")
    assert [(t.month, t.kind.name, t.province, t.world, t.count, t.text) for t in log.records] == [
        (2, "raid", 1, 1, 2.0, ""),
        (1, "scripted", None, 0, 1.0, "a decision"),
        (1, "scripted", None, 1, 1.0, "a decision"),
    ]


def test_every_kind_has_a_sentence_for_stories() -> None:
    for kind in KINDS:
        sentence = kind.sentence.format(place="Homs", count=2, text="a decision")
        assert sentence.endswith(".") and "{" not in sentence, kind.name
    assert len(KIND_INDEX) == len(KINDS)
