"""A run that ends early, by Ctrl-C or a full disk, keeps what is finished and says how to continue."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command_line import PROJECT, typed


@pytest.mark.skipif(sys.platform == "win32", reason="files are limited as on a full disk through the resource module")
def test_a_full_disk_is_reported_and_finished_worlds_are_kept(here: Path) -> None:
    import resource

    words = ("run", "israel_escalates", "--worlds", "12", "--months", "6", "--no-plots", "--quiet", "--jobs", "1", "--name", "full")
    command = [sys.executable, "-m", "sim.cli", *words]
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))

    for kept in ("No world was finished.", "Finished worlds are kept in results/full/chunks/"):
        answer = subprocess.run(
            command, cwd=here, env=environment, capture_output=True, text=True, timeout=200, check=False, preexec_fn=limit
        )
        assert answer.returncode == 1 and "cannot be written: File too large" in answer.stderr and "Traceback" not in answer.stderr
        assert kept in answer.stderr and not list(here.rglob("*.part"))
        assert typed(here, "run", "baseline", *words[2:]).exit_code == 0  # which the other is compared with
    assert typed(here, *words).exit_code == 0


def test_ctrl_c_again_and_again_ends_the_command_with_130(here: Path) -> None:
    words = [sys.executable, "-m", "sim.cli", "run", "baseline", "--worlds", "50000", "--months", "3", "--jobs", "2", "--name", "long"]
    process = subprocess.Popen(words, cwd=here, stderr=subprocess.PIPE, text=True, start_new_session=True)
    until = time.monotonic() + 60
    while not list((here / "results").glob("long/chunks/*/*.zip")) and time.monotonic() < until:
        time.sleep(0.1)
    begun = time.monotonic()
    for _ in range(3):
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.25)
    _, said = process.communicate(timeout=60)
    assert time.monotonic() - begun < 5, "until the last process that could still say something is gone"
    assert (
        process.returncode == 130
        and said.count("stopped") == 1
        and "stopped. Finished worlds are kept in results/long/chunks/" in said
        and "Traceback" not in said
    )
    assert [p.name for p in (here / "results").iterdir()] == ["long"] and not list(here.rglob("*.part"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("words", ["--help", "run --help"])
def test_a_help_text_that_cannot_be_written_is_one_sentence(words: str) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        command = [sys.executable, "-m", "sim.cli", *words.split()]
        environment = os.environ | {"PYTHONPATH": str(PROJECT)}
        answer = subprocess.run(command, env=environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert answer.returncode == 1 and answer.stderr == "What is said here could not be written: No space left on device.\n"
