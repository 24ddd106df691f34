"""What all commands share: errors as plain lines with an exit status, notices, progress.

Nothing heavy is loaded here before it is needed, so that help and mistyped options are answered at once.
"""

import errno
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from sim.experiment.execution.stop_signals import stoppable
from sim.text.suggestions import quote

if TYPE_CHECKING:
    from pathlib import Path

    from sim.experiment.execution.failures import ChunkFailure
    from sim.experiment.progress import Progress
    from sim.experiment.run_settings import RunSettings
    from sim.scenario import Scenario

T = TypeVar("T")
MAX_NOTICES = 6  # listed one by one before a run


@contextmanager
def error_messages() -> Iterator[None]:
    """Turn what can go wrong into plain lines and an exit status: 2 for what was typed, 1 for what failed, 130 for Ctrl-C."""
    try:
        with stoppable(lambda: "stopped; no file is left half written."), plain_notices():
            yield
    except BrokenPipeError:  # whoever was reading has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except Exception as error:
        if isinstance(error, input_errors()):
            print_error(str(error))
            raise typer.Exit(2) from None
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
            print_error(f"{quote(str(error.filename))} is too long for the name of a file or folder; choose a shorter one.")
            raise typer.Exit(2) from None
        if isinstance(error, run_errors()):
            print_error(f"{_what(error)}. The run did not finish; nothing was written.")
            raise typer.Exit(1) from None
        raise


def _what(error: Exception) -> str:
    """What went wrong, without a full stop."""
    return (str(error) or type(error).__name__).rstrip(".")


@contextmanager
def telling(folder: "Path") -> Iterator[None]:
    """Only telling what came of it is left to do: if that fails or is stopped, the result in `folder` stands."""
    try:
        with stoppable(lambda: f"stopped; the result is written: {folder}/."):
            yield
    except BrokenPipeError:
        raise
    except OSError as error:
        print_error(f"The result is written, in {folder}/, but what came of it cannot be printed here: {error}.")
        raise typer.Exit(1) from None


@contextmanager
def early_end(kept: Callable[[], str]) -> Iterator[None]:
    """When a run ends early, say why, and what is kept; exit status 1, or 130 for Ctrl-C."""
    try:
        with stoppable(lambda: f"stopped. {kept()}"):
            yield
    except run_errors() as error:
        print_error(f"{_what(error)}. The run did not finish. {kept()}")
        raise typer.Exit(1) from None


def kept_worlds(settings: "RunSettings", more: str = "") -> str:
    """What is there of a run that ended early, and how to go on; `more`: what else the same command can do."""
    from sim.experiment.execution.batch import finished_worlds
    from sim.experiment.storage.result_folder import CHUNKS

    if not finished_worlds(settings):
        return "No world was finished."
    return f"Finished worlds are kept in {settings.folder}/{CHUNKS}/: the same command continues from there{more}."


@contextmanager
def plain_notices() -> Iterator[None]:
    """Say in a plain line that a damaged file was made anew, or that something is missing on this machine."""

    def show(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
        if category.__name__ in ("DamageNotice", "SurroundingsNotice"):  # by name, since their modules may not be loaded
            print_error(f"notice: {message}")
        else:
            usual(message, category, *where, **more)

    usual = warnings.showwarning
    with warnings.catch_warnings():
        warnings.showwarning = show
        yield


def input_errors() -> tuple[type[Exception], ...]:
    """What is raised for options and files that cannot be used."""
    from sim.experiment.run_settings import SettingsError
    from sim.scenario import ScenarioError

    return ScenarioError, SettingsError


def run_errors() -> tuple[type[Exception], ...]:
    """What a run can fail by, besides an error in the program."""
    from concurrent.futures import BrokenExecutor

    from sim.experiment.recording.chunk import ChunkError
    from sim.experiment.storage.chunk_reader import DamagedChunk
    from sim.report.drawing.render import DrawingError

    return ChunkError, DamagedChunk, DrawingError, BrokenExecutor, MemoryError, OSError


def print_error(text: str) -> None:
    """Say what is wrong, on stderr."""
    typer.echo(text, err=True)


def tell_failures(settings: "RunSettings", failed: "Sequence[ChunkFailure]", lacks: str) -> None:
    """Say what failed of a run, and that `lacks` is without it. Raises typer.Exit if anything did."""
    from sim.experiment.storage.result_folder import FAILURES

    for failure in failed:
        print_error(f"failed: {failure.where}: {failure.fault}")
    if failed:
        where = f"{settings.folder}/{FAILURES}/"
        print_error(f"What failed is not in {lacks}; {where} says why. The same command with --retry runs it again.")
        raise typer.Exit(1)


class OptionErrors:
    """Reads options and files one by one, so that the errors in all of them are reported together."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def __call__(self, read: Callable[[], T]) -> T | None:
        """What `read` gives, or None with its error kept."""
        try:
            return read()
        except input_errors() as error:
            self.messages.append(str(error))
            return None


def print_notices(scenarios: "Sequence[Scenario]", quiet: bool) -> None:
    """Print the notices before a run; many of them in one line, because a batch of deliberate extremes should not bury its results."""
    from sim.scenario import all_notices
    from sim.scenario.packaged_files import NOTICE

    notices = () if quiet else all_notices(scenarios)
    shipped = [notice for notice in notices if notice.endswith(NOTICE)]
    values = [notice for notice in notices if notice not in shipped]
    if len(values) > MAX_NOTICES:
        values = [f"{len(values)} values are implausible, or cut off by a shorter run; `spheres check FILES` lists each."]
    for notice in (*shipped, *values):
        typer.echo(f"notice: {notice}", err=True)


def progress_for(quiet: bool) -> "Progress":
    """How progress is shown: a bar on a terminal, plain lines elsewhere, nothing when quiet."""
    from sim.experiment.progress import Progress, ProgressBar, ProgressLines

    if quiet:
        return Progress()
    return ProgressBar() if sys.stderr.isatty() else ProgressLines(lambda text: typer.echo(text, err=True))
