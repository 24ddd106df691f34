"""The scenarios that ship with the model: beside the package in the repository, inside it where it was installed from a wheel.

Names are looked up in `./scenarios` first. What is not there is read from the shipped scenarios, so that a command works in any folder.
"""

import os
from pathlib import Path

from sim.model.state.csv_files import DATA

SCENARIOS = Path("scenarios")
DESIGNS = "designs"  # the folder below `scenarios/` that has designs, which are no scenarios
RESULTS_GUIDE = Path("results") / "README.md"
NOTICE = "is the one that comes with spheres; ./scenarios has none of this name."
MISSING = "There is no scenarios/ folder here. `spheres init .` makes one."


def shipped(path: Path) -> Path:
    """Where a file or folder that ships with the model lies, such as `scenarios` (setup.py copies it into a wheel)."""
    packaged = DATA / path
    return packaged if packaged.exists() else DATA.parents[1] / path


def scenario_path(path: Path) -> Path:
    """A path below `scenarios/`, here if it exists, else among the shipped scenarios."""
    return path if path.exists() else shipped(path)


def scenario_files(folder: Path) -> list[Path]:
    """Every scenario file in a folder and those below it, designs aside."""
    return sorted(path for path in folder.rglob("*.yaml") if DESIGNS not in path.relative_to(folder).parts)


def is_shipped(path: Path) -> bool:
    """Whether a file is one of the shipped scenarios, and not one of the current folder."""
    here, home = Path(os.path.abspath(SCENARIOS)), Path(os.path.abspath(shipped(SCENARIOS)))
    return home != here and path.is_relative_to(home)
