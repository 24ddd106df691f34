"""What is compared between scenarios: every quantity at the horizon, spelled one way in arrays, tables, figures and sentences."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.experiment.recording.effort_measures import EFFORTS
from sim.experiment.recording.world_tables import world_column
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.model.observation.measure_catalogue import FALLEN, OUTCOMES, PROVINCE, SPHERES, TERRITORIES, WHOLE, Measure
from sim.model.state.calendar import month_index
from sim.model.state.dimensions import Power, keys

OBSERVED_FALL = "2024-12"  # when the government fell; the share of worlds in which it has by then is reported, never tuned to
COLLAPSE, FALLEN_BY_OBSERVED_MONTH = f"outcome:{FALLEN}", f"fallen_by_{OBSERVED_FALL.replace('-', '_')}"
SHARES = OUTCOMES  # the headline shares of worlds
INDICES = tuple(world_column(measure) for measure in WHOLE)
PLACE_MEASURES = ("control_government", "force_government", "force_russia", "force_iran", "strikes", "incidents")  # compared by province
INFLUENCE = "influence_"
KINDS = {
    "outcome": "share of worlds with an outcome: between the partners where the government stands, else fallen",
    "territory": "share of worlds with a class of territory",
    "fallen": "share of worlds in which the government has fallen by a month",
    "index": "measure of the whole country",
    "effort": "an actor's effort for one of its goals, mean over the months of the run",
    "influence": "a power's share of influence in a province",
    "place": "other measure by province",
    "sphere": "share of worlds in which a province is of a sphere",
}
POOLED_KINDS = ("outcome", "territory", "fallen")  # of which fallen worlds are a class; all others are told of those that stand alone
_EFFORT_MEASURES = {measure.name: measure for measure in EFFORTS}
_INDEX_MEASURES = dict(zip(INDICES, WHOLE, strict=True))
_PROVINCE_MEASURES = {measure.name: measure for measure in PROVINCE}
_MEASURES = {"index": _INDEX_MEASURES, "effort": _EFFORT_MEASURES, "influence": _PROVINCE_MEASURES, "place": _PROVINCE_MEASURES}


class Quantity(NamedTuple):
    """A quantity that is compared; `province` is COUNTRY for the whole country. Those of one `kind` are tested together."""

    kind: str
    name: str
    province: str

    @property
    def measure(self) -> Measure | None:
        """The measure behind it; None for a share of worlds."""
        return _MEASURES.get(self.kind, {}).get(self.name)

    @property
    def class_name(self) -> str:
        """The class that is counted, `condominium` for `outcome:condominium`; the name itself for what is no class."""
        return self.name.rpartition(":")[2]

    @property
    def power(self) -> str:
        """Whose influence it is."""
        return self.name.removeprefix(INFLUENCE)


FELL = Quantity("outcome", COLLAPSE, COUNTRY)  # whether the government has fallen


def headline_quantities(start: str, n_months: int) -> tuple[Quantity, ...]:
    """The shares of worlds that `spheres run` puts first: outcomes, and whether the government fell."""
    fallen = (FALLEN_BY_OBSERVED_MONTH,) if covers_month(start, n_months, OBSERVED_FALL) else ()
    return (
        *(Quantity("outcome", f"outcome:{name}", COUNTRY) for name in OUTCOMES),
        *(Quantity("fallen", name, COUNTRY) for name in fallen),
    )


def quantities(iso: Sequence[str], start: str, n_months: int) -> tuple[Quantity, ...]:
    """All quantities of a scenario with these provinces and months."""
    return (
        *headline_quantities(start, n_months),
        *(Quantity("territory", f"territory:{name}", COUNTRY) for name in TERRITORIES),
        *(Quantity("index", name, COUNTRY) for name in INDICES),
        *(Quantity("effort", measure.name, COUNTRY) for measure in EFFORTS),
        *(Quantity("influence", f"{INFLUENCE}{power}", place) for power in keys(Power) for place in iso),
        *(Quantity("place", name, place) for name in PLACE_MEASURES for place in iso),
        *(Quantity("sphere", f"sphere:{name}", place) for name in SPHERES for place in iso),
    )


def headline_name(share: str) -> str:
    """The name of the quantity behind one of SHARES."""
    return f"outcome:{share}"


def covers_month(start: str, n_months: int, month: str) -> bool:
    """Whether so many months from a start on include a month."""
    return 0 <= month_index(start, month) < n_months
