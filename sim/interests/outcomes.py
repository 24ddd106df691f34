"""What is looked at when an interest changes: the actor's effort, force and influence, and what becomes of the partnership.

Everything is taken at the horizon, world by world; counts are sums over the run, effort for a goal its mean.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.compare.quantities import INFLUENCE, Quantity
from sim.compare.world_values import read_horizon
from sim.experiment.recording.effort_measures import EFFORTS, effort_name
from sim.experiment.storage.chunk_reader import ChunkFile
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.model.observation.measure_catalogue import PROVINCE, WHOLE, Measure
from sim.model.state.dimensions import Array, Power, Row, key, keys
from sim.text.names import with_article

EFFORT, FORCE = "effort_", "force_"
SHIFT = "influence_shift"
COMMON = ("contracts_russia", "contracts_iran", "incidents", "delimitation", "strikes")
_WHOLE = {measure.name: measure for measure in WHOLE}
_EFFORT = {measure.name: measure for measure in EFFORTS}
_PROVINCE = {measure.name: measure for measure in PROVINCE}
_LOCAL = ("sdf", "opposition", "local_powers")  # whose influence is that of local forces, as far as no outside power stands behind them


@dataclass(frozen=True)
class Outcome:
    """A measure of the whole country, or of a province; `kind` as in quantities.KINDS, `groups` where it is the force of these."""

    kind: str
    name: str
    place: str
    measure: Measure | None
    groups: tuple[str, ...] = ()


def force_name(actor: str) -> str:
    """The name of an actor's force in the whole country, `iran_force`."""
    return f"{actor}_force"


def country_outcomes(actor: str, interest: str, groups: Mapping[str, Any]) -> tuple[Outcome, ...]:
    """The measures of the whole country for an interest of an actor, of a start with these armed groups."""
    return (*_efforts(actor, interest), *_force(actor, groups), *(Outcome("index", name, "", _WHOLE[name]) for name in COMMON))


def powers_of(actor: str) -> tuple[str, ...]:
    """Whose influence an actor has: its own; that of all powers where it has none of its own."""
    power = key(Power.LOCAL) if actor in _LOCAL else actor
    return (power,) if power in keys(Power) else keys(Power)


def influence_outcomes(actor: str, iso: Sequence[str]) -> tuple[Outcome, ...]:
    """Shares of influence by power and province."""
    names = [f"{INFLUENCE}{power}" for power in powers_of(actor)]
    return tuple(Outcome("influence", name, place, _PROVINCE[name]) for name in names for place in iso)


def shift_outcome() -> Outcome:
    """The mean absolute change of influence over provinces."""
    return Outcome("influence", SHIFT, "", Measure(SHIFT, "mean absolute change of influence over provinces", "share", 0, 1))


def read_outcomes(file: ChunkFile, outcomes: Sequence[Outcome]) -> Array:
    """Outcomes at the horizon, (outcomes, worlds). Raises DamagedChunk."""
    known = [one for one in outcomes if not one.groups]
    values = dict(zip(known, read_horizon(file, [Quantity(one.kind, one.name, one.place or COUNTRY) for one in known]), strict=True))
    return np.stack([values[one] if one in values else _force_of(file, one.groups) for one in outcomes])


def _efforts(actor: str, interest: str) -> list[Outcome]:
    """What the actor spends on the interest, on average over the run, and in all at the end, as far as that is measured."""
    spent, total = effort_name(actor, interest), f"{EFFORT}{actor}"
    own = [Outcome("effort", spent, "", _EFFORT[spent])] if spent in _EFFORT else []
    return [*own, Outcome("index", total, "", _WHOLE[total])] if total in _WHOLE else own


def _force(actor: str, groups: Mapping[str, Any]) -> list[Outcome]:
    """The actor's force: the measure of that name, else the sum over the groups that it leads; nothing without groups."""
    name = force_name(actor)
    if name in _WHOLE:
        return [Outcome("index", name, "", _WHOLE[name])]
    led = tuple(group for group, table in groups.items() if table["leader"] == actor)
    measure = Measure(name, f"force of the groups that follow {with_article(actor)}", "thousand", 0, 200)
    return [Outcome("index", name, "", measure, led)] if led else []


def _force_of(file: ChunkFile, groups: Sequence[str]) -> Row:
    """The force of some groups in the whole country, (worlds,); the table has a row per world and province."""
    table = file.table("groups", [f"{FORCE}{group}" for group in groups])
    by_place = sum(table.column(name).to_numpy().astype(np.float64) for name in table.column_names)
    return np.asarray(by_place).reshape(file.about["worlds"], -1).sum(axis=1)
