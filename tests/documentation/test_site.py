"""The site: built from docs/ without a warning, whole, with nothing from the web, and searchable in a browser without a network."""

import os
import re
import subprocess
import sys
from functools import cache
from html import unescape
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from playwright.sync_api import Browser
from provenance.project_copy import PROJECT

DOCS = PROJECT / "docs"
ID = re.compile(r'\sid="([^"]+)"')
LINK = re.compile(r'<a\s[^>]*?href="([^"]+)"')
LOAD = re.compile(
    r'<(?:script|img|iframe|source|object)\s[^>]*?(?:src|data)="([^"]+)"|<link\s[^>]*?rel="(?:stylesheet|icon|preload)"[^>]*?href="([^"]+)"'
)
APART = {"examples", "builder"}  # folders of docs/ that hold no pages
LOADED = re.compile(r"""url\(\s*['"]?(?:https?:)?//|@import\s+(?:url\()?['"]?(?:https?:)?//""")


def builder(name: str) -> object:
    """A module of docs/builder, which lies on no path."""
    sys.path.insert(0, str(DOCS / "builder"))
    try:
        return import_module(name)
    finally:
        sys.path.remove(str(DOCS / "builder"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make site` does."""
    if not os.environ.get("CI"):
        pytest.importorskip("sphinx", reason="the site needs what `pip install -e '.[docs]'` installs")
    folder = tmp_path_factory.mktemp("site")
    words = ("--quiet", "--fresh-env", "--fail-on-warning", "--keep-going", "--builder", "html")
    command = [sys.executable, "-m", "sphinx", *words, str(DOCS), str(folder)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return folder


class Page:
    """What a page links to, what it loads, and the places within it."""

    def __init__(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        self.ids = set(ID.findall(text))
        self.links = {unescape(link) for link in LINK.findall(text)}
        self.loads = {unescape(found[0] or found[1]) for found in LOAD.findall(text)}


page = cache(Page)


def test_every_page_of_the_docs_has_a_place_in_the_contents() -> None:
    contents = builder("contents")
    listed = [name for part in (*contents.PARTS.values(), *contents.BELOW.values()) for name in part]  # type: ignore[attr-defined]
    pages = {path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.rglob("*.md") if path.parent.name not in APART}
    assert len(set(listed)) == len(listed) and {*listed, "index"} == pages


def test_formulas_are_cut_where_parts_stand_apart_and_hold_plain_letters() -> None:
    pytest.importorskip("math_core")
    formulas = builder("formulas")
    rows = formulas.rows(r"\begin{aligned} & a = \frac{b}{c}, \qquad d = 1, \\ & e \end{aligned}")  # type: ignore[attr-defined]
    assert rows == [[r"a = \frac{b}{c},", "d = 1,"], ["e"]]
    made = formulas.mathml(r"\overline{x}^{0} \mathsf{gone\_below}", displayed=True)  # type: ignore[attr-defined]
    assert '<mrow class="mean"><mi>x</mi></mrow>' in made and 'class="parameter"' in made and ">gone_below</mi>" in made


def test_every_link_leads_somewhere(site: Path) -> None:
    broken = []
    for path in sorted(site.rglob("*.html")):
        for link in page(path).links:
            place, anchor = urldefrag(link)
            if place.startswith(("http:", "https:", "mailto:")):
                continue
            target = (path.parent / unquote(place)).resolve() if place else path
            if not target.is_file() or (anchor and target.suffix == ".html" and anchor not in page(target).ids):
                broken.append(f"{path.relative_to(site)}: {link}")
    assert broken == []


def test_nothing_is_loaded_from_the_web(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 100 and any(page(path).loads for path in pages)
    assert [one for path in pages for one in page(path).loads if one.startswith(("http:", "https:", "//"))] == []
    assert [path.name for path in site.rglob("*.css") if LOADED.search(path.read_text(encoding="utf-8"))] == []


def test_formulas_are_drawn_by_the_browser_itself(site: Path) -> None:
    text = (site / "odd" / "battles.html").read_text(encoding="utf-8")
    assert (
        text.count("<math") > 20 and "\\mathrm" not in text and not [one for one in page(site / "odd/battles.html").loads if "math" in one]
    )


def test_a_named_function_leads_to_its_line(site: Path) -> None:
    links = page(site / "odd" / "shocks.html").links
    line = line_of("holdings_ended", "departure")
    assert f"../files/sim/model/processes/departure.py.html#line-{line}" in links


def line_of(function: str, module: str) -> int:
    """The line on which a function of a process begins."""
    text = (PROJECT / f"sim/model/processes/{module}.py").read_text(encoding="utf-8")
    return text[: text.index(f"def {function}(")].count("\n") + 1


def test_a_word_is_found_without_a_network(site: Path, browser: Browser) -> None:
    context = browser.new_context()
    context.set_offline(True)
    window, wrong = context.new_page(), []
    window.on("request", lambda request: wrong.append(request.url) if not request.url.startswith("file:") else None)
    window.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    window.on("pageerror", lambda error: wrong.append(str(error)))
    window.goto((site / "index.html").as_uri())
    window.fill("input[name=q]", "entrenchment")
    window.keyboard.press("Enter")
    window.wait_for_selector("#search-results li a")
    titles = window.locator("#search-results li a").all_inner_texts()
    context.close()
    assert wrong == [] and any("Entrenchment" in title for title in titles), (wrong, titles)


def test_pages_fit_narrow_and_wide_screens(site: Path, browser: Browser) -> None:
    for width in (390, 1024, 1440):
        context = browser.new_context(viewport={"width": width, "height": 900})
        context.set_offline(True)
        window = context.new_page()
        for name in ("index", "tutorial", "odd/coordination", "reference/commands", "verdicts"):
            window.goto((site / f"{name}.html").as_uri())
            assert window.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        context.close()
