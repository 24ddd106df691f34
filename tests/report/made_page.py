"""The small comparison with all that a page shows, and its stories."""

from dataclasses import replace
from itertools import product
from typing import Any

import pandas as pd

from sim.compare.comparison import Comparison, EventFacts, ParameterDifference
from sim.model.observation.measure_catalogue import OUTCOMES, SPHERES, TERRITORIES
from sim.report.figures import sphere_map
from sim.report.page.figure_source import FigureSource
from sim.report.page.story_view import StoryView

from . import small
from .synthetic import PROVINCES

MOMENTS = (*small.MONTHS[::12], small.MONTHS[-1])
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
    return replace(c, about=about, names=names, shares=_shares(c), spheres=_spheres(c), series=c.series.astype({"scenario": str}))


def stories(c: Comparison, said: str = "") -> dict[str, list[StoryView]]:
    """One story of every scenario, with a figure."""
    spec: dict[str, Any] = sphere_map.figure(FigureSource(c).results, c.against)
    sentences = (("2021-09", f"The partners quarrel over a post in Homs.{said}", ("R24", "R12")), ("2022-03", "They settle it.", ()))
    return {name: [StoryView("condominium", 41 + i, 0.4, sentences, spec)] for i, name in enumerate(c.scenarios)}


def _shares(c: Comparison) -> pd.DataFrame:
    """Every class, the missing ones with no world."""
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
    return pd.concat([c.shares, pd.DataFrame(rows)], ignore_index=True)


def _spheres(c: Comparison) -> pd.DataFrame:
    """In every province another sphere leads, and with every moment the next."""
    rows = [
        {
            "scenario": s,
            "given": "standing",
            "month": month,
            "worlds": 100,
            "province": iso,
            "sphere": sphere,
            "share": 0.6 if k == (i + p + m) % len(SPHERES) else 0.05,
        }
        for i, s in enumerate(c.scenarios)
        for m, month in enumerate(MOMENTS)
        for p, iso in enumerate(PROVINCES)
        for k, sphere in enumerate(SPHERES)
    ]
    return pd.DataFrame(rows)
