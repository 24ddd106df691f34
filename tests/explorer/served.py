"""The explorer's program as tests ask it: through the test client, in the name of the page that it served."""

import base64
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from starlette.testclient import TestClient

from sim.experiment.execution.process_pool import ProcessPool
from sim.explorer.explorer_data import ExplorerData
from sim.explorer.server.live_app import live_app
from sim.explorer.server.live_runs import LiveRuns
from sim.explorer.server.request_gate import Words
from sim.explorer.world_columns import WorldColumns

PORT, JOBS = 8123, 2
PAGE, POLICY = "<!doctype html><title>Explorer</title>", "default-src 'none'; connect-src 'self'"
STRIKES = "israel.strike_rate"


class Asker(TestClient):
    """A client with the words of the addresses, and the data and the runs behind them."""

    words: Words
    data: ExplorerData
    runs: LiveRuns

    def at(self, path: str) -> str:
        """The address of a path."""
        return f"/{self.words.token}/{path}"

    def lines(self, *changes: dict[str, Any], batches: Sequence[int] = (50,), **more: Any) -> list[dict[str, Any]]:
        """All lines that a run is answered with."""
        answer = self.post(self.at("runs"), json={"changes": changes, "batches": batches, **more})
        return [json.loads(line) for line in answer.text.splitlines()]

    def problem(self, *changes: dict[str, Any], **more: Any) -> str:
        """Why a run is refused, or ends."""
        return str(self.lines(*changes, **more)[-1]["problem"])


@contextmanager
def asking(data: ExplorerData, pool: ProcessPool, page: str = PAGE, policy: str = POLICY, jobs: int = JOBS) -> Iterator[Asker]:
    """The program, without a network, while this lasts."""
    words, runs = Words(), LiveRuns(data, pool, jobs)
    with Asker(live_app(data, page, policy, runs, words, PORT), base_url=f"http://127.0.0.1:{PORT}", follow_redirects=False) as client:
        client.words, client.data, client.runs = words, data, runs
        yield client


def columns(line: dict[str, Any], like: WorldColumns) -> WorldColumns:
    """The worlds of a line, in arrays with the shapes of others."""
    shapes = {name: (*array.shape[:-1], line["worlds"]) for name, array in like.arrays().items()}
    arrays = {name: np.frombuffer(base64.b64decode(text), dtype=np.uint8).reshape(shapes[name]) for name, text in line["data"].items()}
    return WorldColumns(**arrays)
