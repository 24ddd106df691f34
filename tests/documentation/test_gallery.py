"""The gallery: each script runs in an empty folder, and prints what its page shows."""

import re
import sys
from importlib import import_module
from pathlib import Path

import pytest
from provenance.project_copy import PROJECT

DOCS = PROJECT / "docs"
sys.path.insert(0, str(DOCS / "builder"))
gallery = import_module("run_gallery")
sys.path.remove(str(DOCS / "builder"))


QUICK = "sweep_budget"  # runs always: what the others call is tested elsewhere, so `make check` runs them
EACH = [name if name == QUICK else pytest.param(name, marks=pytest.mark.slow) for name in gallery.SCRIPTS]
NUMBER = re.compile(r"\d+\.\d+")


@pytest.mark.parametrize("name", EACH)
def test_a_script_prints_what_its_page_shows(name: str, tmp_path: Path) -> None:
    if not gallery.can_run(name):
        pytest.skip(f"{gallery.SCRIPTS[name][1]} is not installed")
    printed, picture = gallery.run(name, tmp_path)
    assert picture.stat().st_size > 2000
    stored = (DOCS / "gallery" / f"{name}.txt").read_text(encoding="utf-8")
    if name == "ema_experiments":  # another version of EMA Workbench samples other experiments
        printed, stored = NUMBER.sub("N", printed), NUMBER.sub("N", stored)
    assert printed == stored, f"docs/gallery/{name}.txt is not what the script prints: run `make gallery` and read what changed"


def test_every_script_has_a_page_a_picture_and_an_output() -> None:
    for name in gallery.SCRIPTS:
        assert (DOCS / "examples" / f"{name}.py").exists()
        text = (DOCS / "gallery" / f"{name}.md").read_text(encoding="utf-8")
        assert f"({name}.svg)" in text and f"<!-- generated: output {name} -->" in text and f"<!-- generated: script {name} -->" in text
        assert (DOCS / "gallery" / f"{name}.svg").exists() and f"(gallery/{name}.md)" in (DOCS / "gallery.md").read_text(encoding="utf-8")
