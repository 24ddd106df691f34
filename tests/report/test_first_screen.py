"""The page's first screen in a real browser, at three widths: caveats, chooser, three sentences and bars; and what a phone cannot show."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed; the page is not tested in a browser")
from playwright.sync_api import Browser, Locator, Page

from .browser import go_to, opened, settle, wait_until

PHONE, TABLET, DESK = (390, 844), (1024, 768), (1440, 900)


@pytest.fixture(scope="module")
def window(browser: Browser, page_file: Path) -> Iterator[Page]:
    """One window for all tests."""
    with opened(browser, page_file, "#scenario=iran_leaves") as page:
        settle(page)
        yield page


def at(window: Page, size: tuple[int, int]) -> Page:
    """The page at its top in a window of this size."""
    window.set_viewport_size({"width": size[0], "height": size[1]})
    go_to(window, "#scenario=iran_leaves")
    window.evaluate("document.getElementById('contents').open = false; scrollTo(0, 0)")
    return window


def ends(element: Locator) -> tuple[float, float]:
    """From where to where an element reaches down the screen."""
    box: Any = element.bounding_box()
    return box["y"], box["y"] + box["height"]


@pytest.mark.parametrize("size", [TABLET, DESK])
def test_the_first_screen_holds_caveats_chooser_sentences_and_bars(window: Page, size: tuple[int, int]) -> None:
    page = at(window, size)
    strip, answer = page.locator(".strip"), page.locator(".answer:visible")
    assert "No result is a prediction" in strip.inner_text() and answer.count() == 1
    rows = answer.locator(".bars tbody tr")
    assert rows.count() == 8 + 1 + 2
    places = [ends(element) for element in (strip, page.locator("#scenario"), answer.locator(".said"), rows.first, rows.last)]
    assert [top for top, _ in places[:3]] == sorted(top for top, _ in places[:3])
    assert all(top >= 0 and bottom <= size[1] for top, bottom in places)


def test_on_a_phone_the_first_screen_holds_the_sentences_and_bars_begin(window: Page) -> None:
    page = at(window, PHONE)
    answer = page.locator(".answer:visible")
    for element in (page.locator(".strip"), page.locator("#scenario"), page.locator("#print"), answer.locator(".said")):
        assert ends(element)[1] <= PHONE[1]
    assert ends(answer.locator(".bars tbody tr").first)[1] <= PHONE[1]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert page.evaluate("[...document.querySelectorAll('.answer:not([hidden]) .bars td, .answer:not([hidden]) .bars th')]"
                         ".every(e => e.scrollWidth <= e.clientWidth + 1 && e.getBoundingClientRect().right <= innerWidth)")  # fmt: skip


def test_everything_on_the_first_screen_follows_the_chooser(window: Page) -> None:
    page = at(window, TABLET)
    before = page.locator(".answer:visible").inner_text()
    page.select_option("#scenario", label="Baseline")
    after = page.locator(".answer:visible").inner_text()
    assert "Iran leaves" in before and "Iran leaves" not in after
    assert [term.inner_text() for term in page.locator(".answer:visible dt").all()] == ["Changes", "Outcome", "Influence"]
    settle(page)


def test_every_bar_is_a_row_of_words_for_who_hears_the_page(window: Page) -> None:
    page = at(window, DESK)
    for row in page.locator(".answer:visible .bars tbody:first-of-type tr").all():
        assert row.locator("th[scope=row]").inner_text() and "%" in row.locator(".share").inner_text()
        assert row.locator(".track").inner_text() == ""
    changed = page.locator(".answer:visible .change.found").first
    assert changed.locator(".unseen").inner_text() == ", significant"
    landmarks = page.evaluate("['header', 'main', 'aside[aria-label]', 'footer'].map(name => document.querySelectorAll(name).length)")
    assert landmarks == [1, 1, 1, 1]


def test_a_phone_says_where_there_is_more_sideways_until_there_is_none(window: Page) -> None:
    page = at(window, PHONE)
    for section in ("differences", "outcomes"):
        page.locator(f"#{section} .numbers summary").click()
        page.locator(f"#{section} details .frame.wide").first.wait_for()
    uncued = "[...document.querySelectorAll('.box, .table')].filter(box => box.checkVisibility({ contentVisibilityAuto: true })"
    uncued += " && box.scrollWidth > box.clientWidth + 1)"
    uncued += ".filter(box => getComputedStyle(box.parentElement.querySelector('.sideways')).visibility !== 'visible'"
    uncued += " || getComputedStyle(box.parentElement, '::after').opacity !== '1' || box.tabIndex !== 0).length"
    assert page.evaluate(uncued) == 0
    box, cue = page.locator("#map .box"), page.locator("#map figure > .frame > .sideways")
    assert cue.is_visible() and "Scroll sideways" in cue.inner_text()
    box.focus()
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    wait_until(page, "getComputedStyle(document.querySelector('#map figure > .frame > .sideways')).visibility === 'hidden'")
    assert page.locator("#map figure > .frame").get_attribute("data-more") == "left"
    for section in ("differences", "outcomes"):
        page.locator(f"#{section} .numbers summary").click()


def test_where_figures_fit_nothing_is_said_of_scrolling(window: Page) -> None:
    page = at(window, DESK)
    wait_until(page, "!document.querySelector('.box[tabindex]')")
    assert not any(cue.is_visible() for cue in page.locator(".sideways").all())


@pytest.mark.parametrize("size", [PHONE, TABLET, DESK])
def test_the_contents_open_and_close_by_keyboard_and_lead_to_a_section(window: Page, size: tuple[int, int]) -> None:
    page = at(window, size)
    summary, links = page.locator("#contents summary"), page.locator("#contents a")
    summary.focus()
    page.keyboard.press("Enter")
    wait_until(page, "document.querySelector('#contents nav').style.maxHeight")
    box: Any = page.locator("#contents nav").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= size[0] and box["y"] + box["height"] <= size[1]
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert links.first.is_hidden() and page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    page.locator("#contents a[href='#scenarios']").focus()
    page.keyboard.press("Enter")
    assert links.first.is_hidden() and page.evaluate("document.activeElement.id") == "scenarios"
    top, _ = ends(page.locator("#scenarios"))
    assert 0 <= top <= 120 and "at=scenarios" in page.url
