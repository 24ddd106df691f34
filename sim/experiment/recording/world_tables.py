"""The tables with a row per world and more, from the arrays of a chunk: worlds, provinces, groups, starts and years."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from sim.experiment.recording.chunk import Chunk
from sim.experiment.recording.effort_measures import EFFORTS
from sim.model.observation.measure_catalogue import OUTCOMES, PROVINCE, SPHERES, TERRITORIES, WHOLE, Measure
from sim.model.state.calendar import month_name
from sim.model.state.dimensions import Array
from sim.scenario import Scenario

PARAM = "param:"
START = "start_"
ROW_TABLES = ("worlds", "provinces", "groups", "starts", "years")


def parameter_paths(scenario: Scenario, draws: bool, factors: Sequence[str] = ()) -> tuple[str, ...]:
    """The parameters that have a column in the worlds table, by name: those that the scenario draws, or would but for its changes.

    And the `factors` of a design.
    """
    drawn = {path for path, setting in scenario.settings.items() if setting.varies or setting.unchanged().varies} if draws else set()
    return tuple(sorted(drawn | set(factors)))


def drawn_paths(scenarios: Sequence[Scenario], draws: bool, factors: Sequence[str] = ()) -> tuple[str, ...]:
    """The parameters that have a column in the worlds table of any of the scenarios, by name."""
    return tuple(sorted({path for scenario in scenarios for path in parameter_paths(scenario, draws, factors)}))


def group_names(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """The armed groups that have a column in the groups table: all groups of all starts, in their order."""
    return tuple(dict.fromkeys(group for s in scenarios for group in s.start_state["groups"]))


def table_columns(chunk: Chunk) -> dict[str, dict[str, pa.Array]]:
    """The columns of every table, by its name."""
    made = worlds_columns(chunk), provinces_columns(chunk), groups_columns(chunk), starts_columns(chunk), years_columns(chunk)
    return dict(zip(ROW_TABLES, made, strict=True))


def calendar_from(start: str, months: int) -> tuple[str, ...]:
    """So many months by name, from a first one on."""
    return tuple(month_name(start, i) for i in range(months))


def calendar(scenario: Scenario) -> tuple[str, ...]:
    """The months of a scenario by name, in order."""
    return calendar_from(scenario.start, scenario.months)


def world_column(measure: Measure) -> str:
    """The column of an index in table `worlds`, where `territory` is the class and `territory_share` the index behind it."""
    return "territory_share" if measure.name == "territory" else measure.name


def worlds_columns(chunk: Chunk) -> dict[str, pa.Array]:
    """Columns of `worlds`, a row per world."""
    scenario, n = chunk.job.scenario, chunk.job.n_worlds
    months = calendar(scenario)
    columns: dict[str, pa.Array] = {
        "scenario": constant(scenario.name, n),
        "world": pa.array(_numbers(chunk)),
        "point": pa.array(chunk.job.points),
        "luck": pa.array(chunk.job.lucks.astype(np.int32)),
        "outcome": words(chunk.outcome, OUTCOMES),
        "territory": words(chunk.territory, TERRITORIES),
        "collapse_month": words(chunk.collapse_month, months),
        "breakdown_month": words(chunk.breakdown_month, months),
        "incident_month": words(chunk.incident_month, months),
    }
    columns |= moved_columns("outcome", chunk.moved_outcome, OUTCOMES) | moved_columns("territory", chunk.moved_territory, TERRITORIES)
    for name, classes, texts in (("outcome", chunk.start.outcome, OUTCOMES), ("territory", chunk.start.territory, TERRITORIES)):
        columns |= {START + name: words(classes[0], texts)} | moved_columns(START + name, classes[1:], texts)
    columns |= {world_column(measure): pa.array(chunk.whole[i]) for i, measure in enumerate(WHOLE)}
    columns |= {measure.name: pa.array(chunk.effort[i]) for i, measure in enumerate(EFFORTS)}
    return columns | {
        PARAM + path: pa.array(_parameter(chunk, path)) for path in parameter_paths(scenario, chunk.job.draws, chunk.job.factors)
    }


def provinces_columns(chunk: Chunk) -> dict[str, pa.Array]:
    """Columns of `provinces`, a row per world and province."""
    months = calendar(chunk.job.scenario)
    columns = _keys(chunk) | {
        "sphere": words(_by_world(chunk.sphere), SPHERES),
        "lost_month": words(_by_world(chunk.lost_month), months),
    }
    columns |= moved_columns("sphere", np.stack([_by_world(sphere) for sphere in chunk.moved_sphere]), SPHERES)
    return columns | {measure.name: pa.array(_by_world(chunk.province[i])) for i, measure in enumerate(PROVINCE)}


def starts_columns(chunk: Chunk) -> dict[str, pa.Array]:
    """Columns of `starts`, a row per world and province before the first month; flows have none."""
    sphere = np.stack([_by_world(codes) for codes in chunk.start.sphere])
    columns = _keys(chunk) | {"sphere": words(sphere[0], SPHERES)} | moved_columns("sphere", sphere[1:], SPHERES)
    return columns | {m.name: pa.array(_by_world(chunk.start.province[i])) for i, m in enumerate(PROVINCE) if not m.cumulative}


def moved_columns(name: str, classes: Array, texts: tuple[str, ...]) -> dict[str, pa.Array]:
    """A class with its thresholds a quarter lower and higher, as two columns."""
    return {column: words(codes, texts) for column, codes in zip(moved_names(name), classes, strict=True)}


def moved_names(name: str) -> tuple[str, str]:
    """The columns of a class with its thresholds a quarter lower and higher."""
    return f"{name}_lower", f"{name}_higher"


def years_columns(chunk: Chunk) -> dict[str, pa.Array]:
    """Columns of `years`, a row per world and year, the start first."""
    count = chunk.years.shape[0]
    columns = {
        "scenario": constant(chunk.job.scenario.name, count * chunk.job.n_worlds),
        "world": pa.array(np.repeat(_numbers(chunk), count)),
        "year": pa.array(np.tile(np.arange(count, dtype=np.int16), chunk.job.n_worlds)),
    }
    return columns | {world_column(measure): pa.array(_by_world(chunk.years[:, i])) for i, measure in enumerate(WHOLE)}


def groups_columns(chunk: Chunk) -> dict[str, pa.Array]:
    """Columns of `groups`, a row per world and province."""
    return _keys(chunk) | {f"force_{group}": pa.array(_by_world(chunk.force[i])) for i, group in enumerate(chunk.groups)}


def words(codes: Array, texts: tuple[str, ...]) -> pa.DictionaryArray:
    """A column of few different texts: `codes` index `texts`; a negative code is empty."""
    indices = pa.array(codes.astype(np.int32), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(texts, pa.string()))


def constant(text: str, rows: int) -> pa.DictionaryArray:
    """A column that says the same in every row."""
    return words(np.zeros(rows, dtype=np.int32), (text,))


def _keys(chunk: Chunk) -> dict[str, pa.Array]:
    places = np.tile(np.arange(len(chunk.iso), dtype=np.int32), chunk.job.n_worlds)
    return {
        "scenario": constant(chunk.job.scenario.name, len(places)),
        "world": pa.array(np.repeat(_numbers(chunk), len(chunk.iso))),
        "province": words(places, chunk.iso),
        "name": words(places, chunk.names),
    }


def _numbers(chunk: Chunk) -> Array:
    return np.array(chunk.job.numbers, dtype=np.int32)


def _by_world(array: Array) -> Array:
    """(provinces, worlds) as one column, world by world."""
    return np.ascontiguousarray(array.T).ravel()


def _parameter(chunk: Chunk, path: str) -> Array:
    """A parameter in every world; where this scenario does not draw it, the number it sets."""
    if path in chunk.drawn:
        return chunk.drawn[path]
    return np.full(chunk.job.n_worlds, chunk.job.scenario.settings[path].central(), dtype=np.float32)


def encodings(schema: pa.Schema) -> dict[str, list[str]]:
    """How Parquet is to write columns: a dictionary only for few different texts, numbers byte by byte."""
    texts = [field.name for field in schema if pa.types.is_dictionary(field.type)]
    return {"use_dictionary": texts, "use_byte_stream_split": [field.name for field in schema if pa.types.is_floating(field.type)]}
