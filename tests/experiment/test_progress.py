"""Progress: how far, how fast, how long still; for a log in plain lines."""

import pytest

from sim.experiment import progress
from sim.experiment.execution.executors import Interrupted, Pulse
from sim.experiment.progress import Bar, Lines


def test_lines_say_worlds_speed_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 5.0, 20.0, 40.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    said: list[str] = []
    lines = Lines(said.append)
    lines.begin(total=24_000, worlds=200)
    for done in (3_000, 12_000, 24_000):
        lines.done(done)
    assert said == ["running 200 worlds", "100 of 200 worlds, 5 a second, 20 s left", "200 of 200 worlds, 5 a second, 0 s left"]


@pytest.mark.parametrize(("worlds", "said"), [(100, "89 s left"), (1000, "16 min left"), (10_000, "2.8 h left")])
def test_the_time_left_is_in_a_unit_that_one_can_wait_in(monkeypatch: pytest.MonkeyPatch, worlds: int, said: str) -> None:
    clock = iter([0.0, 11.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    told: list[str] = []
    lines = Lines(told.append)
    lines.begin(worlds * 12, worlds)
    lines.done(11 * 12)
    assert told[-1].endswith(said)


@pytest.mark.parametrize(
    ("worlds", "found", "failed", "said"),
    [
        (4000, 1000, 0, "running 4,000 worlds, 1,000 worlds reused"),
        (0, 5000, 0, "nothing to run, 5,000 worlds reused"),
        (500, 0, 1, "running 500 worlds, 1 chunk failed before (--retry runs them again)"),
    ],
)
def test_a_run_says_what_it_reuses(worlds: int, found: int, failed: int, said: str) -> None:
    told: list[str] = []
    lines = Lines(told.append)
    lines.begin(worlds * 12, worlds, found, failed)
    lines.done(0)
    lines.failed("baseline, world 3: of some fault")
    assert told == [said, "failed: baseline, world 3: of some fault"]


def test_the_bar_can_be_drawn_at_every_stage(capsys: pytest.CaptureFixture[str]) -> None:
    bar = Bar()
    for total in (0, 1200):
        bar.begin(total, total // 12, 50, 1)
        bar.done(total)
        bar.failed("baseline, world 3: of some fault")
    bar.phase("comparing")
    bar.detail("baseline")
    bar.end()
    assert "of some fault" in capsys.readouterr().err


def test_the_pulse_counts_months_and_stops_a_run() -> None:
    beats: list[int] = []
    pulse = Pulse(on_month=lambda: beats.append(pulse.done))
    pulse.month(10)
    pulse.month(5)
    pulse.stop()
    with pytest.raises(Interrupted):
        pulse.month(5)
    assert beats == [10, 15, 20]


def test_chunks_from_elsewhere_count_when_they_come_in() -> None:
    pulse = Pulse()
    pulse.merge(120)
    assert pulse.done == 120
