"""The claims file: the report's words apart from our reading, and faults told by line."""

from pathlib import Path

import pytest

from sim.provenance.claim_index import load_claims, numbers
from sim.scenario import ScenarioError


def test_what_is_the_reports_is_kept_apart_from_our_reading() -> None:
    claim = load_claims()["R43"]
    assert (claim.claim_type, claim.part) == ("mechanism", "future")
    assert claim.statement.endswith("for delimiting spheres.")
    assert claim.reading.startswith("skill carries over")


def test_no_statement_holds_our_reading_and_none_is_empty() -> None:
    for claim in load_claims().values():
        assert claim.statement and "Our reading" not in claim.statement + claim.reading, claim.number
        assert claim.line > 0


def test_numbers_are_found_once_and_in_order() -> None:
    assert numbers("R81, R06 and R81; not RR07, R7 or xR08") == ("R81", "R06")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("R01: {kind: mechanisme, part: summary, claim: a}", "line 1: the kind of R01 cannot be 'mechanisme'. Did you mean 'mechanism'?"),
        ("\nR01: {kind: event, claim: a}", "line 2: claim R01 must give exactly kind, part, claim."),
        ("X1: {kind: event, part: summary, claim: a}", "line 1: 'X1' is not a claim number."),
        ('R01: {kind: event, part: summary, claim: ""}', "line 1: the claim of R01 is empty."),
    ],
)
def test_faults_are_told_with_their_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_claims(path)
    assert told in str(caught.value)
