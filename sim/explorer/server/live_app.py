"""The four things that the program answers: the page, what it shows, a run, and a scenario file to be saved."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from sim.experiment.run_settings import SettingsError
from sim.explorer.explorer_data import ExplorerData
from sim.explorer.server.live_runs import LiveRuns
from sim.explorer.server.request_gate import POLICY, RequestGate, Words
from sim.explorer.server.run_faults import gone_result, other_rules
from sim.explorer.server.run_request import RunRequest, read_json, read_run_request
from sim.explorer.server.saved_scenarios import read_save_request, save_scenario
from sim.scenario.validation_errors import ScenarioError

MOST_BYTES = 250_000  # of a request: a scenario file that lists every parameter has a third of it
METHODS = {"/": "GET", "/about": "GET", "/runs": "POST", "/scenarios": "POST"}
_LINES = "application/x-ndjson"
Answer = Callable[[Request], Awaitable[Response]]


class _Refused(Exception):
    """A request that is not read, and the status by which that is said."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


def live_app(data: ExplorerData, page: str, policy: str, runs: LiveRuns, words: Words, port: int) -> ASGIApp:
    """The application. `page` is its text, and `policy` what a browser may do on it; `runs` are those of the same data."""
    content = page.encode("utf-8")

    async def show(request: Request) -> Response:
        return HTMLResponse(content, headers={POLICY: f"{policy}; frame-ancestors 'none'"})

    async def about(request: Request) -> Response:
        return JSONResponse(await run_in_threadpool(_about, data))

    async def run(request: Request) -> Response:
        asked = read_run_request(read_json(await _body(request)), data.worlds.scenario, len(data.columns))
        if notice := await run_in_threadpool(gone_result, data):
            asked = replace(asked, notices=(notice, *asked.notices))
        return StreamingResponse(_lines(runs, asked, request), media_type=_LINES)

    async def save(request: Request) -> Response:
        name, text = read_save_request(read_json(await _body(request)))
        return JSONResponse(await run_in_threadpool(save_scenario, name, text, data.worlds.scenario), 201)

    answers: dict[str, Answer] = {"/": show, "/about": about, "/runs": run, "/scenarios": save}
    routes = [Route(path, _in_sentences(answer), methods=[METHODS[path]]) for path, answer in answers.items()]
    return RequestGate(Starlette(routes=routes), words, port, METHODS)


def _in_sentences(answer: Answer) -> Answer:
    """The same, with every refusal as a sentence."""

    async def answered(request: Request) -> Response:
        try:
            return await answer(request)
        except (SettingsError, ScenarioError) as error:
            return JSONResponse({"problem": str(error)}, 400)
        except _Refused as error:
            return JSONResponse({"problem": str(error)}, error.status)
        except OSError as error:
            return JSONResponse({"problem": f"The file cannot be written: {error.strerror or error}."}, 500)
        except ClientDisconnect:
            return Response(status_code=400)

    return answered


async def _lines(runs: LiveRuns, asked: RunRequest, request: Request) -> AsyncIterator[str]:
    async for line in runs.lines(asked, request.is_disconnected):
        yield json.dumps(line, separators=(",", ":")) + "\n"


def _about(data: ExplorerData) -> dict[str, Any]:
    """What is shown, and whether that is still what the folder has, and can be run."""
    manifest = data.manifest
    shown = {key: manifest[key] for key in ("worlds", "months", "fingerprint")}
    return {"scenario": manifest["scenario"]["name"], **shown, "problem": other_rules(data) or gone_result(data) or None}


async def _body(request: Request) -> bytes:
    """What was sent. Raises _Refused for what a page of another site can send without asking, and for too much."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise _Refused(415, "A request must be sent as application/json.")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise _Refused(413, f"What was sent is larger than {MOST_BYTES // 1000:,} kB.")
    return bytes(body)
