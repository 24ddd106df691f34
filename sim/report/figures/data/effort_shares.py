"""What each actor's effort goes to, as the figures and tables need it: goals by share, in the country and by province."""

from dataclasses import dataclass

import pandas as pd

from sim.compare.effort_table import COLUMNS
from sim.experiment.storage.monthly_tables import COUNTRY

EMPTY = pd.DataFrame(columns=list(COLUMNS))


@dataclass(frozen=True)
class GoalShare:
    """A goal's effort in a place, and its share in all effort of the actor there."""

    goal: str
    effort: float
    share: float


@dataclass(frozen=True)
class PlaceEffort:
    """An actor's effort in a province, its share in the actor's effort in all provinces, and its goals, the largest first."""

    province: str
    effort: float
    share: float
    goals: tuple[GoalShare, ...]


def by_actor(table: pd.DataFrame) -> dict[str, tuple[GoalShare, ...]]:
    """The goals of every actor in the whole country, the largest first; actors in the order of the table."""
    rows = table[table["province"] == COUNTRY]
    return {str(actor): _goals(own) for actor, own in rows.groupby("actor", sort=False, observed=True)}


def by_place(table: pd.DataFrame, actor: str) -> dict[str, PlaceEffort]:
    """An actor's effort by province, the largest first."""
    rows = table[(table["actor"] == actor) & (table["province"] != COUNTRY)]
    total = float(rows["effort"].sum())
    places = [
        PlaceEffort(str(iso), float(own["effort"].sum()), float(own["effort"].sum()) / total, _goals(own))
        for iso, own in rows.groupby("province", observed=True)
    ]
    return {place.province: place for place in sorted(places, key=lambda place: (-place.effort, place.province))}


def _goals(rows: pd.DataFrame) -> tuple[GoalShare, ...]:
    found = [GoalShare(str(row.goal), float(row.effort), float(row.share)) for row in rows.itertuples()]
    return tuple(sorted(found, key=lambda goal: (-goal.share, goal.goal)))
