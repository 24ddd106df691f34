"""The explorer as typed: read the result, and write the page."""

from pathlib import Path

import typer

from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.result_folder import EXPLORER_PAGE
from sim.experiment.storage.whole_files import write_text
from sim.explorer.explorer_data import MOST_WORLDS, ExplorerData, read_explorer_data
from sim.explorer.explorer_page import page_text
from sim.text.suggestions import display_path


def write_explorer(folder: Path, scenario: str) -> None:
    """Write the page into the folder of the result. Raises SettingsError."""
    data = read_data(folder, scenario)
    text = page_text(data, "file")
    path = folder / EXPLORER_PAGE
    write_text(path, text)
    typer.echo(f"Explorer: {display_path(path)} ({len(text) / 1e6:.1f} MB, {len(data.columns):,} worlds of {scenario}).")


def read_data(folder: Path, scenario: str) -> ExplorerData:
    """What the page carries. Raises SettingsError."""
    check_folder(folder, scenario)
    return read_explorer_data(folder, scenario)


def check_folder(folder: Path, scenario: str) -> None:
    """Raises SettingsError, with the command that makes it, for a result that is not there."""
    if not folder.exists():
        command = f"spheres run {scenario} --worlds {MOST_WORLDS} --name {folder.name}"
        raise SettingsError(f"{display_path(folder)} does not exist. To make it (a minute or two), run: {command}")
