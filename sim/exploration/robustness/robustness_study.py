"""The study of robustness on the stored worlds of a result: signs, worst tenths, and regret."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim.compare.findings import FINDING, bounded_scales, statuses
from sim.compare.quantities import POOLED_KINDS
from sim.compare.scenario_inputs import input_paths, is_input
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.results import Result
from sim.exploration.outcome import Outcome, parse_outcome
from sim.exploration.robustness.interest_measures import own_courses, stated_interests
from sim.exploration.robustness.regret import Regret, regrets
from sim.exploration.robustness.sign_keeping import LEAST_WORLDS, SignKeeping, paired, sign_keeping
from sim.exploration.robustness.worst_tenth import WorstTenth, worst_tenth
from sim.exploration.stored_worlds import StoredWorlds, read_worlds
from sim.model.state.dimensions import Row
from sim.model.state.parameters import ParameterValue
from sim.statistics.mean_differences import MeanDifferences
from sim.statistics.significance import LEVEL, holm
from sim.text.number_format import worlds as n_worlds
from sim.text.suggestions import did_you_mean

MOST_WORLDS = 5_000  # the first of a result: more would change no answer by what matters


@dataclass(frozen=True)
class Robustness:
    """One scenario and one outcome against the scenario compared with, in `n` same worlds.

    `more`, `fewer`, `ties`: shares of worlds in which the outcome is larger, smaller, or the same to what numbers resolve. `status`: what
    the mean difference is by the rules of `spheres compare`; signs and worst tenth are given of those that are findings. `parameters`
    are those that `worst.rows` counts.
    """

    outcome: Outcome
    scenario: str
    against: str
    differences: MeanDifferences
    status: str
    signs: SignKeeping | None
    worst: WorstTenth | None
    parameters: tuple[ParameterValue, ...]
    only_standing: bool

    @property
    def n(self) -> int:
        """How many pairs of worlds."""
        return self.differences.n

    @property
    def mean(self) -> float:
        """The mean difference."""
        return float(self.differences.difference[0])

    @property
    def ends(self) -> tuple[float, float]:
        """The 95 % interval of the mean difference."""
        below, above = self.differences.margins(_scale(self.outcome))
        return self.mean - float(below[0]), self.mean + float(above[0])

    @property
    def shares(self) -> tuple[float, float, float]:
        """Shares of worlds in which the outcome is larger, smaller, the same."""
        more, fewer = (float(np.asarray(row)[0]) / self.n for row in (self.differences.more, self.differences.fewer))
        return more, fewer, float(self.differences.same[0])


class _Pair(NamedTuple):
    """An outcome in the same worlds of two scenarios, their numbers, and whether worlds with a fallen government are left out."""

    mine: Row
    other: Row
    numbers: Row
    only_standing: bool


class RobustnessStudy:
    """Reads each scenario of a result once. Raises SettingsError where it cannot be read, or holds too little."""

    def __init__(self, folder: Path, against: str, scenarios: Sequence[str], seed: int) -> None:
        self.folder, self.against, self.seed = folder, against, seed
        result = Result(folder)
        result.about(against, "--against")
        unknown = [name for name in scenarios if name not in result.scenarios]
        if unknown:
            raise SettingsError(f"--scenario: there is no '{unknown[0][:60]}' in {folder}. {did_you_mean(unknown[0], result.scenarios)}")
        chosen = tuple(dict.fromkeys(scenarios)) or result.scenarios
        span = result.about(against)["start"], result.about(against)["months"]
        self.scenarios = tuple(
            name for name in chosen if name != against and (result.about(name)["start"], result.about(name)["months"]) == span
        )
        if not self.scenarios:
            raise SettingsError(f"{folder} has no other scenario over the same months that '{against}' can be compared with.")
        self.worlds = cache(self._read)
        self.n = min(len(self.worlds(name)) for name in (against, *self.scenarios))
        if self.n < LEAST_WORLDS:
            raise SettingsError(
                f"{folder} has {n_worlds(self.n)} of a scenario, too few to say where a difference holds: at least {LEAST_WORLDS}."
            )

    def _read(self, name: str) -> StoredWorlds:
        """The worlds of a scenario; where they lie in the space of parameters is kept of those compared with, which is the same."""
        worlds = read_worlds(self.folder, name, MOST_WORLDS)
        return worlds if name == self.against else replace(worlds, quantiles={})

    def robustness(self, outcomes: Sequence[Outcome], on_pair: Callable[[], None] | None = None) -> Iterator[Robustness]:
        """Every scenario by every outcome."""
        root = self.worlds(self.against).scenario
        for outcome in outcomes:
            pairs = [self._pair(name, outcome) for name in self.scenarios]
            differences = [paired(pair.mine, pair.other) for pair in pairs]
            significant = holm(np.array([one.p[0] for one in differences])) < LEVEL
            for name, pair, one, is_significant in zip(self.scenarios, pairs, differences, significant, strict=True):
                suffices = np.asarray(one.suffices & is_significant)
                given = is_input(outcome.quantity.name, input_paths(self.worlds(name).scenario, root))
                status = str(statuses([outcome.counted], one, suffices, [given])[0])
                yield self._judged(name, outcome, pair, one, status)
                if on_pair is not None:
                    on_pair()

    def pair_seconds(self, outcome: Outcome) -> float:
        """About how long one scenario and one outcome take here: one is read and sorted."""
        begun = time.monotonic()
        pair = self._pair(self.scenarios[0], outcome)
        self._judged(self.scenarios[0], outcome, pair, paired(pair.mine, pair.other), FINDING)
        return time.monotonic() - begun

    def regrets(self) -> list[Regret]:
        """The regret of every course of an actor by each of its stated interests that an outcome measures."""
        root = self.worlds(self.against).scenario
        known = {name: self.worlds(name).scenario for name in self.scenarios}
        courses = own_courses(known, root)
        found = []
        for measure in stated_interests(root):
            names = courses.get(measure.actor, ())
            if names:
                common = self._common(names)
                worlds = {name: self.worlds(name).some(common) for name in names}
                standing = np.ones(len(common), dtype=bool)
                if measure.parsed[0].quantity.kind not in POOLED_KINDS:  # what is measured of a fallen government serves nobody
                    standing = ~np.any([one.fallen() for one in worlds.values()], axis=0)
                found += regrets(measure, {name: measure.served(one)[standing] for name, one in worlds.items()})
        return found

    def _common(self, names: Sequence[str]) -> Row:
        numbers = self.worlds(names[0]).numbers
        for name in names[1:]:
            numbers = np.intersect1d(numbers, self.worlds(name).numbers)
        return numbers

    def _pair(self, name: str, outcome: Outcome) -> _Pair:
        """An outcome in the worlds that two scenarios both have; of measures of a standing government, in those where it stands in both."""
        common = self._common((name, self.against))
        mine, other = (self.worlds(one).some(common) for one in (name, self.against))
        standing = np.ones(len(common), dtype=bool)
        if outcome.quantity.kind not in POOLED_KINDS:
            standing = ~(mine.fallen() | other.fallen())
        return _Pair(mine.values(outcome)[standing], other.values(outcome)[standing], common[standing], not bool(standing.all()))

    def _judged(self, name: str, outcome: Outcome, pair: _Pair, differences: MeanDifferences, status: str) -> Robustness:
        """With signs and the worst tenth, where there is a difference that matters."""
        signs, worst = None, None
        known = self.worlds(self.against).some(pair.numbers).quantiles
        if status == FINDING and len(pair.numbers) >= LEAST_WORLDS:
            u = np.stack(list(known.values()))
            signs = sign_keeping(u, pair.mine, pair.other, float(_scale(outcome)[0]), self.seed)
            worst = worst_tenth(u, pair.mine - pair.other, signs.sign, self.seed)
        parameters = tuple(self.worlds(self.against).settings[path] for path in known)
        return Robustness(outcome, name, self.against, differences, status, signs, worst, parameters, pair.only_standing)


def _scale(outcome: Outcome) -> Row:
    return bounded_scales([outcome.counted])


def default_outcomes() -> tuple[Outcome, ...]:
    """What is looked at unasked: who gains of the partners, how far they are delimited, and Iran's force, which the report argues about."""
    return tuple(parse_outcome(name) for name in ("balance", "delimitation", "iran_force"))
