"""What each interest does, in sentences: the same for the terminal, the page and the title of the figure."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.compare.quantities import INFLUENCE
from sim.interests.outcomes import COMMON, EFFORT, SHIFT, powers_of
from sim.interests.variations import AWAY
from sim.text.measure_labels import label
from sim.text.names import display_name, interest_name, possessive
from sim.text.number_format import capital, joined, number, signed_points

Row = dict[str, Any]
_PLURAL = ("local_powers",)  # actors whose name is a plural


def headline(table: pd.DataFrame, names: Mapping[str, str]) -> str:
    """The change that shifts influence most, of all actors; `names` are the provinces' by ISO code."""
    rows = _shifts(table)
    if not rows:
        return "No interest shifts influence by enough to matter"
    return capital(_shift_text(table, rows[0], names, whose=True))


def sentences(table: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    """Some sentences for every actor: which change shifts influence and other measures most, and which interests change nothing."""
    return [line for actor in table["actor"].unique() for line in _of_actor(table[table["actor"] == actor], str(actor), names)]


def change_text(interest: str, change: str) -> str:
    """A change in words: `without 'bases'`, `with twice the weight of 'bases'`."""
    return f"without '{interest_name(interest)}'" if change == AWAY else f"with twice the weight of '{interest_name(interest)}'"


def _of_actor(table: pd.DataFrame, actor: str, names: Mapping[str, str]) -> list[str]:
    rows = _shifts(table)
    said = _shift_text(table, rows[0], names) if rows else _place_text(table, names)
    lines = [f"{capital(display_name(actor))}: {said}.", *_others(table)]
    followed = table[~table["measure"].str.startswith(EFFORT)]  # effort for the interest itself is what the change sets
    idle = [f"'{interest_name(str(interest))}'" for interest, of in followed.groupby("interest", sort=False) if not of["matters"].any()]
    if idle:
        lines.append(f"  Nothing changes by enough to matter, whether taken away or doubled: {joined(idle)}.")
    return lines


def _others(table: pd.DataFrame) -> list[str]:
    """Of the measures that interests of all actors are asked for, those that change by enough to matter, each with its largest change."""
    parts = []
    for measure in COMMON:
        rows = table[(table["measure"] == measure) & table["matters"]].to_dict("records")
        if rows:
            most = min(rows, key=lambda row: (-abs(row["difference"]), row["interest"], row["change"]))
            parts.append(f"{label(measure)} {_amount(most)} {change_text(most['interest'], most['change'])}")
    return [f"  Largest changes of other measures: {'; '.join(parts)}."] if parts else []


def _amount(row: Row) -> str:
    """A difference in the unit that its measure is told in."""
    return f"{signed_points(row['difference'])} points" if row["unit"] == "share" else number(row["difference"], signed=True)


def _shifts(table: pd.DataFrame) -> list[Row]:
    """The shifts of influence that matter, the largest first; equal ones by name."""
    rows = table[(table["measure"] == SHIFT) & table["matters"]].to_dict("records")
    return sorted(rows, key=lambda row: (-row["difference"], row["actor"], row["interest"], row["change"]))


def _shift_text(table: pd.DataFrame, row: Row, names: Mapping[str, str], whose: bool = False) -> str:
    """`without bases, its influence shifts by 2.1 points on average over provinces, most in Latakia (−9.8 points)`."""
    size = signed_points(row["difference"]).lstrip("+")
    by, where = f"by {size} points on average over provinces", _where(table, row, names)
    change = change_text(row["interest"], row["change"])
    if len(powers_of(row["actor"])) > 1:
        who = f" ({display_name(row['actor'])})" if whose else ""
        return f"{change}{who}, influence shifts between powers {by}{where}"
    owner = possessive(row["actor"]) if whose else "their" if row["actor"] in _PLURAL else "its"
    return f"{change}, {owner} influence shifts {by}{where}"


def _place_text(table: pd.DataFrame, names: Mapping[str, str]) -> str:
    """What is said where no shift matters on average: the largest change in one province that does, if there is one."""
    none = "no change shifts influence by enough to matter"
    rows = table[(table["place"] != "") & table["matters"]].to_dict("records")
    if not rows:
        return none
    row = min(rows, key=lambda row: (-abs(row["difference"]), row["interest"], row["change"]))
    largest = f"the largest change in a province comes {change_text(row['interest'], row['change'])}"
    return f"{none} on average over provinces; {largest}{_where(table, row, names).replace('most ', '', 1)}"


def _where(table: pd.DataFrame, row: Row, names: Mapping[str, str]) -> str:
    """The place in which influence changes most, and by how much; nothing where that is not known."""
    same = (table["actor"] == row["actor"]) & (table["interest"] == row["interest"]) & (table["change"] == row["change"])
    found = table[same & (table["place"] != "")].to_dict("records")
    if not found:
        return ""
    power = str(found[0]["measure"]).removeprefix(INFLUENCE)
    owner = f"{possessive(power)} " if len(powers_of(row["actor"])) > 1 else ""
    return f", most {owner}in {names.get(found[0]['place'], found[0]['place'])} ({signed_points(found[0]['difference'])} points)"
