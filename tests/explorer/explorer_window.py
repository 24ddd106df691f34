"""The explorer's page in a real Chromium, offline: how it is opened, and what is read from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page
from report.browser import go_to, opened, settle

TURNED = "#a=israel.strike_rate:v6.45&outcome=strikes"  # half as often again


@contextmanager
def explorer(browser: Browser, file: Path, fragment: str = "", width: int = 1440, height: int = 900) -> Iterator[Page]:
    """The page, once its figures are drawn."""
    with opened(browser, file, fragment, width, height) as page:
        page.set_default_timeout(30_000)
        settle(page)
        yield page


def go(page: Page, fragment: str) -> None:
    """Change the address of an open page, and wait until it shows what that says."""
    page.evaluate("explorer.remember()")
    go_to(page, fragment)
    if page.input_value("#search"):
        search(page, "")
    drawn(page)


def drawn(page: Page) -> None:
    """Wait until the page shows what was last turned."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def search(page: Page, text: str) -> None:
    """Look for parameters."""
    page.fill("#search", text)
    page.locator(f"#found[data-words='{text}']").wait_for(state="attached")
    drawn(page)


def slide(page: Page, path: str, quantile: float) -> None:
    """Drag the slider of a parameter that is on the page, in three steps, and let it go."""
    page.locator(f".card[data-path='{path}'] input[type=range]").first.evaluate(
        "async (input, end) => { for (const part of [0.3, 0.6, 1]) { input.value = String(0.5 + part * (end - 0.5));"
        " input.dispatchEvent(new Event('input', { bubbles: true })); await new Promise(requestAnimationFrame); }"
        " input.dispatchEvent(new Event('change', { bubbles: true })); }",
        quantile,
    )
    drawn(page)


def tab_to(page: Page, wanted: str, back: bool = False) -> None:
    """Press Tab until an element, by a selector, has the focus."""
    for _ in range(80):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"{wanted} cannot be reached by keyboard")


def sentence(page: Page) -> str:
    """The answer, with plain spaces."""
    return page.locator("#sentence").inner_text().replace("\u00a0", " ")


def setting(page: Page, side: str = "a") -> Any:
    """What is turned."""
    return page.evaluate("side => explorer.store.now[side]", side)
