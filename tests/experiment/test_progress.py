"""Progress: how far, how fast, how long still; for a log in plain lines."""

from collections.abc import Callable

import pytest

from sim.experiment import progress
from sim.experiment.execution.executors import Interruption, RunSignals
from sim.experiment.progress import ProgressBar, ProgressLines, time_left


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(progress, "now", clock)
    return clock


def test_lines_say_worlds_speed_and_time_left(clock: Clock) -> None:
    said: list[str] = []
    lines = ProgressLines(said.append)
    lines.begin(total=24_000, worlds=200)
    for clock.now, done in ((5.0, 120), (25.0, 12_120), (45.0, 24_000)):  # the workers need five seconds to start
        lines.done(done)
    assert said == ["running 200 worlds", "101 of 200 worlds, 5 a second, 20 s left", "200 of 200 worlds, 5 a second, 0 s left"]


@pytest.mark.parametrize("progress_of", [lambda said: ProgressLines(said.append), lambda said: ProgressBar(visible=False)])
def test_the_time_left_is_right_within_a_factor_of_two_when_results_come_in_batches(
    clock: Clock, progress_of: Callable[..., ProgressBar]
) -> None:
    """Ten batches of five figures, two at a time, each pair after six seconds: from the second pair on, the estimate holds."""
    said: list[str] = []
    watch = progress_of(said)
    watch.phase("drawing figures", steps=50)
    for pair in range(1, 5):
        clock.now = 6.0 * pair
        for _ in range(10):
            watch.detail("map")
        left, said_left = 30.0 - clock.now, float(time_left(watch._bar.tasks[0]).split(" ")[0])
        assert left / 2 <= said_left <= 2 * left
    assert len(said) <= 3  # a line for each figure would be many


@pytest.mark.parametrize(("worlds", "said"), [(100, "89 s left"), (1000, "16 min left"), (10_000, "2.8 h left")])
def test_the_time_left_is_in_a_unit_that_one_can_wait_in(clock: Clock, worlds: int, said: str) -> None:
    lines: list[str] = []
    watch = ProgressLines(lines.append)
    watch.begin(worlds * 12, worlds)
    clock.now = 11.0
    watch.done(11 * 12)
    assert lines[-1].endswith(said)


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
    lines = ProgressLines(told.append)
    lines.begin(worlds * 12, worlds, found, failed)
    lines.done(0)
    lines.failed("baseline, world 3: of some fault")
    assert told == [said, "failed: baseline, world 3: of some fault"]


def test_the_bar_can_be_drawn_at_every_stage(capsys: pytest.CaptureFixture[str]) -> None:
    bar = ProgressBar()
    for total in (0, 1200):
        bar.begin(total, total // 12, 50, 1)
        bar.done(total)
        bar.failed("baseline, world 3: of some fault")
    for steps in (0, 2):
        bar.phase("comparing", steps)
        bar.detail("baseline")
    bar.end()
    assert "of some fault" in capsys.readouterr().err


def test_the_pulse_counts_months_and_stops_a_run() -> None:
    beats: list[int] = []
    pulse = RunSignals(on_month=lambda: beats.append(pulse.done))
    pulse.month(10)
    pulse.month(5)
    pulse.stop()
    with pytest.raises(Interruption):
        pulse.month(5)
    assert beats == [10, 15, 20]


def test_chunks_from_elsewhere_count_when_they_come_in() -> None:
    pulse = RunSignals()
    pulse.merge(120)
    assert pulse.done == 120
