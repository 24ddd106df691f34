"""Start files: the state that a run begins from, `sim/data/starts/2021-06.yaml` for `start: 2021-06`."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.model.state.dimensions import Camp, Leader, keys
from sim.scenario import value_parsers
from sim.scenario.initial_state_pockets import check_pockets
from sim.scenario.initial_state_shares import check_share_tables
from sim.scenario.validation_errors import ErrorCollector
from sim.scenario.yaml_reader import Node, read_file
from sim.text.suggestions import did_you_mean, display_path, quote

_GROUP = re.compile(r"[a-z][a-z0-9_]{0,59}")
_PROVINCE = re.compile(r"[A-Z]{2}-[A-Z]{2}")


@dataclass
class InitialStateFile:
    """A start file: its groups, the parameters it states, and the tables that the model reads; `parsed` unless it is no YAML at all."""

    name: str
    findings: ErrorCollector
    parsed: bool = False
    groups: tuple[str, ...] = ()
    parameters: Node | None = None
    state: dict[str, Any] = field(default_factory=dict)


def known_starts(folder: Path) -> list[str]:
    """Names of the start files there are."""
    return sorted(path.stem for path in folder.glob("*.yaml"))


def read_initial_state(folder: Path, name: str, provinces: Collection[str] = ()) -> InitialStateFile:
    """Read a start file that exists; its faults are in `findings`. `provinces` are the ISO codes that its tables may use."""
    path = folder / f"{name}.yaml"
    start = InitialStateFile(name, ErrorCollector(display_path(path)))
    root = read_file(path, start.findings)
    if root is None or root.entries is None:
        return start
    start.parsed = True
    for key in ("month", "parameters", "groups"):
        if key not in root.entries:
            start.findings.error(1, f"'{key}' is missing.")
    if "month" in root.entries:
        month = value_parsers.month(root.entries["month"], "'month'", start.findings)
        if month is not None and month != name:
            start.findings.error(root.entries["month"].line, f"'month' is {month}, but the file is named {name}.")
    groups = root.entries.get("groups")
    if groups is not None and not groups.entries:
        start.findings.error(groups.line, "'groups' must hold one line a group.")
    for group, node in (groups.entries or {}).items() if groups else ():
        _check_group(group, node, start.findings)
    check_share_tables(root, start.findings)
    check_pockets(root, start.findings)
    if provinces:
        _check_provinces(root, provinces, start.findings)
    start.groups = tuple(groups.entries or ()) if groups else ()
    start.parameters = root.entries.get("parameters")
    start.state = {key: value_parsers.plain(node) for key, node in root.entries.items() if key != "parameters"}
    return start


def _check_group(group: str, node: Node, findings: ErrorCollector) -> None:
    """A group has a plain name, and its line names an actor that leads it and a camp in which it fights."""
    if not _GROUP.fullmatch(group):
        findings.error(node.line, f"{quote(group)} cannot be the name of a group.", "Use small letters, digits and '_', such as badr.")
    for key, known in {"leader": keys(Leader), "camp": keys(Camp)}.items():
        named = node.entries.get(key) if node.entries else None
        if named is None:
            findings.error(node.line, f"group {quote(group)} has no '{key}'.", f"Choose from {', '.join(known)}.")
        else:
            value_parsers.choice(named, f"the {key} of group {quote(group)}", known, findings)


def _check_provinces(node: Node, provinces: Collection[str], findings: ErrorCollector) -> None:
    """Whatever looks like the code of a province, anywhere in the tables, must be one."""
    for key, child in (node.entries or {}).items():
        written = [(key, child.line)] + ([(child.text, child.line)] if child.text is not None and not child.quoted else [])
        for code, line in written:
            if _PROVINCE.fullmatch(code) and code not in provinces:
                findings.error(line, f"{quote(code)} is not a province.", did_you_mean(code, provinces))
        _check_provinces(child, provinces, findings)


def unknown_start(name: str, folder: Path) -> tuple[str, str]:
    """Message and hint for a month that has no start file."""
    return f"there is no start '{name}'.", f"Starts are: {', '.join(known_starts(folder))}."
