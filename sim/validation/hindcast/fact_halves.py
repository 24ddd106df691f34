"""The two halves of the dated facts: `sim/data/held_out.yaml`, or a file of one's own, says which facts are held out.

Facts belong to episodes (a campaign, a siege), and an episode lies in one half as a whole. Rules and numbers of the model may be set by
the setting half only, and `observed_facts.load_facts`, which calibration may use, returns no other; the held-out half is read here, and
only when it is asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.model.state.csv_files import data_path, read_csv
from sim.scenario import value_parsers
from sim.scenario.validation_errors import ErrorCollector, ScenarioError
from sim.scenario.yaml_reader import Node, read_file
from sim.text.suggestions import did_you_mean, display_path, quote

SETTING, HELD_OUT = "setting", "held_out"
HALVES = (SETTING, HELD_OUT)
FILE, FACTS = "held_out.yaml", "observed_2015_2021.csv"
KEYS = ("half", "says", "facts")


@dataclass(frozen=True)
class Episode:
    """Facts that belong together, and the half they lie in."""

    name: str
    half: str
    says: str
    facts: tuple[str, ...]


def load_episodes(path: Path | None = None) -> tuple[Episode, ...]:
    """Every episode of a file, the shipped one by default.

    Raises ScenarioError with file and line for what is unknown or missing, a fact that stands twice, a fact that is compared and stands
    in no episode, and a town whose facts lie in both halves.
    """
    path = path or data_path(FILE)
    findings = ErrorCollector(display_path(path))
    rows = {row["key"]: row for row in read_csv(FACTS)}
    root = read_file(path, findings)
    read = [] if root is None else [_episode(name, node, rows, findings) for name, node in (root.entries or {}).items()]
    episodes = tuple(episode for episode in read if episode is not None)
    if root is not None and not findings.problems:
        _check_together(root, episodes, rows, findings)
    if findings.problems:
        raise ScenarioError(findings.problems)
    return episodes


def half_of(episodes: Sequence[Episode]) -> dict[str, str]:
    """The half of each fact, by key."""
    return {fact: episode.half for episode in episodes for fact in episode.facts}


def _episode(name: str, node: Node, rows: Mapping[str, object], findings: ErrorCollector) -> Episode | None:
    """One episode, or None with findings."""
    if node.entries is None:
        return findings.error(node.line, f"episode {quote(name)} must have the keys {', '.join(KEYS)}, not be {node}.")
    found = len(findings.problems)
    for key, value in node.entries.items():
        if key not in KEYS:
            findings.error(value.line, f"episode {quote(name)} has an unknown key {quote(key)}.", did_you_mean(key, KEYS))
    for key in KEYS:
        if key not in node.entries:
            findings.error(node.line, f"episode {quote(name)} lacks '{key}'.")
    entries = node.entries
    half = value_parsers.choice(entries["half"], "'half'", HALVES, findings) if "half" in entries else None
    says = value_parsers.text(entries["says"], "'says'", findings) if "says" in entries else None
    facts = _facts(entries["facts"], name, rows, findings) if "facts" in entries else ()
    if len(findings.problems) > found or half is None:
        return None
    return Episode(name, half, says or "", facts)


def _facts(node: Node, name: str, rows: Mapping[str, object], findings: ErrorCollector) -> tuple[str, ...]:
    """Keys of facts, each of them known."""
    if not node.items:
        findings.error(node.line, f"the facts of {quote(name)} must be a list of keys of {FACTS}, not {node}.")
        return ()
    for item in node.items:
        if (item.text or "") not in rows:
            close = did_you_mean(item.text or "", rows)
            findings.error(item.line, f"{item} is not a fact of {FACTS}.", close if close.startswith("Did") else "")
    return tuple(item.text or "" for item in node.items)


def _check_together(root: Node, episodes: Sequence[Episode], rows: Mapping[str, Mapping[str, str]], findings: ErrorCollector) -> None:
    """No fact twice, none that is compared left out, no town in both halves."""
    first: dict[str, str] = {}
    towns: dict[str, Episode] = {}
    for episode in episodes:
        for item in ((root.entries or {})[episode.name].entries or {})["facts"].items or ():
            fact, town = item.text or "", rows[item.text or ""]["town"]
            if fact in first:
                findings.error(item.line, f"{quote(fact)} stands twice (first in {quote(first[fact])}).", "Delete one of the two.")
            first.setdefault(fact, episode.name)
            other = towns.setdefault(town, episode) if town else episode
            if other.half != episode.half:
                text = f"{quote(fact)} is about {town}, of which {quote(other.name)} has facts in the other half."
                findings.error(item.line, text, "Facts of one town lie in one half.")
    missing = [key for key, row in rows.items() if row["compared"] == "yes" and key not in first]
    if missing:
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        text = f"facts that are compared stand in no episode: {', '.join(missing[:5])}{more}."
        findings.error(0, text, "Put each into one episode.")
