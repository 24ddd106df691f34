"""The explorer served from this machine: checks first, then the address, and the browser."""

import os
import sys
import threading
import webbrowser
from importlib.util import find_spec
from pathlib import Path

import typer

from sim.cli.explore_run import check_folder, read_data
from sim.experiment.execution.process_pool import ProcessPool
from sim.experiment.execution.stop_signals import stoppable
from sim.experiment.run_settings import SettingsError, default_jobs, whole_number
from sim.experiment.storage.results import Result
from sim.explorer.explorer_page import content_policy, page_text
from sim.explorer.server.live_worker import load
from sim.text.suggestions import display_path

_LIBRARIES = ("starlette", "uvicorn")
_MOST_PORT = 65535
BROWSER = "browser"  # the thread that starts one, which may take its time


def serve_explorer(folder: Path, scenario: str, port: str, opens_browser: bool) -> None:
    """Serve the page until Ctrl-C. Raises SettingsError before anything is started, where it cannot be."""
    number, jobs = whole_number(port, "--port", 0, _MOST_PORT), default_jobs()
    missing = [name for name in _LIBRARIES if find_spec(name) is None]
    if missing:
        raise SettingsError(
            f"`spheres explore` needs {' and '.join(missing)}, not installed here; get what it needs with: "
            "pip install -c constraints.txt -e '.[explorer]'. The page alone needs nothing: spheres explore --page"
        )
    check_folder(folder, scenario)
    Result(folder).about(scenario, "--scenario")
    from sim.explorer.server.serving import listening, serve  # here, since its libraries are an extra

    with stoppable(lambda: "The explorer has ended; nothing was written but what was saved."), listening(number) as here:
        pool = ProcessPool(jobs)
        try:
            for _ in range(jobs):
                pool.submit(load)  # while the result is being read
            typer.echo(f"Reading {display_path(folder)} ...", err=True)
            data = read_data(folder, scenario)
            page, policy = page_text(data, "live"), content_policy("live")
            serve(data, page, policy, here, pool, jobs, lambda address, once: say(address, once, opens_browser))
        finally:
            pool.end(0.5)


def say(address: str, once: str, opens_browser: bool) -> None:
    """Say where the page is, and open it."""
    typer.echo(f"The explorer is at {address}\nOnly this machine can open it. Ctrl-C ends it.")
    sys.stdout.flush()
    if opens_browser and _has_screen():
        threading.Thread(target=lambda: webbrowser.open(once), name=BROWSER, daemon=True).start()


def _has_screen() -> bool:
    """Whether a browser would have a window of its own, and not take this terminal."""
    return sys.platform in ("win32", "darwin") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
