"""The explorer's page as a file in a real Chromium, offline: from a question to an answer and a scenario file."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed; the page is not tested in a browser")
from playwright.sync_api import Browser, Page

from sim.explorer.explorer_data import ExplorerData
from sim.explorer.explorer_page import page_text
from sim.scenario import load_scenario

from .explorer_window import TURNED, drawn, explorer, go, search, sentence, setting, slide, tab_to

HOSTILE = '</script><img src=x onerror="window.ran=1">\'"&amp;\u2028\n: # - {{ 7 * 6 }} 🕊'
CLEARED = """() => {
  document.querySelectorAll("details[open]").forEach(part => { part.open = false; });
  document.querySelector("dialog").close();
  document.querySelector("#notice").hidden = true;
  document.activeElement.blur();
  getSelection().removeAllRanges();
  scrollTo(0, 0);
}"""
FIGURES = ("#bars", "#response", "#years", "#maps")


@pytest.fixture(scope="module")
def page_file(small_data: ExplorerData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the small result."""
    file = tmp_path_factory.mktemp("page") / "explore.html"
    file.write_text(page_text(small_data, "file"), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def window(browser: Browser, page_file: Path) -> Iterator[Page]:
    """One window for most tests."""
    with explorer(browser, page_file) as page:
        yield page


@pytest.fixture
def page(window: Page) -> Page:
    """The page at the baseline, with nothing typed or open."""
    window.evaluate(CLEARED)
    go(window, "#outcome=strikes")
    return window


def test_the_page_opens_with_its_caveats_and_the_baseline(browser: Browser, page_file: Path) -> None:
    with explorer(browser, page_file, "#outcome=strikes") as page:
        assert "No result is a prediction" in page.locator("header").inner_text()
        assert "1,000 stored worlds" in page.locator(".mode").inner_text()
        assert sentence(page).startswith("The baseline: ")
        for figure in FIGURES:
            assert page.locator(f"{figure} svg[role=img]").get_attribute("aria-label"), figure
        assert page.locator("#ranked .card").count() == 8
        assert page.locator("#trouble").is_hidden() and page.locator("#notice").is_hidden()


def test_from_the_question_to_a_scenario_file_by_keyboard_alone(
    browser: Browser, page_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with explorer(browser, page_file) as page:
        text = saved_by_keyboard(page)
    saved = loaded(text, "strikes_more", tmp_path, monkeypatch)
    assert saved.settings["israel.strike_rate"].central() == 6.45 and "baseline" in saved.lineage


def saved_by_keyboard(page: Page) -> str:
    """The text of the file that an analyst without a mouse gets from the question."""
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    tab_to(page, "#outcome")
    page.keyboard.type("Strikes")
    tab_to(page, "#search")
    page.keyboard.type("israel strike")
    page.locator("#found .card").first.wait_for()
    assert page.locator("#found .card").first.get_attribute("data-path") == "israel.strike_rate"
    tab_to(page, "#found .card:first-child .exact input")
    page.keyboard.press("Control+A")
    page.keyboard.type("x1.5")
    page.keyboard.press("Enter")
    drawn(page)
    assert "4.3 → 6.45" in page.locator("#changed").inner_text()
    assert sentence(page).startswith("Strikes +") and "which you set" in sentence(page)
    assert "over israel.strike_rate" in page.locator("#response-title").inner_text() and page.locator("#response .mark").count() == 1
    assert page.locator("#map-title").inner_text().startswith("Difference in the influence of Iran")
    tab_to(page, "#found .card:first-child input[type=range]")
    page.keyboard.press("ArrowRight")
    drawn(page)
    assert 6.45 < float(page.locator("#found .card:first-child .exact input").input_value()) < 6.6
    page.keyboard.press("Control+Z")
    drawn(page)
    tab_to(page, "#save-open", back=True)
    page.keyboard.press("Enter")
    tab_to(page, "#save-name")
    page.keyboard.press("Control+A")
    page.keyboard.type("strikes_more")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "strikes_more.yaml"
    text = Path(str(download.value.path())).read_text(encoding="utf-8")
    assert "  israel.strike_rate: 6.45 # from 4.3 (plausible 2.2 to 8 strikes per month; sourced)\n" in text
    assert text == previewed(page) and len(text.splitlines()) < 12
    return text


def previewed(page: Page) -> str:
    """The text of the file that would be saved."""
    return str(page.locator("#save-text").evaluate("pre => pre.textContent"))


def loaded(text: str, name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The scenario of a saved file, read in a folder of its own."""
    monkeypatch.chdir(folder)
    (folder / "scenarios").mkdir(exist_ok=True)
    file = folder / "scenarios" / f"{name}.yaml"
    file.write_text(text, encoding="utf-8")
    return load_scenario(file)


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1024, 768), (1440, 900)])
def test_at_any_width_nothing_scrolls_sideways_and_the_answer_stays_in_view(
    browser: Browser, page_file: Path, width: int, height: int
) -> None:
    with explorer(browser, page_file, TURNED + "&both=1&b=iran.interests.militia_entrenchment:q0.9", width, height) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        card = page.locator("#ranked .card").nth(3)
        card.evaluate("card => card.scrollIntoView({ block: 'end' })")
        assert card.locator("input[type=range]").bounding_box()
        for part in ("#sentence", "#bars svg"):
            place: Any = page.locator(part).bounding_box()
            assert place["y"] >= -1 and place["y"] + place["height"] <= height, part
        if width == 390:
            assert place["y"] + place["height"] < height * 0.6  # most of a phone is left for the sliders


def test_print_has_the_sentence_and_every_figure_and_no_control(browser: Browser, page_file: Path) -> None:
    with explorer(browser, page_file, TURNED) as page:
        page.emulate_media(media="print")
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert sentence(page).startswith("Strikes +")
        assert "israel.strike_rate 4.3 → 6.45" in page.locator("#print-setting").inner_text()
        for figure in FIGURES:
            assert page.locator(f"{figure} svg").is_visible(), figure
        for control in ("#controls, .controls", "#outcome", "#save-open", "#both", "#index", "#power"):
            assert page.locator(control).first.is_hidden(), control
        assert page.locator("#bars-numbers tbody tr").count() == 13 and page.locator("#map-numbers tbody tr").count() == 14
        assert len(page.pdf(format="A4")) > 40_000


def test_texts_from_data_stay_texts(browser: Browser, small_data: ExplorerData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = replace(small_data, manifest=spoilt(small_data.manifest))
    file = tmp_path / "hostile.html"
    file.write_text(page_text(data, "file"), encoding="utf-8")
    with explorer(browser, file, TURNED + f"&b={HOSTILE}&x=<img src=x onerror=window.ran=2>") as page:
        search(page, "israel strike")
        assert "onerror" in page.locator("#found .title").first.inner_text()
        assert "parts of the link were not understood" in page.locator("#notice").inner_text()
        for details in page.locator("details").all():
            details.evaluate("details => { details.open = true; }")
        page.click("#save-open")
        page.fill("#save-question", f'What if "{HOSTILE}"\\?')
        text = previewed(page)
        assert page.evaluate("window.ran") is None and page.locator("img").count() == 0
    saved = loaded(text, "hostile", tmp_path, monkeypatch)
    assert saved.settings["israel.strike_rate"].central() == 6.45
    assert saved.question.startswith('What if "</script><img src=x onerror=') and saved.question.endswith('"\\?')


def spoilt(manifest: Any) -> Any:
    """The manifest with a hostile text in every field that only says something."""
    if isinstance(manifest, list):
        return [spoilt(one) for one in manifest]
    if not isinstance(manifest, dict):
        return manifest
    said = ("label", "meaning", "unit", "source", "grade", "title", "question", "group", "name")
    return {
        key: f"{value}{HOSTILE}" if key in said and isinstance(value, str) and value != "baseline" else spoilt(value)
        for key, value in manifest.items()
    }


def test_a_name_that_the_loader_would_refuse_is_refused(page: Page) -> None:
    go(page, TURNED)
    page.click("#save-open")
    for name in ("", "Big", "con", "nan", "a b", "x" * 61, "../up", "baseline", "é"):
        page.fill("#save-name", name)
        assert page.locator("#save-problem").inner_text() and page.locator("#save-do").is_disabled()
        assert page.locator("#save-text").inner_text() == ""


def test_the_link_keeps_the_whole_state(browser: Browser, page_file: Path, page: Page) -> None:
    page.select_option("#outcome", "condominium")
    search(page, "israel strike")
    slide(page, "israel.strike_rate", 0.8)
    page.check("#both")
    drawn(page)
    assert setting(page, "b") == setting(page, "a")
    slide(page, "israel.strike_rate", 0.2)
    page.check("#map-spheres")
    page.select_option("#power", "russia")
    page.check("#map-spheres")
    page.select_option("#index", "balance")
    drawn(page)
    shown = {part: page.locator(part).inner_html() for part in ("#sentence", "#bars", "#response", "#years", "#changed")}
    with explorer(browser, page_file, page.evaluate("() => { explorer.remember(); return location.hash; }")) as again:
        assert again.evaluate("explorer.store.now") == page.evaluate("explorer.store.now")
        assert {part: again.locator(part).inner_html() for part in shown} == shown


@pytest.mark.parametrize(
    "fragment",
    [
        "#a=nowhere.at_all:q0.5",
        "#a=israel.strike_rate:q1.5",
        "#a=israel.strike_rate:v1e9",
        "#a=__proto__:q0.5,israel.strike_rate:qNaN",
        "#outcome=__proto__&map=constructor",
        "#a-from=1999-01&power=<b>",
        "#%E0%A4%A",
        "#a=israel.strike_rate",
    ],
)
def test_what_a_link_says_wrongly_is_left_out_with_a_sentence(page: Page, fragment: str) -> None:
    go(page, fragment)
    assert "not understood" in page.locator("#notice").inner_text()
    assert sentence(page).startswith("The baseline: ") and setting(page)["changes"] == []


def test_every_step_can_be_undone_and_a_drag_is_one_step(browser: Browser, page_file: Path) -> None:
    with explorer(browser, page_file) as page:
        undo_and_redo(page)


def undo_and_redo(page: Page) -> None:
    """Turn, undo and do again."""
    search(page, "israel strike")
    slide(page, "israel.strike_rate", 0.9)
    page.click("#found .card:first-child .factor:nth-child(2)")
    drawn(page)
    assert setting(page)["changes"][0]["quantile"] == pytest.approx(0.790540541)
    page.click("#undo")
    drawn(page)
    assert setting(page)["changes"] == [{"path": "israel.strike_rate", "quantile": 0.9}]
    page.click("#undo")
    drawn(page)
    assert setting(page)["changes"] == [] and page.locator("#undo").is_disabled()
    page.click("#redo")
    drawn(page)
    page.click("#changed button")
    drawn(page)
    assert setting(page)["changes"] == [] and page.locator("#changed li").count() == 0


def test_below_200_worlds_there_is_a_sentence_and_no_number(page: Page) -> None:
    go(page, "#a=israel.strike_rate:q0.9,iran.interests.militia_entrenchment:q0.9,bargain.talks:q0.9")
    assert re.match(r"Only \d{1,2} of 1,000 stored worlds speak for this, and it takes 200\. .*spheres explore", sentence(page))
    assert "±" not in page.locator("main").inner_text()
    assert page.locator("#bars").get_attribute("class") == "figure muted"


@pytest.mark.parametrize(
    ("typed", "month", "why"), [("9", "", "outside its plausible range (2.2 to 8)"), ("6.45", "2021-10", "begins in October 2021")]
)
def test_what_stored_worlds_cannot_answer_needs_the_live_mode_and_can_be_saved(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, month: str, why: str
) -> None:
    search(page, "israel.strike_rate")
    page.fill("#found .card:first-child .exact input", typed)
    page.keyboard.press("Enter")
    page.select_option("#from", month)
    drawn(page)
    assert why in sentence(page) and "spheres explore" in sentence(page)
    page.click("#save-open")
    saved = loaded(previewed(page), page.locator("#save-name").input_value(), tmp_path, monkeypatch)
    assert len(saved.events) == bool(month)
    assert saved.settings["israel.strike_rate"].central() == (4.3 if month else float(typed))


def test_a_number_that_cannot_be_is_refused_where_it_was_typed(page: Page) -> None:
    search(page, "israel.strike_rate")
    for typed, said in (("many", "A number is needed"), ("-1", "between 0 and 100")):
        page.fill("#found .card:first-child .exact input", typed)
        page.keyboard.press("Enter")
        assert said in page.locator("#found .card:first-child .problem").inner_text()
    assert setting(page)["changes"] == []


@pytest.mark.parametrize("text", ["israel", "strike", "R27", "strikes per month", "sourced visibility", "STRIKE_RATE"])
def test_a_parameter_is_found_by_path_meaning_claim_source_and_grade(page: Page, text: str) -> None:
    search(page, text)
    assert page.locator("#found .card[data-path='israel.strike_rate']").count() == 1


def test_two_settings_stand_side_by_side(page: Page) -> None:
    go(page, "#a=israel.strike_rate:q0.8&b=israel.strike_rate:q0.25&both=1&outcome=strikes")
    a, b = page.locator("#sentence .said").all_inner_texts()
    assert re.match(r"A\s*Strikes \+", a) and re.match(r"B\s*Strikes −", b)
    assert page.locator("#maps svg").count() == 2 and page.locator("#response .spot").count() == 2
    page.check("#edit-b")
    page.click("#copy-ab")
    drawn(page)
    assert setting(page, "b") == setting(page, "a")


def test_moving_one_weight_moves_every_share_of_an_actor(page: Page) -> None:
    bar = page.locator("#first-actors .actor").first
    before = bar.locator(".now .part i").all_inner_texts()
    slide(page, bar.locator(".card").get_attribute("data-path") or "", 1.0)
    shares = bar.locator(".now .part").evaluate_all("parts => parts.map(part => parseFloat(part.style.flexBasis))")
    assert bar.locator(".now .part i").all_inner_texts() != before
    assert sum(shares) == pytest.approx(100.0, abs=0.01)
    assert bar.locator(".before").is_visible() and "before" in str(bar.locator("[role=img]").get_attribute("aria-label"))


def test_headings_go_down_one_step_at_a_time(page: Page) -> None:
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].filter(h => h.textContent).map(h => Number(h.tagName[1]))")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
