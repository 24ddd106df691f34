"""The register of the project, and a copy of the project's texts in a temporary folder, in which a test may break something."""

import os
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from sim.provenance.gaps import gaps
from sim.provenance.project_paths import Project
from sim.provenance.register import Register, load_register

PROJECT = Path(__file__).resolve().parents[2]


@cache
def loaded_register() -> Register:
    """The register, gathered once, as the project's folder gives it."""
    before = os.getcwd()
    os.chdir(PROJECT)
    try:
        return load_register()
    finally:
        os.chdir(before)


@pytest.fixture(scope="session")
def register() -> Register:
    """The register; not to be changed by tests."""
    return loaded_register()


@dataclass
class Copy:
    """The copy and what its register lacks."""

    root: Path

    def change(self, file: str, old: str, new: str) -> None:
        """Change a text of a file; it must stand there."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}; mend the test"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def gaps(self) -> set[str]:
        """The gaps in the register of the copy."""
        return {str(one) for one in gaps(load_register(Project(self.root, self.root / "scenarios")))}


def copy_to(folder: Path) -> Copy:
    """A copy of the code's texts, the facts, two scenarios and the docs that sources name."""
    for part, left_out in (("sim", ("__pycache__", "*.geojson")), ("docs", ("pictures",))):
        shutil.copytree(PROJECT / part, folder / part, ignore=shutil.ignore_patterns(*left_out))
    (folder / "scenarios").mkdir()
    for name in ("baseline", "investment_framework"):
        shutil.copy(PROJECT / "scenarios" / f"{name}.yaml", folder / "scenarios")
    return Copy(folder)
