"""The monthly tables of a result, checked before they are read; where one is damaged it is made anew from the chunks, and that is said."""

import atexit
import os
import shutil
import tempfile
import warnings
from pathlib import Path

from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.manifest_file import HASHES, MANIFEST, check_hash, file_hash
from sim.experiment.storage.monthly_tables import EVENTS_FILE, MONTHS_FILE, MonthlyTables
from sim.experiment.storage.result_folder import locked
from sim.experiment.storage.results import Result
from sim.experiment.storage.sealed_json import CHECKSUM, sealed
from sim.experiment.storage.staging import staging
from sim.experiment.storage.whole_files import sync_tree, write_text

_TABLES = (MONTHS_FILE, EVENTS_FILE)


class DamageNotice(UserWarning):
    """A file was damaged and has been made anew; the numbers are those of the undamaged one."""


def monthly_table(result: Result, name: str) -> Path:
    """Where a monthly table (MONTHS_FILE, EVENTS_FILE) stands that is as the run wrote it. Raises SettingsError."""
    if name not in result.checked:
        result.checked[name] = _whole(result, name)
    return result.checked[name]


def _whole(result: Result, name: str) -> Path:
    if check_hash(result.folder, result.manifest, name):
        return result.folder / name
    if not result.current():
        raise SettingsError(f"{result.folder} was replaced by another result while it was read; start again.")
    try:
        with staging(result.folder / name) as work:
            _make(result, work)
            _put(result, work)
        place, done = result.folder, "it has been made anew from the chunks"
    except OSError:  # the folder cannot be written to
        place, done = Path(tempfile.mkdtemp(prefix="spheres-")), "its numbers were made anew from the chunks, but cannot be kept there"
        atexit.register(shutil.rmtree, place, ignore_errors=True)
        _make(result, place)
    warnings.warn(f"{result.folder / name} was missing or damaged; {done}.", DamageNotice, stacklevel=2)
    return place / name


def _make(result: Result, work: Path) -> None:
    """Write both tables as the run did. Raises SettingsError where scenarios or chunks are damaged too."""
    tables, iso = MonthlyTables(work), tuple(result.provinces)
    for name in result.scenarios:
        files = result.files(name)
        tables.add(result.scenario(name), iso, files.values(), sum(worlds for _, worlds in files))
    tables.close()


def _put(result: Result, work: Path) -> None:
    """Put the new tables in the place of damaged ones; where another version of a library writes other bytes, the manifest learns of it."""
    with locked(result.folder):
        damaged = [name for name in _TABLES if not check_hash(result.folder, result.manifest, name)]
        listed = {**result.manifest[HASHES], **{name: file_hash(work / name) for name in damaged}}
        sync_tree(work)
        for name in damaged:
            os.replace(work / name, result.folder / name)
        if listed != result.manifest[HASHES]:
            result.manifest = {key: value for key, value in result.manifest.items() if key != CHECKSUM} | {HASHES: listed}
            write_text(result.folder / MANIFEST, sealed(result.manifest))
