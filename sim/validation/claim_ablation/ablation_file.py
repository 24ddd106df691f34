"""Reading `sim/data/claim_ablations.yaml`: for each claim, which parameters change if it is wrong, or why none can express that."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from sim.model.state.csv_files import data_path
from sim.model.state.parameters import Change, Declared, ParameterValue
from sim.provenance.claim_index import load_claims
from sim.scenario import Scenario, ScenarioError, value_parsers
from sim.scenario.parameter_catalogue import Catalogue
from sim.scenario.parameter_changes import read_changes
from sim.scenario.validation_errors import ErrorCollector
from sim.scenario.yaml_reader import Node, read_file
from sim.text.suggestions import did_you_mean, display_path, quote

KEYS = ("set", "because", "cannot")
OUTCOME = "outcome"


@dataclass(frozen=True)
class Ablation:
    """One way in which a claim can be wrong: `changes` by path and why, or, without changes, why no parameter can express it."""

    claim: str
    way: int
    changes: tuple[tuple[str, Change], ...]
    because: str
    file: str
    line: int

    @property
    def name(self) -> str:
        """The claim's number, with the way where that is not the first: `R43`, `R43 (2)`."""
        return self.claim if self.way == 1 else f"{self.claim} ({self.way})"

    def applied(self, scenario: Scenario) -> Scenario:
        """The scenario as it would be if the claim were wrong."""
        settings = dict(scenario.settings)
        for path, change in self.changes:
            settings[path] = settings[path].changed(change, file=self.file, line=self.line)
        return replace(scenario, name=f"{scenario.name} without {self.name}", settings=settings)


def load_ablations(scenario: Scenario, path: Path | None = None) -> tuple[Ablation, ...]:
    """All ablations in the order of the file, for the parameters of `scenario`. Raises ScenarioError with every error found."""
    path = path or data_path("claim_ablations.yaml")
    findings = ErrorCollector(display_path(path))
    root = read_file(path, findings)
    kinds = {number: claim.claim_type for number, claim in load_claims().items()}
    ablations: list[Ablation] = []
    for claim, node in ((root and root.entries) or {}).items():
        if claim not in kinds:
            findings.error(node.line, f"{quote(claim)} is not a claim of the report.", did_you_mean(claim, kinds))
        elif kinds[claim] == OUTCOME:
            hint = "Only what goes into the model can be taken out of it; `spheres patterns` shows in how many worlds the conclusion holds."
            findings.error(node.line, f"{claim} is a conclusion (kind: outcome).", hint)
        else:
            ablations += _ways(claim, node, scenario.settings, findings)
    if findings.problems:
        raise ScenarioError(findings.problems)
    return tuple(ablations)


def _ways(claim: str, node: Node, settings: Mapping[str, ParameterValue], findings: ErrorCollector) -> list[Ablation]:
    """The ablations of one claim: one, or a list of ways in which it can be wrong."""
    ways = node.items if node.items is not None else (node,)
    if not ways:
        findings.error(node.line, f"{claim} has an empty list.", "Give at least one way in which it can be wrong.")
    ablations = [_way(claim, number, way, settings, findings) for number, way in enumerate(ways, start=1)]
    return [ablation for ablation in ablations if ablation is not None]


def _way(claim: str, number: int, node: Node, settings: Mapping[str, ParameterValue], findings: ErrorCollector) -> Ablation | None:
    """One way, or None with a finding."""
    entries = node.entries
    if entries is None:
        example = '{set: {path: number}, because: "..."}'
        return findings.error(node.line, f"{claim} must be {example} or {{cannot: ...}}, not {node}.")
    for key, child in entries.items():
        if key not in KEYS:
            findings.error(child.line, f"{quote(key)} is not a key of an ablation.", did_you_mean(key, KEYS))
    if ("set" in entries) == ("cannot" in entries) or ("set" in entries) != ("because" in entries):
        return findings.error(node.line, f"{claim} needs either 'set' with 'because', or 'cannot' alone.")
    reason = entries.get("because") or entries["cannot"]
    because = value_parsers.text(reason, f"the reason of {claim}", findings) or ""
    changes = _changes(claim, entries["set"], settings, findings) if "set" in entries else ()
    return Ablation(claim, number, changes, because, findings.file, node.line)


def _changes(claim: str, node: Node, settings: Mapping[str, ParameterValue], findings: ErrorCollector) -> tuple[tuple[str, Change], ...]:
    """The changes of an ablation; one that changes no number is an error, because it would show nothing."""
    declared = {path: Declared(path, setting.kind, setting.meaning) for path, setting in settings.items()}
    read = read_changes(node, Catalogue(declared, settings), findings)
    u = np.array([0.1, 0.5, 0.9])
    for path, change, line in read:
        if np.array_equal(settings[path].row(u, 3), settings[path].changed(change).row(u, 3)):
            findings.error(
                line, f"'{path}' is already {settings[path].central():g}, so nothing changes for {claim}.", "Give another value."
            )
    return tuple((path, change) for path, change, _ in read)
