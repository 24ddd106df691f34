"""Counting: both layouts with every oddity; each row is counted once, placed or with a reason."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.validation.events import event_counts, event_file
from sim.validation.events.event_counts import count_events
from sim.validation.events.event_dates import DAY_FIRST, MONTH_FIRST
from sim.validation.events.event_file import EventFileError
from sim.validation.events.layouts import NOT_FIGHTING, ONE_SIDED

from .made_up import ACLED_COLUMNS, ACLED_EVENT, UCDP_COLUMNS, UCDP_EVENT, acled, text_of, ucdp

MAY_2017 = 2017 * 12 + 4


def test_ucdp_events_are_placed_or_left_out_by_reason(tmp_path: Path) -> None:
    file = ucdp(
        tmp_path / "made_up.csv",
        {},
        {"source_article": 'a "note",\nwith line breaks\r\nand; quotes'},
        {"date_prec": "4", "where_prec": "4", "adm_1": "Dayr Az Zawr governorate"},
        {"date_prec": "5"},
        {"where_prec": "6"},
        {"where_prec": ""},
        {"date_prec": "exact"},
        {"country": "Iraq", "adm_1": "Anbar governorate"},
        {"country": ""},
        {"type_of_violence": "3"},
        {"type_of_violence": "2"},
        {"date_end": "2017-06-02"},
        {"date_end": "2017-04-30"},
        {"date_start": "May 2017"},
        {"adm_1": ""},
        {"adm_1": "Anbar governorate"},
        {"id": "made-up 0"},
        {"date_prec": "1.0", "where_prec": "2.0", "type_of_violence": "1.0"},
    )
    counts = count_events(file)
    assert counts.columns.layout.name == "UCDP GED" and counts.source.encoding == "utf-8-sig"
    assert dict(counts.placed) == {("SY-HL", MAY_2017): 4, ("SY-DY", MAY_2017): 1}
    assert dict(counts.left_out) == {
        event_counts.COARSE_TIME: 1,
        event_counts.COARSE_PLACE: 1,
        event_counts.NO_PLACE_CODE: 1,
        event_counts.NO_TIME_CODE: 1,
        event_counts.ELSEWHERE: 1,
        event_counts.NO_COUNTRY: 1,
        ONE_SIDED: 1,
        event_counts.SPANS: 1,
        event_counts.BACKWARDS: 1,
        event_counts.NO_DATE: 1,
        event_counts.NO_PLACE: 1,
        event_counts.UNKNOWN_PLACE: 1,
        event_counts.REPEATED: 1,
    }
    assert dict(counts.unknown_names) == {"Anbar governorate": 1}


def test_acled_events_are_placed_or_left_out_by_reason(tmp_path: Path) -> None:
    file = acled(
        tmp_path / "made_up.csv",
        {},
        {"event_type": "Explosions/Remote violence", "admin1": "Deir-ez-Zor", "time_precision": "3"},
        {"event_type": "Battle-No change of territory"},
        {"event_type": "Protests"},
        {"event_type": "Violence against civilians"},
        {"geo_precision": "3"},
        {"country": "Lebanon"},
        {"event_id_cnty": "made-up 0"},
        {"event_date": "2017-05-31"},
    )
    counts = count_events(file)
    assert counts.columns.layout.name == "ACLED"
    assert dict(counts.placed) == {("SY-HL", MAY_2017): 3, ("SY-DY", MAY_2017): 1}
    assert dict(counts.left_out) == {NOT_FIGHTING: 2, event_counts.COARSE_PLACE: 1, event_counts.ELSEWHERE: 1, event_counts.REPEATED: 1}


def test_columns_are_found_by_name_in_any_order_case_and_number(tmp_path: Path) -> None:
    columns = [f"more {i}" for i in range(1000)] + [name.upper() for name in reversed(ACLED_COLUMNS)]
    event = {name.upper(): value for name, value in ACLED_EVENT.items()}
    file = tmp_path / "made_up.csv"
    file.write_text("\ufeff" + text_of(columns, event, [{}, {}], ";"), encoding="utf-8")
    assert count_events(file).placed == {("SY-HL", MAY_2017): 2}
    tabs = ucdp(tmp_path / "tabs.tsv", {}, delimiter="\t")
    assert count_events(tabs).events == 1


@pytest.mark.parametrize(("others", "order"), [("31/05/2017", DAY_FIRST), ("05/31/2017", MONTH_FIRST)])
def test_dates_in_two_orders_are_settled_by_the_rest_of_the_file(tmp_path: Path, others: str, order: str) -> None:
    counts = count_events(acled(tmp_path / "a.csv", {"event_date": "12/05/2017"}, {"event_date": others}, {"event_date": "04/04/2017"}))
    month = MAY_2017 if order == DAY_FIRST else 2017 * 12 + 11
    assert counts.order == order and counts.settled == 1 and counts.events == 3
    assert counts.placed["SY-HL", month] == (2 if order == DAY_FIRST else 1)


@pytest.mark.parametrize("others", [[], ["31/05/2017", "05/31/2017"]])
def test_dates_in_two_orders_are_left_out_where_nothing_settles_them(tmp_path: Path, others: list[str]) -> None:
    counts = count_events(acled(tmp_path / "a.csv", *({"event_date": text} for text in ("12/05/2017", *others))))
    assert counts.left_out == {event_counts.TWO_WAYS: 1} and counts.order == "" and counts.events == len(others)


def test_latin_1_is_read_and_said(tmp_path: Path) -> None:
    counts = count_events(acled(tmp_path / "a.csv", {"notes": "é", "admin1": "Hasaké"}, encoding="latin-1"))
    assert counts.source.encoding == "latin-1" and counts.placed == {("SY-HA", MAY_2017): 1}


def test_a_line_with_too_few_fields_is_counted_and_blank_lines_are_not(tmp_path: Path) -> None:
    file = acled(tmp_path / "a.csv", {})
    file.write_text(file.read_text() + "made-up,too,few\n\n\n")
    counts = count_events(file)
    assert counts.rows == 2 and counts.left_out == {event_counts.BROKEN: 1}


def test_a_zipped_file_gives_the_same(tmp_path: Path) -> None:
    file = ucdp(tmp_path / "a.csv", {}, {"adm_1": "Anbar"}, {"date_prec": "5"})
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(file, "folder/a.csv")
        archive.writestr("__MACOSX/folder/._a.csv", b"\0")
        archive.writestr("readme.md", "made up")
    packed, plain = count_events(tmp_path / "a.zip"), count_events(file)
    assert (packed.placed, packed.left_out, packed.rows) == (plain.placed, plain.left_out, plain.rows)
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "a.zip"}


def refused(file: Path) -> str:
    """What is said of a file that cannot be used."""
    with pytest.raises(EventFileError) as error:
        count_events(file)
    return str(error.value)


def _bad(tmp_path: Path, content: bytes) -> str:
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    text = refused(file)
    assert "bad.csv" in text and "\n" not in text and "\0" not in text
    return text


def test_files_that_are_no_event_data_are_answered(tmp_path: Path) -> None:
    good = text_of(ACLED_COLUMNS, ACLED_EVENT, [{}])
    assert "is empty" in _bad(tmp_path, b"")
    assert "a header and no events" in _bad(tmp_path, good.splitlines()[0].encode())
    assert "not the columns" in _bad(tmp_path, b"\n\n\n") and "UCDP GED: country" in _bad(tmp_path, b"a,b,c\n1,2,3\n")
    assert "NUL bytes" in _bad(tmp_path, good.encode("utf-16"))
    assert "a quote that does not close" in _bad(tmp_path, (good + '"made-up 2,open\n').encode())
    assert "'time_precision' (nearest here: 'time_prec')" in _bad(tmp_path, good.replace("time_precision", "time_prec").encode())
    assert "stands there 2 times" in _bad(tmp_path, good.replace("notes", "admin1").encode())
    assert "more than" in _bad(tmp_path, good.encode() + b"x" * (event_counts.MAX_LINE + 5))
    assert "does not exist" in refused(tmp_path / "none.csv")
    assert "is not a file" in refused(tmp_path)


def test_archives_that_cannot_be_used_are_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def zipped(files: dict[str, bytes]) -> str:
        with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return refused(tmp_path / "a.zip")

    assert "must hold one CSV file; it holds 'a.csv', 'b.csv'" in zipped({"a.csv": b"a", "b.csv": b"b"})
    assert "it holds 'a.xlsx'" in zipped({"a.xlsx": b"a"}) and "it holds nothing" in zipped({})
    monkeypatch.setattr(event_file, "FREE_BYTES", 1000)
    assert "would unpack from" in zipped({"a.csv": b"a" * 10_000_000})
    monkeypatch.setattr(event_file, "MAX_BYTES", 1000)
    assert "would unpack from" in zipped({"a.csv": bytes(range(1, 250)) * 100})
    good = bytearray((tmp_path / "a.zip").read_bytes())
    good[60:70] = b"0" * 10
    (tmp_path / "a.zip").write_bytes(good)
    monkeypatch.setattr(event_file, "MAX_BYTES", 10**9)
    monkeypatch.setattr(event_file, "FREE_BYTES", 10**9)
    assert "damaged zip archive" in refused(tmp_path / "a.zip")


def test_half_an_archive_is_answered(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", text_of(ACLED_COLUMNS, ACLED_EVENT, [{}] * 50))
    whole = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(whole[: len(whole) // 2])
    assert "damaged zip archive" in refused(tmp_path / "a.zip")


def test_a_file_larger_than_its_archive_says_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_file, "MAX_BYTES", 100)
    assert "holds more than 100 bytes" in refused(ucdp(tmp_path / "a.csv", {}))


FIELD = st.one_of(
    st.text(st.characters(blacklist_characters="\0", blacklist_categories=("Cs",)), max_size=12),
    st.sampled_from(["Syria", "1", "2", "3", "4", "5", "Aleppo", "Homs", "2017-05-12", "05/06/2017", "31/05/2017", ""]),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(UCDP_COLUMNS), FIELD, max_size=4), min_size=1, max_size=12))
def test_every_row_is_counted_exactly_once(tmp_path: Path, changes: list[dict[str, str]]) -> None:
    file = tmp_path / "any.csv"
    file.write_text(text_of(UCDP_COLUMNS, UCDP_EVENT, changes), encoding="utf-8", newline="")
    counts = count_events(file)
    assert counts.rows == len(changes) == counts.events + counts.left_out.total()
    assert counts.left_out[event_counts.BROKEN] == 0 and all(n > 0 for n in counts.placed.values())
    backwards = tmp_path / "backwards.csv"
    backwards.write_text(text_of(UCDP_COLUMNS, UCDP_EVENT, [c | {"id": ""} for c in changes[::-1]]), encoding="utf-8", newline="")
    forwards = tmp_path / "forwards.csv"
    forwards.write_text(text_of(UCDP_COLUMNS, UCDP_EVENT, [c | {"id": ""} for c in changes]), encoding="utf-8", newline="")
    assert count_events(backwards).placed == count_events(forwards).placed
