"""The folder of a command that writes a few files of its own into results/."""

from collections.abc import Collection
from pathlib import Path

from sim.experiment.run_settings import RESULTS, SettingsError, check_name
from sim.experiment.storage.manifest_file import CONTENTS
from sim.experiment.storage.publishing import NEW


def report_folder(name: str, files: Collection[str], other: str) -> Path:
    """The folder `name` in results/. Raises SettingsError if it holds other than these files; `other` is what to type instead."""
    folder = RESULTS / check_name(name)
    known = {*files, CONTENTS, NEW}
    if folder.is_symlink() or (folder.exists() and not (folder.is_dir() and {file.name for file in folder.iterdir()} <= known)):
        raise SettingsError(f"{folder} holds other files; choose another name, for instance: {other}")
    return folder
