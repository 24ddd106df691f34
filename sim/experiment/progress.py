"""What a person sees while worlds run: a bar on a terminal, a line now and then elsewhere, or nothing."""

import time
from collections.abc import Callable
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

_BETWEEN_LINES = 10.0  # seconds
_BETWEEN_LOOKS = 0.1


class Watch(Protocol):
    """Someone who is told how far a run is."""

    def begin(self, total: int, worlds: int, found: int = 0, failed: int = 0) -> None:
        """`total` world-months are to be done, of `worlds` worlds of all scenarios, beside those found from before.

        `failed`: chunks that failed before and are not tried again.
        """

    def done(self, world_months: int) -> None:
        """So many world-months are done."""

    def failed(self, text: str) -> None:
        """A chunk failed; the others go on."""

    def phase(self, text: str, steps: int = 0) -> None:
        """Something else begins: tables, pictures; in so many steps, if that is known."""

    def detail(self, text: str) -> None:
        """A step of that is done."""

    def end(self) -> None:
        """The run is over, well or not."""


class Silent:
    """`--quiet`, and runs from code."""

    def begin(self, total: int, worlds: int, found: int = 0, failed: int = 0) -> None:
        """Nothing."""

    def done(self, world_months: int) -> None:
        """Nothing."""

    def failed(self, text: str) -> None:
        """Nothing."""

    def phase(self, text: str, steps: int = 0) -> None:
        """Nothing."""

    def detail(self, text: str) -> None:
        """Nothing."""

    def end(self) -> None:
        """Nothing."""


def begun(worlds: int, found: int, failed: int) -> str:
    """What is about to be done, in words."""
    reused = f"{found:,} worlds reused" if found else ""
    kept = f"{failed} chunk{'s' if failed > 1 else ''} failed before (--retry runs them again)" if failed else ""
    return ", ".join(filter(None, (f"running {worlds:,} worlds" if worlds or not found else "nothing to run", reused, kept)))


class Lines:
    """Plain lines, for logs and pipes."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write, self._total, self._worlds, self._told, self._begun, self._last = write, 1, 0, 0, 0.0, 0.0
        self._phase, self._steps, self._step = "", 0, 0

    def begin(self, total: int, worlds: int, found: int = 0, failed: int = 0) -> None:
        """Say what is to be done."""
        self._total, self._worlds, self._told = total, worlds, 0
        self._begun = self._last = time.monotonic()
        self._write(begun(worlds, found, failed))

    def done(self, world_months: int) -> None:
        """Say how far it is, unless that was said a moment ago."""
        if world_months <= self._told:
            return
        now = time.monotonic()
        if now - self._last < _BETWEEN_LINES and world_months < self._total:
            return
        self._last, self._told = now, world_months
        share, taken = world_months / self._total, max(now - self._begun, 1e-9)
        worlds = share * self._worlds
        left = taken / share - taken if share else 0.0
        self._write(f"{worlds:,.0f} of {self._worlds:,} worlds, {worlds / taken:,.0f} a second, {_span(left)} left")

    def failed(self, text: str) -> None:
        """Say it."""
        self._write(f"failed: {text}")

    def phase(self, text: str, steps: int = 0) -> None:
        """Say it."""
        self._phase, self._steps, self._step = text, steps, 0
        self._begun = self._last = time.monotonic()
        self._write(text)

    def detail(self, text: str) -> None:
        """Say now and then how far it is, where that is known: a line for each step would be many."""
        self._step += 1
        now = time.monotonic()
        if self._step < self._steps and now - self._last >= _BETWEEN_LINES:
            self._last = now
            left = (now - self._begun) / self._step * (self._steps - self._step)
            self._write(f"{self._phase}: {self._step} of {self._steps}, {_span(left)} left")

    def end(self) -> None:
        """Nothing more to say."""


def _span(seconds: float) -> str:
    """A time to wait, in the unit in which one waits."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


class _Speed(ProgressColumn):
    """Worlds done, worlds a second, and what was found or failed."""

    def __init__(self, worlds: int, total: int, found: int) -> None:
        super().__init__()
        self._worlds, self._share, self._found, self.failures = worlds, worlds / max(total, 1), found, 0

    def render(self, task: Task) -> Text:
        """The figures."""
        speed = (task.finished_speed or task.speed or 0.0) * self._share
        reused = f", {self._found:,} reused" if self._found else ""
        failed = f", {self.failures} failed" if self.failures else ""
        return Text(f"{task.completed * self._share:,.0f} of {self._worlds:,} worlds, {speed:,.0f} a second{reused}{failed}")


class Bar:
    """A bar with the time left, on the terminal behind stderr."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._progress: Progress | None = None
        self._looked, self._phase, self._steps = 0.0, "", 0

    def begin(self, total: int, worlds: int, found: int = 0, failed: int = 0) -> None:
        """Draw it."""
        self.end()
        self._speed = _Speed(worlds, total, found)
        self._speed.failures = failed
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            self._speed,
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
        )
        self._task = self._progress.add_task("worlds", total=max(total, 1))
        self._progress.start()

    def done(self, world_months: int) -> None:
        """Move it, a few times a second at most."""
        now = time.monotonic()
        if self._progress is not None and now - self._looked >= _BETWEEN_LOOKS:
            self._looked = now
            self._progress.update(self._task, completed=world_months)

    def failed(self, text: str) -> None:
        """Say it above the bar."""
        if self._progress is not None:
            self._speed.failures += 1
            self._progress.console.print(Text(f"failed: {text}"))

    def phase(self, text: str, steps: int = 0) -> None:
        """Name what goes on now; a bar of its own where the steps are known."""
        if steps:
            self.end()
            self._progress = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=self._console,
                transient=True,
            )
            self._task = self._progress.add_task(text, total=steps)
            self._progress.start()
        self._phase, self._steps = text, steps
        if self._progress is not None and not steps:
            self._progress.update(self._task, description=text, completed=self._progress.tasks[0].total)

    def detail(self, text: str) -> None:
        """Name it."""
        if self._progress is not None:
            self._progress.update(self._task, description=f"{self._phase} {text}", advance=1 if self._steps else 0)

    def end(self) -> None:
        """Take it away."""
        if self._progress is not None:
            self._progress.stop()
