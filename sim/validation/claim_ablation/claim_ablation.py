"""The other way round: which conclusions change if a claim of the report is wrong.

The same worlds are run twice, as the baseline has them and with the numbers that a doubt (`sim/data/claim_ablations.yaml`) puts in place of the
claim; each conclusion is judged in both, world by world.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import bdtr

from sim.model.state.dimensions import Array
from sim.provenance.claim_index import load_claims
from sim.scenario import Scenario, load_scenario
from sim.statistics.confidence_intervals import Z_95
from sim.validation.claim_ablation import ablation_text as doubt_words
from sim.validation.claim_ablation.ablation_file import Doubt, load_doubts
from sim.validation.patterns.conclusions import Conclusion, conclusions
from sim.validation.patterns.sample import run_sample
from sim.validation.sensitivity.regional_sensitivity import LEVEL, holm

WORLDS = 500
WORLDS_TO_EXPLAIN = 300


@dataclass(frozen=True)
class Doubting:
    """Some worlds of a scenario, run once and kept, against which claims are doubted one by one."""

    scenario: Scenario
    worlds: int = WORLDS
    seed: int = 1

    @cached_property
    def conclusions(self) -> tuple[Conclusion, ...]:
        """What is judged with and without each claim."""
        return conclusions(self.scenario)

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """All doubts of the file."""
        return load_doubts(self.scenario)

    @cached_property
    def believed(self) -> Array:
        """Which conclusions hold in which worlds of the scenario as it is, (conclusions, worlds)."""
        return self._judged(self.scenario)

    def of(self, claim: str) -> tuple[Doubt, ...]:
        """The ways in which a claim can be wrong; empty if none is written."""
        return tuple(doubt for doubt in self.doubts if doubt.claim == claim)

    def table(self, doubt: Doubt) -> pd.DataFrame:
        """Every conclusion with and without the claim; the columns are told in `doubt`."""
        table = compared(doubt, self.conclusions, self.believed, self._judged(doubt.applied(self.scenario)))
        table.insert(list(table).index("because") + 1, "numbers", doubt_words.instead(doubt, self.scenario))
        return table

    def _judged(self, scenario: Scenario) -> Array:
        sample = run_sample(scenario, self.worlds, seed=self.seed, first_world=0, draws=True)
        return np.stack([conclusion.holds(sample) for conclusion in self.conclusions])


def compared(doubt: Doubt, what: Sequence[Conclusion], believed: Array, doubted: Array) -> pd.DataFrame:
    """A row per conclusion from (conclusions, worlds) of both runs, in the same worlds.

    The interval is that of the mean paired difference (95 %); `p` is that of a sign test on the worlds that differ, corrected over the
    conclusions (Holm): few worlds that differ are no change, however alike they are.
    """
    worlds = believed.shape[1]
    moved = doubted.astype(float) - believed
    difference, half = moved.mean(axis=1), Z_95 * moved.std(axis=1, ddof=1) / np.sqrt(worlds)
    gained, lost = (moved > 0).sum(axis=1), (moved < 0).sum(axis=1)
    p = holm(np.minimum(1.0, 2.0 * bdtr(np.minimum(gained, lost), gained + lost, 0.5)))
    before, after = believed.mean(axis=1), doubted.mean(axis=1)
    return pd.DataFrame(
        {
            "claim": doubt.claim,
            "way": doubt.way,
            "because": doubt.because,
            "conclusion": [one.name for one in what],
            "says": [one.says for one in what],
            "about": [" ".join(one.claims) for one in what],
            "worlds": worlds,
            "share_with": before,
            "share_without": after,
            "difference": difference,
            "low": difference - half,
            "high": difference + half,
            "p": p,
            "changes": p < LEVEL,
            "crosses": [one.crosses(b, a) for one, b, a in zip(what, before, after, strict=True)],
        }
    )


@lru_cache(maxsize=1)
def _doubting(worlds: int, seed: int, months: int | None, here: Path) -> Doubting:
    """The baseline of the folder `here`, kept for one claim after the other."""
    baseline = load_scenario("baseline")
    return Doubting(baseline if months is None else baseline.with_months(months), worlds, seed)


def doubt(claim: str, worlds: int = WORLDS, seed: int = 1, months: int | None = None) -> pd.DataFrame:
    """What changes if a claim is wrong: a row per way of being wrong and conclusion; no rows where no number can take the claim back.

    `share_with` and `share_without` are shares of the same worlds in which the conclusion holds with the claim and without it,
    `low` and `high` bound their difference (95 %), `changes` says whether it can be told from luck, `crosses` whether it
    becomes, or is no longer, as the report would lead one to expect. Raises ScenarioError if the scenario or the doubts cannot be read.
    """
    doubting = _doubting(worlds, seed, months, Path.cwd())
    tables = [doubting.table(one) for one in doubting.of(claim) if one.changes]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def told(claim: str, worlds: int = WORLDS_TO_EXPLAIN, seed: int = 1, months: int | None = None) -> list[str]:
    """Sentences on what changes if a claim is wrong; runs the model, unless no number can take the claim back."""
    known = load_claims()
    if claim not in known:
        return []
    doubting = _doubting(worlds, seed, months, Path.cwd())
    ways = doubting.of(claim)
    if not ways:
        return doubt_words.without_doubt(known[claim])
    return [line for one in ways for line in doubt_words.of_doubt(one, doubting.scenario, doubting.table(one) if one.changes else None)]
