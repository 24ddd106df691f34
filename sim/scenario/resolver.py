"""From the files of one scenario, root first, to the scenario: changes in order, events by month."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sim.model.state.parameters import Change, ParameterValue
from sim.scenario.commented_keys import no_change_text
from sim.scenario.horizon import divide, horizon_notices, run_period
from sim.scenario.initial_state_files import InitialStateFile
from sim.scenario.parameter_catalogue import Catalogue
from sim.scenario.parameter_changes import notice_change, read_change, read_changes
from sim.scenario.scenario import Scenario, ScriptedEvent, SetEntry
from sim.scenario.scenario_file import ScenarioFile
from sim.scenario.scripted_events import read_events
from sim.scenario.validation_errors import ErrorCollector, Problem
from sim.scenario.yaml_reader import Node, read_text
from sim.text.suggestions import printable


@dataclass
class Resolution:
    """A scenario being resolved, and what was found on the way."""

    catalogue: Catalogue
    settings: dict[str, ParameterValue]
    sets: list[SetEntry] = field(default_factory=list)
    events: list[ScriptedEvent] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)  # path: the last `--set` that changed it

    def keep(self, findings: ErrorCollector) -> None:
        """Take over the findings about one file."""
        self.problems += findings.problems
        self.notices += findings.notices


def resolve(
    chain: Sequence[ScenarioFile], start: InitialStateFile | None, catalogue: Catalogue, overrides: Sequence[str], months: int | None = None
) -> tuple[Scenario | None, list[Problem]]:
    """The scenario of the last file in the chain over its horizon (`months`, where given), or None with the problems in its way."""
    resolution = Resolution(catalogue, dict(catalogue.settings))
    last, span = chain[-1], run_period(chain, months)
    for file in chain:
        resolution.notices += file.findings.notices
        if file.sets is not None and "parameters" not in file.lines:
            _apply_set(file, file.sets, resolution)
    for override in overrides:
        _apply_override(override, last, resolution)
    for level in range(len(chain)):
        findings = ErrorCollector(chain[level].label)
        resolution.events += read_events(chain, level, catalogue, resolution.settings, findings, months)
        resolution.keep(findings)
    if last.changes_nothing and not overrides:
        resolution.notices.append(str(Problem(last.label, 0, no_change_text(last.extends, last.commented))))
    if resolution.problems or start is None or span is None or last.question is None or last.basis is None:
        return None, resolution.problems
    within, beyond = divide(resolution.events, span.months)
    scenario = Scenario(
        name=last.name,
        file=last.label,
        question=last.question,
        basis=last.basis,
        extends=last.extends,
        lineage=tuple(file.name for file in chain),
        start=span.start,
        months=span.months,
        settings=resolution.settings,
        events=within,
        sets=tuple(resolution.sets),
        notices=(*resolution.notices, *horizon_notices(last.name, span, (*within, *beyond))),
        start_state=start.state,
        root=chain[base_of(chain)].name,
        beyond=beyond,
    )
    return scenario, []


def base_of(chain: Sequence[ScenarioFile]) -> int:
    """Place in the chain of the scenario to compare its last with: the first that starts in the same month."""
    starts = [next((file.start for file in reversed(chain[: n + 1]) if file.start is not None), None) for n in range(len(chain))]
    return starts.index(starts[-1])


def _apply_set(file: ScenarioFile, node: Node, resolution: Resolution) -> None:
    findings = ErrorCollector(file.label)
    for path, change, line in read_changes(node, resolution.catalogue, findings):
        if path in resolution.settings:
            notice_change(resolution.settings[path], change, findings, line)
            resolution.settings[path] = resolution.settings[path].changed(change, file=file.label, line=line)
        resolution.sets.append(SetEntry(path, change, file.label, line, file.because or ""))
    resolution.keep(findings)


def _apply_override(override: str, last: ScenarioFile, resolution: Resolution) -> None:
    """Apply one `--set path=value`, after all files, so that the command line has the last word."""
    findings = ErrorCollector(f"--set {printable(override[:120])}")
    path, equals, value = (part.strip() for part in override.partition("="))
    node = read_text(value, findings) if path and value else None
    if not path or not equals or not value:
        findings.error(0, "must be path=value.", "For instance --set israel.strike_rate=3.")
    if node is not None:
        change = read_change(path, node, resolution.catalogue, findings)
        if change is not None and path in resolution.settings:
            _check_typed(path, change, findings, resolution.typed)
            notice_change(resolution.settings[path], change, findings, 0)
            for done in (done for done in resolution.sets if done.path == path and change.how in ("set", "range")):
                findings.notice(0, f"replaces what {done.file}, line {done.line}, sets in '{last.name}'.")
            resolution.settings[path] = resolution.settings[path].changed(change, file=findings.file, line=0)
    findings.problems = [replace(problem, line=0) for problem in findings.problems]
    resolution.keep(findings)


def _check_typed(path: str, change: Change, findings: ErrorCollector, typed: dict[str, str]) -> None:
    """Two `--set` of one path: an error where the later one would drop the earlier, a notice where it acts on what that one gives."""
    before = typed.get(path)
    if before is not None and change.how in ("set", "range"):
        findings.error(0, f"takes the place of {before}, which sets '{path}' as well.", "Give one of the two.")
    elif before is not None:
        findings.notice(0, f"acts on what {before} gives.")
    typed[path] = findings.file
