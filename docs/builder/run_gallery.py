"""Runs the scripts of the gallery, each in an empty folder, and stores what they print and draw: `make gallery`.

A script whose library is not installed is skipped, and what it printed before is kept.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent
SCRIPTS = {  # each with the folder of results that holds its picture, and the library that it needs besides
    "compare_scenarios": ("gallery_compare", None),
    "sweep_budget": ("gallery_sweep", None),
    "ema_experiments": ("gallery_ema", "ema_workbench"),
    "event_data": ("gallery_events", None),
}


def can_run(name: str) -> bool:
    """Whether what a script needs is installed."""
    library = SCRIPTS[name][1]
    return library is None or find_spec(library) is not None


def run(name: str, folder: Path) -> tuple[str, Path]:
    """Run a script in a folder: what it printed, and its picture. Raises CalledProcessError where it fails."""
    environment = os.environ | {"PYTHONPATH": str(DOCS.parent), "PYTHONWARNINGS": "ignore", "COLUMNS": "120"}
    command = [sys.executable, str(DOCS / "examples" / f"{name}.py")]
    done = subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return done.stdout, folder / "results" / SCRIPTS[name][0] / "picture.svg"


def main() -> None:
    """Run them all."""
    for name in SCRIPTS:
        if not can_run(name):
            print(f"{name}: skipped, since {SCRIPTS[name][1]} is not installed")
            continue
        with tempfile.TemporaryDirectory() as folder:
            printed, picture = run(name, Path(folder))
            (DOCS / "gallery" / f"{name}.txt").write_text(printed, encoding="utf-8")
            shutil.copyfile(picture, DOCS / "gallery" / f"{name}.svg")
        print(f"{name}: stored")


if __name__ == "__main__":
    main()
