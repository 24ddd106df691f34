"""A tiny result with a file of every kind that a command reads, and what its readers make of each."""

import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from command_line import PROJECT
from validation.calibration import made_up

from sim.compare.build import compare
from sim.documentation import fact_verdicts, verdict_page
from sim.experiment.execution.failures import ChunkFailure, FailureStore
from sim.experiment.execution.runner import run
from sim.experiment.recording.chunk import ChunkJob
from sim.experiment.recording.world_tables import ROW_TABLES
from sim.experiment.run_settings import RunSettings
from sim.experiment.storage.chunk_key import key_of
from sim.experiment.storage.chunk_layout import ARRAYS
from sim.experiment.storage.chunk_reader import ChunkFile
from sim.experiment.storage.publishing import building
from sim.experiment.storage.results import Result
from sim.interests.table import COLUMNS, write_table
from sim.interests.table import FILE as INTERESTS
from sim.report.figures.data import figure_data
from sim.report.page.interest_link import find_interests
from sim.scenario import Scenario, load_scenario
from sim.validation import table_output
from sim.validation.calibration.trial_store import TrialStore
from sim.validation.hindcast import hindcast_text, score_text

RESULT, HISTORY = Path("results/a"), Path("results/history")
WORLDS, MONTHS = 2, 1
Reading = Callable[[Path], Any]


@dataclass(frozen=True)
class Target:
    """A file and how a command reads it; `share` is how often it is harmed, beside the others."""

    file: Path
    reading: Reading
    share: int = 1


def prepared() -> list[Target]:
    """Make the result in the current folder, beside a study of interests, a calibration and a record of a failure."""
    names = (Path("baseline"), Path("israel_escalates"))
    scenarios = tuple(load_scenario(PROJECT / "scenarios" / f"{name}.yaml").with_months(MONTHS) for name in names)
    settings = RunSettings(scenarios, RESULT.name, n_worlds=WORLDS, months=MONTHS, command="spheres run")
    run(settings, finish=lambda work: write_table(work, _interests()))
    job = ChunkJob(scenarios[0], WORLDS, 5, 1, True)
    FailureStore(RESULT).add(ChunkFailure(job, "ZeroDivisionError: no money", "a traceback", WORLDS + 1, {"a.b": 0.25}), key_of(job))
    problem = replace(made_up.problem(), scenario=scenarios[0])
    store = TrialStore(problem)
    for number in range(4):
        store.add(store.trial(number, problem.centre, [0.25 * number, 0.5]))
    failure = FailureStore(RESULT).path(job, key_of(job))
    chunks = sorted(RESULT.glob("chunks/*/*.zip"))
    return [
        *(Target(path, read_chunk(scenario, path), 10) for scenario, path in zip(scenarios, chunks, strict=True)),
        Target(RESULT / "manifest.json", lambda path: compared(), 8),
        Target(RESULT / "months.parquet", lambda path: (compared(), figures()), 3),
        Target(RESULT / "comparison.parquet", lambda path: figures(), 5),
        Target(RESULT / "effort.csv", lambda path: figures(), 3),
        *(Target(path, lambda path: Result(RESULT).scenario(path.stem), 3) for path in sorted(RESULT.glob("scenarios/*.yaml"))),
        *(Target(RESULT / name, lambda path: compared()) for name in ("summary.csv", "events.parquet", "precision.csv", "columns.csv")),
        Target(RESULT / INTERESTS, lambda path: find_interests([RESULT], Path("page"))),
        Target(failure, lambda path: FailureStore(RESULT).read(job, key_of(job)), 3),
        *(Target(path, lambda path: _same_trials(store), 3) for path in sorted(store.place.iterdir())),
        *(Target(path, read_history, 2) for path in _history()),
    ]


def read_chunk(scenario: Any, path: Path) -> Reading:
    """Reads every part of a chunk, and checks the whole as a run does before it is used again."""
    job = ChunkJob(scenario, 0, WORLDS, 1, True)

    def read(path: Path) -> Any:
        file = ChunkFile(path)
        parts = [file.about, *(file.table(name) for name in ROW_TABLES), *(file._array(name) for name in ARRAYS)]
        file.check(job)
        return parts

    return read


def compared() -> Any:
    """The comparison of the result, and its scenarios as a replay reads them."""
    result = Result(RESULT)
    return compare([RESULT]), [result.scenario(name) for name in result.scenarios], result.scenarios


def figures() -> Any:
    """What the figures of a run are drawn from."""
    return figure_data.read(RESULT)


def _same_trials(store: TrialStore) -> bool:
    """Whether the trials that a calibration finds, all or some of them, are those that were written; others are run again."""
    return all(store.trials.get(number) == trial for number, trial in TrialStore(store.problem).trials.items())


def read_history(path: Path) -> Any:
    """What the page of verdicts reads of a hindcast."""
    folder = path.parent
    tables = fact_verdicts.compared_table, fact_verdicts.score_table, fact_verdicts.coverage_table, fact_verdicts.fact_table
    return verdict_page._run(folder), [table(folder) for table in tables]


def fingerprint(found: Any) -> str:
    """The same text for the same numbers."""
    if isinstance(found, Scenario):
        return repr(found)
    if isinstance(found, (tuple, list)):
        return repr([fingerprint(one) for one in found])
    if isinstance(found, Mapping):
        return repr([(key, fingerprint(value)) for key, value in found.items()])
    if isinstance(found, pd.DataFrame):
        return found.to_csv()
    if isinstance(found, np.ndarray):
        return repr((found.dtype, found.shape, found.tobytes()))
    if hasattr(found, "to_pydict"):
        return repr(found.to_pydict())
    if hasattr(found, "__dataclass_fields__"):
        return repr([(name, fingerprint(getattr(found, name))) for name in found.__dataclass_fields__])
    return repr(found if isinstance(found, (str, int, float, bool, type(None))) else pickle.dumps(found))


def _interests() -> pd.DataFrame:
    """A made-up study of one interest."""
    texts = {"scenario": "baseline", "actor": "iran", "interest": "land_corridor", "measure": "overlap", "place": "", "unit": "share"}
    row = {**dict.fromkeys(COLUMNS, 0.25), **texts, "significant": True, "matters": True, "worlds": 20}
    return pd.DataFrame([row | {"change": change} for change in ("taken away", "doubled")])


def _history() -> list[Path]:
    """The files of a made-up hindcast that the page of verdicts reads."""
    numbers = dict.fromkeys((*hindcast_text.COLUMNS, *score_text.SCORE_COLUMNS, *score_text.COVERAGE_COLUMNS), "0.25")
    texts = {"half": "setting", "part": "territory", "compared": "area, 9 shares", "in_fact": "16 %", "projected": "38 %", "unit": "points"}
    row = numbers | texts | {"kind": "area", "level": "kind", "item": "area", "score": "CRPS", "n": "23"}
    tables = (
        (hindcast_text.COMPARISON, hindcast_text.COLUMNS, {"verdict": "closer"}),
        (score_text.SCORES, score_text.SCORE_COLUMNS, {"verdict": "better than every rival"}),
        (score_text.COVERAGE, score_text.COVERAGE_COLUMNS, {"level": "0.5"}),
    )
    with building(HISTORY) as work:
        for name, columns, more in tables:
            table_output.write_table(work / name, columns, [[(row | more)[column] for column in columns]] * 3)
        (work / verdict_page.RUN).write_text('{"worlds": 20, "seed": 1, "halves": ["setting"]}\n', encoding="utf-8")
    return sorted(HISTORY.iterdir())
