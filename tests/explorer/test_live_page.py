"""The page in live mode, with the answers of a program that is none: true runs take the place of stored answers, and nothing is lost."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed; the page is not tested in a browser")
from playwright.sync_api import Browser, Page, Route
from report.browser import settle

from sim.explorer.explorer_data import ExplorerData
from sim.explorer.explorer_page import page_text
from sim.model.observation.measure_catalogue import OUTCOMES

from .explorer_window import search, sentence, setting, slide

ADDRESS = "http://127.0.0.1:8123/word/"


class Program:
    """Answers as the program on this machine would: in worlds run anew, every partnership breaks down."""

    def __init__(self, data: ExplorerData) -> None:
        self.data, self.asked, self.problem, self.saved, self.is_slow = data, list[Any](), "", list[Any](), False

    def answer(self, route: Route) -> None:
        """To one request."""
        path = route.request.url.removeprefix(ADDRESS)
        if path == "":
            route.fulfill(body=page_text(self.data, "live"), content_type="text/html; charset=utf-8")
        elif path == "about":
            route.fulfill(json={"scenario": "baseline", "worlds": 1000, "months": 12, "fingerprint": "", "problem": None})
        elif path == "scenarios":
            self.saved.append(route.request.post_data_json)
            route.fulfill(json={"path": "scenarios/x.yaml", "command": "spheres run scenarios/x.yaml --name x", "notices": []})
        else:
            self.asked.append(route.request.post_data_json)
            if self.is_slow:
                return
            lines = [{"problem": self.problem}] if self.problem else [*self.batches(self.asked[-1]), {"done": True}]
            route.fulfill(body="".join(f"{json.dumps(line)}\n" for line in lines), content_type="application/x-ndjson")

    def batches(self, asked: Any) -> Iterator[dict[str, Any]]:
        """The batches that were asked for."""
        first = asked["first"]
        for n in asked["batches"]:
            arrays = self.data.columns.take(slice(first, first + n)).arrays()
            arrays["classes"][0] = OUTCOMES.index("breakdown")
            data = {name: base64.b64encode(np.ascontiguousarray(array).tobytes()).decode() for name, array in arrays.items()}
            yield {"first": first, "worlds": n, "seconds": 0.5, "data": data}
            first += n


@contextmanager
def served(browser: Browser, program: Program, fragment: str) -> Iterator[Page]:
    """The page from the program; at the end it must have complained of nothing."""
    messages: list[str] = []
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.route(f"{ADDRESS}**", program.answer)
    page.goto(ADDRESS + fragment)
    settle(page)
    try:
        yield page
        assert not messages
    finally:
        context.close()


def test_a_true_run_takes_the_place_of_the_stored_answer_and_grows(browser: Browser, small_data: ExplorerData) -> None:
    program = Program(small_data)
    with served(browser, program, "#a=israel.strike_rate:q0.8&outcome=breakdown") as page:
        page.locator("#live-status", has_text="200 worlds run on this machine.").wait_for()
        assert program.asked[0]["changes"] == [{"path": "israel.strike_rate", "quantile": 0.8}]
        assert program.asked[0]["batches"] == [50, 150] and program.asked[0]["first"] == 0
        assert sentence(page).startswith("Breakdown +") and "→ 100 %" in sentence(page)
        assert "200 worlds, each beside the same stored world" in page.locator("#support").inner_text()
        page.click("#live-1000")
        page.locator("#live-status", has_text="1,000 worlds run on this machine.").wait_for()
        assert program.asked[1]["first"] == 200 and sum(program.asked[1]["batches"]) == 800


@pytest.mark.parametrize(
    ("fragment", "asked"),
    [
        ("#a=israel.strike_rate:v9", {"path": "israel.strike_rate", "value": 9}),
        (
            "#a=israel.strike_rate:q1&a-from=2021-09&a-until=2021-11",
            {"path": "israel.strike_rate", "value": 8, "month": "2021-09", "until": "2021-11"},
        ),
    ],
)
def test_what_stored_worlds_cannot_answer_is_run(browser: Browser, small_data: ExplorerData, fragment: str, asked: dict[str, Any]) -> None:
    program = Program(small_data)
    with served(browser, program, fragment + "&outcome=breakdown") as page:
        page.locator("#live-status", has_text="200 worlds run").wait_for()
        assert program.asked[0]["changes"] == [asked]
        assert sentence(page).startswith("Breakdown +")


def test_a_program_that_fails_leaves_a_sentence_and_all_that_was_seen(browser: Browser, small_data: ExplorerData) -> None:
    program = Program(small_data)
    with served(browser, program, "#a=israel.strike_rate:q0.8&outcome=strikes") as page:
        page.locator("#live-status", has_text="200 worlds run").wait_for()
        before = sentence(page)
        program.problem = "A worker died. <img src=x onerror=window.ran=1>"
        page.click("#live-1000")
        page.locator("#live-status", has_text="A worker died. <img").wait_for()
        assert sentence(page) == before and page.locator("img").count() == 0
        assert setting(page)["changes"] == [{"path": "israel.strike_rate", "quantile": 0.8}]
        program.problem = ""
        page.click("#live-1000")
        page.locator("#live-status", has_text="1,000 worlds run").wait_for()


def test_a_setting_is_saved_by_the_program(browser: Browser, small_data: ExplorerData) -> None:
    program = Program(small_data)
    with served(browser, program, "#a=israel.strike_rate:v6.45") as page:
        page.click("#save-open")
        page.fill("#save-name", "x")
        page.click("#save-do")
        page.locator("#save-result", has_text="Saved as scenarios/x.yaml. Run it: spheres run scenarios/x.yaml --name x").wait_for()
        assert len(program.saved) == 1 and program.saved[0]["name"] == "x" and "israel.strike_rate: 6.45" in program.saved[0]["text"]


def test_a_run_that_is_stopped_stays_so_and_one_that_is_overtaken_is_dropped(browser: Browser, small_data: ExplorerData) -> None:
    program = Program(small_data)
    program.is_slow = True
    with served(browser, program, "#a=israel.strike_rate:q0.8&outcome=strikes") as page:
        page.locator("#live-status", has_text="The true run has begun.").wait_for()
        page.click("#live-stop")
        page.locator("#live-status", has_text="Not run.").wait_for()
        page.wait_for_timeout(400)
        assert len(program.asked) == 1 and page.locator("#live-stop").is_hidden()
        program.is_slow = False
        search(page, "israel.strike_rate")
        slide(page, "israel.strike_rate", 0.3)
        page.locator("#live-status", has_text="200 worlds run").wait_for()
        assert [asked["changes"][0]["quantile"] for asked in program.asked] == [0.8, 0.3]


def test_what_can_neither_be_answered_nor_run_says_so(browser: Browser, small_data: ExplorerData) -> None:
    program = Program(small_data)
    program.problem = "results/small was run by another version of the model."
    with served(browser, program, "#a=israel.strike_rate:v9") as page:
        page.locator("#live-status", has_text=program.problem).wait_for()
        assert sentence(page).endswith("It could not be run here.") and "±" not in page.locator("main").inner_text()
