"""Breaking lines: nothing wider than its place, nothing lost unless an ellipsis says so."""

import pytest

from sim.report.drawing.text_metrics import balanced, cut, width, wrapped

SENTENCE = "Delimited by agreement in 54 % of worlds; 12 points fewer than in the baseline."


def test_widths_are_those_of_the_letter() -> None:
    assert width("ii", 10) == pytest.approx(4.44)
    assert width("W", 100) == pytest.approx(94.4)
    assert width("a", 10, bold=True) > width("a", 10)


@pytest.mark.parametrize("limit", [90, 150, 300, 2000])
def test_lines_fit_and_keep_every_word(limit: float) -> None:
    lines = wrapped(SENTENCE, limit, 13, lines=20)
    assert all(width(line, 13) <= limit for line in lines)
    assert " ".join(lines).replace("\u00a0", " ") == SENTENCE


def test_a_number_stays_with_its_percent_sign() -> None:
    for limit in range(60, 400, 10):
        assert not any(line.startswith("%") for line in wrapped(SENTENCE, limit, 13, lines=20))


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    lines = wrapped(SENTENCE * 10, 200, 13, lines=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(width(line, 13) <= 200 for line in lines)


def test_a_word_without_end_is_broken() -> None:
    lines = wrapped("x" * 200, 100, 13, lines=50)
    assert all(width(line, 13) <= 100 for line in lines)
    assert "".join(lines) == "x" * 200


def test_cut_leaves_short_text_alone() -> None:
    assert cut("Homs", 200, 12) == "Homs"
    assert cut("Deir ez-Zor", 40, 12).endswith("…")


def test_balanced_needs_no_more_lines_and_evens_them() -> None:
    plain, even = wrapped(SENTENCE, 500, 20), balanced(SENTENCE, 500, 20)
    assert len(even) == len(plain)
    assert max(width(line, 20) for line in even) <= max(width(line, 20) for line in plain)
    assert " ".join(even) == " ".join(plain)
