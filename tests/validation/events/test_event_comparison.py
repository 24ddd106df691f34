"""The comparison on counts with known answers, and violence counted as the log counts it."""

from pathlib import Path

import numpy as np
import pytest

from sim.model.state.event_log import KIND_INDEX, KINDS
from sim.model.state.geography import Provinces, load_provinces
from sim.report.figures import event_map
from sim.scenario import Scenario, load_scenario
from sim.validation.events.event_comparison import EventComparison
from sim.validation.events.event_counts import EventCounts, count_events
from sim.validation.events.event_file import EventFileError
from sim.validation.events.model_violence import VIOLENT, ViolenceLog, run_violence
from sim.validation.events.observed_events import observed_events

from .made_up import ucdp

HISTORY = Path(__file__).resolve().parents[3] / "scenarios" / "history" / "history_2015.yaml"


@pytest.fixture(scope="module")
def history() -> Scenario:
    return load_scenario(HISTORY)


@pytest.fixture(scope="module")
def provinces() -> Provinces:
    return load_provinces()


def _counts(path: Path, events: dict[tuple[str, str], int]) -> EventCounts:
    changes = [{"adm_1": place, "date_start": day, "date_end": day} for (place, day), n in events.items() for _ in range(n)]
    return count_events(ucdp(path, *changes))


def _comparison(
    path: Path, history: Scenario, provinces: Provinces, violence: np.ndarray, events: dict[tuple[str, str], int]
) -> EventComparison:
    counts = _counts(path, events)
    return EventComparison(history, provinces, counts, observed_events(counts, history, provinces), violence)


def test_violence_is_what_the_definition_says() -> None:
    names = {kind.name for kind in KINDS}
    assert set(VIOLENT) <= names and {"raid", "rising", "strike_israel", "strike_us", "government_gain", "sdf_repelled"} <= set(VIOLENT)
    assert not any(name.endswith("_rout") or name.startswith(("incident", "contract", "town", "withdrawal")) for name in VIOLENT)


def test_violence_by_world_adds_up_to_the_log_and_does_not_depend_on_the_batch() -> None:
    scenario = load_scenario(HISTORY).with_months(6)
    few, many = run_violence(scenario, 3, 1), run_violence(scenario, 8, 1)
    assert few.shape == (14, 6, 3) and (few == many[..., :3]).all() and many.sum() > 0
    log = ViolenceLog(2, 2, 3)
    log.note("raid", 1, np.array([[1.0, 2.0, 9.0], [0.0, 1.0, 9.0], [0.0, 0.0, 9.0]]))  # the last world is padding
    log.note("government_rout", 1, np.ones((3, 3)))
    log.note("breakdown", 1, np.ones(3))
    assert log.violence[:, 1].tolist() == [[1, 2], [0, 1], [0, 0]] and not log.violence[:, 0].any()
    assert log.counts[KIND_INDEX["raid"]].sum() == log.violence.sum()


def test_a_model_that_is_the_file_has_nothing_in_the_wrong_place(tmp_path: Path, history: Scenario, provinces: Provinces) -> None:
    events = {("Aleppo", "2015-09-03"): 4, ("Homs", "2015-10-03"): 2, ("Idlib", "2015-11-03"): 1}
    violence = np.zeros((14, history.months, 4), dtype=np.int16)
    for code, month, n in (("SY-HL", 0, 8), ("SY-HI", 1, 4), ("SY-ID", 2, 2)):
        violence[provinces.index(code), month] = n
    c = _comparison(tmp_path / "a.csv", history, provinces, violence, events)
    measures = {m.what: m for m in c.measures()}
    assert c.scale == 0.5 and c.months() == ["2015-09", "2015-10", "2015-11"]
    assert measures["places: share in the wrong places"].together == 0.0 == measures["months: share in the wrong months"].high
    assert measures["places and months: rank correlation"].together == pytest.approx(1.0)
    assert c.score() is None  # less than a year of facts before
    assert all(event_map.shade(0.0) == row["color"] for row in event_map.figure(c)["datasets"]["layer_0"])


def test_known_distances(tmp_path: Path, history: Scenario, provinces: Provinces) -> None:
    violence = np.zeros((14, history.months, 2), dtype=np.int16)
    violence[provinces.index("SY-HL"), 0] = 3
    violence[provinces.index("SY-HI"), 1] = 1
    c = _comparison(tmp_path / "a.csv", history, provinces, violence, {("Aleppo", "2015-09-01"): 1, ("Homs", "2015-10-01"): 1})
    measures = {m.what: m for m in c.measures()}
    assert measures["places: share in the wrong places"].together == pytest.approx(25.0)
    fact, model = c.places()
    assert (model - fact)[provinces.index("SY-HL")] == pytest.approx(0.25)
    spec = event_map.figure(c)
    title = " ".join(spec["title"]["text"]).replace("\xa0", " ")
    assert title == "The model has too much violence in Aleppo (+25 points), too little in Homs (−25)"


def test_months_before_and_after_the_run_are_told_and_not_compared(tmp_path: Path, history: Scenario, provinces: Provinces) -> None:
    events = {("Aleppo", f"{year}-{month:02d}-05"): 2 for year in (2014, 2015, 2016) for month in range(1, 13)} | {
        ("Homs", "2021-07-01"): 5
    }
    violence = np.zeros((14, history.months, 3), dtype=np.int16)
    violence[provinces.index("SY-HL")] = 1
    c = _comparison(tmp_path / "a.csv", history, provinces, violence, events)
    assert (c.observed.before, c.observed.after) == (2 * 20, 5) and c.months()[0] == "2015-09" and c.months()[-1] == "2021-06"
    assert c.fact.sum() == 2 * 16
    score = c.score()
    assert score is not None and score.first == 0 and score.cells == 14 * 70
    # each of the last 54 months has no event and 32 / 70 scaled ones in Aleppo; the first 16 have two
    scale = 32 / 70
    assert score.model == pytest.approx((16 * (2 - scale) + 54 * scale) / (14 * 70))
    assert score.rivals["nothing"] == pytest.approx(54 * 2 / (14 * 70))


def test_a_file_outside_the_run_and_a_file_without_events_of_syria_are_answered(
    tmp_path: Path, history: Scenario, provinces: Provinces
) -> None:
    counts = _counts(tmp_path / "a.csv", {("Aleppo", "2012-01-01"): 1})
    with pytest.raises(EventFileError, match=r"2012-01 to 2012-01, and 'history_2015' covers 2015-09 to 2021-06.*--scenario"):
        observed_events(counts, history, provinces)
    only = count_events(ucdp(tmp_path / "b.csv", {"country": "Iraq"}, {"country": "Iraq"}))
    with pytest.raises(EventFileError, match=r"none of 2 rows can be counted.*2: in another country"):
        observed_events(only, history, provinces)


def test_a_model_without_violence_is_answered(tmp_path: Path, history: Scenario, provinces: Provinces) -> None:
    violence = np.zeros((14, history.months, 2), dtype=np.int16)
    c = _comparison(tmp_path / "a.csv", history, provinces, violence, {("Aleppo", "2015-09-01"): 1})
    with pytest.raises(EventFileError, match="no violence"):
        _ = c.scale


def test_a_stray_date_of_long_ago_does_not_stretch_the_table(tmp_path: Path, history: Scenario, provinces: Provinces) -> None:
    counts = _counts(tmp_path / "a.csv", {("Aleppo", "1017-05-12"): 1, ("Aleppo", "2016-05-12"): 1})
    observed = observed_events(counts, history, provinces)
    assert observed.first == -120 and observed.before == 1 and observed.counts.sum() == 1
