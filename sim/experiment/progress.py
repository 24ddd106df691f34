"""What a person sees while worlds run: a bar with the time left on a terminal, a plain line now and then elsewhere, or nothing.

Rich counts and draws. The time left follows from the mean pace since the first result: workers take seconds to start, which is no pace, and
results arrive in batches, so the pace of the last seconds alone would mislead.
"""

import time
from collections.abc import Callable

from rich.progress import BarColumn, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.progress import Progress as TaskBar
from rich.table import Column
from rich.text import Text

from sim.text import number_format
from sim.text.console import PlainConsole

_BETWEEN_LINES = 10.0  # seconds


class Progress:
    """Hears how far a run is. This one says nothing: for `--quiet`, and runs from code."""

    def begin(self, total: int, worlds: int, found: int = 0, failed: int = 0) -> None:
        """`total` world-months are to be run, in `worlds` worlds of all scenarios, besides `found` worlds that exist already.

        `failed`: chunks that failed in an earlier run and are not tried again.
        """

    def done(self, world_months: int) -> None:
        """So many world-months are done."""

    def failed(self, text: str) -> None:
        """A chunk failed; the others go on."""

    def phase(self, text: str, steps: int = 0) -> None:
        """Something else begins (tables, figures), in so many steps where that is known."""

    def detail(self, text: str) -> None:
        """A step of the phase is done."""

    def end(self) -> None:
        """The run is over, successfully or not."""


class _Column(ProgressColumn):
    """A text about a task, beside its bar."""

    def __init__(self, text: Callable[[Task], str]) -> None:
        super().__init__(Column(no_wrap=True))
        self._text = text

    def render(self, task: Task) -> Text:
        """The text as it is now."""
        return Text(self._text(task))


class ProgressBar(Progress):
    """A bar for each phase, on the terminal behind stderr."""

    def __init__(self, visible: bool = True) -> None:
        self._console, self._visible = PlainConsole(stderr=True), visible
        self._worlds = self._found = self._failures = self._steps = 0
        self._bar = TaskBar(disable=True)
        self._task = self._bar.add_task("", step="", first=None)

    def begin(self, total: int, worlds: int, found: int = 0, failed: int = 0) -> None:
        """Count world-months."""
        self._worlds, self._found, self._failures = worlds, found, failed
        self._count("worlds", total, BarColumn(20), _Column(self._pace), _Column(time_left))

    def done(self, world_months: int) -> None:
        """Move the bar."""
        self._move(world_months, "")

    def failed(self, text: str) -> None:
        """Say it above the bar."""
        self._failures += 1
        if self._visible:
            self._bar.console.print(Text(f"failed: {text}"))

    def phase(self, text: str, steps: int = 0) -> None:
        """Count steps where they are known; else show that something goes on."""
        self._steps = steps
        if steps:
            self._count(text, steps, BarColumn(20), _Column(lambda task: f"{task.completed:.0f} of {steps}"), _Column(time_left))
        else:
            self._count(text, 1, SpinnerColumn())

    def detail(self, text: str) -> None:
        """Move the bar, and name the step."""
        self._move(self._bar.tasks[0].completed + 1 if self._steps else 0, text)

    def end(self) -> None:
        """Take the bar away."""
        self._bar.stop()

    def _move(self, completed: float, step: str) -> None:
        """Move the bar; the first result sets the clock for the pace."""
        first = self._bar.tasks[0].fields["first"] or ((now(), completed) if completed else None)
        self._bar.update(self._task, completed=completed, step=step, first=first)

    def _count(self, text: str, total: int, *columns: ProgressColumn) -> None:
        """A new bar in place of the one before."""
        self.end()
        texts = TextColumn("{task.description}"), _Column(lambda task: str(task.fields["step"]))
        bar = TaskBar(texts[0], *columns, texts[1], console=self._console, transient=True, disable=not self._visible, get_time=now)
        self._bar, self._task = bar, bar.add_task(text, total=max(total, 1), step="", first=None)
        bar.start()

    def _pace(self, task: Task) -> str:
        """Worlds done, worlds a second, and how many were reused or failed."""
        worlds = self._worlds * (task.percentage / 100)
        reused = f", {self._found:,} reused" if self._found else ""
        failed = f", {self._failures} failed" if self._failures else ""
        a_second = pace(task) * self._worlds / (task.total or 1)
        return f"{worlds:,.0f} of {number_format.worlds(self._worlds)}, {a_second:,.0f} a second{reused}{failed}"


class ProgressLines(ProgressBar):
    """Plain lines now and then, for logs and pipes: a line for each step would be many."""

    def __init__(self, write: Callable[[str], None]) -> None:
        super().__init__(visible=False)
        self._write, self._last = write, 0.0

    def begin(self, total: int, worlds: int, found: int = 0, failed: int = 0) -> None:
        """Say what is to be run."""
        super().begin(total, worlds, found, failed)
        self._say(what_runs(worlds, found, failed))

    def done(self, world_months: int) -> None:
        """Say how far it is, at the end or after a while."""
        before = self._bar.tasks[0].completed
        super().done(world_months)
        task = self._bar.tasks[0]
        if task.completed > before and (task.finished or self._is_due()):
            self._say(f"{self._pace(task)}, {time_left(task)}")

    def failed(self, text: str) -> None:
        """Say it."""
        super().failed(text)
        self._write(f"failed: {text}")

    def phase(self, text: str, steps: int = 0) -> None:
        """Say it."""
        super().phase(text, steps)
        self._say(text)

    def detail(self, text: str) -> None:
        """Say how far it is, after a while."""
        super().detail(text)
        task = self._bar.tasks[0]
        if self._steps and not task.finished and self._is_due():
            self._say(f"{task.description}: {task.completed:.0f} of {self._steps}, {time_left(task)}")

    def _is_due(self) -> bool:
        return now() - self._last >= _BETWEEN_LINES

    def _say(self, text: str) -> None:
        self._last = now()
        self._write(text)


def now() -> float:
    """Seconds on a clock that only moves forwards."""
    return time.monotonic()


def pace(task: Task) -> float:
    """What is done in a second: since the first result, or since the start where that is the only one."""
    at, done = task.fields["first"] or (now(), 0.0)
    if task.completed > done and now() > at:
        return float((task.completed - done) / (now() - at))
    return float(task.completed / max(task.elapsed or 0.0, 1e-9))


def time_left(task: Task) -> str:
    """How long the rest takes at that pace, in a unit that one can wait in; nothing before the first result."""
    if not task.completed:
        return ""
    seconds = (task.remaining or 0.0) / pace(task)
    if seconds < 120:
        return f"{seconds:.0f} s left"
    return f"{seconds / 60:.0f} min left" if seconds < 7200 else f"{seconds / 3600:.1f} h left"


def what_runs(worlds: int, found: int, failed: int) -> str:
    """What is about to be run, in words."""
    reused = f"{number_format.worlds(found)} reused" if found else ""
    kept = f"{failed} chunk{'s' if failed > 1 else ''} failed before (--retry runs them again)" if failed else ""
    return ", ".join(filter(None, (f"running {number_format.worlds(worlds)}" if worlds or not found else "nothing to run", reused, kept)))
