"""`spheres init`: lay out a folder to work in."""

import os
import shutil
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.error_handling import error_messages


def init(folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to set up; made if it does not exist.")]) -> None:
    """Set up a folder to work in: scenarios/ with all scenarios and what editors need to complete their lines, and results/.

    Nothing is overwritten: a folder that has scenarios/ or results/ already is left as it is.
    """
    with error_messages():
        from sim.experiment.run_settings import SettingsError
        from sim.experiment.storage.staging import staging
        from sim.experiment.storage.whole_files import sync_tree
        from sim.scenario.packaged_files import RESULTS_GUIDE, SCENARIOS, scenario_files, shipped

        if folder.exists() and not folder.is_dir():
            raise SettingsError(f"{folder} is a file; give the name of a folder.")
        for name in (SCENARIOS, RESULTS_GUIDE.parent):
            if (folder / name).exists() or (folder / name).is_symlink():
                raise SettingsError(f"{folder / name} exists already, and nothing is overwritten; choose another folder.")
        with staging(folder / SCENARIOS) as work:  # each folder appears whole or not at all
            new = [work / place for place in (SCENARIOS, RESULTS_GUIDE.parent)]
            shutil.copytree(shipped(SCENARIOS), new[0], ignore=shutil.ignore_patterns("calibrated", ".*"))
            new[1].mkdir()
            shutil.copyfile(shipped(RESULTS_GUIDE), work / RESULTS_GUIDE)
            sync_tree(work)
            for place in new:  # a kill between the two leaves a folder that one can work in
                os.rename(place, folder / place.name)
        files = len(scenario_files(folder / SCENARIOS))
        typer.echo(f"{folder / SCENARIOS}/ ({files} scenarios) and {folder / RESULTS_GUIDE.parent}/ are ready.")
        enter = "" if folder.resolve() == Path.cwd() else f"cd {_quoted(folder)}, then "
        typer.echo(f"Next: {enter}spheres run baseline iran_withdraws --worlds 100")


def _quoted(folder: Path) -> str:
    return f'"{folder}"' if " " in str(folder) else str(folder)
