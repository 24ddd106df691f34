"""What the program writes it reads: every writer with texts, names and numbers of every kind, and what its reader gives back."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from experiment.fake_model import FakeModel, scenario, setting
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from validation.calibration import made_up

from sim.compare.effort_table import COLUMNS as EFFORT
from sim.compare.effort_table import read_effort, write_effort
from sim.compare.precision import Precision, write_precision
from sim.experiment.execution.failures import ChunkFailure, FailureStore
from sim.experiment.execution.runner import run
from sim.experiment.recording.chunk import ChunkJob, run_chunk
from sim.experiment.run_settings import RunSettings
from sim.experiment.storage import chunk_writer
from sim.experiment.storage.chunk_reader import ChunkFile
from sim.experiment.storage.data_dictionary import HEADER, add_columns, write_columns
from sim.experiment.storage.manifest_file import read_json
from sim.experiment.storage.resolved_scenarios import read_resolved, resolved_text
from sim.experiment.storage.results import Result
from sim.experiment.storage.sealed_json import CHECKSUM, is_whole, sealed
from sim.experiment.storage.table_export import export
from sim.experiment.storage.whole_files import write_text
from sim.interests.table import COLUMNS, read_table, write_table
from sim.model.state.parameters import Change
from sim.report.figures.data import figure_data
from sim.scenario import Scenario, ScriptedEvent, json_schema, load_scenario, template
from sim.scenario.scenario import SetEntry
from sim.text.csv_text import csv_text
from sim.text.suggestions import printable
from sim.validation.calibration.calibrated_scenario import scenario_text
from sim.validation.calibration.trial_store import TrialStore

PROJECT = Path(__file__).parents[2]
ODD = "=1+1 \u2028\u2029\x85\x0b\x1c\r\n\t\"',;#:{}[]\\ \u202e\u200f\ufeff\U0001f600 é ن \ud800 \0 \x1b[31m"
NAMES = ("true", "na", "none", "001", "1e5", "no", "inf", "2021-06", "0x1f", "a-_")
texts = st.one_of(st.text(max_size=40), st.just(ODD), st.just("x" * 20_000), st.sampled_from(NAMES))
names = st.one_of(st.sampled_from(NAMES), st.from_regex(r"[a-z0-9][a-z0-9_-]{0,59}", fullmatch=True))
finite = st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([5e-324, 1.8e308 / 2, -0.0, 0.1 + 0.2, 1e22]))
numbers = st.one_of(finite, st.sampled_from([np.inf, -np.inf]))
in_a_folder = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """A scenario with any texts and numbers in it."""
    change = st.builds(Change, st.sampled_from(["set", "scale", "add"]), finite)
    spread = st.one_of(change, st.builds(Change, st.just("range"), finite, finite))
    one = setting("iran.budget", *draw(st.lists(spread, max_size=3)), value=draw(finite))
    paths = st.lists(st.tuples(st.just("iran.budget"), spread), min_size=1, max_size=2).map(tuple)
    event = st.builds(ScriptedEvent, st.integers(0, 5), st.just("2021-09"), paths, texts, st.none() | st.integers(0, 9), st.just("a.yaml"))
    entry = st.builds(SetEntry, st.just("iran.budget"), spread, st.just("a.yaml"), st.integers(0, 9), texts)
    return scenario(
        draw(names),
        question=draw(texts),
        settings={"iran.budget": replace(one, source=draw(texts), meaning=draw(texts))},
        events=tuple(draw(st.lists(event, max_size=3))),
        sets=tuple(draw(st.lists(entry, max_size=3))),
        start_state={"groups": {draw(texts): {"name": draw(texts), "share": draw(finite), "foreign": None}}, "ground": [draw(texts)]},
    )


def as_text(path: Path) -> Iterator[list[str]]:
    """The cells of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


@in_a_folder
@given(scenarios())
def test_resolved_scenarios(tmp_path: Path, before: Scenario) -> None:
    write_text(tmp_path / "x.yaml", resolved_text(before))
    after = read_resolved(tmp_path / "x.yaml")
    assert after == replace(before, notices=after.notices) and after.digest() == before.digest()


def test_a_resolved_scenario_of_many_events(tmp_path: Path) -> None:
    """Larger than a scenario file may be, which is a page or two."""
    events = tuple(ScriptedEvent(m, "2021-09", (("iran.budget", Change("set", 0.1)),), "because", None, "a.yaml", m) for m in range(30_000))
    before = scenario(events=events, months=1200)
    write_text(tmp_path / "x.yaml", resolved_text(before))
    assert (tmp_path / "x.yaml").stat().st_size > 3_000_000 and read_resolved(tmp_path / "x.yaml") == before


@in_a_folder
@given(st.dictionaries(texts, st.one_of(texts, numbers, st.integers(), st.lists(texts), st.dictionaries(texts, numbers))))
def test_sealed_files(tmp_path: Path, content: dict[str, object]) -> None:
    """Manifests, lists of files, records."""
    content.pop(CHECKSUM, None)
    write_text(tmp_path / "x.json", sealed(content))
    read = read_json(tmp_path / "x.json")
    assert is_whole(read) and {key: value for key, value in read.items() if key != CHECKSUM} == content


@in_a_folder
@given(texts, texts, st.none() | st.integers(0, 10**7), st.none() | st.dictionaries(texts, numbers, max_size=5))
def test_records_of_failures(tmp_path: Path, fault: str, trace: str, world: int | None, parameters: dict[str, float] | None) -> None:
    store, job = FailureStore(tmp_path), ChunkJob(scenario(), 0, 4, 1, True)
    failure = ChunkFailure(job, fault, trace, world, parameters)
    store.add(failure, 20 * "a")
    assert store.read(job, 20 * "a") == failure


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names, st.integers(0, 2**63 - 1), st.booleans(), st.integers(0, 10_000_000 - 3))
def test_chunks(tmp_path: Path, name: str, seed: int, draws: bool, first: int) -> None:
    job = ChunkJob(scenario(name, months=4), first, 2, seed, draws, FakeModel)
    file = ChunkFile(tmp_path / f"{first:07d}-{first + 1:07d}.{20 * 'a'}.zip")
    chunk = run_chunk(job)
    file.path.write_bytes(chunk_writer.packed(chunk, 20 * "a"))
    file.check(job)
    assert file.table("worlds").column("world").to_pylist() == [first, first + 1] and file.about["scenario"] == name
    assert all(np.array_equal(file._array(key), array) for key, array in chunk_writer._arrays(chunk).items() if key != "sway")
    assert np.array_equal(file.influence_codes(), chunk.influence_codes)


@in_a_folder
@given(st.lists(st.tuples(names, names, names, names, st.floats(0, 4), st.floats(0, 1)), min_size=1, max_size=5))
def test_the_table_of_effort(tmp_path: Path, rows: list[tuple[object, ...]]) -> None:
    before = pd.DataFrame(rows, columns=list(EFFORT))
    write_effort(tmp_path / "effort.csv", [before])
    after = read_effort(tmp_path / "effort.csv")
    assert after[list(EFFORT[:4])].equals(before[list(EFFORT[:4])])
    np.testing.assert_allclose(after[["effort", "share"]].astype(float), before[["effort", "share"]], rtol=1e-5)


@in_a_folder
@given(st.lists(st.tuples(names, names, numbers, st.booleans(), st.integers(1, 10**7)), min_size=1, max_size=5))
def test_a_study_of_interests(tmp_path: Path, rows: list[tuple[str, str, float, bool, int]]) -> None:
    texts = ("scenario", "actor", "interest", "change", "measure", "unit")
    lines = [
        {**dict.fromkeys(COLUMNS, number), **dict.fromkeys(texts, name), "place": place, "significant": sure, "matters": sure, "worlds": n}
        for name, place, number, sure, n in rows
    ]
    before = pd.DataFrame(lines, columns=list(COLUMNS))
    before.loc[0, "place"] = ""
    before.loc[0, "z"] = np.nan
    (tmp_path / "columns.csv").write_text("")
    write_table(tmp_path, before)
    after = read_table(tmp_path)
    exact = [*texts, "place", "significant", "matters", "worlds"]
    assert after[exact].equals(before[exact])
    np.testing.assert_allclose(after[["mean", "z"]], before[["mean", "z"]], rtol=1e-5)


@in_a_folder
@given(st.lists(st.tuples(names, names, finite, st.none() | st.integers(0, 10**6)), min_size=1, max_size=4))
def test_precision(tmp_path: Path, rows: list[tuple[str, str, float, int | None]]) -> None:
    write_precision(tmp_path / "precision.csv", [Precision(n, o, "fallen", 9, x, x, x, np.nan, 3, more) for n, o, x, more in rows])
    _, *found = as_text(tmp_path / "precision.csv")
    for cells, (name, other, number, more) in zip(found, rows, strict=True):
        assert cells[:2] == [name, "" if name == other else other] and cells[-1] == ("" if more is None else str(more))
        assert float(cells[4]) == pytest.approx(number, rel=1e-5)


@settings(in_a_folder, max_examples=20)
@given(st.dictionaries(names, st.tuples(texts, texts), max_size=3))
@example({'a "b", c': ("one\nline; another", "")})
def test_what_columns_mean(tmp_path: Path, columns: dict[str, tuple[str, str]]) -> None:
    """Of groups too, whose names are columns."""
    groups = {"groups": {name: {"name": "x"} for name in columns}}
    write_columns(tmp_path / "columns.csv", [scenario(start_state=groups)], True)
    add_columns(tmp_path / "columns.csv", "more", columns)
    head, *rows = as_text(tmp_path / "columns.csv")
    shown = [tuple(map(csv_text, (name, *about))) for name, about in columns.items()]
    assert tuple(head) == HEADER and {len(row) for row in rows} == {len(HEADER)}
    assert [tuple(row[1:4]) for row in rows if row[0] == "more"] == shown
    forces = [row[1] for row in rows if row[0] == "groups"]
    assert forces[len(forces) - len(columns) :] == [csv_text(f"force_{name}") for name in columns]


@in_a_folder
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=4))
def test_trials_of_a_calibration(tmp_path: Path, rows: list[tuple[float, ...]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.validation.calibration.trial_store.FOLDER", tmp_path)
        problem = made_up.problem(f"n{len(list(tmp_path.iterdir()))}")
        store = TrialStore(problem)
        for number, (x, y, *shares) in enumerate(rows):
            ends = problem.ranges.items()
            store.add(
                store.trial(number, {path: low + (high - low) * at for at, (path, (low, high)) in zip((x, y), ends, strict=True)}, shares)
            )
        assert TrialStore(problem).trials == store.trials


@pytest.mark.parametrize("name", NAMES)
def test_new_and_calibrated_scenarios(tmp_path: Path, name: str) -> None:
    """They extend a scenario of any name that a file may have."""
    baseline = load_scenario(PROJECT / "scenarios" / "baseline.yaml")
    parent = replace(baseline, name=name, lineage=("baseline", name))
    (tmp_path / f"{name}.yaml").write_text((PROJECT / "scenarios" / "baseline.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    problem = replace(made_up.problem(), scenario=parent)
    trial = TrialStore(problem).trial(1, problem.centre, [0.5, 0.5])
    for text in (template("child", parent), scenario_text(problem, trial, 3, [0.5, 0.5])):
        (tmp_path / "child.yaml").write_text(text, encoding="utf-8")
        child = load_scenario(tmp_path / "child.yaml")
        assert child.extends == name and set(child.settings) == set(baseline.settings)


def test_the_schema_of_scenario_files() -> None:
    schema = json_schema(load_scenario(PROJECT / "scenarios" / "baseline.yaml"))
    assert json.loads(json.dumps(schema, allow_nan=False)) == schema


def test_whole_results_of_scenarios_of_odd_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables, figures and exports of a run whose scenarios are named like numbers, or like nothing."""
    monkeypatch.chdir(tmp_path)
    odd = tuple(scenario(name, Change("scale", 1.1), months=4, question=ODD) for name in NAMES)
    run(RunSettings((scenario(months=4), *odd), "odd", n_worlds=3, command=ODD, overrides=(ODD,)), factory=FakeModel)
    result, every = Result(tmp_path / "results/odd"), ("baseline", *NAMES)
    assert result.scenarios == every and [result.scenario(name).name for name in every] == list(every)
    drawn = figure_data.read(result.folder)
    assert drawn.scenarios == every and tuple(drawn.effort) == every and drawn.about["001"].question == printable(ODD)
    for path in (*export(result, ["worlds"], csv=False), *export(result, ["worlds"], csv=True)):
        table = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path, dtype={"scenario": str}, keep_default_na=False)
        assert tuple(table["scenario"].astype(str).unique()) == every and len(table) == 3 * len(every)
    head, *rows = as_text(result.folder / "summary.csv")
    assert [row[0] for row in rows] == list(every) and rows[1][head.index("question")] == csv_text(ODD)
