"""A page stays small however many scenarios it compares and however long they run; what it leaves out is said, and where it is."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from sim.compare.comparison import Comparison
from sim.experiment.progress import Progress
from sim.report.figures.data import comparison_text, thinning
from sim.report.page import page_budget
from sim.report.page.page import PageText, page_text
from sim.report.page.sections import SECTIONS

from . import made_page

SOME = SECTIONS[4:6]
WHOLE = page_budget.MOST_BYTES


def many(c: Comparison, n: int) -> Comparison:
    """The comparison with `n` scenarios more, each like the second, but for its name and shares that differ ever more."""
    like, names = c.scenarios[1], [f"variant_{i}" for i in range(n)]
    tables = {}
    for table in ("shares", "differences", "years", "months", "transitions", "spheres", "influence", "series", "contracts", "effort"):
        rows: pd.DataFrame = getattr(c, table)
        own = rows[rows["scenario"] == like]
        parts = [own.assign(scenario=name) for name in names]
        if table == "differences":
            parts = [part.assign(difference=part["difference"] * (2 + i)) for i, part in enumerate(parts)]
        tables[table] = pd.concat([rows, *parts], ignore_index=True)
    about = {**c.about, **dict.fromkeys(names, c.about[like])}
    return replace(c, scenarios=(*c.scenarios, *names), about=about, **tables)


def page(c: Comparison, most_bytes: int = WHOLE) -> PageText:
    stories = made_page.stories(c)
    asked: list[str] = []

    def told(names):  # type: ignore[no-untyped-def]
        asked.extend(names)
        return {name: stories[name] for name in names}

    made = page_text(c, told, SOME, None, Progress(), most_bytes=most_bytes)
    assert set(made.stories) <= set(asked)
    return made


@pytest.fixture(scope="module")
def wide(compared: Comparison) -> Comparison:
    return many(compared, 12)


@pytest.fixture(scope="module")
def whole(wide: Comparison) -> PageText:
    return page(wide)


def test_a_page_that_has_room_shows_all_and_says_nothing_of_it(wide: Comparison, whole: PageText) -> None:
    assert tuple(whole.stories) == wide.scenarios
    assert whole.notices == () and 'class="notice"' not in whole.text.replace('class="notice" id="trouble"', "").partition("<noscript>")[0]


def test_a_full_page_keeps_the_figures_of_what_differs_most_and_says_so(wide: Comparison, whole: PageText) -> None:
    limit = len(whole.text.encode()) - 10_000
    small = page(wide, limit)
    assert len(small.text.encode()) <= limit
    full = tuple(small.stories)
    assert 2 <= len(full) < len(wide.scenarios)
    order = page_budget.by_difference(wide)
    assert order[:2] == (wide.against, "variant_11")
    assert full == tuple(name for name in wide.scenarios if name in order[: len(full)])
    (notice,) = small.notices
    assert f"Figures are those of {len(full)} of {len(wide.scenarios)} scenarios" in notice and notice in small.text
    first_left = order[len(full)]
    assert f"--scenarios {wide.against},{first_left}" in notice
    assert small.text.count('<details class="scenario"') == len(wide.scenarios)  # all are listed
    assert small.text.count("<option") == small.text.count('class="choose"') == len(full)
    assert len(re.findall(r'id="b-0-\d+"', small.text)) == len(re.findall(r'id="b-stories-\d+"', small.text)) == len(full)


def test_a_list_that_is_too_long_is_cut_to_what_differs_most(wide: Comparison, whole: PageText) -> None:
    listed = len(re.findall(r'<details class="scenario"', whole.text))
    size = len(whole.text.encode()) - sum(len(text) for text in re.findall(r'<script type="text/plain"[^>]*>([^<]*)<', whole.text))
    assert page_budget.most_listed(listed, size, WHOLE) == listed
    assert 1 <= page_budget.most_listed(listed, size, size) < listed
    few = page_budget.listed(wide, 3)
    assert few.scenarios == (wide.against, "variant_10", "variant_11")
    assert set(few.differences["scenario"]) == {"variant_10", "variant_11"}
    assert f"{len(wide.scenarios) - 3} scenarios are not even listed" in page_budget.notices(wide, few, few.scenarios[:2])[0]


@pytest.mark.parametrize("months", [1, 2, 3, 12, 120, 239, 240])
def test_a_run_of_twenty_years_or_less_is_shown_as_it_always_was(months: int) -> None:
    names = [f"{2021 + i // 12}-{i % 12 + 1:02d}" for i in range(months)]
    assert comparison_text.quarterly(names) == [name for i, name in enumerate(names) if i % 3 == 0 or i == months - 1]
    assert comparison_text.quarterly_means(months) == "quarterly means"


@pytest.mark.parametrize("months", [241, 600, 1200])
def test_a_longer_run_takes_no_more_points_and_keeps_its_mean(months: int) -> None:
    names = [f"{2021 + i // 12}-{i % 12 + 1:02d}" for i in range(months)]
    shown = comparison_text.quarterly(names)
    assert len(shown) <= 82 and shown[0] == names[0] and shown[-1] == names[-1]
    step = 3 * thinning.stretch(months)
    course = pd.DataFrame({"mean": [float(i % step) for i in range(months)]}, index=names)
    means = comparison_text.quarters(course)
    assert len(means) <= 82
    assert means["mean"].iloc[0] == (step - 1) / 2  # every point is the mean of its whole stretch
    assert comparison_text.quarterly_means(months) == f"means over {step} months"
