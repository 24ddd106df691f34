"""A process that has everything loaded, and forks: each command then starts in milliseconds.

`apart` runs a function in a forked process and brings back what it returns, so that what it loads and replaces goes with it.
"""

import contextlib
import gc
import hashlib
import os
import pickle
import select
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")
LIMIT = 60.0  # seconds for a command that takes one


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit status, the negative number of the signal that killed it, and its words."""

    status: int
    out: str
    err: str
    hung: bool = False

    @property
    def traceback(self) -> bool:
        """Whether it ended by an error in the program."""
        return "Traceback (most recent call last)" in self.err


def load(memory: Path) -> None:
    """Load all that the commands load, and keep scenarios as read in `memory`: they take longer to read than a tiny run takes."""
    from sim.cli import COMMANDS, MODULES, scenario_run
    from sim.experiment.storage import results

    for name in COMMANDS:
        import_module(f"sim.cli.{MODULES.get(name, name)}")
    for name in ("cli.comparison_output", "report.figure_files", "simulation", "analysis", "experiment.execution.batch"):
        import_module(f"sim.{name}")
    for name in apart(_loaded_by_help):
        with contextlib.suppress(Exception):  # a name that only the module itself can load
            import_module(name)
    gc.freeze()  # a fork then copies less
    scenario_run.load_scenarios = remembered(scenario_run.load_scenarios, memory)
    results.read_resolved = remembered(results.read_resolved, memory, lambda path: path.is_file() and path.read_bytes())


def _loaded_by_help() -> list[str]:
    """The modules that a command loads before it does anything."""
    from sim.cli import app

    before = set(sys.modules)
    with contextlib.suppress(SystemExit):
        app(["run", "--help"], prog_name="spheres")
    return sorted(set(sys.modules) - before)


def remembered(make: Callable[..., T], memory: Path, key: Callable[..., object] | None = None) -> Callable[..., T]:
    """A function that gives for the same arguments what it gave before, in any process; `key`: what the result depends on."""

    def remembering(*arguments: Any, **options: Any) -> T:
        known = repr(key(*arguments) if key else (arguments, options))
        place = memory / hashlib.sha256(f"{make.__qualname__} {known}".encode()).hexdigest()
        if place.exists():
            found: T = pickle.loads(place.read_bytes())
            return found
        made = make(*arguments, **options)
        memory.mkdir(exist_ok=True)
        place.write_bytes(pickle.dumps(made))
        return made

    return remembering


def command(here: Path, words: Sequence[str], prepare: Callable[[], None] | None = None, limit: float = LIMIT) -> Ended:
    """Run a command of the program in a forked process, in the folder `here`, after `prepare` was called in that process."""
    return started(here, words, prepare).wait(limit)


def started(here: Path, words: Sequence[str], prepare: Callable[[], None] | None = None) -> "Running":
    """The same, begun and not waited for."""
    from sim.cli import app

    def child() -> None:
        os.chdir(here)
        sys.argv = ["spheres", *words]
        if prepare is not None:
            prepare()
        app(list(words), prog_name="spheres")

    return Running(child)


def apart(function: Callable[..., T], *arguments: Any, limit: float = LIMIT) -> T:
    """What a function returns that runs in a forked process. Raises RuntimeError with its traceback where it fails there."""
    with tempfile.NamedTemporaryFile() as answer:

        def child() -> None:
            given = function(*arguments)
            with open(answer.name, "wb") as file:
                pickle.dump(given, file)

        ended = forked(child, limit)
        if ended.status or ended.hung:
            raise RuntimeError(f"did not end within {limit:,.0f} seconds" if ended.hung else ended.err)
        returned: T = pickle.load(answer)
        return returned


def forked(child: Callable[[], object], limit: float = LIMIT) -> Ended:
    """Run a function in a forked process to its end, or kill it after `limit` seconds."""
    return Running(child).wait(limit)


class Running:
    """A function that runs in a forked process."""

    def __init__(self, child: Callable[[], object]) -> None:
        self._out, self._err = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 - closed by `wait`
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            _be(child, self._out.fileno(), self._err.fileno())

    def wait(self, limit: float = LIMIT) -> Ended:
        """How it ended; it is killed after `limit` seconds."""
        hung = not _ended(self.pid, limit)
        if hung:
            os.kill(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        with self._out as out, self._err as err:
            out.seek(0)
            err.seek(0)
            said = out.read().decode("utf-8", "replace"), err.read().decode("utf-8", "replace")
        return Ended(os.waitstatus_to_exitcode(status), *said, hung)


def _ended(pid: int, limit: float) -> bool:
    """Wait until a process has ended, for so long at most."""
    handle = os.pidfd_open(pid)
    try:
        return bool(select.select([handle], [], [], min(limit, 1e6))[0])
    finally:
        os.close(handle)


def _be(child: Callable[[], object], out: int, err: int) -> NoReturn:
    """The forked process: it never returns to the code that it was forked from."""
    status = 1
    try:
        os.dup2(out, 1)
        os.dup2(err, 2)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - for the rest of this process
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        with contextlib.suppress(ValueError):
            signal.signal(signal.SIGINT, signal.default_int_handler)
        child()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)
