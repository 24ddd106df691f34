"""The streams of a command, as they are before anything is printed: any encoding of the terminal will do, and a closed one too."""

import contextlib
import os
import sys
from typing import TextIO

from sim.text.plain_output import PlainStream


def prepare_streams() -> None:
    """Let what is printed be plain, and be replaced where the terminal's encoding lacks it; a stream that is closed takes and drops it."""
    for number in (0, 1, 2):
        _open(number)
    sys.stdout = PlainStream(_or_nothing(sys.stdout))
    sys.stderr = PlainStream(_or_nothing(sys.stderr))


def _or_nothing(stream: TextIO | None) -> TextIO:
    return stream if stream is not None else open(os.devnull, "w", encoding="utf-8")


def _open(number: int) -> None:
    """Where a stream was closed before the start, its number would go to the next file that is opened, and texts into it."""
    try:
        os.fstat(number)
    except OSError:
        with contextlib.suppress(OSError):
            nothing = os.open(os.devnull, os.O_RDWR)
            if nothing != number:
                os.dup2(nothing, number)
                os.close(nothing)
