"""The house: floors keep their direction, code is typed and clean, all that is declared has a meaning (sources: tests/evidence)."""

import subprocess
import sys
from pathlib import Path

import pytest

from sim.model.registry import PARAMETERS, paths
from sim.model.state.event_log import KINDS
from sim.scenario import load_scenario
from sim.scenario.loader import module_of

PROJECT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("tool", [["lint-imports"], ["mypy"], ["ruff", "check", "."], ["ruff", "format", "--check", "."]], ids=" ".join)
def test_the_house_is_in_order(tool: list[str]) -> None:
    command = Path(sys.executable).parent / tool[0]
    done = subprocess.run([command, *tool[1:]], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_event_kind_has_a_meaning_and_a_sentence() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert kind.meaning and kind.sentence.endswith("."), kind.name


def test_every_declared_parameter_says_what_it_means_and_where_it_acts() -> None:
    groups = tuple(load_scenario(PROJECT / "scenarios" / "baseline.yaml").start_state["groups"])
    for path, declared in paths(groups).items():
        assert len(declared.meaning) > 8, path
        assert module_of(PARAMETERS, path).startswith("sim."), path
