"""Worker processes: what they give back, what a death costs, and that they end when they are told to."""

import multiprocessing.synchronize
import os
import signal
import threading
import time
from concurrent.futures import wait
from typing import Any

import pytest

from sim.experiment.execution import process_pool
from sim.experiment.execution.executors import InlineExecutor, SurroundingsNotice, executor_for, workers
from sim.experiment.execution.process_pool import NoWorkers, ProcessPool, WorkerDeath
from sim.experiment.execution.worker_process import note
from sim.experiment.recording.chunk import Interruption


def square(number: int) -> int:
    note(number)
    return number * number


def die(number: int) -> None:
    os._exit(number)


def fail(text: str) -> None:
    raise ValueError(text)


def who() -> int:
    return os.getpid()


def sleep_until_told(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        note(1)
        time.sleep(0.05)


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def gone(number: int) -> bool:
    until = time.monotonic() + 10
    while lives(number) and time.monotonic() < until:
        time.sleep(0.02)
    return not lives(number)


def test_results_faults_and_notes_come_back_without_semaphores(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: Any, **__: Any) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(multiprocessing.synchronize.SemLock, "__init__", none)
    heard: list[int] = []
    pool = ProcessPool(2, heard.append)
    try:
        assert list(pool.map(square, range(20))) == [number * number for number in range(20)]
        assert sorted(heard) == list(range(20))
        with pytest.raises(ValueError, match="no good") as raised:
            pool.submit(fail, "no good").result()
        assert "in fail" in raised.value.__notes__[0]
        with pytest.raises(Exception, match="pickle"):
            pool.submit(lambda: None).result()
        assert pool.submit(square, 3).result() == 9
    finally:
        pool.end(5.0)
    with pytest.raises(RuntimeError, match="has ended"):
        pool.submit(square, 1)


def test_a_death_costs_the_task_that_the_worker_had_and_no_other() -> None:
    pool = ProcessPool(2)
    try:
        futures = [pool.submit(die, 9) if number == 3 else pool.submit(square, number) for number in range(8)]
        wait(futures)
        assert [future.exception() is None for future in futures] == [number != 3 for number in range(8)]
        assert isinstance(futures[3].exception(), WorkerDeath)
        assert pool.submit(square, 5).result() == 25
    finally:
        pool.end(5.0)


def test_an_end_asks_first_and_then_kills() -> None:
    pool = ProcessPool(2)
    number = pool.submit(who).result()
    asked = pool.submit(sleep_until_told, 100.0)
    time.sleep(0.3)
    pool.end(20.0)
    assert isinstance(asked.exception(), Interruption) and gone(number)
    pool = ProcessPool(1)
    number = pool.submit(who).result()
    deaf, queued = pool.submit(sleep, 100.0), pool.submit(square, 2)
    time.sleep(0.3)
    begun = time.monotonic()
    pool.end(0.2)
    wait([deaf], timeout=10)
    assert time.monotonic() - begun < 10
    assert isinstance(deaf.exception(), WorkerDeath) and queued.cancelled() and gone(number)


def test_where_no_process_can_be_started_this_one_does_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(process_pool.ProcessPool, "_start_process", none)
    with pytest.raises(NoWorkers, match="Too many open files"):
        ProcessPool(2)
    with pytest.warns(SurroundingsNotice, match="going on in one process"), workers(2) as pool:
        assert pool is None
    with pytest.warns(SurroundingsNotice):
        assert isinstance(executor_for(2, lambda signals: None), InlineExecutor)


def test_one_call_is_interrupted_wherever_it_is_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """At work, while its worker is being started, before it begins, and when it has just ended: the next call hears nothing of it."""
    pool, may_start = ProcessPool(2), threading.Event()
    usual = pool._start
    may_start.set()  # whichever of the two workers has the first call
    monkeypatch.setattr(pool, "_start", lambda: may_start.wait(20) and usual())
    try:
        at_work = pool.submit(sleep_until_told, 60.0)
        while not pool._under_way:
            time.sleep(0.001)
        may_start.clear()
        starting, queued = pool.submit(sleep_until_told, 60.0), pool.submit(square, 2)
        while not starting.running():
            time.sleep(0.001)
        for unwanted in (queued, starting, at_work, at_work):
            pool.interrupt(unwanted)
        may_start.set()
        assert queued.cancelled()
        assert all(isinstance(one.exception(timeout=20), Interruption) for one in (starting, at_work))
        for number in range(60):
            ended = pool.submit(square, number)
            wait([ended], timeout=0.0005 * (number % 3))
            pool.interrupt(ended)
            assert pool.submit(square, number).result(timeout=20) == number * number
    finally:
        pool.end(1.0)


def test_the_death_of_a_worker_that_has_nothing_to_do_costs_nothing() -> None:
    pool = ProcessPool(1)
    try:
        for _ in range(3):
            worker = pool.submit(who).result(timeout=20)
            os.kill(worker, getattr(signal, "SIGKILL", signal.SIGTERM))
            assert gone(worker) and pool.submit(square, 3).result(timeout=20) == 9
    finally:
        pool.end(1.0)
