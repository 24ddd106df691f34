"""The page on paper: whole where it was drawn, and where it was not, it says what is missing."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed; the page is not tested in a browser")
from playwright.sync_api import Browser, Page

from sim.report.page.sections import SECTIONS

from .browser import opened, settle, wait_until

# the browser is never idle until it is told to be, so that only what is in view is drawn; and what is printed is counted
BUSY = """
window.idle = []; window.printed = [];
window.requestIdleCallback = (go) => { window.idle ? window.idle.push(go) : setTimeout(go); };
window.print = () => window.printed.push(document.querySelectorAll('.waits').length);
"""
REST = "() => { const waiting = window.idle; window.idle = null; waiting.forEach((go) => go()); }"
needs_poppler = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="no pdftoppm on PATH; the printed pages are not looked at")


@pytest.fixture
def busy(browser: Browser, page_file: Path) -> Iterator[Page]:
    """The page in a browser that has drawn only what is in view."""
    with opened(browser, page_file, "#scenario=iran_leaves") as page:
        page.add_init_script(BUSY)
        page.reload()
        wait_until(page, "window.idle.length > 0")
        yield page


@pytest.fixture(scope="module")
def paper(browser: Browser, page_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The page as PDF, all drawn, and the sentences over its figures."""
    file = tmp_path_factory.mktemp("paper") / "page.pdf"
    with opened(browser, page_file, "#scenario=iran_leaves") as page:
        settle(page)
        page.pdf(path=file, prefer_css_page_size=True)
        findings = [finding for finding in page.locator(".finding").all_inner_texts() if finding]
    return file, findings


def test_a_print_begun_early_says_what_is_missing(busy: Page) -> None:
    busy.emulate_media(media="print")
    busy.evaluate("dispatchEvent(new Event('beforeprint'))")
    missing = busy.locator(".waits").count()
    assert missing > 10
    assert busy.locator("#undrawn").inner_text().startswith(f"{missing} of ")
    said = busy.locator("#strikes .undrawn")
    assert said.is_visible() and "not drawn yet when printing began" in said.inner_text()
    assert busy.locator("#strikes .drawing").is_hidden() and busy.locator("#strikes figcaption").is_hidden()
    assert busy.locator(".answer:visible .bars tbody tr").count() > 8  # what needs no drawing is printed
    busy.evaluate("dispatchEvent(new Event('afterprint'))")
    assert busy.locator("#undrawn").inner_text() == ""


def test_the_print_button_waits_until_every_figure_is_drawn(busy: Page) -> None:
    busy.click("#print")
    assert busy.locator("#print").is_disabled() and busy.evaluate("window.printed") == []
    assert busy.locator("#said").inner_text() == "Printing begins when every figure is drawn."
    busy.evaluate(REST)
    wait_until(busy, "window.printed.length > 0")
    assert busy.evaluate("window.printed") == [0] and busy.locator("#print").is_enabled()


def test_a_figure_of_the_scenario_shown_before_is_not_printed_as_if_of_this_one(busy: Page) -> None:
    busy.evaluate(REST)
    settle(busy)
    busy.evaluate("window.idle = []")
    busy.select_option("#scenario", label="Other luck")
    busy.emulate_media(media="print")
    assert busy.locator("#strikes .undrawn").is_visible() and busy.locator("#strikes svg").is_hidden()
    assert busy.locator("#strikes .state").is_hidden()


@needs_poppler
def test_the_paper_has_the_sentence_of_every_figure_and_no_page_is_nearly_empty(paper: tuple[Path, list[str]]) -> None:
    file, findings = paper
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True).stdout.decode("utf-8")
    words = _letters(text)
    assert len(findings) > len(SECTIONS) - 3
    for finding in findings:
        assert all(_letters(part) in words for part in finding.split()), finding
    assert "not drawn yet" not in text and "No result is a prediction" in text
    subprocess.run(["pdftoppm", "-r", "10", "-gray", file, file.with_suffix("")], check=True)
    filled = [_filled(page) for page in sorted(file.parent.glob("*.pgm"))]
    assert len(filled) > 8 and min(filled[:-1]) > 0.5, filled


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text)


def _filled(page: Path) -> float:
    """How far down a page anything is printed, as a part of its height."""
    head, size, _, rows = page.read_bytes().split(b"\n", 3)
    width, height = map(int, size.split())
    assert head == b"P5"
    ink = np.frombuffer(rows, dtype=np.uint8).reshape(height, width) < 240
    return float(np.flatnonzero(ink.any(axis=1)).max() / height)
