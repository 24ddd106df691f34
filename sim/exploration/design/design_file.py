"""Reading a design file: the same careful reader as for scenarios, every fault with its line and what would be right."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from sim.exploration.design import design_points as kinds
from sim.exploration.design.csv_points import read_points
from sim.exploration.design.design import KINDS, MOST_LUCK, MOST_ROWS, OTHERS, PAIRINGS, Design, Factor, Lucks
from sim.exploration.design.factor_reader import FactorReader
from sim.model.state.dimensions import Array
from sim.scenario import Scenario, ScenarioError, load_scenario, value_parsers
from sim.scenario.validation_errors import ErrorCollector
from sim.scenario.yaml_reader import Node, read_file
from sim.text.suggestions import did_you_mean, display_path, quote
from sim.text.whole_numbers import MOST_SEED

KEYS = ("question", "scenario", "kind", "factors", "points", "luck", "others", "months", "seed", "file")
_LUCK_KEYS = ("worlds", "first", "pairing")


def read_design_file(path: Path, months: int | None = None) -> tuple[Design, list[str]]:
    """A design, and notices about it. Raises ScenarioError with every fault of the file."""
    return _Reader(path, months).read()


class _Reader:
    """Reads one file; faults gather in `findings`."""

    def __init__(self, path: Path, months: int | None) -> None:
        self.path, self.findings, self.months = path, ErrorCollector(display_path(path)), months

    def read(self) -> tuple[Design, list[str]]:
        """The design. Raises ScenarioError."""
        root = read_file(self.path, self.findings)
        entries = {} if root is None or root.entries is None else root.entries
        design = self._design(entries) if entries else None
        if self.findings.problems or design is None:
            raise ScenarioError(self.findings.problems)
        return design, self.findings.notices

    def _design(self, entries: Mapping[str, Node]) -> Design | None:
        find = self.findings
        for key, node in entries.items():
            if key not in KEYS:
                find.error(node.line, f"{quote(key)} is not a key of a design file.", did_you_mean(key, KEYS))
        kind = self._choice(entries, "kind", tuple(KINDS), None)
        others = self._choice(entries, "others", tuple(OTHERS), "drawn")
        question = value_parsers.free_text(entries["question"], "'question'", find) if "question" in entries else ""
        seed = self._whole(entries.get("seed"), "'seed'", 0, MOST_SEED, 1)
        months = value_parsers.month_count(entries["months"], find) if "months" in entries else None
        scenario = self._scenario(entries, months)
        lucks = self._lucks(entries.get("luck"))
        if kind is None or scenario is None or lucks is None or others is None or seed is None:
            self._tell_factors(entries.get("factors"), scenario)
            return None
        made = self._points(kind, entries, scenario, seed)
        if made is None:
            return None
        factors, points, given_lucks = made
        design = Design(self.path.stem, scenario, kind, factors, points, lucks, others == "drawn", seed, given_lucks, question or "")
        if design.n_rows > MOST_ROWS:
            find.error(0, f"has {design.n_rows:,} rows.", f"At most {MOST_ROWS:,} can be run: take fewer levels, points or lucks.")
        return design

    def _scenario(self, entries: Mapping[str, Node], months: int | None) -> Scenario | None:
        node = entries.get("scenario")
        if node is None:
            return self.findings.error(1, "'scenario' is missing.", "Name a scenario, such as 'scenario: baseline'.")
        name = value_parsers.text(node, "'scenario'", self.findings)
        if name is None:
            return None
        try:
            return load_scenario(name, months=self.months or months)
        except ScenarioError as error:
            for problem in error.problems:
                inner = str(problem) if problem.file != name else f"{problem.text} {problem.hint}".rstrip()
                self.findings.error(node.line, f"'scenario' cannot be {quote(name)}: {inner}")
            return None

    def _choice(self, entries: Mapping[str, Node], key: str, known: tuple[str, ...], usual: str | None) -> str | None:
        if key in entries:
            return value_parsers.choice(entries[key], f"'{key}'", known, self.findings)
        if usual is None:
            self.findings.error(1, f"'{key}' is missing.", f"Choose from {', '.join(known)}.")
        return usual

    def _whole(self, node: Node | None, what: str, low: int, high: int, usual: int) -> int | None:
        if node is None:
            return usual
        value = value_parsers.number(node, what, self.findings)
        if value is None:
            return None
        if not value.is_integer() or not low <= value <= high:
            return self.findings.error(node.line, f"{what} cannot be {value:g}.", f"Give a whole number from {low:,} to {high:,}.")
        return int(value)

    def _lucks(self, node: Node | None) -> Lucks | None:
        if node is None:
            return Lucks()
        find = self.findings
        if node.entries is None:
            n = self._whole(node, "'luck'", 1, MOST_ROWS, 0)
            return None if n is None else Lucks(n)
        for key, child in node.entries.items():
            if key not in _LUCK_KEYS:
                find.error(child.line, f"{quote(key)} is not a key of 'luck'.", did_you_mean(key, _LUCK_KEYS))
        n = self._whole(node.entries.get("worlds"), "'worlds' of 'luck'", 1, MOST_ROWS, Lucks.n)
        first = self._whole(node.entries.get("first"), "'first' of 'luck'", 0, MOST_LUCK, 0)
        pairing = self._choice(node.entries, "pairing", tuple(PAIRINGS), "paired")
        return None if n is None or first is None or pairing is None else Lucks(n, first, pairing == "paired")

    def _points(
        self, kind: str, entries: Mapping[str, Node], scenario: Scenario, seed: int
    ) -> tuple[tuple[Factor, ...], Array, Array | None] | None:
        """Factors, points and, where the design says them itself, lucks."""
        if kind == "rows":
            return self._listed(entries, scenario)
        for key in ("file", *(("points",) if kind == "grid" else ()), *(("luck",) if kind == "groups" else ())):
            if key in entries:
                text = f"'{key}' does not belong to a design of kind '{kind}'."
                why = "Each base point has a luck of its own." if key == "luck" else "Delete the line."
                self.findings.error(entries[key].line, text, why)
        node = entries.get("factors")
        if node is None or not node.entries:
            line = 1 if node is None else node.line
            return self.findings.error(line, "'factors' is missing or empty.", "Name parameters, each with values or quantiles.")
        if kind == "groups":
            return self._groups(node.entries, self._n_points(entries, kind), scenario, seed)
        n = None if kind == "grid" else self._n_points(entries, kind)
        reader = FactorReader(scenario, self.findings)
        read = [reader.read(path, child, kind) for path, child in node.entries.items()]
        known = [one for one in read if one is not None]
        if len(known) < len(read):
            return None
        factors, levels = tuple(factor for factor, _ in known), [own for _, own in known]
        if kind == "grid":
            size = int(np.prod([float(len(own)) for own in levels]))
            if size > MOST_ROWS:
                return self.findings.error(node.line, f"the levels make {size:,} points.", f"At most {MOST_ROWS:,} can be run.")
            return factors, kinds.grid(levels), None
        if n is None:
            return None
        ends = [(min(own), max(own)) for own in levels]
        return factors, (kinds.sobol if kind == "sobol" else kinds.latin_hypercube)(n, ends, seed), None

    def _n_points(self, entries: Mapping[str, Node], kind: str) -> int | None:
        node = entries.get("points")
        if node is None:
            return self.findings.error(1, "'points' is missing.", "Say how many, such as 'points: 128'.")
        n = self._whole(node, "'points'", 2, MOST_ROWS, 0)
        if n is not None and kind == "sobol" and n & (n - 1):
            powers = 2 ** (n.bit_length() - 1), 2 ** n.bit_length()
            return self.findings.error(node.line, f"'points' cannot be {n:,}.", f"A Sobol' sequence is even at {powers[0]} or {powers[1]}.")
        return n

    def _listed(self, entries: Mapping[str, Node], scenario: Scenario) -> tuple[tuple[Factor, ...], Array, Array | None] | None:
        for key in ("factors", "points"):
            if key in entries:
                self.findings.error(entries[key].line, f"'{key}' does not belong to a design of kind 'rows'.", "The file has the points.")
        node = entries.get("file")
        if node is None:
            return self.findings.error(1, "'file' is missing.", "Name a CSV file with a column for each parameter, such as points.csv.")
        name = value_parsers.text(node, "'file'", self.findings)
        if name is None:
            return None
        table = ErrorCollector(display_path(self.path.parent / name))
        read = read_points(self.path.parent / name, scenario, table)
        self.findings.problems += table.problems
        self.findings.notices += table.notices
        if read is not None and read[2] is not None and "luck" in entries:
            self.findings.error(entries["luck"].line, f"'luck' is given here and in {quote(name)}.", "Delete one of the two.")
        return read

    def _groups(
        self, groups: Mapping[str, Node], n: int | None, scenario: Scenario, seed: int
    ) -> tuple[tuple[Factor, ...], Array, Array | None] | None:
        members = FactorReader(scenario, self.findings).groups(groups)
        if n is None or self.findings.problems:
            return None
        points, lucks = kinds.exchanged_groups(n, members, seed)
        return tuple(Factor(path, True) for own in members for path in own), points, lucks

    def _tell_factors(self, node: Node | None, scenario: Scenario | None) -> None:
        """Tell the faults of the factors as well where another fault keeps the design from being made."""
        if node is not None and scenario is not None:
            reader = FactorReader(scenario, self.findings)
            for path, child in (node.entries or {}).items():
                if child.items is None:
                    reader.read(path, child, "grid")
