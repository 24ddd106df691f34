"""A real Chromium for the tests of the page; where there is none they are skipped, but on a machine of continuous integration they fail."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def program() -> str:
    """Chromium's program; skips the test without one, or fails it where the environment says CI."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        reason = f"no Chromium on PATH ({', '.join(NAMES)}); the page is not tested in a browser"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    return str(found)


@contextmanager
def running() -> Iterator[Browser]:
    """A browser, while this lasts."""
    path = program()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, file: Path, fragment: str = "", width: int = 1400, height: int = 900) -> Iterator[Page]:
    """The page in a window without network; when it closes, it must have asked and complained of nothing."""
    messages: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    context.set_offline(True)
    page = context.new_page()

    def on_console(message: ConsoleMessage) -> None:
        messages.append(f"console {message.type}: {message.text}")

    def on_request(request: Request) -> None:
        if request.url.partition("#")[0] != file.as_uri():
            messages.append(f"request: {request.url}")

    page.on("console", on_console)
    page.on("request", on_request)
    page.on("pageerror", lambda error: messages.append(f"error: {error}"))
    page.on("dialog", lambda dialog: messages.append(f"dialog: {dialog.message}"))
    page.goto(file.as_uri() + fragment)
    try:
        yield page
        assert not messages
    finally:
        context.close()


def settle(page: Page) -> None:
    """Wait until every figure is drawn as it was chosen."""
    page.wait_for_selector("html[data-settled=yes]")


def wait_until(page: Page, condition: str) -> None:
    """Wait until an expression is true. (Playwright's own way of waiting for one is refused by the page's policy.)"""
    page.evaluate(f"new Promise(done => {{ const look = () => ({condition}) ? done() : setTimeout(look, 20); look(); }})")


def go_to(page: Page, fragment: str) -> None:
    """Change the address of an open page, and wait until every figure is drawn as it says."""
    page.evaluate(
        "fragment => new Promise(done => { if (location.hash === fragment) return done();"
        " addEventListener('hashchange', done, { once: true }); location.hash = fragment; })",
        fragment,
    )
    settle(page)
