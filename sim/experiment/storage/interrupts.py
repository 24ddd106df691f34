"""Ctrl-C put off for a moment, around steps that belong together."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Put off Ctrl-C and a request to end until this is over; for milliseconds. Only the main thread hears of them anyway."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[tuple[int, FrameType | None]] = []
    before = {number: signal.signal(number, lambda number, frame: heard.append((number, frame))) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for heard_number, frame in heard[:1]:
        if callable(answer := before[signal.Signals(heard_number)]):
            answer(heard_number, frame)
