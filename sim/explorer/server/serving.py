"""The program that serves the explorer: it listens on this machine alone, and ends when it is stopped."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from sim.experiment.execution.process_pool import ProcessPool
from sim.experiment.run_settings import SettingsError
from sim.explorer.explorer_data import ExplorerData
from sim.explorer.server.live_app import live_app
from sim.explorer.server.live_runs import LiveRuns
from sim.explorer.server.request_gate import Words

HERE = "127.0.0.1"
_LEAVING = 1.0  # seconds for answers that are being sent
_TICK = 0.2


@contextmanager
def listening(port: int) -> Iterator[socket.socket]:
    """A socket that listens on this machine alone; port 0 is one that is free. Raises SettingsError if the port cannot be had."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as here:
        if os.name == "posix":  # elsewhere it would let another program take the port as well
            here.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            here.bind((HERE, port))
            here.listen()
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise SettingsError(f"--port: {port} cannot be used ({why}); give another, or leave --port out for one that is free.") from None
        yield here


def serve(
    data: ExplorerData, page: str, policy: str, here: socket.socket, pool: ProcessPool, jobs: int, on_ready: Callable[[str, str], None]
) -> None:
    """Serve a page and its runs until this thread is interrupted; then runs end within a month's step, and the server with them.

    `on_ready` is given the address of the page, and one that leads to it once. Raises OSError if the server ends by itself.
    """
    words, runs, port = Words(), LiveRuns(data, pool, jobs), here.getsockname()[1]
    server = uvicorn.Server(_settings(live_app(data, page, policy, runs, words, port)))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [here]}, daemon=True)  # signals are heard in this one
    thread.start()
    try:
        while not server.started and thread.is_alive():
            thread.join(_TICK / 10)
        if not thread.is_alive():
            raise OSError("the server has not started")
        on_ready(*(f"http://{HERE}:{port}/{word}/" for word in (words.token, words.ticket)))
        while thread.is_alive():
            thread.join(_TICK)  # again and again: on some systems nothing interrupts it
        raise OSError("the server has ended by itself")
    finally:
        runs.end()
        server.should_exit = True
        thread.join(_LEAVING)


def _settings(app: object) -> uvicorn.Config:
    """A server without a log: the address that would stand in it is a secret."""
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        http="h11",
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=1,
    )
