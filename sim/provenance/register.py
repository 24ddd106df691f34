"""The register: everything in the model that needs a source, and what it is based on, gathered from the files themselves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sim.model.state.event_log import KINDS, EventKind
from sim.provenance.citations import Citation, citations_in, in_code, in_events, in_sources, in_texts
from sim.provenance.claim_index import Claim, load_claims
from sim.provenance.project_paths import Project
from sim.provenance.sources import SourcedItem
from sim.scenario import Scenario, ScenarioError
from sim.scenario.loader import load_from, project_library
from sim.scenario.packaged_files import scenario_files
from sim.scenario.scenario import GRADES
from sim.scenario.yaml_reader import Node

ROOT = "baseline"
TABLES = (
    ("trait", "traits.csv"),
    ("zone", "zones.csv"),
    ("asset", "assets.csv"),
    ("site", "sites.csv"),
    ("fact", "observed_2015_2021.csv"),
)
STARTS = "sim/data/starts/"


@dataclass(frozen=True)
class Register:
    """Claims, what cites them, what must have a source, and the scenarios (`unread`: error messages of those that cannot be read)."""

    project: Project
    claims: Mapping[str, Claim]
    sourced: tuple[SourcedItem, ...]
    citations: tuple[Citation, ...]
    scenarios: Mapping[str, Scenario]
    starts: Mapping[str, Node]
    patterns: Node
    kinds: tuple[EventKind, ...] = KINDS
    unread: tuple[str, ...] = ()

    @property
    def baseline(self) -> Scenario:
        """The root of all scenarios, with every parameter."""
        return self.scenarios[ROOT]

    def citing(self, claim: str, *homes: str) -> list[Citation]:
        """What cites a claim, in texts of certain types."""
        return [citation for citation in self.citations if citation.claim == claim and citation.home in homes]

    def pattern_line(self, name: str) -> str:
        """A pattern by name, with its sentence."""
        says = ((self.patterns.entries or {})[name].entries or {}).get("says")
        return f"{name}: {says.text}" if says else name

    def facts(self) -> dict[str, dict[str, str]]:
        """The dated facts of observed_2015_2021.csv, by key."""
        return {row["key"]: row for _, row in self.project.rows("observed_2015_2021.csv")}


def load_register(project: Project | None = None) -> Register:
    """Gather the register. Raises ScenarioError where the baseline, the claims or the patterns cannot be read."""
    project = project or Project()
    claims = load_claims(project.data / "claims.yaml")
    scenarios, unread = _scenarios(project)
    starts = {path.stem: project.tree(path) for path in sorted((project.data / "starts").glob("*.yaml"))}
    patterns = project.tree(project.data / "patterns.yaml")
    bare = Register(project, claims, (), (), scenarios, starts, patterns, unread=unread)
    bare = replace(bare, sourced=(*_parameters(bare), *_start_files(bare), *_tables(project)))
    return replace(bare, citations=(*in_code(project), *in_sources(bare.sourced), *_other_citations(bare)))


def _scenarios(project: Project) -> tuple[dict[str, Scenario], tuple[str, ...]]:
    """Every scenario by name, the baseline first; one that cannot be read is left out, with its error."""
    library = replace(project_library(), starts=project.data / "starts", folders=(project.scenarios,))
    scenarios = {ROOT: load_from(library, (ROOT,))[-1]}
    unread = []
    for path in scenario_files(project.scenarios):
        try:
            scenario = load_from(library, (path,))[-1]
        except ScenarioError as error:
            unread.append(str(error.problems[0]))
        else:
            scenarios.setdefault(scenario.name, scenario)
    return scenarios, tuple(unread)


def _parameters(register: Register) -> Iterator[SourcedItem]:
    """Every parameter of the baseline, as the files give it."""
    for path, setting in register.baseline.settings.items():
        file = register.project.shown(Path(setting.file))
        yield SourcedItem("parameter", path, setting.grade, setting.source, file, setting.line)


def _start_files(register: Register) -> Iterator[SourcedItem]:
    """Tables and groups of every start file, and the parameters of those from which the baseline does not start."""
    for start, root in register.starts.items():
        file = register.project.shown(register.project.data / "starts" / f"{start}.yaml")
        for key, node in (root.entries or {}).items():
            category = {"parameters": "parameter", "groups": "group"}.get(key, "table")
            if category != "parameter" or start != register.baseline.start:
                prefix = "" if category == "parameter" else f"{start} "
                yield from _below(category, node, key if category == "table" else "", prefix, file)


def _below(category: str, node: Node, path: str, prefix: str, file: str) -> Iterator[SourcedItem]:
    """Each mapping from `node` downwards that gives a source, a grade or a value."""
    entries = node.entries or {}
    if entries.keys() & {"source", "grade", "value"}:
        text = {key: entries[key].text or "" for key in ("grade", "source") if key in entries}
        line = entries["source"].line if "source" in entries else node.line
        yield SourcedItem(category, f"{prefix}{path}", text.get("grade", ""), text.get("source", ""), file, line)
        return
    for key, child in entries.items():
        yield from _below(category, child, f"{path}.{key}" if path else key, prefix, file)


def _tables(project: Project) -> Iterator[SourcedItem]:
    """Every row of the data tables that has a source of its own."""
    for category, table in TABLES:
        for line, row in project.rows(table):
            grade = row.get("grade") or row.get("source_status", "")
            name = f"{row['province']} {row['trait']}" if category == "trait" else row.get("key") or row.get("name") or row["zone"]
            known_grade = grade if category in ("trait", "fact") or grade in GRADES else ""
            yield SourcedItem(category, name, known_grade, row["source"], project.shown(project.data / table), line)


def _other_citations(register: Register) -> Iterator[Citation]:
    """Citations by events, facts, towns, notes of tables, patterns and scenarios."""
    project = register.project
    yield from in_events(register.kinds, project)
    for home, table, name, text in (
        ("fact", "observed_2015_2021.csv", "key", "claims"),
        ("town", "towns.csv", "key", "note"),
        ("zone", "zones.csv", "zone", "note"),
    ):
        for line, row in project.rows(table):
            yield from citations_in(home, row[name], row[text], project.shown(project.data / table), line)
    for name, node in (register.patterns.entries or {}).items():
        yield from in_texts("pattern", node, ("claims",), project.shown(project.data / "patterns.yaml"), name)
    for name, scenario in register.scenarios.items():
        yield from _in_scenario(name, scenario, project)


def _in_scenario(name: str, scenario: Scenario, project: Project) -> Iterator[Citation]:
    """Citations in a scenario's own question and reasons, without those of the scenario it extends."""
    yield from citations_in("scenario", name, scenario.question, project.shown(Path(scenario.file)), 1)
    reasons = [(change.because, change.file, change.line) for change in scenario.sets]
    reasons += [(event.because, event.file, event.line) for event in scenario.events]
    seen = set()
    for because, file, line in reasons:
        if file == scenario.file and because not in seen:
            seen.add(because)
            yield from citations_in("scenario", name, because, project.shown(Path(file)), line)
