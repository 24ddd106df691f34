"""The fixture that every test here works in."""

from pathlib import Path

import pytest

from scenario.bench import BASELINE, START, Bench


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """The small project, with the test's folder as the current one."""
    monkeypatch.chdir(tmp_path)
    made = Bench(tmp_path)
    made.write(BASELINE, "baseline.yaml")
    made.write(START, "2021-06.yaml", "starts")
    made.write(START.replace("2021-06", "2015-09").replace("6.5", "5.5"), "2015-09.yaml", "starts")
    return made
