"""The end of a run on the screen: a table whose columns stand apart at every width, and three sentences on it."""

import io
import math
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from compare.conftest import FakeRun
from compare.conftest import fake as fake

from sim.compare.build import compare
from sim.compare.precision import Precision
from sim.compare.quantities import SHARES
from sim.report.console.summary_rows import (
    SHOWN_INDICES,
    Figure,
    ShownRow,
    precision_of_comparison,
    rows_of_comparison,
    rows_of_run,
)
from sim.report.console.summary_sentences import care, sentences, standing_out
from sim.report.console.summary_table import HEADS, difference_text, folded, show, value_text
from sim.text.console import PlainConsole

BASE = dict(zip(SHARES, (0.0, 0.17, 0.49, 0.004, 1.0, 0.24, 0.03, 0.06), strict=True))
BY = dict(zip(SHARES, (0.0, -0.17, 0.004, 0.996, -1.0, 0.02, 0.009, 0.7), strict=True))
PRECISION = [Precision("other", "baseline", "condominium", 1000, 0.5, 0.031, 0.02, 0.012, 3000, 0, 1000)]


def reference(name: str = "baseline") -> ShownRow:
    """A scenario that others are compared with."""
    figures = {share: Figure(value) for share, value in BASE.items()} | {index: Figure(0.44) for index in SHOWN_INDICES}
    return ShownRow(name, name, 1000, figures, 0.584, 0.012)


def other(name: str = "other", significant: bool = True, by: float = math.nan) -> ShownRow:
    """A scenario compared with the baseline; `by`: each share's difference, else those of BY."""
    moves = {share: BY[share] if math.isnan(by) else by for share in SHARES}
    figures = {share: Figure(BASE[share] + moves[share], moves[share], significant) for share in SHARES}
    figures |= {index: Figure(0.44 + 0.1, 0.1, significant) for index in SHOWN_INDICES}
    return replace(reference(name), reference="baseline", figures=figures, fallen_by_observed_month=None)


def drawn(rows: Sequence[ShownRow], width: int) -> list[str]:
    """The lines of the table as a terminal of a width shows them."""
    out = PlainConsole(width=width, force_terminal=True, color_system=None, highlight=False, legacy_windows=False)
    out.file = text = io.StringIO()
    show(rows, out)
    return text.getvalue().splitlines()


MANY = [reference(), *(other(f"turkey_and_opposition_{i:02}") for i in range(33))]


@pytest.mark.parametrize("rows", [[reference()], [reference(), other()], MANY])
@pytest.mark.parametrize("width", [20, 79, 80, 100, 120, 160, 300])
def test_columns_and_headings_stand_apart_at_every_width(rows: list[ShownRow], width: int) -> None:
    lines = drawn(rows, width)
    assert max(map(len, lines)) <= width and "…" not in "".join(lines)
    ruled = [i for i, line in enumerate(lines) if set(line.strip()) == {"-"}]
    if not ruled:  # too narrow for a table: a paragraph a scenario
        assert width < 80 and sum("delimited" in line for line in lines) >= len(rows)
        return
    head, body = lines[ruled[0] - 1], lines[ruled[0] + 1 :]
    columns = re.split(r" {2,}", head.strip())
    assert columns[0] == "scenario" and len(columns) >= 9 and "  " in lines[ruled[0] - 2]
    first = re.split(r" {2,}", body[0].strip())
    assert len(first) == len(columns) and first[:4] == ["baseline", "0", "17", "49"]


def test_every_number_has_one_format() -> None:
    row = other()
    assert [value_text(name, row.figures[name].value) for name in SHARES] == ["0", "0", "49", "100", "0", "26", "4", "76"]
    assert value_text("fallen", 0.004) == "<1" and value_text("fallen", 0.996) == ">99" and value_text("balance", 0.5) == "0.50"
    assert [difference_text(name, BY[name]) for name in SHARES] == ["0", "−17", "0", "+100", "−100", "+2", "+1", "+70"]
    assert difference_text("balance", -0.1) == "−0.10" and difference_text("balance", 0.001) == "0"
    assert difference_text("fallen", math.nan) == "-"


def test_a_star_is_for_what_is_significant_and_large_enough() -> None:
    text = "\n".join(drawn([reference(), other()], 160))
    assert (
        "+70*" in text
        and "−17*" in text
        and "+1*" not in text
        and "0*" not in text.replace("70*", "").replace("100*", "").replace(".10*", "")
    )
    assert "*" not in "\n".join(drawn([reference(), other(significant=False)], 160)).replace("* significant", "")


@pytest.mark.parametrize("name", ["short", "turkey_and_opposition_advance", "x" * 50])
def test_a_name_is_folded_behind_its_words(name: str) -> None:
    lines = folded(name, 18)
    assert "".join(lines) == name and max(map(len, lines)) <= 18
    assert all(line.endswith("_") for line in lines[:-1]) or "_" not in name


def test_what_stands_out_is_the_largest_significant_difference_of_an_outcome() -> None:
    text = standing_out([reference(), other("small", by=0.02), other("large", by=-0.03), other("unsure", False, 0.9)], PRECISION)
    assert text.startswith("What stands out most: large, where the outcome is ") and "(−3.0 points)" in text
    assert text.endswith("; 2 of 3 scenarios change an outcome significantly.")
    alone = standing_out([reference(), replace(other(), is_hindsight=True)], PRECISION)
    assert alone == (
        "What stands out most: other (hindsight), where the outcome is Iranian primacy in 0 % of worlds instead of 100 % in baseline "
        "(−100 points)."
    )


def test_nothing_stands_out_where_nothing_is_significant_or_worlds_are_few() -> None:
    none = "What stands out most: no outcome of other differs significantly from baseline"
    assert standing_out([reference(), other(significant=False)], PRECISION) == f"{none}."
    index = standing_out([reference(), other(by=0.005)], PRECISION)
    assert index == f"{none}; of the indices most differs delimitation of other, 0.54 instead of 0.44."
    few = [replace(PRECISION[0], n_worlds=20, n_pairs=20)]
    text = standing_out([reference(), other()], few)
    assert text == "20 worlds are too few to call any difference significant (at least 30): nothing can be said to stand out yet."
    assert standing_out([reference()], few).startswith(
        "What stands out most: the most frequent outcome of baseline is Iranian primacy (100 %"
    )


def test_care_is_asked_for_with_the_share_assumed_and_the_fall_that_came() -> None:
    text = care([reference(), other()])
    assert "projections, not predictions" in text and "58 % of the parameters are assumed" in text
    assert text.endswith("which fell in Dec 2024, has fallen by then in 1 % of worlds of baseline; nothing was tuned to that.")
    assert "Dec 2024" not in care([replace(reference(), fallen_by_observed_month=None)])


def test_a_comparison_says_the_same_as_the_run_whose_result_it_compares(fake: FakeRun) -> None:
    ran = rows_of_run(fake.ended.rows)
    comparison, _ = compare([fake.folder])
    compared = rows_of_comparison(comparison)
    assert [row.scenario for row in compared] == [row.scenario for row in ran]
    for one, again in zip(ran, compared, strict=True):
        assert (one.n_worlds, one.is_reference, one.is_compared) == (again.n_worlds, again.is_reference, again.is_compared)
        assert one.assumed == again.assumed and one.fallen_by_observed_month == again.fallen_by_observed_month
        for name in (*SHARES, *SHOWN_INDICES):
            first, second = one.figures[name], again.figures[name]
            assert second.value == pytest.approx(first.value, abs=1e-6) and second.significant == first.significant
            assert second.difference == pytest.approx(first.difference, abs=1e-6, nan_ok=True)
    said, again_said = sentences(ran, fake.ended.precision), sentences(compared, precision_of_comparison(comparison))
    assert said[0] == again_said[0] and said[2] == again_said[2] and len(said) == 3


def test_every_column_has_a_heading() -> None:
    assert set(HEADS) == {*SHARES, *SHOWN_INDICES}
