"""The page in a real Chromium, offline: every figure is drawn, every control changes what is shown, nothing is asked of a network."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed; the page is not tested in a browser")
from playwright.sync_api import Browser, Page

from sim.report.page.page import write_page
from sim.report.page.sections import SECTIONS

from .browser import go_to, opened, settle
from .made_page import MOMENTS, comparison, stories

HOSTILE = '</script><img src=x onerror="window.ran=1">\'"&amp;🕊 ${1} {{ 7 * 6 }}'
ODD = ("baseline", "__proto__", "</script><img src=x onerror=window.ran=2>'\"")
MARKS = "g.mark-text text, g.mark-rect path, g.mark-line path, g.mark-area path, g.mark-shape path, g.mark-symbol path"


@pytest.fixture(scope="module")
def window(browser: Browser, page_file: Path) -> Iterator[Page]:
    """One window for all tests of the small comparison's page."""
    with opened(browser, page_file, "#scenario=iran_leaves") as page:
        yield page


@pytest.fixture
def page(window: Page) -> Page:
    """The page at a scenario that is compared, as if just opened."""
    window.emulate_media(media="screen")
    window.set_viewport_size({"width": 1400, "height": 900})
    go_to(window, "#scenario=iran_leaves")
    window.evaluate("document.querySelectorAll('.numbers[open]').forEach(details => { details.open = false; })")
    window.evaluate("document.activeElement.blur(); getSelection().removeAllRanges(); scrollTo(0, 0)")
    return window


def finding(page: Page, section: str) -> str:
    """The sentence over a section's figure."""
    return page.locator(f"#{section} .finding").first.inner_text()


def drawing(page: Page, section: str) -> str:
    """What a section's figure looks like."""
    return page.locator(f"#{section} .drawing svg").first.evaluate("svg => svg.outerHTML")


def test_every_figure_is_drawn(page: Page) -> None:
    for section in ("outcomes", "stories", *(section.id for section in SECTIONS)):
        assert page.locator(f"#{section} .drawing svg").count() == 1, section
        assert page.locator(f"#{section} .drawing svg").locator(MARKS).count() > 5, section
        assert len(finding(page, section) or page.locator(f"#{section} h3").first.inner_text()) > 10, section
    assert page.locator("#trouble").is_hidden()


def test_a_figure_has_a_name_and_a_table(page: Page) -> None:
    for section in SECTIONS:
        svg = page.locator(f"#{section.id} .drawing svg")
        assert svg.get_attribute("role") in ("img", "graphics-document")
        assert re.sub(r"\s", "", finding(page, section.id)) in re.sub(r"\s", "", str(svg.get_attribute("aria-label")))
        page.locator(f"#{section.id} .numbers summary").click()
        rows = page.locator(f"#{section.id} .numbers tbody tr")
        rows.first.wait_for()
        assert rows.count() >= 2, section.id
        assert page.locator(f"#{section.id} .numbers th[scope=row]").count() == rows.count()


def test_choosing_a_scenario_changes_every_section(page: Page) -> None:
    before = {section.id: drawing(page, section.id) for section in SECTIONS}
    page.select_option("#scenario", label="Other luck")
    settle(page)
    for section in SECTIONS:
        state = page.locator(f"#{section.id} .state")
        if section.id in ("flows", "map_fallen", "holdings"):  # compared with other luck, and no government falls in it
            assert page.locator(f"#{section.id} .without").is_visible() and page.locator(f"#{section.id} figure").is_hidden()
            continue
        assert drawing(page, section.id) != before[section.id], section.id
        assert state.inner_text().startswith("Other luck")
    assert page.locator("#said").inner_text().startswith("Now shown: Other luck. Likeliest outcome: ")
    assert page.locator(".answer:visible h2").inner_text().startswith("Other luck")
    assert page.locator(".scenario[open] h3").inner_text() == "Other luck"
    assert "scenario=other_luck" in page.url


def test_the_reference_scenario_has_nothing_to_differ_from_and_says_so(page: Page) -> None:
    page.select_option("#scenario", label="Baseline")
    settle(page)
    for section in ("differences", "places", "flows"):
        assert page.locator(f"#{section} .without").is_visible()
        assert page.locator(f"#{section} figure").is_hidden()
    assert page.locator("#map svg").is_visible()


@pytest.mark.parametrize(
    ("scenario", "fell", "has_map", "has_holdings"),
    [("Iran leaves", "10 of 100 worlds", True, True), ("Baseline", "5 of 100 worlds", False, True), ("Other luck", "", False, False)],
)
def test_what_is_left_after_a_fall_is_shown_where_governments_fall_and_only_there(
    page: Page, scenario: str, fell: str, has_map: bool, has_holdings: bool
) -> None:
    page.select_option("#scenario", label=scenario)
    settle(page)
    for section, is_shown in (("map_fallen", has_map), ("holdings", has_holdings)):
        figure, reason = page.locator(f"#{section} figure"), page.locator(f"#{section} .without")
        assert figure.is_visible() == is_shown and reason.is_hidden() == is_shown
        if is_shown:
            assert fell in page.locator(f"#{section} .sub").inner_text()
            assert finding(page, section).startswith("Where the government has fallen")
        else:
            assert "fallen in none" in reason.inner_text() or "falls in no world" in reason.inner_text()
    assert finding(page, "map").startswith("Where the government stands") == bool(fell)
    if has_map:
        assert drawing(page, "map_fallen") != drawing(page, "map")


def test_month_province_and_index_can_be_chosen(page: Page) -> None:
    for section, chosen in (("map", "month"), ("province", "province"), ("indices", "index")):
        before, control = drawing(page, section), page.locator(f"#{section}-choice")
        if section == "map":
            control.evaluate("input => { input.value = '1'; input.dispatchEvent(new Event('input')); }")
        else:
            control.select_option(index=2)
        settle(page)
        assert drawing(page, section) != before, section
        assert f"{chosen}=" in page.url
    assert "June 2022" in page.locator("#map .state").inner_text()
    assert page.locator("#map-choice").get_attribute("aria-valuetext") == "June 2022"


def test_the_address_restores_a_view(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file, f"#scenario=other_luck&month={MOMENTS[1]}&province=SY-HL&index=strikes&at=province") as page:
        settle(page)
        assert page.locator("#scenario").evaluate("control => control.selectedOptions[0].text") == "Other luck"
        assert "June 2022" in page.locator("#map .state").inner_text()
        assert page.locator("#province .state").inner_text() == "Other luck · Aleppo"
        assert page.locator("#indices .state").inner_text() == "Other luck · Strikes"
        page.evaluate("location.hash = '#scenario=iran_leaves&month=2021-06'")
        page.locator("#map .state", has_text="Iran leaves").wait_for()
        assert "June 2021" in page.locator("#map .state").inner_text()


@pytest.mark.parametrize("fragment", ["#scenario=__proto__&month=constructor", "#map", "#%", "#scenario=<img>&at=<b>"])
def test_an_address_that_names_nothing_shows_the_scenario_that_differs_most(browser: Browser, page_file: Path, fragment: str) -> None:
    with opened(browser, page_file, fragment) as page:
        page.locator("#map .state", has_text="·").wait_for()
        assert page.locator("#map .state").inner_text() == "Iran leaves · May 2024"


def test_the_keyboard_is_enough(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file, "#scenario=iran_leaves") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        _tab_to(page, "scenario")
        page.keyboard.press("ArrowDown")
        settle(page)
        assert page.locator("#map .state").inner_text().startswith("Other luck")
        _tab_to(page, "map-choice")
        page.keyboard.press("Home")
        settle(page)
        assert page.locator("#map .state").inner_text() == "Other luck · June 2021"
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def _tab_to(page: Page, wanted: str) -> None:
    for _ in range(60):
        if page.evaluate("document.activeElement.id") == wanted:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached by keyboard")


@pytest.mark.parametrize(("width", "height"), [(420, 800), (1000, 700), (1400, 900)])
def test_at_any_width_caveats_come_first_and_only_figures_scroll_sideways(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("Math.max(...[...document.querySelectorAll('main *')].filter(e => !e.closest('.box, .table, nav, .unseen'))"
                         ".map(e => e.getBoundingClientRect().right))") <= width  # fmt: skip
    if width == 420:
        page.wait_for_selector("#map .box[tabindex='0']")
    page.evaluate("scrollTo(0, 0)")
    caveats: Any = page.locator(".caveats").bounding_box()
    assert caveats["y"] + caveats["height"] <= height


def test_print_shows_every_figure_and_no_control(page: Page) -> None:
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    for section in SECTIONS:
        assert page.locator(f"#{section.id} svg").is_visible(), section.id
        assert page.locator(f"#{section.id} .state").inner_text().startswith("Iran leaves")
        for control in page.locator(f"#{section.id} .control").all():
            assert control.is_hidden()
    assert page.locator(".bar").is_hidden()
    assert page.locator("#outcomes table").first.is_visible()
    assert page.locator("#undrawn").is_hidden() and not any(said.is_visible() for said in page.locator(".undrawn").all())


def test_texts_from_files_stay_texts(browser: Browser, tmp_path: Path) -> None:
    c = comparison(ODD, HOSTILE)
    sections = [section for section in SECTIONS if section.choice != "index"]  # those say no other texts of files, and take long
    file = write_page(tmp_path / "hostile.html", c, stories(c, HOSTILE), sections)
    with opened(browser, file, "#scenario=__proto__") as page:
        settle(page)
        assert "proto" in page.locator("#map .state").inner_text()
        for summary in page.locator(".numbers summary").all():
            if summary.is_visible():
                summary.click()
        page.select_option("#scenario", index=2)
        settle(page)
        assert page.evaluate("window.ran") is None
        assert page.locator("img").count() == 0
        assert HOSTILE in page.locator(".scenario .question").nth(1).inner_text()
        assert HOSTILE in page.locator(".answer:visible .question").inner_text()
        page.locator("#stories summary").first.click()
        assert HOSTILE in page.locator("#stories .sentences").first.inner_text()
        assert "onerror=window.ran=2" in page.locator("#map .state").inner_text()


def test_pointing_at_a_figure_shows_its_numbers(page: Page) -> None:
    box = page.locator("#province .drawing svg")
    box.scroll_into_view_if_needed()
    place: Any = box.bounding_box()
    page.mouse.move(place["x"] + 200, place["y"] + 120)
    page.mouse.move(place["x"] + 240, place["y"] + 120)
    tip = page.locator("#vg-tooltip-element")
    tip.wait_for(state="visible")
    assert re.search(r"\d", tip.inner_text())


def test_headings_go_down_one_step_at_a_time(page: Page) -> None:
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].filter(h => h.textContent).map(h => Number(h.tagName[1]))")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_what_matters_can_be_chosen_by_outcome_and_stays_in_the_address(page: Page) -> None:
    first = drawing(page, "sensitivity")
    assert "luck the rest" in finding(page, "sensitivity") and page.locator("#sensitivity-choice option").count() == 2
    page.select_option("#sensitivity-choice", label="Delimitation")
    settle(page)
    assert drawing(page, "sensitivity") != first and finding(page, "sensitivity").startswith("Delimitation")
    assert "outcome=delimitation" in page.evaluate("location.hash")
    page.locator("#sensitivity .numbers summary").click()
    rows = page.locator("#sensitivity .numbers tbody tr")
    rows.first.wait_for()
    assert rows.count() == 4 and "assumed" in rows.first.inner_text()
