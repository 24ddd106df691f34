"""A process that listens for signals leaves in time whatever it is doing, and says so once."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiment.conftest import subprocess_environment
from sim.experiment.execution.stop_signals import stoppable

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
BEGIN = """
import signal, subprocess, sys, time
from pathlib import Path
from sim.experiment.execution import stop_signals
signal.signal(signal.SIGINT, {handler})
stop_signals.listen()
def ready(): Path("ready").touch()
"""
DOING = {
    "ends by itself": "with stop_signals.stoppable(lambda: 'stopped, so it is'):\n    ready()\n    time.sleep(60)",
    "drops it": """
with stop_signals.stoppable(lambda: 'stopped, so it is'):
    ready()
    while True:
        try:
            time.sleep(60)
        except BaseException:
            pass
""",
    "loads a module": """
Path("slow_module.py").write_text("from pathlib import Path\\nimport time\\nPath('ready').touch()\\ntime.sleep(60)\\n")
sys.path.insert(0, "")
with stop_signals.stoppable(lambda: 'stopped, so it is'):
    import slow_module
""",
    "has a helper": """
helper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
Path("helper").write_text(str(helper.pid))
with stop_signals.helped_by(helper.kill), stop_signals.stoppable(lambda: 'stopped, so it is'):
    ready()
    try:
        helper.wait()
    finally:
        helper.wait()
""",
    "makes another error of it": """
with stop_signals.stoppable(lambda: 'stopped, so it is'):
    ready()
    try:
        time.sleep(60)
    except KeyboardInterrupt:
        raise ImportError("no such thing") from None
""",
}


def begun(here: Path, doing: str, handler: str = "signal.default_int_handler") -> "subprocess.Popen[str]":
    (here / "script.py").write_text(BEGIN.replace("{handler}", handler) + doing)
    process = subprocess.Popen([sys.executable, "script.py"], cwd=here, env=subprocess_environment(), stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while not (here / "ready").exists() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.1)
    return process


@pytest.mark.parametrize("doing", DOING)
def test_it_is_gone_in_time_with_its_words_said_once(tmp_path: Path, doing: str) -> None:
    process = begun(tmp_path, DOING[doing])
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGINT):
        process.send_signal(number)
        time.sleep(0.1)
    _, said = process.communicate(timeout=5)
    assert process.returncode == 130 and said == "stopped, so it is\n"
    if doing == "has a helper":
        with pytest.raises(ProcessLookupError):
            os.kill(int((tmp_path / "helper").read_text()), 0)


def test_a_request_to_end_has_the_status_that_shells_give_it(tmp_path: Path) -> None:
    process = begun(tmp_path, DOING["ends by itself"])
    process.terminate()
    _, said = process.communicate(timeout=5)
    assert process.returncode == 143 and said == "stopped, so it is\n"


def test_outside_of_every_block_it_leaves_at_once(tmp_path: Path) -> None:
    process = begun(tmp_path, "ready()\ntime.sleep(60)")
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=5)[1] == "stopped; nothing was written.\n" and process.returncode == 130


def test_what_whoever_started_it_ignores_stays_ignored(tmp_path: Path) -> None:
    process = begun(tmp_path, "ready()\ntime.sleep(1)", handler="signal.SIG_IGN")
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=30)[1] == "" and process.returncode == 0


def test_in_a_notebook_ctrl_c_says_the_words_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        with pytest.raises(SystemExit, match="130"), stoppable(lambda: "stopped, so it is"):
            raise KeyboardInterrupt
    assert capsys.readouterr().err == 2 * "stopped, so it is\n"
