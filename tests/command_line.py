"""Commands as an analyst types them: in this process, or in one of their own where that is what is tested."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner, Result

from sim.cli import app

PROJECT = Path(__file__).parents[1]


def typed(here: Path, *words: str) -> Result:
    """What a command answers in a folder, without a process of its own, which is quicker."""
    with contextlib.chdir(here):
        answer = CliRunner().invoke(app, words)
    assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
    return answer


def spheres(here: Path, *words: str, columns: int = 160) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end in a process of its own."""
    environment = os.environ | {"COLUMNS": str(columns), "PYTHONPATH": str(PROJECT)}
    return subprocess.run(
        [sys.executable, "-m", "sim.cli", *words],
        cwd=here,
        env=environment,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


def files(here: Path) -> set[str]:
    """Every file below a folder."""
    return {str(p.relative_to(here)) for p in here.rglob("*")}
