"""What a source text gives (claims of the report, web pages, tables, our own reasoning), and whether that fits its grade."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sim.provenance.claim_index import NUMBER, numbers
from sim.provenance.project_paths import Project
from sim.scenario.scenario import GRADES

ADDRESS = re.compile(r"https?://[^\s;,<>\"']+")
FILE = re.compile(r"\b[\w/-]+\.(?:csv|yaml|geojson|md)\b")
WORD = re.compile(r"[^\W\d_]{2,}")
FEWEST_WORDS = 2  # fewer give no reason
GRADE_MEANINGS = {
    "stated": "said by the report itself",
    "inferred": "our inference from what is named below",
    "sourced": "taken from the pages or tables named below",
    "assumed": "our own assumption; a line of reasoning, no evidence",
}


@dataclass(frozen=True)
class SourcedItem:
    """Something that needs a source: its category (parameter, table, group, trait, ...), name, grade ("" if none), and place."""

    category: str
    name: str
    grade: str
    source: str
    file: str
    line: int


@dataclass(frozen=True)
class Source:
    """The parts of a source text."""

    claims: tuple[str, ...]
    addresses: tuple[str, ...]
    files: tuple[str, ...]
    words: tuple[str, ...]


def read_source(text: str) -> Source:
    """Split a source text into claim numbers, addresses of pages, files of the project, and the remaining words."""
    addresses = tuple(address.rstrip(".)") for address in ADDRESS.findall(text))
    rest = ADDRESS.sub(" ", text)
    files = tuple(FILE.findall(rest))
    words = tuple(word for word in WORD.findall(NUMBER.sub(" ", FILE.sub(" ", rest))) if word.lower() != "ours")
    return Source(numbers(rest), addresses, files, words)


def source_errors(item: SourcedItem, known: Collection[str], project: Project) -> Iterator[str]:
    """What is wrong with a source, a sentence each; each grade demands its own kind of evidence. `known`: the claim numbers."""
    source, label = read_source(item.source), f"{item.category} '{item.name}'"
    if not item.source.strip():
        yield f"{label} has no source."
        return
    if item.grade and item.grade not in GRADES:
        yield f"{label} has the grade '{item.grade}', which is none of {', '.join(GRADES)}."
    for number in source.claims:
        if number not in known:
            yield f"the source of {label} cites claim {number}, which claims.yaml does not have."
    for file in source.files:
        if not project.has(file):
            yield f"the source of {label} names the file '{file}', which does not exist."
    inferable = source.claims or (item.category != "parameter" and (source.files or source.addresses))
    if item.grade == "stated" and not source.claims:
        yield f"{label} is graded stated, but its source cites no claim."
    if item.grade == "inferred" and not inferable:
        yield f"{label} is graded inferred, but its source names nothing that it was inferred from."
    if item.grade == "sourced" and not (source.addresses or source.files):
        yield f"{label} is graded sourced, but its source names no page and no table."
    if item.grade == "assumed" and len(source.words) < FEWEST_WORDS:
        yield f"{label} is graded assumed, but its source gives no reasoning."
