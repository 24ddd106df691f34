"""The factors of a design file: parameters with their levels, and groups of parameters."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sim.exploration.design.design import Factor
from sim.exploration.design.factor_checks import Fault, check_levels, check_path, implausible
from sim.exploration.design.levels import FORMS, levels_of
from sim.scenario import Scenario, value_parsers
from sim.scenario.validation_errors import ErrorCollector
from sim.scenario.yaml_reader import Node
from sim.text.suggestions import did_you_mean, quote

_FACTOR_KEYS = ("values", "quantiles")
GROUP_NAME = re.compile(r"[a-z0-9_][a-z0-9_.-]{0,79}")


@dataclass(frozen=True)
class FactorReader:
    """Reads factors of a scenario; faults gather in `findings`."""

    scenario: Scenario
    findings: ErrorCollector

    def read(self, path: str, node: Node, kind: str) -> tuple[Factor, tuple[float, ...]] | None:
        """A factor with its levels (grid), or the two ends between which it varies."""
        find = self.findings
        if self._unknown(path, node):
            return None
        entries = node.entries or {}
        unlike = [key for key in entries if key not in _FACTOR_KEYS]
        if len(entries) != 1 or unlike:
            hint = did_you_mean(unlike[0], _FACTOR_KEYS) if unlike else "Write {values: [1, 2, 4]} or {quantiles: [0.1, 0.5, 0.9]}."
            return find.error(node.line, f"'{path}' must have either 'values' or 'quantiles'.", hint)
        (how, child), as_quantiles = next(iter(entries.items())), "quantiles" in entries
        levels = self._levels(child, f"'{how}' of '{path}'")
        if levels is None:
            return None
        if kind != "grid" and (len(levels) != 2 or levels[0] == levels[1]):
            return find.error(child.line, f"'{how}' of '{path}' must be the two ends of a range.", f"For instance {how}: [0.1, 0.9].")
        fault = check_levels(path, levels, as_quantiles, self.scenario)
        if fault is not None:
            return find.error(child.line, *fault)
        if not as_quantiles and (notice := implausible(path, levels, self.scenario)):
            find.notice(child.line, notice)
        return Factor(path, as_quantiles), levels

    def groups(self, groups: Mapping[str, Node]) -> list[list[str]]:
        """The members of groups of parameters, by name each a list of paths, or of beginnings of paths that end with `*`."""
        taken: dict[str, str] = {}
        return [self._members(name, node, taken) for name, node in groups.items()]

    def _members(self, name: str, node: Node, taken: dict[str, str]) -> list[str]:
        if not GROUP_NAME.fullmatch(name) or not node.items:
            text = f"group {quote(name)} must be a list of parameters."
            self.findings.error(node.line, text, "For instance 'war: [fight.*, battle.*]'.")
            return []
        own: list[str] = []
        for item in node.items:
            found = self._varied(item)
            for path in found:
                if taken.setdefault(path, name) != name:
                    self.findings.error(item.line, f"'{path}' is in two groups, '{taken[path]}' and '{name}'.")
            own += [path for path in found if path not in own]
        return own

    def _varied(self, item: Node) -> list[str]:
        """The parameters that are drawn and that a path, or the beginning of one, names."""
        pattern = item.text or ""
        varied = [path for path, setting in self.scenario.settings.items() if setting.varies]
        found = [path for path in varied if path == pattern or (pattern.endswith("*") and path.startswith(pattern[:-1]))]
        if not found:
            fault = check_path(pattern.rstrip("*."), self.scenario)
            hint = fault.hint if fault is not None else "It is not drawn in this scenario."
            self.findings.error(item.line, f"{quote(pattern)} names no parameter that is drawn here.", hint)
        return found

    def _levels(self, node: Node, what: str) -> tuple[float, ...] | None:
        if node.items is not None:
            numbers = [value_parsers.number(item, what, self.findings) for item in node.items]
            levels = tuple(number for number in numbers if number is not None)
            if len(levels) < len(numbers):
                return None
            if not levels or len(set(levels)) < len(levels):
                fault = "is empty" if not levels else "has a number twice"
                return self.findings.error(node.line, f"{what} {fault}.", FORMS)
            return levels
        if node.text is None or not node.text.strip():
            return self.findings.error(node.line, f"{what} must be numbers, not {node}.", FORMS)
        found = levels_of(node.text)
        return self.findings.error(node.line, f"{what}: {found}.", FORMS) if isinstance(found, str) else found

    def _unknown(self, path: str, node: Node) -> bool:
        fault: Fault | None = check_path(path, self.scenario)
        if fault is not None and not self.findings.full:
            self.findings.error(node.line, *fault)
        return fault is not None
