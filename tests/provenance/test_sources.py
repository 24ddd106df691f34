"""What a source text names, and what is wrong with it."""

from dataclasses import replace

import pytest

from sim.provenance.project_paths import Project
from sim.provenance.sources import SourcedItem, read_source, source_errors

KNOWN = {"R01", "R43"}
GOOD = SourcedItem("parameter", "a.b", "inferred", "R43: the central claim", "x.yaml", 7)


def told(**changes: str) -> list[str]:
    """The source_errors of a good source after changes."""
    return list(source_errors(replace(GOOD, **changes), KNOWN, Project()))


def test_a_source_is_taken_apart() -> None:
    source = read_source("R43 R01: as in assets.csv and docs/sense.md (https://a.org/R77/list.csv?x=1); ours, a guess")
    assert source.claims == ("R43", "R01")
    assert source.files == ("assets.csv", "docs/sense.md")
    assert source.addresses == ("https://a.org/R77/list.csv?x=1",)
    assert source.words == ("as", "in", "and", "guess")


def test_a_good_source_of_each_grade_has_no_fault() -> None:
    assert told() == []
    assert told(grade="stated", source="R01") == []
    assert told(grade="sourced", source="assets.csv") == []
    assert told(grade="sourced", source="https://a.org/b") == []
    assert told(grade="assumed", source="ours: a tired army") == []
    assert told(category="table", source="provinces.csv, our scale") == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"source": " "}, "has no source"),
        ({"grade": "guessed"}, "has the grade 'guessed', which is none of stated, inferred, sourced, assumed"),
        ({"source": "R99: the hinge"}, "cites claim R99, which claims.yaml does not have"),
        ({"source": "R43 and nowhere.csv"}, "names the file 'nowhere.csv', which does not exist"),
        ({"grade": "stated", "source": "https://a.org"}, "cites no claim"),
        ({"source": "as everyone knows"}, "names nothing that it was inferred from"),
        ({"source": "provinces.csv"}, "names nothing that it was inferred from"),
        ({"grade": "sourced", "source": "R43: the report"}, "names no page and no table"),
        ({"grade": "assumed", "source": "ours"}, "gives no reasoning"),
        ({"grade": "assumed", "source": "R43"}, "gives no reasoning"),
    ],
)
def test_each_error_is_reported(changes: dict[str, str], fault: str) -> None:
    found = told(**changes)
    assert len(found) == 1 and fault in found[0] and "'a.b'" in found[0]
