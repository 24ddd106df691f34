"""Which conclusions change if a claim of the report is wrong.

The same worlds are run twice, as the baseline has them and with the values that an ablation (`sim/data/claim_ablations.yaml`) puts in
place of the claim; each conclusion is evaluated in both, world by world.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from sim.model.state.dimensions import Array
from sim.provenance.claim_index import load_claims
from sim.scenario import Scenario, load_scenario
from sim.statistics.confidence_intervals import Z_95
from sim.statistics.significance import LEVEL, holm
from sim.statistics.small_samples import FEW_DIFFERING, LEAST_PAIRS, mcnemar, paired_share_interval
from sim.validation.claim_ablation import ablation_text
from sim.validation.claim_ablation.ablation_file import Ablation, load_ablations
from sim.validation.patterns.conclusions import Conclusion, conclusions
from sim.validation.patterns.simulated_sample import run_sample

WORLDS = 500
WORLDS_TO_EXPLAIN = 300


@dataclass(frozen=True)
class AblationStudy:
    """Some worlds of a scenario, run once and kept, with which the worlds without a claim are compared."""

    scenario: Scenario
    worlds: int = WORLDS
    seed: int = 1

    @cached_property
    def conclusions(self) -> tuple[Conclusion, ...]:
        """What is evaluated with and without each claim."""
        return conclusions(self.scenario)

    @cached_property
    def ablations(self) -> tuple[Ablation, ...]:
        """All ablations of the file."""
        return load_ablations(self.scenario)

    @cached_property
    def with_claims(self) -> Array:
        """Which conclusions hold in which worlds of the scenario as it is, (conclusions, worlds)."""
        return self._evaluated(self.scenario)

    def of_claim(self, claim: str) -> tuple[Ablation, ...]:
        """The ways in which a claim can be wrong; empty if there is no entry."""
        return tuple(ablation for ablation in self.ablations if ablation.claim == claim)

    def table(self, ablation: Ablation) -> pd.DataFrame | None:
        """Every conclusion with and without the claim (columns: see `ablation_table`); None where no parameter can express it."""
        if not ablation.changes:
            return None
        table = comparison_table(ablation, self.conclusions, self.with_claims, self._evaluated(ablation.applied(self.scenario)))
        table.insert(list(table).index("because") + 1, "numbers", ablation_text.replacement(ablation, self.scenario))
        return table

    def _evaluated(self, scenario: Scenario) -> Array:
        sample = run_sample(scenario, self.worlds, seed=self.seed, first_world=0, draws=True)
        return np.stack([conclusion.holds(sample) for conclusion in self.conclusions])


def comparison_table(ablation: Ablation, evaluated: Sequence[Conclusion], with_claim: Array, without: Array) -> pd.DataFrame:
    """A row per conclusion from (conclusions, worlds) of both runs, in the same worlds.

    The interval is that of the mean paired difference (95 %), normal, or that of Bonett and Price where few worlds differ; `p` is that of
    McNemar's exact test on the worlds that differ, corrected over the conclusions (Holm), so that a few worlds that differ do not count
    as a change, however alike they are. Over fewer than LEAST_PAIRS worlds nothing is called a change.
    """
    worlds = with_claim.shape[1]
    change = without.astype(float) - with_claim
    difference, half = change.mean(axis=1), Z_95 * change.std(axis=1, ddof=1) / np.sqrt(worlds) if worlds > 1 else np.nan
    gained, lost = (change > 0).sum(axis=1), (change < 0).sum(axis=1)
    few, (least, most) = gained + lost < FEW_DIFFERING, paired_share_interval(gained, lost, worlds)
    p = holm(mcnemar(gained, lost))
    before, after = with_claim.mean(axis=1), without.mean(axis=1)
    return pd.DataFrame(
        {
            "claim": ablation.claim,
            "way": ablation.way,
            "because": ablation.because,
            "conclusion": [conclusion.name for conclusion in evaluated],
            "says": [conclusion.says for conclusion in evaluated],
            "about": [" ".join(conclusion.claims) for conclusion in evaluated],
            "worlds": worlds,
            "share_with": before,
            "share_without": after,
            "difference": difference,
            "low": np.where(few, least, difference - half),
            "high": np.where(few, most, difference + half),
            "p": p,
            "changes": (p < LEVEL) & (worlds >= LEAST_PAIRS),
            "crosses": [conclusion.crosses(b, a) for conclusion, b, a in zip(evaluated, before, after, strict=True)],
        }
    )


@lru_cache(maxsize=1)
def _study(worlds: int, seed: int, months: int | None, here: Path) -> AblationStudy:
    """The study of the baseline in the folder `here`, kept for one claim after the other."""
    return AblationStudy(load_scenario("baseline", months=months), worlds, seed)


def ablation_table(claim: str, worlds: int = WORLDS, seed: int = 1, months: int | None = None) -> pd.DataFrame:
    """What changes if a claim is wrong: a row per way of being wrong and conclusion; empty where no parameter can express it.

    `share_with` and `share_without` are shares of the same worlds in which the conclusion holds with the claim and without it,
    `low` and `high` bound their difference (95 %), `changes` says whether it is statistically significant, `crosses` whether it
    becomes, or is no longer, as the report would lead one to expect. Raises ScenarioError if scenario or ablations cannot be read.
    """
    study = _study(worlds, seed, months, Path.cwd())
    tables = [table for ablation in study.of_claim(claim) if (table := study.table(ablation)) is not None]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def explanation(claim: str, worlds: int = WORLDS_TO_EXPLAIN, seed: int = 1, months: int | None = None) -> list[str]:
    """Sentences on what changes if a claim is wrong; runs the model, unless no parameter can express it."""
    known = load_claims()
    if claim not in known:
        return []
    study = _study(worlds, seed, months, Path.cwd())
    ways = study.of_claim(claim)
    if not ways:
        return ablation_text.why_not_ablated(known[claim])
    return [line for ablation in ways for line in ablation_text.ablation_lines(ablation, study.scenario, study.table(ablation))]
