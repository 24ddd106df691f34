"""Spellings of the 14 governorates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.state.csv_files import read_csv
from sim.validation.events.governorate_names import folded, governorate, known_names

TABLE = read_csv("governorate_names.csv")
CODES = {row["iso_3166_2"] for row in read_csv("provinces.csv")}


def test_no_spelling_means_two_governorates() -> None:
    meant: dict[str, set[str]] = {}
    for row in TABLE:
        assert row["iso_3166_2"] in CODES and row["source"]
        meant.setdefault(folded(row["name"]), set()).add(row["iso_3166_2"])
    for row in read_csv("provinces.csv"):
        meant.setdefault(folded(row["name"]), set()).add(row["iso_3166_2"])
    assert {name: codes for name, codes in meant.items() if len(codes) > 1} == {}
    assert set(known_names().values()) == CODES and "" not in known_names()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Halab", "SY-HL"),
        ("Dar'a", "SY-DR"),
        ("Dar`a Governorate", "SY-DR"),
        ("Deir-ez-Zor", "SY-DY"),
        ("DAYR AZ ZAWR GOVERNORATE", "SY-DY"),
        ("Ar-Raqqah", "SY-RA"),
        ("Al-Hasakeh", "SY-HA"),
        ("As-Sweida", "SY-SU"),
        ("As Suwayda’ governorate", "SY-SU"),
        ("Rural Damascus", "SY-RD"),
        ("Rif Dimashq", "SY-RD"),
        ("Damascus", "SY-DI"),
        ("Lattakia", "SY-LA"),
        ("Al Lādhiqīyah", "SY-LA"),
        ("Ţarţūs", "SY-TA"),
        ("sy-qu", "SY-QU"),
        ("محافظة حلب", "SY-HL"),
        ("  Idleb ", "SY-ID"),
    ],
)
def test_spellings_are_mapped(name: str, code: str) -> None:
    assert governorate(name) == code


@pytest.mark.parametrize("name", ["", "Al", "governorate", "Anbar", "Damascas", "Hatay", "Golan", "Aleppo; Idlib", "-"])
def test_what_is_not_in_the_table_is_unknown_and_never_guessed(name: str) -> None:
    assert governorate(name) is None


@given(st.sampled_from(TABLE), st.sampled_from(["{}", "{} governorate", "Governorate {}", "  {} ", "{} Province"]), st.booleans())
def test_case_spaces_and_the_word_governorate_do_not_matter(row: dict[str, str], form: str, upper: bool) -> None:
    name = form.format(row["name"].upper() if upper else row["name"])
    assert governorate(name) == row["iso_3166_2"]


@given(st.text(max_size=40))
def test_any_text_is_a_governorate_or_none(text: str) -> None:
    assert governorate(text) in {None, *CODES}
