"""What is compared of each world: a row for each quantity, a column for each world, read from a chunk's tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sim.compare.compared_scenarios import Side
from sim.compare.paired_differences import COLLAPSE, INDICES
from sim.experiment.recording.annual_values import year_count
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.experiment.storage.results import Span
from sim.model.observation.measure_catalogue import OUTCOMES, SPHERES, TERRITORIES
from sim.model.state.dimensions import Array, Power, Row, keys

PLACES = ("control_government", "force_government", "force_russia", "force_iran", "strikes", "incidents")  # compared by province
EVERY = 3  # months between those that are compared world by world


class Quantity(NamedTuple):
    """What is compared at the horizon; `province` is COUNTRY for the whole country."""

    kind: str
    quantity: str
    province: str


@dataclass(frozen=True)
class Values:
    """The worlds of a chunk: `horizon` (quantities, worlds), `years` (years + 1, indices, worlds), `months` (months compared, powers,
    provinces, worlds) in steps of 1/255; `standing` whether the government stands at the horizon.
    """

    horizon: Array
    years: Array
    months: Array
    standing: Row
    outcome: Row
    territory: Row


def quantities(iso: Sequence[str]) -> tuple[Quantity, ...]:
    """What the rows of `Values.horizon` are."""
    return (
        *(Quantity("outcome", f"outcome:{name}", COUNTRY) for name in OUTCOMES),
        *(Quantity("territory", f"territory:{name}", COUNTRY) for name in TERRITORIES),
        Quantity("fallen", COLLAPSE, COUNTRY),
        *(Quantity("index", name, COUNTRY) for name in INDICES),
        *(Quantity("influence", f"influence_{power}", place) for power in keys(Power) for place in iso),
        *(Quantity("place", name, place) for name in PLACES for place in iso),
        *(Quantity("sphere", f"sphere:{name}", place) for name in SPHERES for place in iso),
    )


def compared_months(months: int) -> tuple[int, ...]:
    """The months (0 the first) that are compared world by world: every third, and the last."""
    return tuple(sorted({*range(EVERY - 1, months, EVERY), months - 1}))


def read(side: Side, span: Span) -> Values:
    """The worlds of a range. Raises SettingsError where they cannot be read."""
    result, file, n = side.result, side.files[span], span[1]
    worlds = result.part(file, "worlds", ["outcome", "territory", "collapse_month", *INDICES])
    powers = [f"influence_{power}" for power in keys(Power)]
    provinces = result.part(file, "provinces", [*powers, *PLACES, "sphere"])
    years = result.part(file, "years", list(INDICES))
    outcome, territory = (_codes(worlds, name, names) for name, names in (("outcome", OUTCOMES), ("territory", TERRITORIES)))
    fallen = np.asarray(pc.is_valid(worlds.column("collapse_month")).to_numpy(), dtype=bool)
    sphere = _by_place(_codes(provinces, "sphere", SPHERES), n)
    horizon = [
        *(outcome == i for i in range(len(OUTCOMES))),
        *(territory == i for i in range(len(TERRITORIES))),
        fallen,
        *(worlds.column(name).to_numpy() for name in INDICES),
        *(row for name in (*powers, *PLACES) for row in _by_place(provinces.column(name).to_numpy(), n)),
        *(row for i in range(len(SPHERES)) for row in sphere == i),
    ]
    by_year = np.stack([years.column(name).to_numpy().reshape(n, -1).T for name in INDICES], axis=1)
    months = side.span[1]
    assert len(by_year) == year_count(months) + 1
    sway = result.array(file, "sway")[list(compared_months(months))]
    return Values(np.stack(horizon).astype(np.float64), by_year.astype(np.float64), sway, ~fallen, outcome, territory)


def _by_place(column: Array, worlds: int) -> Array:
    """A column with a row per world and province as (provinces, worlds)."""
    return column.reshape(worlds, -1).T


def _codes(table: pa.Table, name: str, texts: tuple[str, ...]) -> Array:
    """Which of some texts a column has."""
    places = pc.index_in(table.column(name).cast(pa.string()), value_set=pa.array(texts))
    return np.asarray(places.to_numpy(), dtype=np.int64)
