"""The register: everything in the model that rests on something, and what it rests on, gathered from the files themselves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sim.model.state.event_log import KINDS, EventKind
from sim.provenance.citations import Citation, cited, in_code, in_events, in_sources, in_texts
from sim.provenance.claim_index import Claim, load_claims
from sim.provenance.project_paths import Project
from sim.provenance.sources import Sourced
from sim.scenario import Scenario, ScenarioError
from sim.scenario.loader import load_from, project_library
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
    """Claims, what names them, what must have a source, and the scenarios that were readable (`unread` tells why others were not)."""

    project: Project
    claims: Mapping[str, Claim]
    sourced: tuple[Sourced, ...]
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

    def naming(self, claim: str, *homes: str) -> list[Citation]:
        """What names a claim, in texts of some kinds."""
        return [one for one in self.citations if one.claim == claim and one.home in homes]

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
    """Every scenario by name, the baseline first; one that cannot be read costs only itself."""
    library = replace(project_library(), starts=project.data / "starts", common=project.scenarios)
    found = {ROOT: load_from(library, (ROOT,))[-1]}
    unread = []
    for path in sorted(project.scenarios.rglob("*.yaml")):
        try:
            scenario = load_from(library, (path,))[-1]
        except ScenarioError as fault:
            unread.append(str(fault.problems[0]))
        else:
            found.setdefault(scenario.name, scenario)
    return found, tuple(unread)


def _parameters(register: Register) -> Iterator[Sourced]:
    """Every parameter of the baseline, as the files give it."""
    for path, setting in register.baseline.settings.items():
        file = register.project.shown(Path(setting.file))
        yield Sourced("parameter", path, setting.grade, setting.source, file, setting.line)


def _start_files(register: Register) -> Iterator[Sourced]:
    """Tables and groups of every start file, and the parameters of those from which the baseline does not start."""
    for start, root in register.starts.items():
        file = register.project.shown(register.project.data / "starts" / f"{start}.yaml")
        for key, node in (root.entries or {}).items():
            what = {"parameters": "parameter", "groups": "group"}.get(key, "table")
            if what != "parameter" or start != register.baseline.start:
                prefix = "" if what == "parameter" else f"{start} "
                yield from _below(what, node, key if what == "table" else "", prefix, file)


def _below(what: str, node: Node, path: str, prefix: str, file: str) -> Iterator[Sourced]:
    """Each mapping from `node` down that gives a source or a grade, or holds a value."""
    entries = node.entries or {}
    if entries.keys() & {"source", "grade", "value"}:
        text = {key: entries[key].text or "" for key in ("grade", "source") if key in entries}
        line = entries["source"].line if "source" in entries else node.line
        yield Sourced(what, f"{prefix}{path}", text.get("grade", ""), text.get("source", ""), file, line)
        return
    for key, child in entries.items():
        yield from _below(what, child, f"{path}.{key}" if path else key, prefix, file)


def _tables(project: Project) -> Iterator[Sourced]:
    """Every row of the tables of facts that has a source of its own."""
    for what, table in TABLES:
        for line, row in project.rows(table):
            grade = row.get("grade") or row.get("source_status", "")
            name = f"{row['province']} {row['trait']}" if what == "trait" else row.get("key") or row.get("name") or row["zone"]
            kept = grade if what in ("trait", "fact") or grade in GRADES else ""
            yield Sourced(what, name, kept, row["source"], project.shown(project.data / table), line)


def _other_citations(register: Register) -> Iterator[Citation]:
    """What events, facts, towns, notes of tables, patterns and scenarios name."""
    project = register.project
    yield from in_events(register.kinds, project)
    for home, table, name, text in (
        ("fact", "observed_2015_2021.csv", "key", "claims"),
        ("town", "towns.csv", "key", "note"),
        ("zone", "zones.csv", "zone", "note"),
    ):
        for line, row in project.rows(table):
            yield from cited(home, row[name], row[text], project.shown(project.data / table), line)
    for name, node in (register.patterns.entries or {}).items():
        yield from in_texts("pattern", node, ("claims",), project.shown(project.data / "patterns.yaml"), name)
    for name, scenario in register.scenarios.items():
        yield from _in_scenario(name, scenario, project)


def _in_scenario(name: str, scenario: Scenario, project: Project) -> Iterator[Citation]:
    """What a scenario's question and reasons name, where it says so itself rather than through what it extends."""
    yield from cited("scenario", name, scenario.question, project.shown(Path(scenario.file)), 1)
    reasons = [(one.because, one.file, one.line) for one in scenario.sets]
    reasons += [(event.because, event.file, event.line) for event in scenario.events]
    seen = set()
    for because, file, line in reasons:
        if file == scenario.file and because not in seen:
            seen.add(because)
            yield from cited("scenario", name, because, project.shown(Path(file)), line)
