"""The two public layouts that are read, by column name, and which of their events count.

UCDP GED: armed force between organised actors with at least one death; `date_prec` 1 to 5 and `where_prec` 1 to 7, from exact to coarse.
ACLED: events of political violence and others; `time_precision` and `geo_precision` 1 to 3. docs/event-data.md gives the sources.
What counts matches what the model has: fighting between armed actors, shelling and air strikes; violence against civilians, protests and
riots have no counterpart in it.
"""

from collections.abc import Callable
from dataclasses import dataclass

NO_KIND = "kind of event not given"
ONE_SIDED = "one-sided violence, which the model does not have"
NOT_FIGHTING = "not fighting between armed actors"


@dataclass(frozen=True)
class Layout:
    """Columns by what they say. `end` and `identity` may be missing from a file; `left_out` says why a kind does not count, or nothing.

    `time_known` and `place_known` are the codes of precision at which the month and the governorate are known.
    """

    name: str
    start: str
    end: str | None
    country: str
    place: str
    kind: str
    time: str
    time_known: frozenset[str]
    space: str
    place_known: frozenset[str]
    identity: str
    left_out: Callable[[str], str]

    @property
    def needed(self) -> tuple[str, ...]:
        """Columns without which a file cannot be counted."""
        columns = (self.country, self.start, self.end, self.time, self.space, self.place, self.kind)
        return tuple(column for column in columns if column)


def _ucdp(kind: str) -> str:
    """State-based (1) and non-state (2) conflict count, one-sided violence (3) does not."""
    return {"1": "", "2": "", "3": ONE_SIDED}.get(kind.removesuffix(".0"), NO_KIND)


def _acled(kind: str) -> str:
    """Battles and explosions or remote violence count, also under their names before 2019."""
    kind = kind.casefold()
    if kind.startswith("battle") or "remote violence" in kind:
        return ""
    return NOT_FIGHTING if kind else NO_KIND


UCDP = Layout(
    name="UCDP GED",
    start="date_start",
    end="date_end",
    country="country",
    place="adm_1",
    kind="type_of_violence",
    time="date_prec",
    time_known=frozenset("1234"),  # 4: known to the month; 5: to the year
    space="where_prec",
    place_known=frozenset("1234"),  # 4: known to the governorate; 5: a larger part of the country; 6: the country; 7: water or air
    identity="id",
    left_out=_ucdp,
)
ACLED = Layout(
    name="ACLED",
    start="event_date",
    end=None,
    country="country",
    place="admin1",
    kind="event_type",
    time="time_precision",
    time_known=frozenset("123"),  # 3: sometime in a month, dated to its middle
    space="geo_precision",
    place_known=frozenset("12"),  # 3: a larger region, set to a natural feature or a provincial capital
    identity="event_id_cnty",
    left_out=_acled,
)
LAYOUTS = (UCDP, ACLED)
