"""What a source text names (claims of the report, pages, tables, our own reasoning), and what is wrong with it."""

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
    "sourced": "from the pages or tables named below",
    "assumed": "our own; a line of reasoning, no evidence",
}


@dataclass(frozen=True)
class Sourced:
    """Something that must have a source: `what` it is (parameter, table, group, trait, ...), its name, grade ("" if none), and place."""

    what: str
    name: str
    grade: str
    source: str
    file: str
    line: int


@dataclass(frozen=True)
class Source:
    """What a source text is made of."""

    claims: tuple[str, ...]
    addresses: tuple[str, ...]
    files: tuple[str, ...]
    words: tuple[str, ...]


def read_source(text: str) -> Source:
    """Take a source text apart: claim numbers, addresses of pages, files of the project, and the words that are left."""
    addresses = tuple(address.rstrip(".)") for address in ADDRESS.findall(text))
    rest = ADDRESS.sub(" ", text)
    files = tuple(FILE.findall(rest))
    words = tuple(word for word in WORD.findall(NUMBER.sub(" ", FILE.sub(" ", rest))) if word.lower() != "ours")
    return Source(numbers(rest), addresses, files, words)


def faults(one: Sourced, known: Collection[str], project: Project) -> Iterator[str]:
    """What is wrong with a source, in words; `known` are the numbers of claims. Grade by grade, it must name what it rests on."""
    source, what = read_source(one.source), f"{one.what} '{one.name}'"
    if not one.source.strip():
        yield f"{what} has no source."
        return
    if one.grade and one.grade not in GRADES:
        yield f"{what} has the grade '{one.grade}', which is none of {', '.join(GRADES)}."
    for number in source.claims:
        if number not in known:
            yield f"the source of {what} names claim {number}, which claims.yaml does not have."
    for file in source.files:
        if not project.has(file):
            yield f"the source of {what} names the file '{file}', which does not exist."
    inferable = source.claims or (one.what != "parameter" and (source.files or source.addresses))
    if one.grade == "stated" and not source.claims:
        yield f"{what} is graded stated, but its source names no claim."
    if one.grade == "inferred" and not inferable:
        yield f"{what} is graded inferred, but its source names nothing that it was inferred from."
    if one.grade == "sourced" and not (source.addresses or source.files):
        yield f"{what} is graded sourced, but its source names no page and no table."
    if one.grade == "assumed" and len(source.words) < FEWEST_WORDS:
        yield f"{what} is graded assumed, but its source gives no reasoning."
