"""How much a page holds: it stays small enough to be sent and opened, however many scenarios are compared and however long they run.

All scenarios are listed, with their results in brief. Figures, tables and stories are those of the scenarios that differ most from the
reference scenario, as many as fit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from sim.compare.comparison import ALL, Comparison
from sim.report.figures.data import thinning

MOST_BYTES = 6_000_000
BATCH = 40  # scenarios whose figures are made before it is seen whether they fit
LEAST_FULL = 2  # scenarios with figures, however much they take
_LIST_SHARE = 0.7  # of the page, that the list of scenarios and the tables of outcomes may take
_NAMED = 2  # scenarios that the command names


def by_difference(c: Comparison) -> tuple[str, ...]:
    """The scenarios, the reference scenario first, then those whose outcome shares differ most from its; of equals the earlier."""
    rows = c.differences[(c.differences["kind"] == "outcome") & (c.differences["given"] == ALL)]
    total: dict[str, float] = rows["difference"].abs().groupby(rows["scenario"].astype(str), sort=False).sum().to_dict()
    return tuple(sorted(c.scenarios, key=lambda name: (name != c.against, -total.get(name, 0.0))))


def batches(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """The names, so many at a time as are made before it is seen whether they fit."""
    return (names[first : first + BATCH] for first in range(0, len(names), BATCH))


def most_listed(n_listed: int, n_bytes: int, most_bytes: int) -> int:
    """How many of so many scenarios can be listed, where a page without any figure of a scenario takes `n_bytes`; one at least."""
    room = _LIST_SHARE * most_bytes
    return n_listed if n_bytes <= room else max(1, int(n_listed * room / n_bytes))


def listed(c: Comparison, most: int) -> Comparison:
    """The comparison of no more than `most` scenarios, those that differ most, in their order."""
    if most >= len(c.scenarios):
        return c
    kept = set(by_difference(c)[:most])
    names = tuple(name for name in c.scenarios if name in kept)
    tables = {name: table[table["scenario"].isin(kept)] for name, table in vars(c).items() if isinstance(table, pd.DataFrame)}
    return replace(c, scenarios=names, about={name: c.about[name] for name in names}, **tables)


def notices(c: Comparison, here: Comparison, detailed: Sequence[str]) -> tuple[str, ...]:
    """What of a comparison the page leaves out, and where it is: nothing where it shows all. `here`: the scenarios that are listed."""
    said = []
    left = [name for name in by_difference(c) if name not in set(detailed)]
    if left:
        pair = ",".join([c.against, *left[:_NAMED]])
        text = f"Figures are those of {len(detailed):,} of {len(c.scenarios):,} scenarios, which differ most in their outcomes from the "
        text += f"reference scenario: a page is kept under {MOST_BYTES // 1_000_000} MB. "
        missing = len(c.scenarios) - len(here.scenarios)
        text += f"{missing:,} scenarios are not even listed. " if missing else "The list has the results of all in brief. "
        text += f"The tables beside this page (CSV) have all. A page of others: spheres compare RESULT --scenarios {pair} --out FOLDER"
        said.append(text)
    n_months = max(about.months for about in c.about.values())
    step = thinning.stretch(n_months)
    if step > 1:
        said.append(
            f"The run is long: lines have a point every {3 * step} months, tables and maps every {step} years. The tables beside this page "
            "(CSV) have every month."
        )
    return tuple(said)
