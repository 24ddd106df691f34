"""What figures, pages and notebooks read: some scenarios compared with one of them, as tidy tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import pandas as pd

from sim.compare.quantities import POOLED_KINDS
from sim.text.number_format import count
from sim.text.printed_lines import some_names, wrapped

ALL, SURVIVED = "all", "standing"  # all worlds, or those in which the government stands at the horizon in both scenarios
CONDITIONS = (ALL, SURVIVED)
HAS_FALLEN = "fallen"  # the other worlds of one scenario, of which spheres and contracts are told apart


def condition_of(kind: str) -> str:
    """The worlds over which a difference is told: all for shares of classes, of which the fallen are one, else those that stand in both."""
    return ALL if kind in POOLED_KINDS else SURVIVED


@dataclass(frozen=True)
class ParameterDifference:
    """A parameter that a scenario sets differently from the one compared with, in words, with its reason and source."""

    path: str
    meaning: str
    unit: str
    before: str
    after: str
    source: str
    grade: str
    because: str


@dataclass(frozen=True)
class EventFacts:
    """What a scenario changes from a month on (for so many `months`, None: for good), and why; `changes`: path, meaning, how, in words."""

    date: str
    months: int | None
    because: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ScenarioFacts:
    """What a scenario asks and how it was run. `paired`: it is compared world by world, over the `pairs` of worlds that both have with the
    same random numbers; `same_rules`: they were run by the same rules and data; `design`: a hash of the design whose rows the worlds are,
    or nothing.
    """

    question: str
    basis: str
    result: str
    worlds: int
    months: int
    start: str
    seed: int
    draws: bool
    sets: tuple[ParameterDifference, ...]
    events: tuple[EventFacts, ...]
    paired: bool
    assumed: float
    same_rules: bool = True
    pairs: int = 0
    design: str = ""

    def has_luck_of(self, other: "ScenarioFacts") -> bool:
        """Whether world k has the same random numbers in both: seed and draws are the same."""
        return (self.seed, self.draws, self.design) == (other.seed, other.draws, other.design)


@dataclass(frozen=True)
class Comparison:
    """Some scenarios of one or more results, compared with one of them (`against`, the first of `scenarios`).

    Every table is tidy: one row a value, texts for names, months as `2021-06`, COUNTRY for the whole country.

    `shares`: scenario, kind (outcome, territory, fallen), quantity, given, worlds, share, low, high (Wilson, 95 %).
    `differences`: scenario, kind (one of quantities.KINDS), quantity, province, given, paired, worlds,
    mean, against_mean, difference, low, high (95 %: bootstrap, or exact or bounded where few worlds are compared, or few differ), error
    (standard error), spread (standard deviation over worlds, of both together), size (in percentage points or standard deviations, see
    findings), more, fewer, same (shares of worlds; same: by no more than numbers resolve), narrowing (width of the interval to its width if
    worlds were not paired), p, p_holm (Holm's correction over all quantities of that kind), significant (p_holm below 0.05, over enough
    worlds), status (one of findings.STATUSES).
    `years`: scenario, quantity, given, year (0 is the start), worlds, mean, against_mean, difference, low, high, more, fewer.
    `months`: scenario, province, power, given, month, and the same from worlds on; every third month and the last.
    `transitions`: scenario, kind (outcome, territory), before, after, worlds, share (of all pairs).
    `spheres`: scenario, given (standing or fallen in that month), month, worlds, province, sphere, share of those worlds; at the start,
    after every twelve months and at the horizon.
    `influence`: scenario, month, province, power, mean over the worlds that stand in that month. `series`: scenario, month, province,
    measure, worlds, mean, p05, p25, p50, p75, p95, over the same worlds, and fallen_mean, over those that have fallen by then.
    `contracts`: scenario, given, month, sector, holder (russia, iran, others, open), share (of the sector's assets), assets.
    `effort`: scenario, actor, goal, province, effort (mean over months and the worlds that stand at the horizon), share (of the actor's
    effort in that place).
    `holdings`: scenario, partner, holding, worlds (those that have fallen), before (mean over them in the month before the fall), kept,
    passed (to others, of contracts), kept_share; see sim.compare.fallen_holdings.
    `negotiated`: the fields of negotiated_share.NegotiatedShare, a row for each scenario that can be compared with one without talks.
    `thresholds`: scenario, quantity (classes between the partners), index (behind the class), threshold (of that index), worlds, share (of
    all worlds), share_lower and share_higher (with every threshold a quarter lower and higher).
    """

    scenarios: tuple[str, ...]
    against: str
    about: Mapping[str, ScenarioFacts]
    names: Mapping[str, str]
    shares: pd.DataFrame
    differences: pd.DataFrame
    years: pd.DataFrame
    months: pd.DataFrame
    transitions: pd.DataFrame
    spheres: pd.DataFrame
    influence: pd.DataFrame
    series: pd.DataFrame
    contracts: pd.DataFrame
    effort: pd.DataFrame
    holdings: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["scenario"]))
    negotiated: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["scenario"]))
    thresholds: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["scenario", "quantity"]))

    def __repr__(self) -> str:
        others = [name for name in self.scenarios if name != self.against]
        tables = {f.name: table for f in fields(self) if isinstance(table := getattr(self, f.name), pd.DataFrame)}
        named = f": {some_names(others, '.scenarios')}" if others else ""
        return wrapped(
            [
                f"{count(len(others), 'scenario').capitalize()} compared with {self.against}{named}.",
                f"Tables (DataFrames): {', '.join(f'.{name} ({len(table):,} rows)' for name, table in tables.items())}.",
                f"`help` explains their columns. Those of differences: {', '.join(self.differences.columns)}.",
            ]
        )
