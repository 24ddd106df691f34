"""From the files of one scenario, root first, to the scenario: changes in order, events by month."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sim.model.state.parameters import Setting
from sim.scenario.initial_state_files import Start
from sim.scenario.parameter_catalogue import Catalogue
from sim.scenario.parameter_changes import notice_change, read_change, read_changes
from sim.scenario.scenario import Difference, Scenario, Scripted
from sim.scenario.scenario_file import Draft
from sim.scenario.scripted_events import horizon, read_events
from sim.scenario.validation_errors import Findings, Problem
from sim.scenario.yaml_reader import Node, read_text
from sim.text.suggestions import printable


@dataclass
class Resolution:
    """A scenario in the making, and what was found on the way."""

    catalogue: Catalogue
    settings: dict[str, Setting]
    sets: list[Difference] = field(default_factory=list)
    events: list[Scripted] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def keep(self, findings: Findings) -> None:
        """Take over the findings about one file."""
        self.problems += findings.problems
        self.notices += findings.notices


def resolve(
    chain: Sequence[Draft], start: Start | None, catalogue: Catalogue, overrides: Sequence[str]
) -> tuple[Scenario | None, list[Problem]]:
    """The scenario of the last draft in the chain, or None with the problems that stand in the way."""
    making = Resolution(catalogue, dict(catalogue.settings))
    last, span = chain[-1], horizon(chain)
    for draft in chain:
        if draft.sets is not None and "parameters" not in draft.lines:
            _apply_set(draft, draft.sets, making)
    for override in overrides:
        _apply_override(override, last, making)
    for level in range(len(chain)):
        findings = Findings(chain[level].file)
        making.events += read_events(chain, level, catalogue, making.settings, findings)
        making.keep(findings)
    if making.problems or start is None or span is None or last.question is None or last.basis is None:
        return None, making.problems
    scenario = Scenario(
        name=last.name,
        file=last.file,
        question=last.question,
        basis=last.basis,
        extends=last.extends,
        lineage=tuple(draft.name for draft in chain),
        start=span.start,
        months=span.months,
        settings=making.settings,
        events=tuple(sorted(making.events, key=lambda event: event.month)),
        sets=tuple(making.sets),
        notices=tuple(making.notices),
        start_state=start.state,
        root=chain[base_of(chain)].name,
    )
    return scenario, []


def base_of(chain: Sequence[Draft]) -> int:
    """Place in the chain of the scenario to compare its last with: the first that starts in the same month."""
    starts = [next((draft.start for draft in reversed(chain[: n + 1]) if draft.start is not None), None) for n in range(len(chain))]
    return starts.index(starts[-1])


def _apply_set(draft: Draft, node: Node, making: Resolution) -> None:
    findings = Findings(draft.file)
    for path, change, line in read_changes(node, making.catalogue, findings):
        if path in making.settings:
            notice_change(making.settings[path], change, findings, line)
            making.settings[path] = making.settings[path].changed(change, file=draft.file, line=line)
        making.sets.append(Difference(path, change, draft.file, line, draft.because or ""))
    making.keep(findings)


def _apply_override(override: str, last: Draft, making: Resolution) -> None:
    """Apply one `--set path=value`, after all files, so that the command line has the last word."""
    findings = Findings(f"--set {printable(override[:120])}")
    path, equals, value = (part.strip() for part in override.partition("="))
    node = read_text(value, findings) if path and value else None
    if not path or not equals or not value:
        findings.error(0, "must be path=value.", "For instance --set israel.strike_rate=3.")
    if node is not None:
        change = read_change(path, node, making.catalogue, findings)
        if change is not None and path in making.settings:
            notice_change(making.settings[path], change, findings, 0)
            for done in (done for done in making.sets if done.path == path and change.how in ("set", "range")):
                findings.notice(0, f"takes the place of what {done.file}, line {done.line}, sets in '{last.name}'.")
            making.settings[path] = making.settings[path].changed(change, file=findings.file, line=0)
    findings.problems = [replace(problem, line=0) for problem in findings.problems]
    making.keep(findings)
