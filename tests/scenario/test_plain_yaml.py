"""Plain YAML read line by line is what the careful parser reads; whatever is not plain is left to it."""

import random
from pathlib import Path

import pytest

from sim.scenario.plain_yaml import plain_tree
from sim.scenario.validation_errors import ErrorCollector
from sim.scenario.yaml_tree import Composer, Node

PROJECT = Path(__file__).resolve().parents[2]
FILES = sorted(path for folder in ("scenarios", "sim/data") for path in (PROJECT / folder).rglob("*.yaml"))
LARGE = [PROJECT / "scenarios" / "baseline.yaml", *(PROJECT / "sim" / "data" / "starts").glob("*.yaml")]
MARKS = [*" \n:#,[]{}\"'-?!&*|>%@`\\\t~.<=+01aZ_/()é\r\x85\u2028\ufeff", ": ", " #", "\n  ", "- ", ": {", "---", "...", "<<: ", "{}", "? "]
PLAIN = """\
# a comment
question: "Who: then # and what?"   # why
set:  # below

  a.b: {scale: 1.5, range: [ -0.5, .25 ], of: {c: 'x, y', d: {}, e: []}}
  c: Russia's - own 1:2 words  #told
months: 12
"""


def careful(text: str) -> Node:
    """The tree that the careful parser gives, which finds nothing wrong."""
    findings = ErrorCollector("plain")
    tree = Composer(text, findings).document()
    assert not findings.problems
    return tree


def test_every_plain_form_gives_the_tree_of_the_careful_parser() -> None:
    tree = plain_tree(PLAIN)
    assert tree == careful(PLAIN)
    assert tree.entries["set"].entries["c"] == Node(6, text="Russia's - own 1:2 words", comment="#told")


@pytest.mark.parametrize("path", LARGE, ids=lambda path: path.name)
def test_the_large_files_are_plain(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert plain_tree(text) == careful(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "a\n", "a:\n", "a: b: c\n", "a: b\n  c: d\n", "a: 1\na: 2\n", "a: {b: 1, b: 2}\n", "a: 1\n b: 2\n", "a:\n- 1\n", "a: [1, 2,]\n",
        "a: {b}\n", "a: {b: 1\n", "a: 'b\n", 'a: "b" c\n', 'a: "\\n"\n', "a: 'it''s'\n", "a: *b\n", "a: &b c\n", "a: !b c\n", "a: |\n  b\n",
        "a: >-\n  b\n", "<<: {a: 1}\n", "%YAML 1.2\n---\na: 1\n", "a: 1\n---\nb: 2\n", "a:\tb\n", "a: b\r\n", "a: \x01\n", "a: b\x85c: d\n",
        " a: 1\n", "a:\n  b: 1\n c: 2\n", "a:\n  b: 1\n   c: 2\n", "- a: 1\n", "? a\n: b\n", "{a: 1}\n", "a: {b: c: d}\n", "a: [1]]\n",
        "a: b #c\n  d\n", "a:" + " {b:" * 10 + " 1" + "}" * 10 + "\n", "a: [" + "1, " * 40_000 + "1]\n",
    ],
)  # fmt: skip
def test_what_is_wrong_or_not_plain_is_left_to_the_careful_parser(text: str) -> None:
    assert plain_tree(text) is None


def test_wherever_a_text_counts_as_plain_the_careful_parser_agrees() -> None:
    """Some lines of the files that come with the model, with a few marks put in, taken out or replaced anywhere."""
    lines = [line for path in FILES for line in path.read_text(encoding="utf-8").splitlines()]
    chance, plain = random.Random(1), 0
    for _ in range(6_000):
        first = chance.randrange(len(lines) - 4)
        some = [line[:200] for line in lines[first : first + chance.randint(1, 4)]]
        text = "\n".join(some).lstrip(" ")
        for _ in range(chance.randint(0, 3)):
            at = chance.randrange(len(text) + 1)
            text = text[:at] + "".join(chance.choices(MARKS, k=chance.randint(0, 2))) + text[at + chance.randint(0, 2) :]
        tree = plain_tree(text)
        if tree is not None:
            plain += 1
            assert tree == careful(text), repr(text)
    assert plain > 200
