"""`spheres explore` as an analyst types it: served from a process of its own, whose workers may die, until Ctrl-C."""

import contextlib
import http.client
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command_line import PROJECT, files, typed
from playwright.sync_api import Page
from report.browser import running

from sim.cli import explore_live
from sim.scenario import load_scenario

_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/([\w-]+)/")


class Served:
    """A running `spheres explore`, and what it said first."""

    def __init__(self, here: Path, *words: str) -> None:
        command = [sys.executable, "-m", "sim.cli", "explore", "results/small", "--no-browser", *words]
        paths = [str(PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
        self.process = subprocess.Popen(
            command, cwd=here, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        assert self.process.stdout is not None
        found = _ADDRESS.search(self.process.stdout.readline())
        assert found, self.process.communicate(timeout=60)
        self.port, self.token = int(found[1]), found[2]

    def ask(self, method: str, path: str, sent: Any = None, word: str | None = None) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        body, headers = (None, {}) if sent is None else (json.dumps(sent), {"Content-Type": "application/json"})
        line.request(method, f"/{word or self.token}/{path}", body, headers)
        answer = line.getresponse()
        return answer.status, answer.read().decode()

    def run(self, *batches: int) -> list[dict[str, Any]]:
        _, text = self.ask("POST", "runs", {"changes": [{"path": "israel.strike_rate", "quantile": 0.9}], "batches": batches})
        return [json.loads(line) for line in text.splitlines()]

    def workers(self) -> list[int]:
        """The processes that run worlds: those of this command's group that come from its server of processes."""
        said = subprocess.run(["ps", "-eo", "pid=,ppid=,pgid="], capture_output=True, text=True, check=True).stdout
        rows = [tuple(map(int, row.split())) for row in said.splitlines()]
        parents = {pid: parent for pid, parent, group in rows if group == self.process.pid}
        return [pid for pid, parent in parents.items() if parents.get(parent) == self.process.pid]

    def end(self) -> tuple[int, str]:
        """Press Ctrl-C: its exit status, and what it said on stderr."""
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=60)
        return self.process.returncode, said


def gone(numbers: list[int]) -> bool:
    until = time.monotonic() + 10
    while any(Path(f"/proc/{number}").exists() for number in numbers) and time.monotonic() < until:
        time.sleep(0.02)
    return not any(Path(f"/proc/{number}").exists() for number in numbers)


@pytest.fixture(scope="module")
def here(small_result: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the result and without scenarios/."""
    here = tmp_path_factory.mktemp("served")
    shutil.copytree(small_result, here / "results" / "small")
    return here


@pytest.fixture(scope="module")
def served(here: Path) -> Iterator[Served]:
    served = Served(here)
    yield served
    if served.process.poll() is None:
        served.process.kill()
        served.process.communicate()


RUN = """asked => new Promise(done => {
  const said = { lines: [], end: "" };
  window.begun = false;
  const cancel = explorer.live.run(asked, {
    onBatch: ({ first, worlds, seconds, data }) => {
      window.begun = true;
      said.lines.push([first, worlds, data.classes instanceof Uint8Array, data.spheres.length, seconds >= 0]);
      if (asked.leaves) { cancel(); setTimeout(() => done({ ...said, end: "left" }), 300); }
    },
    onDone: () => done({ ...said, end: "done" }),
    onProblem: problem => done({ ...said, end: problem }),
    onNotice: notice => said.lines.push(notice),
  });
})"""


@pytest.fixture(scope="module")
def page(served: Served) -> Iterator[Page]:
    """The page in a browser, at the address that was printed."""
    with running() as browser:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{served.port}/{served.token}/")
        yield page


def test_the_page_runs_and_saves_and_is_answered_in_sentences(page: Page) -> None:
    changes = [{"path": "israel.strike_rate", "value": 50}]
    found = page.evaluate(RUN, {"changes": changes, "batches": [50, 7], "first": 3})
    notice, *lines = found["lines"]
    assert "outside its plausible range" in notice and lines == [[3, 50, True, 14 * 50, True], [53, 7, True, 14 * 7, True]]
    assert found["end"] == "done"
    wrong = page.evaluate(RUN, {"changes": [{"path": "israel.strik_rate", "value": 5}], "batches": [2]})
    assert wrong["lines"] == [] and "Did you mean 'israel.strike_rate'" in wrong["end"]
    left = page.evaluate(RUN, {"changes": [], "batches": [2, *[100] * 9], "leaves": True})
    assert left == {"lines": [[0, 2, True, 28, True]], "end": "left"}
    assert "spheres init" in page.evaluate("explorer.live.save({ name: 'new', text: 'x' })")["problem"]
    assert page.evaluate("explorer.live.about()")["worlds"] == 1000


def test_an_analyst_gets_from_a_question_to_a_true_run_and_a_saved_scenario(here: Path, page: Page) -> None:
    """What if Israel struck half as often again?"""
    (here / "scenarios").mkdir()
    try:
        page.select_option("#outcome", "strikes")
        page.fill("#search", "israel strike")
        card = page.locator("#found .card[data-path='israel.strike_rate']")
        card.locator(".exact input").fill("x1.5")
        card.locator(".exact input").press("Enter")
        status = page.locator("#live-status")
        status.filter(has_text="200 worlds run on this machine.").wait_for()
        assert page.locator("#support").inner_text().startswith("True run: 200 worlds")
        assert page.locator("#sentence").inner_text().startswith("Strikes +")
        page.click("#live-1000")
        status.filter(has_text="1,000 worlds run on this machine.").wait_for()
        page.click("#save-open")
        page.fill("#save-name", "half_as_often_again")
        page.click("#save-do")
        page.locator("#save-result").filter(has_text="spheres run scenarios/half_as_often_again.yaml --name half_as_often_again").wait_for()
        with contextlib.chdir(here):
            assert load_scenario("half_as_often_again").settings["israel.strike_rate"].central() == 6.45
    finally:
        shutil.rmtree(here / "scenarios")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are looked up in /proc")
def test_from_the_address_to_ctrl_c(here: Path, served: Served, page: Page) -> None:
    before = files(here)
    assert served.ask("GET", "about", word="wrong")[0] == 404
    assert json.loads(served.ask("GET", "about")[1])["problem"] is None
    assert [line.get("worlds", line) for line in served.run(50, 150)] == [50, 150, {"done": True}]
    workers = served.workers()
    assert workers
    for number in workers:
        os.kill(number, signal.SIGKILL)
    assert gone(workers)
    assert [served.run(2)[-1] for _ in range(2)] == [{"done": True}] * 2, "processes that had nothing to do cost nothing"
    status, said = served.ask("POST", "scenarios", {"name": "new", "text": "x"})
    assert status == 400 and "spheres init" in said
    workers = served.workers()
    page.evaluate(f"asked => {{ window.pending = ({RUN})(asked); }}", {"changes": [], "batches": [2, *[100] * 9]})
    page.evaluate("new Promise(done => { const look = () => window.begun ? done() : setTimeout(look, 10); look(); })")
    status, said = served.end()
    assert "What you see stays" in page.evaluate("pending")["end"]
    for ask in (f"({RUN})({{ changes: [], batches: [2] }}).then(said => said.end)", "explorer.live.about().then(said => said.problem)"):
        assert page.evaluate(ask).startswith("The program on this machine no longer answers. Start it again with: spheres explore.")
    assert status == 130 and "The explorer has ended" in said and "Traceback" not in said and served.token not in said
    assert workers and gone(workers) and files(here) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("results/none",),
            "results/none does not exist. To make it (a minute or two), run: spheres run baseline --worlds 10000 --name none",
        ),
        (("results/small", "--scenario", "basline"), "Did you mean 'baseline'?"),
        (("results/small", "--port", "80x"), "--port: '80x' is not a whole number"),
        (("results/small", "--port", "70000"), "from 0 to 65,535"),
    ],
)
def test_what_cannot_be_served_is_answered_with_what_can(here: Path, words: tuple[str, ...], said: str) -> None:
    answer = typed(here, "explore", "--no-browser", *words)
    assert answer.exit_code == 2 and said in answer.stderr


def test_a_port_that_is_taken_is_answered_with_what_to_do(here: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        answer = typed(here, "explore", "results/small", "--no-browser", "--port", str(port))
    assert answer.exit_code == 2
    assert (
        answer.stderr.strip()
        == f"--port: {port} cannot be used (address already in use); give another, or leave --port out for one that is free."
    )


def test_without_the_extra_its_command_is_named(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = importlib.util.find_spec
    monkeypatch.setattr("sim.cli.explore_live.find_spec", lambda name: None if name == "uvicorn" else usual(name))
    answer = typed(here, "explore", "results/small", "--no-browser")
    assert answer.exit_code == 2 and "needs uvicorn, not installed here" in answer.stderr and "'.[explorer]'" in answer.stderr


def test_a_browser_is_started_where_it_has_a_window_and_with_an_address_that_works_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr("sys.platform", "linux")
    for name, value in (("DISPLAY", ""), ("WAYLAND_DISPLAY", ""), ("DISPLAY", ":0")):
        monkeypatch.setenv(name, value)
        explore_live.say("http://127.0.0.1:1/word/", "http://127.0.0.1:1/ticket/", opens_browser=True)
        explore_live.say("http://127.0.0.1:1/word/", "http://127.0.0.1:1/ticket/", opens_browser=False)
    for thread in threading.enumerate():
        if thread.name == explore_live.BROWSER:
            thread.join(10)
    assert opened == ["http://127.0.0.1:1/ticket/"]
    assert "http://127.0.0.1:1/word/\n" in capsys.readouterr().out
