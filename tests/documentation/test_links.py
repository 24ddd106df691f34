"""Every file of the project that README.md or a page of docs/ names, or links to, exists."""

import re
from pathlib import Path

import pytest
from provenance.project_copy import PROJECT

PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md")), PROJECT / "sim" / "data" / "README.md"]
LINK = re.compile(r"\]\(([^)\s#]+)")
NAMED = re.compile(r"(?<![\w/.])((?:sim|docs|scenarios|tests)/[\w./-]*[\w/])(?![\w*<{])")
WRITTEN_LATER = ("scenarios/calibrated/", "scenarios/my_", "scenarios/mine", "scenarios/NAME")  # examples of what a user makes


def linked(page: Path) -> set[Path]:
    """The files to which a page links, other pages of the web aside."""
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    return {page.parent / target for target in targets if not target.startswith(("http://", "https://"))}


def named(page: Path) -> set[str]:
    """The paths from the root of the project that stand in the text of a page."""
    paths = NAMED.findall(page.read_text(encoding="utf-8"))
    return {path for path in paths if not path.startswith(WRITTEN_LATER)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    missing = {path.name for path in linked(page) if not path.exists()}
    missing |= {path for path in named(page) if not (PROJECT / path).exists()}
    assert not missing, f"{page.name} names files that do not exist: {', '.join(sorted(missing))}"


def test_links_and_paths_are_found() -> None:
    assert PROJECT / "docs" / "limits.md" in linked(PROJECT / "README.md")
    assert "sim/data/patterns.yaml" in named(PROJECT / "docs" / "odd" / "overview.md")


def test_the_layout_of_the_code_names_every_folder() -> None:
    text = (PROJECT / "docs" / "code.md").read_text(encoding="utf-8")
    folders = [path.parent.name for path in (PROJECT / "sim").glob("*/__init__.py")]
    assert [folder for folder in folders if f"sim/{folder}/" not in text] == []
