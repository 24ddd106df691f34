"""The order of the pages, in one place: the pages themselves stay plain Markdown, which also reads well without the site."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PARTS = {
    "Start": ("tutorial", "gallery"),
    "How to": (
        "scenario-files",
        "compare",
        "explorer",
        "explore",
        "batches",
        "cluster",
        "event-data",
        "calibration",
        "elsewhere",
    ),
    "The model": ("limits", "odd", "sense", "history", "verdicts"),
    "Reference": ("reference/commands", "reference/api", "reference/where", "code"),
    "The project": ("changelog", "contributing", "reliability", "versions"),
}
BELOW = {
    "explore": ("sensitivity", "discover", "corners", "reach", "robust"),
    "odd": (
        "odd/overview",
        "odd/design-concepts",
        "odd/initialisation",
        "odd/input-data",
        "odd/notation",
        "odd/perception",
        "odd/shocks",
        "odd/choice",
        "odd/actors",
        "odd/armed-groups",
        "odd/strength",
        "odd/offensives",
        "odd/battles",
        "odd/strikes",
        "odd/entrenchment",
        "odd/contracts",
        "odd/coordination",
        "odd/bargains",
        "odd/month-end",
        "odd/influence",
        "odd/outcome",
        "odd/measures",
        "odd/sources",
    ),
    "odd/actors": (
        "odd/russia",
        "odd/iran",
        "odd/government",
        "odd/israel",
        "odd/united-states",
        "odd/turkey",
        "odd/opposition",
        "odd/sdf",
        "odd/islamic-state",
        "odd/iraq",
        "odd/jordan",
        "odd/local-powers",
    ),
    "gallery": ("gallery/compare_scenarios", "gallery/sweep_budget", "gallery/ema_experiments", "gallery/event_data"),
}
LINK = re.compile(r"\]\((?!https?:|#)([^)\s]+)")  # to a file, relative to the root folder
INCLUDED = {"changelog": "CHANGELOG.md", "contributing": "CONTRIBUTING.md"}  # pages that are a file of the root folder


def add_contents(app: "Sphinx", page: str, source: list[str]) -> None:
    """Add to a page what lies below it, and to a page that stands for a file of the root folder that file."""
    if page == "index":
        source[0] += "".join(_tree(pages, title) for title, pages in PARTS.items())
    if page in BELOW:
        source[0] += _tree(BELOW[page])
    if page in INCLUDED:
        text = (Path(app.srcdir).parent / INCLUDED[page]).read_text(encoding="utf-8")
        source[0] = LINK.sub(lambda link: "](" + (link[1].removeprefix("docs/") if link[1].startswith("docs/") else f"../{link[1]}"), text)


def _tree(pages: tuple[str, ...], title: str = "") -> str:
    """A list of pages for the contents at the side."""
    caption = f":caption: {title}\n" if title else ""
    return f"\n\n```{{toctree}}\n:hidden:\n{caption}\n" + "\n".join(f"/{page}" for page in pages) + "\n```\n"


def setup(app: "Sphinx") -> dict[str, Any]:
    """Tell Sphinx."""
    app.connect("source-read", add_contents)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
