"""Whatever a terminal can show, and whatever a file holds, a command ends well and nothing that a terminal obeys is printed."""

import io
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import PROJECT
from hypothesis import given
from hypothesis import strategies as st
from rich.table import Table

from sim.text.console import PlainConsole
from sim.text.plain_output import PlainStream, in_ascii, plain

EVIL = "a\x1b[2J\x1b]0;t\x07\x9b31m\x00\r\u202ebad\u2066"
RUN = ("run", "baseline", "--worlds", "2", "--months", "1", "--name", "enc", "--no-plots", "--quiet", "--jobs", "1")


def command(here: Path, *words: str, **more: object) -> "subprocess.CompletedProcess[bytes]":
    """A command in a process of its own; what it prints as it is."""
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "COLUMNS": "160"} | {k: str(v) for k, v in more.items()}
    return subprocess.run(
        [sys.executable, "-m", "sim.cli", *words], cwd=here, env=environment, capture_output=True, timeout=200, check=False
    )


def test_a_run_ends_well_where_output_is_ascii_and_says_the_same_as_where_it_is_not(here: Path) -> None:
    words = (*RUN, "--until-halfwidth", "0.9")
    ascii_, full = (command(here, *words, PYTHONUTF8=0, PYTHONIOENCODING=name) for name in ("ascii", "utf-8"))
    assert ascii_.returncode == 0 and not ascii_.stderr and ascii_.stdout.isascii()
    assert b"within +-90 points" in ascii_.stdout
    again = re.sub(r"\d+ worlds (were run|were there).*", "", full.stdout.decode()).replace("±", "+-").replace("“", '"').replace("”", '"')
    first = re.sub(r"\d+ worlds (were run|were there).*", "", ascii_.stdout.decode())
    assert [line.split() for line in first.splitlines()] == [line.split() for line in again.splitlines()]


@pytest.mark.parametrize("encoding", ["ascii", "cp1256"])
@pytest.mark.parametrize("words", [("explain", "iran.interests.militia_entrenchment", "--quick"), ("replay", "--wrld")])
def test_no_encoding_of_the_terminal_is_an_error(done: Path, encoding: str, words: tuple[str, ...]) -> None:
    answer = command(done, *words, PYTHONUTF8=0, PYTHONIOENCODING=encoding)
    assert answer.returncode == (0 if words[0] == "explain" else 2) and b"Traceback" not in answer.stderr
    assert not re.search(r"[^\n\x20-\uffff]", (answer.stdout + answer.stderr).decode(encoding))


@pytest.mark.parametrize("closed", [(1,), (0, 1, 2)])
def test_a_closed_stream_takes_nothing_and_no_file_gets_its_words(here: Path, closed: tuple[int, ...]) -> None:
    shut = " ".join(f"{number}{'<' if number == 0 else '>'}&-" for number in closed)
    line = f"{sys.executable} -m sim.cli {' '.join(RUN)} {shut}"
    answer = subprocess.run(["sh", "-c", line], cwd=here, env=os.environ | {"PYTHONPATH": str(PROJECT)}, timeout=200, check=False)
    assert answer.returncode == 0
    for path in (here / "results/enc").rglob("*.csv"):
        assert "worlds were run" not in path.read_text(encoding="utf-8")
    assert command(here, "export", "results/enc", "--quiet").returncode == 0


def test_a_reader_that_has_read_enough_is_no_error(done: Path) -> None:
    line = f"{sys.executable} -m sim.cli patterns results/short | head -c 1 >/dev/null; exit ${{PIPESTATUS[0]}}"
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    answer = subprocess.run(["bash", "-c", line], cwd=done, env=environment, capture_output=True, timeout=200, check=False)
    assert answer.returncode == 0 and not answer.stderr


def test_names_of_folders_and_words_that_a_terminal_would_obey_are_printed_plain(done: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a\x1b[2J\x07\u202eb"
    shutil.copytree(done / "results/short", folder)
    (tmp_path / "odd\x1b]0;x\x07.yaml").write_text("extends: baseline\n")
    for words, status in (
        (("compare", str(folder), "--no-pictures", "--no-stories", "--jobs", "1"), 0),
        (("export", str(folder), "worlds"), 0),
        (("export", str(folder), EVIL.replace("\0", "")), 2),
        (("check", str(tmp_path / "odd\x1b]0;x\x07.yaml")), 2),
        (("rep\x1b[2Jlay",), 2),
        (("compare", "x" * 300), 2),
    ):
        answer = command(tmp_path, *words)
        printed = (answer.stdout + answer.stderr).decode()
        assert answer.returncode == status, printed
        assert printed == plain(printed) and "\x1b" not in printed and "Traceback" not in printed


@pytest.mark.parametrize("settings", [{"TERM": "dumb", "COLUMNS": "20"}, {"NO_COLOR": "1", "COLUMNS": "400"}])
def test_a_run_draws_on_any_terminal(here: Path, settings: dict[str, str]) -> None:
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(here)
        os.execve(sys.executable, [sys.executable, "-m", "sim.cli", *RUN], os.environ | {"PYTHONPATH": str(PROJECT)} | settings)
    printed = b""
    try:
        while block := os.read(terminal, 65536):
            printed += block
    except OSError:  # the other side is closed
        pass
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", printed.decode()).replace("\r", "")
    assert "baseline" in text and text == plain(text)


@given(st.text())
def test_what_is_plain_has_nothing_to_obey_and_keeps_its_letters(text: str) -> None:
    made = plain(text)
    bare = made.replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert not {c for c in bare if ord(c) < 32 or 0x7F <= ord(c) < 0xA0} - {"\n", "\t"}
    assert not set(bare) & {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u2028\u2029"}
    assert plain(made) == made and made.count("\n") == text.count("\n")
    assert len(bare) >= sum(map(str.isalnum, text))


@given(st.text(), st.sampled_from(["ascii", "cp1252", "cp437", "cp1256", "latin-1", "utf-8"]))
def test_any_text_can_be_written_to_any_terminal(text: str, encoding: str) -> None:
    raw = io.BytesIO()
    stream = PlainStream(io.TextIOWrapper(raw, encoding=encoding, write_through=True))
    assert stream.write(text) == len(text)
    printed = raw.getvalue().decode(encoding)
    assert printed == plain(printed)


def test_signs_that_cannot_be_shown_have_others_in_their_place() -> None:
    assert "".join(map(in_ascii, "±5−3–4→“é”…≥×\u00a0سوريا")) == '+-5-3-4->"e"...>=x ?????'


def test_a_table_keeps_its_colours_and_not_those_of_its_texts() -> None:
    out = io.StringIO()
    console = PlainConsole(width=60, force_terminal=True, highlight=False, legacy_windows=False, color_system="standard")
    console.file = out
    table = Table(box=None)
    table.add_column("scenario", style="bold")
    table.add_row(EVIL)
    console.print(table)
    styled = re.sub(r"\x1b\[(0|1|3)?m", "", out.getvalue())
    assert "\x1b[1m" in out.getvalue() and styled == plain(styled) and "bad" in styled and "\x1b" not in styled
