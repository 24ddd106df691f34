"""No text of a file becomes a formula in a spreadsheet, and no number is touched."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.text.csv_text import csv_frame, csv_rows, csv_text


@pytest.mark.parametrize("text", ["=1+1", "+SUM(A1)", "-2+3+cmd|' /C calc'!A0", "@x", " \t=1", "\uff1dA1", "-", "=", "\r=1", "\n-x"])
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert csv_text(text).startswith("'") and csv_text(text).isprintable()


@pytest.mark.parametrize("text", ["-0.5", "+3", "-1e-07", "1.25", "-inf", "nan", "", "What if a = b?", "'=1", "a-b"])
def test_numbers_and_other_texts_stay_as_they_are(text: str) -> None:
    assert csv_text(text) == text


@given(st.text())
def test_any_text_is_one_line_that_a_reader_gives_back(text: str) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(csv_rows([["a", text]]))
    ((first, read),) = csv.reader(io.StringIO(written.getvalue(), newline=""))
    assert first == "a" and read == csv_text(text) and "\n" not in read and "\x1b" not in read and "\u202e" not in read
    assert read.lstrip()[:1] not in {"=", "@"}


def test_a_frame_keeps_its_numbers_to_the_bit() -> None:
    table = pd.DataFrame({"x": [-0.1, 2.5], "n": [-1, 2], "yes": [True, False], "says": ["=1", None]})
    table["kind"] = pd.Categorical(["-a", "b"])
    safe = csv_frame(table)
    assert safe[["x", "n", "yes"]].equals(table[["x", "n", "yes"]]) and list(safe) == list(table)
    assert safe["says"][0] == "'=1" and list(safe["kind"]) == ["'-a", "b"] and pd.isna(safe["says"][1])
