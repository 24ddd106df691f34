"""Arrays have the axes that annotations name, all through a run; a wrong shape is an error there."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_run_has_the_annotated_shapes_and_wrong_ones_are_caught() -> None:
    """Eight months in which offensives are won, and mistakes that NumPy alone would let pass."""
    command = [sys.executable, "-m", "tests.model.checked_run", str(ROOT / "scenarios" / "baseline.yaml"), "8"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    caught = json.loads(done.stdout)
    assert len(caught) == 5 and all(caught.values()), caught
