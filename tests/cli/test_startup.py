"""Help and mistyped words are answered at once: they load nothing heavy."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import PROJECT, typed

import sim
from sim.cli import COMMANDS, summary

HEAVY = {"numpy", "pandas", "scipy", "mesa", "pyarrow", "altair", "rich", "ruamel", "networkx"}
TYPE = """
import sys
from sim.cli import app
for words in sys.argv[1:]:
    try:
        app(words.split(), prog_name="spheres")
    except SystemExit as answer:
        print("status", answer.code)
print(*sys.modules)
"""


def loaded_by(*commands: str) -> tuple[set[str], str]:
    """The top-level modules that are loaded when all commands are answered, and what was printed."""
    done = subprocess.run([sys.executable, "-c", TYPE, *commands], cwd=PROJECT, capture_output=True, text=True, timeout=60, check=True)
    *printed, modules = done.stdout.splitlines()
    return {name.partition(".")[0] for name in modules.split()}, "\n".join(printed) + done.stderr


def test_nothing_heavy_is_loaded_for_help_and_mistyped_words() -> None:
    helps, typos = [f"{name} --help" for name in COMMANDS], [f"{name} --no-such-option" for name in COMMANDS]
    loaded, text = loaded_by("--help", "--version", "rnu", "xyzzy", *helps, *typos)
    assert "sim" in loaded and not loaded & HEAVY
    assert "There is no command 'rnu'. Did you mean 'run'?" in text and "`spheres --help` lists the commands" in text
    assert text.count("No such option") == len(COMMANDS) == text.count("status 2") - 2
    assert all(f"Usage: spheres {name}" in text for name in COMMANDS)


@pytest.mark.slow
def test_help_takes_less_than_a_third_of_a_second_and_check_less_than_one() -> None:
    for words, most in ((("--help",), 0.3), (("rnu",), 0.3), (("run", "--wrlds"), 0.3), (("check", "baseline"), 1.0)):
        times = []
        for _ in range(5):
            before = os.times()
            subprocess.run([sys.executable, "-m", "sim.cli", *words], cwd=PROJECT, capture_output=True, timeout=60, check=False)
            after = os.times()
            times.append(after.children_user + after.children_system - before.children_user - before.children_system)
        assert min(times) < most, words  # time of the processor, and the least of it, since other programs may run beside


def test_importing_the_package_loads_nothing_and_its_public_names_are_found() -> None:
    code = "import sys, sim; print(*(name for name in sys.modules if name.partition('.')[0] == 'sim' or name in ('numpy', 'mesa')))"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["sim"]
    for name in sim.__all__:
        assert getattr(sim, name) is not None and name in dir(sim)
    with pytest.raises(AttributeError, match="no attribute 'World'"):
        sim.World  # noqa: B018


def test_the_version_has_one_place(tmp_path: Path) -> None:
    answer = typed(tmp_path, "--version")
    assert answer.exit_code == 0 and answer.stdout == f"spheres {sim.__version__}\n"
    project = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'version = { attr = "sim.__version__" }' in project and not re.search(r'^version = "', project, re.MULTILINE)


def test_help_lists_every_command_with_a_line_of_its_own(tmp_path: Path) -> None:
    text = typed(tmp_path, "--help").stdout
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\S", text, re.MULTILINE) and summary(name).endswith(".")
