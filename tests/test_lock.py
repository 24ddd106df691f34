"""requirements.lock: the versions of constraints.txt, each with hashes of its files, for all that pyproject.toml asks for; no address."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PROJECT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13")
PLATFORMS = ("linux", "darwin", "win32")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
Pins = dict[str, str]  # versions by name


def requirements(name: str) -> list[Requirement]:
    """The lines of a file of pinned versions."""
    text = re.sub(r"\\\n", " ", (PROJECT / name).read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [Requirement(_HASH.sub("", line).strip()) for line in lines]


def pinned(name: str, python: str, platform: str = "linux") -> Pins:
    """The versions that a file gives on a kind of machine."""
    here = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": platform}
    return {canonicalize_name(one.name): next(iter(one.specifier)).version for one in requirements(name) if holds(one.marker, here)}


def holds(marker: Marker | None, here: dict[str, str]) -> bool:
    return marker is None or marker.evaluate({**default_environment(), **here})


@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_has_the_versions_of_the_constraints_and_no_others(python: str) -> None:
    assert pinned("requirements.lock", python) == pinned("constraints.txt", python)


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_other_systems_get_the_same_versions_and_what_they_need_besides(python: str, platform: str) -> None:
    locked = pinned("requirements.lock", python, platform)
    assert locked.items() >= pinned("constraints.txt", python, platform).items()


def test_every_version_has_hashes_and_nothing_names_a_registry() -> None:
    text = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.sub(r"\\\n", " ", text).splitlines()
    for entry in entries:
        if entry and not entry.startswith("#"):
            assert len(_HASH.findall(entry)) >= 1, entry[:60]
    assert not re.search(r"://|index-url|find-links|trusted-host|@", text)


@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_lies_within_the_bounds_of_the_project(python: str) -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    installed = [text for name in ("test", "calibrate", "cluster", "docs", "explorer") for text in extras[name]]
    asked = [Requirement(text) for text in (*project["dependencies"], *installed)]
    locked = pinned("requirements.lock", python)
    for one in asked:
        assert one.specifier.contains(Version(locked[canonicalize_name(one.name)]), prereleases=True), one


def test_the_pythons_that_were_tried_are_named() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [text.rpartition(" ")[2] for text in project["classifiers"] if text.startswith("Programming Language :: Python :: 3.")]
    assert tuple(named) == PYTHONS
    assert project["requires-python"] == f">={PYTHONS[0]}"
