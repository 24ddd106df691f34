"""Runs that the page asks for: the same worlds as everywhere else, several at once, each ended when nobody waits for it."""

import asyncio
import os
import shutil
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from stored import write_manifest

from sim.experiment.execution.process_pool import ProcessPool
from sim.experiment.storage.results import Result
from sim.explorer.explorer_data import ExplorerData, read_explorer_data
from sim.explorer.server import run_faults
from sim.explorer.server.changed_scenario import SetChange, changed_scenario
from sim.explorer.server.live_runs import MOST_RUNS, LiveRuns, spans_of
from sim.explorer.server.pairing_check import same
from sim.explorer.server.run_request import RunRequest
from sim.explorer.world_columns import WorldColumns, run_columns
from sim.scenario import Scenario, load_scenario
from sim.simulation import Spheres

from .served import JOBS, STRIKES, Asker, asking, columns

WITHDRAWAL, FROM, UNTIL = {STRIKES: 6.5}, "2021-09", "2022-01"


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPool]:
    pool = ProcessPool(JOBS)
    yield pool
    pool.end(1.0)


@pytest.fixture(scope="module")
def client(small_data: ExplorerData, pool: ProcessPool) -> Iterator[Asker]:
    with asking(small_data, pool) as client:
        yield client


def assert_same(found: WorldColumns, expected: WorldColumns) -> None:
    for name, array in expected.arrays().items():
        np.testing.assert_array_equal(found.arrays()[name], array, err_msg=name)


def run_here(data: ExplorerData, scenario: Scenario, n: int, first: int = 0, **more: Any) -> WorldColumns:
    model = Spheres(scenario, worlds=n, first_world=first, seed=data.worlds.seed, **more)
    return run_columns(model).coded(data.scale)


def test_without_changes_the_worlds_are_those_stored_to_the_bit(client: Asker) -> None:
    *batches, end = client.lines(batches=[50, 7, 210], first=300)
    assert end == {"done": True} and [(one["first"], one["worlds"]) for one in batches] == [(300, 50), (350, 7), (357, 210)]
    for one in batches:
        stored = client.data.columns.take(slice(one["first"], one["first"] + one["worlds"]))
        assert_same(columns(one, client.data.columns), stored)


def test_a_quantile_acts_as_a_draw(client: Asker) -> None:
    one, _ = client.lines({"path": STRIKES, "quantile": 0.9}, first=20, batches=[30])
    moved = columns(one, client.data.columns)
    assert_same(moved, run_here(client.data, client.data.worlds.scenario, 30, 20, quantiles={STRIKES: [0.9] * 30}))
    assert not same(moved, client.data.columns.take(slice(20, 50)))


@pytest.mark.parametrize("until", [None, UNTIL])
def test_values_and_months_act_as_in_a_scenario_file(client: Asker, tmp_path: Path, until: str | None) -> None:
    data, text = client.data, f", until: {until}" if until else ""
    path = tmp_path / "file.yaml"
    path.write_text(
        "extends: baseline\nquestion: What if?\nbasis: beyond_report\nbecause: a test\nset: {iran.means.budget: 12}\nevents:\n"
        f"  - {{month: {FROM}{text}, set: {{{STRIKES}: 6.5}}, because: a test}}\n"
    )
    in_file = load_scenario(path, months=data.worlds.scenario.months)
    month = {"month": FROM} | ({"until": until} if until else {})
    changes = {"path": "iran.means.budget", "value": 12}, {"path": STRIKES, "value": 6.5, **month}
    *_, one, _ = client.lines(*changes)
    assert_same(columns(one, data.columns), run_here(data, in_file, 50))
    sets = [SetChange("iran.means.budget", 12.0), SetChange(STRIKES, 6.5, FROM, until)]
    assert changed_scenario(data.worlds.scenario, sets).scenario.digest() == in_file.digest()


def test_what_is_allowed_and_unusual_is_said_beside_the_run(client: Asker) -> None:
    notice, *_, end = client.lines({"path": STRIKES, "value": 50}, batches=[2])
    assert notice == {"notice": f"'{STRIKES}' becomes 50, outside its plausible range (strikes per month, 2.2 to 8)."} and end == {
        "done": True
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"path": "israel.strik_rate", "value": 3}, "'israel.strik_rate' is not a parameter. Did you mean 'israel.strike_rate'"),
        ({"path": STRIKES, "value": -1}, "cannot be -1. Must lie between 0 and 100; plausible: 2.2 to 8 (strikes per month)."),
        ({"path": STRIKES, "quantile": 1.5}, "quantiles of 'israel.strike_rate' must lie between 0 and 1."),
        ({"path": STRIKES, "quantile": "0.5"}, "must be a number"),
        ({"path": STRIKES, "value": True}, "must be a number"),
        ({"path": STRIKES, "value": 10**400}, "not so large"),
        ({"path": STRIKES}, "either 'quantile' or 'value'"),
        ({"path": STRIKES, "value": 3, "quantile": 0.5}, "either 'quantile' or 'value'"),
        ({"path": STRIKES, "quantile": 0.5, "month": FROM}, "needs a 'value'"),
        ({"path": STRIKES, "value": 3, "until": UNTIL}, "'until' and no 'month'"),
        ({"path": STRIKES, "value": 3, "month": "2021-9"}, "'month': '2021-9' is not a month. Write 2021-09."),
        (
            {"path": STRIKES, "value": 3, "month": "2030-01"},
            "an event in 2030-01 lies outside this scenario, which runs from",
        ),
        ({"path": STRIKES, "value": 3, "month": FROM, "until": FROM}, "must come after"),
        ({"path": STRIKES, "value": 3, "month": "x" * 100}, "must be a month"),
        ({"path": STRIKES, "valeu": 3}, "'valeu' is not known of a change. Did you mean 'value'?"),
        ({"path": "<img src=x onerror=alert(1)>\n", "value": 3}, "'<img src=x onerror=alert(1)>?' is not a parameter"),
        ({"path": 3, "value": 3}, "must have a 'path'"),
        ("x", "must be an object"),
    ],
)
def test_a_change_that_cannot_be_made_is_answered_with_what_would_be_right(client: Asker, change: Any, said: str) -> None:
    assert said in client.problem(change)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"batches": []}, "list of 1 to 200"),
        ({"batches": [0]}, "from 1 to 1,000"),
        ({"batches": [True]}, "a batch must be a whole number"),
        ({"batches": [500, 600]}, "worlds 0 to 1,099 are asked for, and the result has 1,000."),
        ({"batches": [1], "first": 1000}, "'first' must be a whole number from 0 to 999"),
        ({"batches": [1], "firts": 1}, "Did you mean 'first'?"),
        ({"batches": [1], "window": 7}, "'window' must be a text"),
        ({"batches": [1], "changes": {}}, "'changes' must be a list"),
    ],
)
def test_a_run_that_cannot_be_is_answered_with_what_would_be_right(client: Asker, asked: dict[str, Any], said: str) -> None:
    answer = client.post(client.at("runs"), json=asked)
    assert answer.status_code == 400 and said in answer.json()["problem"]


def test_a_parameter_that_is_never_drawn_has_values_alone_and_none_is_turned_twice(client: Asker) -> None:
    fixed = client.data.manifest["others"][0]["path"]
    assert f"'{fixed}' is not drawn here, so it has no quantiles. Give its values instead." in client.problem(
        {"path": fixed, "quantile": 0.5}
    )
    assert "is changed twice" in client.problem({"path": STRIKES, "quantile": 0.5}, {"path": STRIKES, "value": 3})


def test_parts_are_as_large_as_helps_and_cover_every_world_once() -> None:
    assert spans_of(0, [50, 150, 800], 2) == [[(0, 50)], [(50, 150)], [(200, 400), (600, 400)]]
    assert [n for _, n in spans_of(0, [1000], 2)[0]] == [250] * 4 and spans_of(3, [300], 1) == [[(3, 300)]]
    assert spans_of(10, [200], 2) == [[(10, 100), (110, 100)]] and len(spans_of(0, [800], 16)[0]) == 8


# -- side by side, and ended -----------------------------------------------------------------------------------------------------------


def long(data: ExplorerData, *batches: int, window: str = "") -> RunRequest:
    """A run that takes minutes."""
    return RunRequest(data.worlds.scenario.with_months(1200), {}, batches, window=window)


async def stays() -> bool:
    return False


async def at_work(runs: LiveRuns, pool: ProcessPool) -> None:
    """Wait until the first parts of a run are under way, after the few worlds that each process runs before."""
    while not runs.check.is_done or not pool._under_way:
        await asyncio.sleep(0.01)


def until_idle(pool: ProcessPool) -> None:
    limit = time.monotonic() + 10  # a part of a long run takes longer
    while pool._under_way and time.monotonic() < limit:
        time.sleep(0.01)
    assert not pool._under_way


@pytest.mark.parametrize("way", ["left", "cancelled", "closed"])
def test_a_run_that_nobody_waits_for_frees_its_processes(small_data: ExplorerData, pool: ProcessPool, way: str) -> None:
    runs = LiveRuns(small_data, pool, JOBS)

    async def leave() -> None:
        has_left = False

        async def is_gone() -> bool:
            return has_left

        lines = runs.lines(long(small_data, 400, 400), is_gone)
        first = asyncio.ensure_future(anext(lines))
        await at_work(runs, pool)
        if way == "cancelled":
            first.cancel()
            await asyncio.gather(first, return_exceptions=True)
            return
        has_left = way == "left"
        if way == "closed":
            runs.end()
        with pytest.raises(StopAsyncIteration):
            assert await first == {"problem": run_faults.ENDING}
            await anext(lines)

    asyncio.run(leave())
    until_idle(pool)
    assert pool.submit(os.getpid).result(timeout=60)


def test_the_next_run_of_a_window_takes_the_place_of_the_one_before(small_data: ExplorerData, pool: ProcessPool) -> None:
    runs = LiveRuns(small_data, pool, JOBS)

    async def both() -> list[dict[str, Any]]:
        first = asyncio.ensure_future(anext(runs.lines(long(small_data, 400, window="one"), stays)))
        await at_work(runs, pool)
        second = [line async for line in runs.lines(RunRequest(small_data.worlds.scenario, {}, (2,), window="one"), stays)]
        return [await first, *second]

    earlier, one, end = asyncio.run(both())
    assert "has taken its place" in earlier["problem"] and one["worlds"] == 2 and end == {"done": True}
    until_idle(pool)


def test_a_long_run_of_another_window_does_not_hold_up_a_short_one(small_data: ExplorerData, pool: ProcessPool) -> None:
    """A few worlds, asked for in another window, are there when a few of the parts of a long run are done that are still to come."""
    runs, asked = LiveRuns(small_data, pool, JOBS), RunRequest(small_data.worlds.scenario, {STRIKES: 0.2}, (20,) * 10, window="long")

    async def both() -> int:
        n_done, short = 0, asyncio.create_task(asyncio.sleep(0.0, []))
        async for line in runs.lines(asked, stays):
            if "data" in line and n_done == 0:
                short = asyncio.create_task(all_lines(replace(asked, batches=(2,), window="short")))
            n_done += "data" in line and not short.done()
        assert [line.get("worlds") for line in await short] == [2, None]
        return n_done

    async def all_lines(one: RunRequest) -> list[dict[str, Any]]:
        return [line async for line in runs.lines(one, stays)]

    assert asyncio.run(both()) <= 5


# -- what goes wrong -------------------------------------------------------------------------------------------------------------------


def test_a_process_that_is_killed_costs_its_run_and_no_other(small_data: ExplorerData, pool: ProcessPool) -> None:
    runs = LiveRuns(small_data, pool, JOBS)

    async def die() -> dict[str, Any]:
        line = asyncio.ensure_future(anext(runs.lines(long(small_data, 200), stays)))
        await at_work(runs, pool)
        for number in list(pool._workers.values()):
            os.kill(number, getattr(signal, "SIGKILL", signal.SIGTERM))
        return await line

    assert "was ended by the system" in asyncio.run(die())["problem"]
    with asking(small_data, pool) as client:
        one, end = client.lines(batches=[50])
        assert end == {"done": True}
        assert_same(columns(one, small_data.columns), small_data.columns.take(slice(0, 50)))


def test_more_runs_than_a_person_can_look_at_are_refused(small_data: ExplorerData, pool: ProcessPool) -> None:
    runs = LiveRuns(small_data, pool, JOBS)

    async def many() -> dict[str, Any]:
        waiting = [asyncio.ensure_future(anext(runs.lines(long(small_data, 100), stays))) for _ in range(MOST_RUNS)]
        await at_work(runs, pool)
        line = await anext(runs.lines(long(small_data, 100), stays))
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return line

    assert f"{MOST_RUNS} runs are under way already" in asyncio.run(many())["problem"]
    until_idle(pool)


def test_an_error_of_the_model_is_a_sentence(small_data: ExplorerData, pool: ProcessPool) -> None:
    broken = replace(small_data.worlds.scenario, start_state={})
    found = asyncio.run(anext(LiveRuns(small_data, pool, JOBS).lines(RunRequest(broken, {}, (2,)), stays)))
    assert found["problem"].startswith("The model stopped with an error (KeyError")


def test_worlds_of_other_rules_or_of_another_machine_are_not_compared(
    small_data: ExplorerData, pool: ProcessPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(small_data, columns=replace(small_data.columns, spheres=small_data.columns.spheres[:, ::-1]))
    with asking(other, pool) as client:
        for _ in range(2):
            assert "its worlds come out differently here" in client.problem()
        assert client.get(client.at("about")).json()["problem"] is None, "the page itself is not touched by that"
    monkeypatch.setattr(run_faults, "model_version", lambda: "another")
    with asking(small_data, pool) as client:
        said = client.problem()
        assert "another version of the model" in said and said.endswith("Run the scenarios again: spheres run")
        assert client.get(client.at("about")).json()["problem"] == said and client.get(client.at("")).status_code == 200


def test_a_result_that_goes_away_costs_nothing_but_a_sentence(small_result: Path, pool: ProcessPool, tmp_path: Path) -> None:
    folder = tmp_path / "results" / "small"
    shutil.copytree(small_result, folder)
    data = read_explorer_data(folder, "baseline")
    with asking(data, pool) as client:
        about = client.get(client.at("about")).json()
        assert about == {"scenario": "baseline", "worlds": 1000, "months": 12, "fingerprint": data.manifest["fingerprint"], "problem": None}
        write_manifest(folder, data.worlds.result.manifest | {"command": "spheres run again"})
        assert "has been removed or made anew since it was read" in client.get(client.at("about")).json()["problem"]
        shutil.rmtree(folder)
        assert "has been removed or made anew since it was read" in client.get(client.at("about")).json()["problem"]
        notice, one, end = client.lines(batches=[50])
        assert "has been removed or made anew" in notice["notice"] and end == {"done": True}
        assert_same(columns(one, data.columns), data.columns.take(slice(0, 50)))
    assert not folder.exists() and isinstance(data.worlds.result, Result)
