"""What all commands share: how faults are answered, and how progress is told."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import typer

from sim.experiment.progress import Progress, ProgressBar, ProgressLines
from sim.experiment.recording.chunk import ChunkError
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.chunk_reader import Damaged
from sim.scenario import Scenario, ScenarioError, all_notices

T = TypeVar("T")
MOST_NOTICES = 6  # told one by one before a run


@contextmanager
def answering() -> Iterator[None]:
    """Turn what can go wrong into plain lines and an exit status."""
    try:
        yield
    except (ScenarioError, SettingsError) as fault:
        complain(str(fault))
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        complain("stopped; nothing was written.")
        raise typer.Exit(130) from None
    except BrokenPipeError:  # whoever was reading has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except (ChunkError, Damaged, MemoryError, OSError) as fault:
        complain(f"{str(fault) or type(fault).__name__}. The run did not finish; nothing was written.")
        raise typer.Exit(1) from None


def complain(text: str) -> None:
    """Say what is wrong, on stderr."""
    typer.echo(text, err=True)


class Tried:
    """Reads what was asked for piece by piece, so that the faults of all options and files are told together."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def __call__(self, read: Callable[[], T]) -> T | None:
        """What `read` gives, or None with its fault kept."""
        try:
            return read()
        except (ScenarioError, SettingsError) as fault:
            self.faults.append(str(fault))
            return None


def tell_notices(scenarios: Sequence[Scenario], quiet: bool) -> None:
    """Tell the notices before a run; many of them in one line, because a batch of deliberate extremes should not bury its results."""
    notices = () if quiet else all_notices(scenarios)
    if len(notices) > MOST_NOTICES:
        notices = (f"{len(notices)} settings lie outside what is plausible, or are cut off; `spheres check FILES` tells each.",)
    for notice in notices:
        typer.echo(f"notice: {notice}", err=True)


def watch_of(quiet: bool) -> Progress:
    """How progress is told: a bar on a terminal, plain lines elsewhere, nothing when quiet."""
    if quiet:
        return Progress()
    return ProgressBar() if sys.stderr.isatty() else ProgressLines(lambda text: typer.echo(text, err=True))
