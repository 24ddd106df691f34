"""Part `designs`: mutated design files, tables of points and sweep words; and rows of designs in any order, chunk and company.

Whatever is read is a design whose rows hold together, or a message that can be read and acted on. Every so often the rows of a random
design are run whole and in random parts and orders, and must come out the same to the bit.
"""

import tempfile
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import numpy as np

from sim.exploration.design.design import MOST_ROWS, Design, Lucks
from sim.exploration.design.design_file import read_design_file
from sim.exploration.outcome import parse_outcome
from sim.exploration.sweep.sweep_words import sweep_design
from sim.scenario import Scenario, ScenarioError, load_scenario
from sim.scenario.design_rows import DesignRows
from sim.simulation import Spheres

from .input_checks import readable
from .inputs import alarmed, faults_in_time
from .mutations import Random, mutated, pick
from .tally import Budget, Tally

EVERY_RUN = 250  # inputs, after which the rows of one more design are run
HEAD = "# a design\nquestion: What if?\nscenario: baseline\nmonths: 2\n"
FILES = (
    HEAD + "kind: grid\nfactors:\n  israel.strike_rate: {values: [1, 2.5, 4]}\n  iran.means.budget:\n    quantiles: 0.1:0.9:3\nluck: 4\n",
    HEAD + "kind: lhs\npoints: 7\nseed: 3\nothers: central\nfactors:\n  iran.means.budget: {quantiles: [0, 1]}\n"
    "  bargain.talks: {values: [0.1, 0.9]}\n",
    HEAD + "kind: sobol\npoints: 8\nluck: {worlds: 3, first: 5, pairing: blocked}\nfactors:\n  fight.raid_rate: {quantiles: [0.2, 0.8]}\n",
    HEAD + "kind: groups\npoints: 4\nfactors:\n  war: [fight.*, battle.*]\n  budget: [iran.means.budget, russia.means.budget]\n",
    HEAD + "kind: rows\nfile: points.csv\n",
)
TABLE = "luck,quantile:iran.means.budget,israel.strike_rate\n7,0.25,3\n7,0.75,4\n9,0.5,5\n"
SWEEPS = ("israel.strike_rate=1:8:5", "iran.means.budget=0.5,1,2", "fight.raid_rate=0.1:0.2:2")
OUTCOMES = ("iranian_primacy", "balance>0.6", "influence_iran@SY-DY", "sphere:iran@Homs", "territory:frozen", "strikes@Deir ez-Zor<3")


def run(budget: Budget) -> Tally:
    """Try inputs until the budget is spent."""
    tally, rng = Tally("designs"), budget.random("designs")
    with tempfile.TemporaryDirectory(prefix="designs-") as made, chdir(made), alarmed():
        scenario = load_scenario("baseline", months=2)
        while budget.goes_on(tally.tried):
            case = Case(rng, Path(made))
            for kind, fault in case.faults(scenario):
                tally.fail(kind, f"case {tally.tried}, {case}: {fault}")
            if tally.tried % EVERY_RUN == 0:
                for fault in faults_of_rows(scenario, rng):
                    tally.fail("wrong", f"case {tally.tried}: {fault}")
            tally.tried += 1
    return tally


class Case:
    """One input: a design file, perhaps with a table of points, words of a sweep, or an outcome."""

    def __init__(self, rng: Random, folder: Path) -> None:
        self.kind = pick(rng, ("file", "file", "file", "table", "sweep", "outcome"))
        self.folder, self.quantiles = folder, rng.random() < 0.3
        base = {"file": pick(rng, FILES), "table": TABLE, "sweep": pick(rng, SWEEPS), "outcome": pick(rng, OUTCOMES)}[self.kind]
        self.raw = mutated(base, rng) if rng.random() < 0.9 else base.encode()

    def __str__(self) -> str:
        return f"{self.kind}: {self.raw[:3000]!r}"

    def faults(self, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """What is wrong with how it is answered, by kind of failure."""

        def answered() -> list[str]:
            design = self._read(scenario)
            return [] if design is None else list(faults_of_design(design))

        yield from faults_in_time(answered, faults_of_message)

    def _read(self, scenario: Scenario) -> Design | None:
        text = self.raw.decode("utf-8", "replace")
        if self.kind == "outcome":
            parse_outcome(text)
            return None
        if self.kind == "sweep":
            return sweep_design(text.split("\n"), scenario, Lucks(2), self.quantiles, True)[0]
        file, table = self.folder / "design.yaml", self.folder / "points.csv"
        file.write_bytes(self.raw if self.kind == "file" else FILES[-1].encode())
        table.write_bytes(self.raw if self.kind == "table" else TABLE.encode())
        return read_design_file(file)[0]


def faults_of_message(error: Exception) -> Iterator[str]:
    """Each problem can be read, is a sentence, and names its file."""
    if not readable(str(error), 20_000):
        yield f"the message cannot be read: {error!s:.500}"
    for problem in error.problems if isinstance(error, ScenarioError) else ():
        if not problem.file or problem.line < 0 or not problem.text.endswith((".", "?")):
            yield f"not a sentence with a place: {problem}"


def faults_of_design(design: Design) -> Iterator[str]:
    """The rows are as many as announced, each with its point and luck, and every number can be run."""
    rows = design.rows
    if len(rows) != design.n_rows or not 1 <= len(rows) <= MOST_ROWS:
        yield f"{len(rows)} rows, {design.n_rows} announced"
    if set(rows.point.tolist()) != set(range(len(design.points))) or rows.luck.min() < 0:
        yield "a point without a row, or a luck that is none"
    for path, row in rows.quantiles.items():
        if not ((row >= 0.0) & (row <= 1.0)).all() or not design.scenario.settings[path].varies:
            yield f"quantiles of {path}: {row[:5]}"
    for path, row in rows.values.items():
        kind = design.scenario.settings[path].kind
        if not ((row >= kind.low) & (row <= kind.high)).all():
            yield f"values of {path}: {row[:5]}"


def faults_of_rows(scenario: Scenario, rng: Random) -> Iterator[str]:
    """Rows of a random design, run whole, and in parts of any size and order: the same bits."""
    paths = [path for path, setting in scenario.settings.items() if setting.varies]
    n = int(rng.integers(2, 12))
    chosen = [pick(rng, paths) for _ in range(int(rng.integers(1, 5)))]
    quantiles = {path: rng.random(n) for path in chosen[::2]}
    values = {path: _values(scenario, path, rng, n) for path in chosen[1::2] if path not in quantiles}
    rows = DesignRows(np.arange(n), rng.integers(0, 4, n), quantiles, values)
    draws, order = bool(rng.random() < 0.8), rng.permutation(n)
    whole = _state(scenario, rows, draws)
    first = 0
    while first < n:
        size = int(rng.integers(1, n - first + 1))
        part = order[first : first + size]
        again = _state(scenario, rows.take(part), draws)
        unlike = [name for name, x in again.items() if x.tobytes() != np.ascontiguousarray(whole[name][..., part]).tobytes()]
        if unlike:
            yield f"rows {part.tolist()} of {rows} (draws: {draws}) differ in {unlike} from the whole"
        first += size


def _values(scenario: Scenario, path: str, rng: Random, n: int) -> np.ndarray:
    low, high = scenario.settings[path].range or (0.0, 1.0)
    return rng.uniform(low, high, n)


def _state(scenario: Scenario, rows: DesignRows, draws: bool) -> dict[str, np.ndarray]:
    model = Spheres(scenario, draws=draws, **rows.for_model()).run()
    return {name: np.ascontiguousarray(np.array(x)[..., : model.n_worlds]) for name, x in vars(model.ensemble.state).items()}
