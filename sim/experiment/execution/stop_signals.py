"""Ctrl-C, and being asked to end: a command is gone within seconds, however often that comes and whatever it is doing.

The first signal raises KeyboardInterrupt in the main thread, so that what is under way is put in order. What does not end by itself soon is
ended: first the processes that help (`helped_by`), then this one. Further signals change nothing. Files are whole at any moment, so nothing
is lost by that. Only `listen` touches the signals, and only a command calls it: a library leaves them alone. Nothing heavy is loaded here.
"""

import _thread
import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, NoReturn

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # those of them that the system has
_ASK_AGAIN = 0.05  # seconds, while the main thread cannot be interrupted
_HELPERS_END, _END = 1.5, 3.0  # seconds after the first signal
_IMPORTING = "<frozen importlib._bootstrap>"
STOPPED = "stopped; nothing was written."


class _Stop:
    """What this process knows of being stopped."""

    number: int | None = None  # of the first signal
    is_raised = is_said = False
    status: int | None = None  # of the command, once it is over
    words: list[Callable[[], str]]  # what to say, for each block that may be stopped, the innermost last
    helpers: dict[int, Callable[[], None]]  # how to end the processes that work for this one

    def __init__(self) -> None:
        self.words, self.helpers = [], {}


_stop = _Stop()


def listen() -> None:
    """From now on, a signal ends this process as described above; one that whoever started it ignores stays ignored."""
    for number in (getattr(signal, name) for name in _NAMES if hasattr(signal, name)):
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _hear)
    sys.unraisablehook = _unraisable


@contextmanager
def stoppable(words: Callable[[], str] = lambda: STOPPED) -> Iterator[None]:
    """A block that may be stopped: then `words` are said on stderr, and SystemExit is raised (130 for Ctrl-C)."""
    _stop.words.append(words)
    try:
        yield
    except BaseException as fault:
        if _stop.number is None and not isinstance(fault, KeyboardInterrupt):
            raise
        _say(words)
        raise SystemExit(_status()) from None
    finally:
        _stop.words.remove(words)


@contextmanager
def helped_by(end: Callable[[], None]) -> Iterator[None]:
    """While this lasts, `end` ends processes that work for this one, at once. It may be called in any thread."""
    _stop.helpers[id(end)] = end
    try:
        yield
    finally:
        _stop.helpers.pop(id(end), None)


def leave(status: int | None) -> None:
    """The command is over: after a signal, this ends the process; else nothing has to be put in order any more when one comes."""
    _stop.status = status if status is not None else 0
    if _stop.number is not None:
        _leave_now()


def _hear(number: int, frame: FrameType | None) -> None:
    """The first signal raises KeyboardInterrupt, if there is a block to be stopped, and no module is just being loaded."""
    if _stop.status is not None:
        _flush()
        os._exit(_stop.status)
    if _stop.number is None:
        _stop.number = number
        try:
            _thread.start_new_thread(_watch, ())  # not threading.Thread: this may have been interrupted while it held a lock of that
        except RuntimeError:
            _leave_now()
    if _stop.is_raised:
        return
    if not _stop.words:
        _leave_now()
    if not _is_importing(frame):  # libraries make other errors of what interrupts their loading
        _stop.is_raised = True
        raise KeyboardInterrupt


def _is_importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename == _IMPORTING:
            return True
        frame = frame.f_back
    return False


def _watch() -> None:
    """See to it that the process ends in time. Runs in a thread of its own."""
    begun, helpers_ended = time.monotonic(), False
    while time.monotonic() - begun < _END:
        time.sleep(_ASK_AGAIN)
        if not _stop.is_raised:
            _ask_again()
        if not helpers_ended and time.monotonic() - begun > _HELPERS_END:
            helpers_ended = True
            _end_helpers()
    _leave_now()


def _ask_again() -> None:
    number = _stop.number
    if number is None:
        return
    if hasattr(signal, "pthread_kill") and (main := threading.main_thread().ident) is not None:
        signal.pthread_kill(main, number)
    else:
        signal.raise_signal(number)


def _end_helpers() -> None:
    for end in list(_stop.helpers.values()):
        with suppress(Exception):
            end()


def _leave_now() -> NoReturn:
    """End this process and those that help it."""
    try:
        _end_helpers()
        _say(_stop.words[-1] if _stop.words else lambda: STOPPED)
        if sys.stderr is not None and sys.stderr.isatty():
            os.write(2, b"\x1b[?25h")  # a progress bar hides the cursor
    finally:
        _flush()
        os._exit(_status())


def _say(words: Callable[[], str]) -> None:
    """Say once that this was stopped; not through sys.stderr, which the main thread may hold."""
    if _stop.is_said:
        return
    _stop.is_said = True
    with suppress(Exception):
        text = words()
        if _stop.number is None:  # in a notebook, or in a test
            print(text, file=sys.stderr)
        else:
            os.write(2, f"{text}\n".encode(getattr(sys.stderr, "encoding", None) or "utf-8", "replace"))
    _stop.is_said = _stop.number is not None


def _status() -> int:
    """128 and the number of the signal, as shells have it: 130 for Ctrl-C, 143 for a request to end."""
    return 128 + (signal.SIGINT if _stop.number is None else _stop.number)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()


def _unraisable(what: Any) -> None:
    """KeyboardInterrupt that was raised where Python drops it (`__del__`) is raised again; what else is dropped is told as usual."""
    if what.exc_type is KeyboardInterrupt and _stop.number is not None:
        _stop.is_raised = False
        return
    with contextlib.suppress(Exception):
        sys.__unraisablehook__(what)
