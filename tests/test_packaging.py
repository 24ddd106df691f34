"""The built wheel holds all that a command needs, and works in any folder, also one with a space in its name."""

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
SOURCES = ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE", "sim", "scenarios", "results/README.md")
BUILD = "import sys; from setuptools import build_meta; print(build_meta.build_{what}(sys.argv[1]))"


def built(what: str, source: Path, folder: Path) -> Path:
    """A wheel or sdist, built by the setuptools that is here, without a network."""
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-c", BUILD.format(what=what), str(folder)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return folder / done.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a wheel is built from: building leaves files behind."""
    folder = tmp_path_factory.mktemp("source")
    for name in SOURCES:
        target = folder / name
        target.parent.mkdir(exist_ok=True)
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, target, ignore=shutil.ignore_patterns("__pycache__", "calibrated"))
        else:
            shutil.copyfile(PROJECT / name, target)
    return folder


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("wheel", source, tmp_path_factory.mktemp("wheel"))


def packaged(*folders: str) -> set[str]:
    """Files below folders of the project, as they are named in a wheel."""
    found = (path for folder in folders for path in (PROJECT / folder).rglob("*") if path.is_file())
    return {path.relative_to(PROJECT).as_posix() for path in found if not {"__pycache__", "calibrated"} & set(path.parts)}


def test_the_wheel_holds_the_package_the_scenarios_and_the_licence(wheel: Path) -> None:
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if not name.endswith("/")}
    scenarios = {f"sim/data/{name}" for name in packaged("scenarios")}
    assert {name for name in inside if ".dist-info/" not in name} == packaged("sim") | scenarios | {"sim/data/results/README.md"}
    assert any(name.endswith("licenses/LICENSE") for name in inside)


def test_the_source_distribution_gives_the_same_wheel(source: Path, wheel: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(built("sdist", source, tmp_path / "sdist"), tmp_path / "unpacked")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    again = zipfile.ZipFile(built("wheel", unpacked, tmp_path / "wheel"))
    first = zipfile.ZipFile(wheel)
    assert {i.filename: i.CRC for i in again.infolist()} == {i.filename: i.CRC for i in first.infolist()}


def test_the_scenarios_have_one_source() -> None:
    assert not (PROJECT / "sim" / "data" / "scenarios").exists() and not (PROJECT / "sim" / "data" / "results").exists()


@pytest.mark.slow
def test_a_wheel_in_a_fresh_environment_does_all_that_an_analyst_asks(wheel: Path, tmp_path: Path) -> None:
    here = tmp_path / "a folder"
    venv.create(here / "env", with_pip=True)
    binaries = here / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    pip = [binaries / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", PROJECT / "constraints.txt"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run([*pip, wheel], env=environment, check=True, timeout=900)

    def spheres(*words: str, folder: Path = here / "my work") -> "subprocess.CompletedProcess[str]":
        command = [binaries / "spheres", *words]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600, check=False)

    (here / "empty").mkdir()
    assert spheres("init", "my work", folder=here).returncode == 0
    for words in (
        ("check",),
        ("new", "mine", "--from", "iran_withdraws"),
        ("run", "baseline", "mine", "--worlds", "4", "--months", "4", "--name", "first"),
        ("run", "baseline", "--worlds", "2", "--months", "2", "--no-plots", "--name", "second"),
        ("compare", "results/first"),
        ("compare", "results/first", "--world", "1", "--scenarios", "baseline,mine"),
        ("replay", "results/first", "--scenario", "mine", "--world", "3"),
        ("export", "results/first", "--csv"),
        ("patterns", "results/first"),
        ("tidy", "first"),
        ("explain", "R43", "--quick"),
        ("explain", "israel.strike_rate"),
        ("claims", "--worlds", "20", "--months", "2"),
        ("history", "--worlds", "20"),
    ):
        answer = spheres(*words)
        assert answer.returncode == 0, (words, answer.stdout[-500:], answer.stderr)
    assert (here / "my work/results/first/compare/compare.html").exists()
    for words in (("explain", "R43", "--quick"), ("check", "iran_withdraws"), ("history", "--worlds", "20")):
        answer = spheres(*words, folder=here / "empty")
        assert answer.returncode == 0, (words, answer.stdout[-500:], answer.stderr)
        assert "come with spheres" in answer.stdout + answer.stderr or "comes with spheres" in answer.stdout + answer.stderr
