"""Everything that a hindcast is judged by, half by half: distances, scores, coverage. The held-out half only when it is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sim.validation.hindcast import campaign_check, map_2021_error, partnership_check, territory_error
from sim.validation.hindcast.fact_halves import HELD_OUT, SETTING, Episode
from sim.validation.hindcast.hindcast_comparison import ComparedItem, HindcastComparison
from sim.validation.hindcast.observed_facts import ObservedFact, in_order, load_facts, load_held_out_facts
from sim.validation.hindcast.score_table import CoverageRow, ScoreRow, coverage_rows, score_rows, scored
from sim.validation.hindcast.scored_facts import ScoredFacts


@dataclass(frozen=True)
class Judgement:
    """Comparisons and scored points by half, and the tables made of them."""

    items: Mapping[str, Sequence[ComparedItem]]
    points: Mapping[str, Sequence[ScoredFacts]]

    @property
    def scores(self) -> list[ScoreRow]:
        """The table of scores."""
        return [row for half, points in self.points.items() for row in score_rows(points, half)]

    @property
    def coverage(self) -> list[CoverageRow]:
        """The table of coverage."""
        return [row for half, points in self.points.items() for row in coverage_rows(points, half)]


def facts_by_half(episodes: Sequence[Episode], held_out: bool) -> dict[str, tuple[ObservedFact, ...]]:
    """The facts to judge by; without `held_out` those of the other half are never read."""
    found = {SETTING: load_facts(episodes)}
    return found | ({HELD_OUT: load_held_out_facts(episodes)} if held_out else {})


def all_facts(by_half: Mapping[str, Sequence[ObservedFact]]) -> tuple[ObservedFact, ...]:
    """Facts of all halves that were read, in order of time."""
    return in_order(fact for facts in by_half.values() for fact in facts)


def judged(c: HindcastComparison, by_half: Mapping[str, tuple[ObservedFact, ...]]) -> Judgement:
    """Compare and score each half. Rivals of the setting half know the setting half only, so its scores are the same with both."""
    known = all_facts(by_half)
    parts = {half: replace(c, facts=facts, half=half, known=facts if half == SETTING else known) for half, facts in by_half.items()}
    return Judgement({half: _items(part) for half, part in parts.items()}, {half: scored(part) for half, part in parts.items()})


def _items(c: HindcastComparison) -> list[ComparedItem]:
    """Every comparison of one half; the map of June 2021, which a start file states, goes with the setting half."""
    made = [*territory_error.items(c), *campaign_check.items(c), *partnership_check.items(c)]
    return made + (map_2021_error.items(c) if c.half == SETTING else [])
