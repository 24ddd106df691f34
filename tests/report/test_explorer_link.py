"""The link to the explorer's page stands on the comparison page where that page exists, and only there."""

from pathlib import Path

import pytest

from sim.compare.comparison import Comparison
from sim.report.page.explorer_link import find_explorer
from sim.report.page.page import write_page
from sim.report.page.sections import SECTIONS


def test_the_explorer_is_linked_where_its_page_exists(compared: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # where no results/explorer is of another run
    result = tmp_path / "elsewhere" / "mine"
    place = result / "compare"
    assert find_explorer([result], place) == ""
    for folder, address in ((tmp_path / "elsewhere", "../../explorer/explore.html"), (result, "../explorer/explore.html")):
        (folder / "explorer").mkdir(parents=True)
        (folder / "explorer" / "explore.html").touch()
        assert find_explorer([result], place) == address
    pages = [
        write_page(tmp_path / "page.html", compared, sections=SECTIONS[:1], explorer=link).read_text() for link in ("", "../a%20b.html")
    ]
    assert "Explorer</a>" not in pages[0] and '<a href="../a%20b.html">Explorer</a>' in pages[1]
