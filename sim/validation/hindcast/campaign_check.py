"""Campaigns that several towns stand for: in how many worlds each changed hands within a year of the month in which it did in fact."""

from collections.abc import Mapping

import numpy as np

from sim.model.state.dimensions import Camp
from sim.validation.hindcast.hindcast_comparison import POINTS, ComparedItem, HindcastComparison, for_both_runs
from sim.validation.hindcast.hindcast_run import HindcastRun
from sim.validation.hindcast.observed_facts import ObservedFact

WITHIN = 12  # months before and after
CAMPAIGNS: Mapping[str, tuple[str, ...]] = {
    "Turkish operations": ("al_bab", "afrin", "tall_abyad", "ras_al_ain"),
    "Idlib campaigns": ("khan_shaykhun", "maarat_al_numan", "saraqib"),
}


def items(c: HindcastComparison) -> list[ComparedItem]:
    """Each campaign of which there are facts; the distance is the share of worlds in which its towns do not change hands, on average."""
    made = []
    for name, towns in CAMPAIGNS.items():
        if facts := [fact for fact in c.of_kind("town") if fact.town in towns and c.at(fact) >= 0]:
            made.append(_item(c, name, facts))
    return made


def share(c: HindcastComparison, run: HindcastRun, fact: ObservedFact) -> float:
    """Share of worlds in which the town passes to the fact's camp within a year of the fact."""
    held = run.towns[c.towns.key.index(fact.town)] == Camp[fact.value.upper()]
    before = np.concatenate([held[:1], held[:-1]])
    around = slice(max(0, c.at(fact) - WITHIN), c.at(fact) + WITHIN + 1)
    return float((held & ~before)[around].any(axis=0).mean())


def _item(c: HindcastComparison, name: str, facts: list[ObservedFact]) -> ComparedItem:
    shares = {c.towns.name[c.towns.key.index(fact.town)]: share(c, c.drawn, fact) for fact in facts}
    gaps = for_both_runs(c, lambda run: 100 * float(np.mean([1.0 - share(c, run, fact) for fact in facts])))
    return ComparedItem(
        "territory",
        f"{name}: towns that change hands within a year of the month in fact",
        f"all {len(facts)}" if len(facts) > 1 else "yes",
        ", ".join(f"{town} {100 * found:.0f} %" for town, found in shares.items()) + " of worlds",
        POINTS,
        gaps,
        100.0,
    )
