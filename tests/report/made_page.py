"""The small comparison with all that a page shows, and its stories."""

from dataclasses import replace
from itertools import product
from typing import Any

import pandas as pd

from sim.compare.comparison import HAS_FALLEN, SURVIVED, Comparison, EventFacts, ParameterDifference
from sim.model.observation.measure_catalogue import OUTCOMES, SPHERES, TERRITORIES
from sim.report.figures import sphere_map
from sim.report.page.figure_source import FigureSource
from sim.report.page.story_view import StoryView

from . import small
from .synthetic import PROVINCES

MOMENTS = (*small.MONTHS[::12], small.MONTHS[-1])
FELL = (5, 10, 0)  # of the 100 worlds of each scenario, those in which the government falls: too few for a map, enough for one, none
SETS = ParameterDifference(
    "israel.strike_rate", "strikes a month", "per month", "4.3", "12.9", "39 strikes in 2020", "sourced", "three times as often"
)


def comparison(scenarios: tuple[str, ...] = small.SCENARIOS, said: str = "") -> Comparison:
    """The small comparison, complete; `said` stands in every text that a file would give."""
    c = small.comparison(scenarios=scenarios)
    sets = replace(
        SETS, meaning=f"{SETS.meaning}{said}", source=f"{SETS.source}{said}", because=f"{SETS.because}{said}", unit=f"month{said}"
    )
    event = EventFacts("2022-02", None, f"a budget shrinks{said}", (("russia.means.budget", f"Russia: effort{said}", f"times 0.8{said}"),))
    others = {"sets": (sets,), "events": (event,), "question": f"What if it were so?{said}"}
    about = {name: replace(one, **(others if name != c.against else {})) for name, one in c.about.items()}
    names = {iso: f"{name}{said}" for iso, name in PROVINCES.items()}
    falls = [name for name, fell in zip(c.scenarios, FELL, strict=True) if fell]
    left = c.holdings[c.holdings["scenario"].isin(falls)]
    more = {
        "shares": _shares(c),
        "spheres": _spheres(c),
        "holdings": left.assign(worlds=left["scenario"].map(dict(zip(c.scenarios, FELL, strict=True)))),
    }
    return replace(c, about=about, names=names, series=c.series.astype({"scenario": str}), **more)


def stories(c: Comparison, said: str = "") -> dict[str, list[StoryView]]:
    """One story of every scenario, with a figure."""
    spec: dict[str, Any] = sphere_map.figure(FigureSource(c).results, c.against)
    sentences = (("2021-09", f"The partners quarrel over a post in Homs.{said}", ("R24", "R12")), ("2022-03", "They settle it.", ()))
    return {name: [StoryView("condominium", 41 + i, 0.4, sentences, spec)] for i, name in enumerate(c.scenarios)}


def _shares(c: Comparison) -> pd.DataFrame:
    """Every class, the missing ones with no world; what has fallen is no condominium, and collapsed."""
    known = {(row.scenario, row.quantity) for row in c.shares.itertuples()}
    classes = [
        *(("outcome", f"outcome:{name}") for name in OUTCOMES),
        *(("territory", f"territory:{name}") for name in TERRITORIES),
    ]
    rows = [
        {"scenario": s, "kind": kind, "quantity": q, "given": "all", "worlds": 100, "share": 0.0, "low": 0.0, "high": 0.04}
        for s, (kind, q) in product(c.scenarios, classes)
        if (s, q) not in known
    ]
    table = pd.concat([c.shares, pd.DataFrame(rows)], ignore_index=True).set_index(["scenario", "quantity"])
    for name, n in zip(c.scenarios, FELL, strict=True):
        fell = n / 100
        ends = {"outcome:fallen": fell, "outcome:condominium": 0.4 - fell, "territory:collapsed": fell, "territory:frozen": 1.0 - fell}
        for quantity, share in ends.items():
            table.loc[(name, quantity), "share"] = share
    return table.reset_index()


def _spheres(c: Comparison) -> pd.DataFrame:
    """In every province another sphere leads, and with every moment the next; in fallen worlds, at the horizon, the one after that."""
    rows = [
        {
            "scenario": s,
            "given": given,
            "month": month,
            "worlds": worlds,
            "province": iso,
            "sphere": sphere,
            "share": 0.6 if k == (i + p + m + (given == HAS_FALLEN)) % len(SPHERES) else 0.05,
        }
        for i, s in enumerate(c.scenarios)
        for m, month in enumerate(MOMENTS)
        for given, worlds in ((SURVIVED, 100 - FELL[i]), (HAS_FALLEN, FELL[i]))
        if worlds and (given == SURVIVED or month == MOMENTS[-1])
        for p, iso in enumerate(PROVINCES)
        for k, sphere in enumerate(SPHERES)
    ]
    return pd.DataFrame(rows)
