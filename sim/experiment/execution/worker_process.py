"""What runs in a worker process of `process_pool.py`: one call after the other, until the line to whoever leads it is closed."""

import contextlib
import gc
import multiprocessing
import os
import pickle
import signal
import threading
import traceback
from multiprocessing.connection import Connection

from sim.experiment.recording.chunk import Interruption

NOTE, DONE, FAULT = range(3)  # what a worker sends
INTERRUPT = b""  # what it is sent in place of a call, to end the one that it has

_line: Connection | None = None  # of this worker, to who leads it
_stop: Connection | None = None  # something can be read here when it is to stop: that the other end was closed


def note(number: int) -> None:
    """In a worker: tell something. Raises Interruption if this call is to end, or the pool."""
    if _line is not None and _stop is not None:
        _line.send((NOTE, number))
        if _stop.poll():
            raise Interruption
        if _line.poll():  # while a call is under way, nothing else is sent
            _line.recv_bytes()
            raise Interruption


def work_on(line: Connection, stop: Connection) -> None:
    """What a worker does until its line is closed: call after call."""
    global _line, _stop
    _line, _stop = line, stop
    gc.freeze()  # what was loaded before the fork stays shared if the collector never walks over it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        while True:
            call = line.recv_bytes()
            if call != INTERRUPT:  # of a call that had ended by itself
                line.send_bytes(_answer(call))


def _answer(call: bytes) -> bytes:
    try:
        function, arguments, named = pickle.loads(call)
        return pickle.dumps((DONE, function(*arguments, **named)))
    except Exception as fault:
        fault.add_note("In a worker process:\n" + "".join(traceback.format_exception(fault)).strip())
        try:
            answer = pickle.dumps((FAULT, fault))
            pickle.loads(answer)
        except Exception:
            return pickle.dumps((FAULT, RuntimeError(f"{type(fault).__name__}: {fault}")))
        return answer


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
