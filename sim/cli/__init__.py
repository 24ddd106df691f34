"""The commands, one file each; `spheres --help` lists them, and `commands.py` finds them.

Listening for Ctrl-C comes first, before anything is loaded that takes a while.
"""

import os
import sys
from importlib import import_module

from sim.cli.streams import prepare_streams
from sim.experiment.execution import stop_signals


def main() -> None:
    """The command `spheres`."""
    stop_signals.listen()
    prepare_streams()
    status = 1
    try:
        from sim.cli.commands import app  # here, once signals are heard

        app(prog_name="spheres")
        status = 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        raise
    except OSError as fault:
        if fault.filename is not None:
            raise
        _say_unwritten(fault)  # a help text, on a full disk
        raise SystemExit(1) from None
    finally:
        _flush(status)
        stop_signals.leave(status)


def _flush(status: int) -> None:
    """Write what has not been written yet; if that fails, say so, unless something else went wrong already."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # whoever was reading has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except OSError as fault:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or it would be tried again at the end
        if not status:
            _say_unwritten(fault)
            raise SystemExit(1) from None


def _say_unwritten(fault: OSError) -> None:
    print(f"What is said here could not be written: {fault.strerror}.", file=sys.stderr)


def __getattr__(name: str) -> object:
    """What `commands.py` defines, by the name of this package: `app`, `COMMANDS`, `summary`."""
    if name.startswith("_") or not hasattr(commands := import_module("sim.cli.commands"), name):
        raise AttributeError(f"module 'sim.cli' has no attribute '{name}'")
    return getattr(commands, name)
