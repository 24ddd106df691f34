"""The patterns file: what ships can be read, and every mistake is told with line and what would be right."""

from pathlib import Path

import pytest

from sim.provenance.claim_index import load_claims
from sim.scenario import ScenarioError
from sim.validation.patterns.pattern_file import load_patterns

PROJECT = Path(__file__).resolve().parents[3]
GOOD = """\
quiet:
  says: Fronts stay quiet.
  claims: []
  role: used for fitting
  expect: at least 0.8
  level: {of: offensives, years: [1, 3], at_most: 0}
delimited:
  says: They delimit.
  claims: [R35]
  role: held out
  expect: 0.5 to 1
  scenarios: all
  class: {of: outcome, is: delimited_agreed}
"""


def read(tmp_path: Path, text: str) -> str:
    """The complaint about a file."""
    file = tmp_path / "mine.yaml"
    file.write_text(text)
    with pytest.raises(ScenarioError) as fault:
        load_patterns(file)
    return str(fault.value)


def test_what_ships_is_read_and_speaks_for_every_outcome_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    patterns = load_patterns()
    assert len({pattern.name for pattern in patterns}) == len(patterns)
    outcomes = {claim.number for claim in load_claims().values() if claim.claim_type == "outcome"}
    assert outcomes == {"R16", "R30", "R31", "R33", "R35", "R82", "R83", "R84"}
    spoken = {number for pattern in patterns if pattern.role == "held_out" for number in pattern.claims}
    assert outcomes <= spoken
    assert not any(outcomes & set(pattern.claims) for pattern in patterns if pattern.role == "fitted")


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD)
    quiet, delimited = load_patterns(file)
    assert (quiet.role, quiet.scenarios, quiet.line, tuple(quiet.expect)) == ("fitted", ("baseline",), 1, (0.8, 1.0))
    assert delimited.applies("anything") and quiet.applies("baseline") and not quiet.applies("anything")
    assert (delimited.role, delimited.claims, delimited.line) == ("held_out", ("R35",), 7)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("of: offensives,", "of: ofensives,", "line 6: 'ofensives' is not a measure. Did you mean 'offensives'?"),
        ("claims: [R35]\n  role: held out", "claims: [R35]\n  role: used for fitting", "line 10: 'delimited' would use R35"),
        ("  class:", "  level: {of: broken, at_most: 0}\n  class:", "line 14: two conditions are given, 'level' and 'class'"),
        ("scenarios: all", "scenarios: golan_lapses", "line 12: 'golan_lapses' is not a scenario. Did you mean 'golan_agreement_lapses'?"),
        ("claims: [R35]", "claims: [R99]", "line 9: 'R99' is not a claim"),
        ("claims: [R35]", "claims: []", "line 10: 'delimited' is held out, but names no claim"),
        ("role: held out", "role: hold out", "line 10: 'role' cannot be 'hold out'. Did you mean 'held out'?"),
        ("expect: 0.5 to 1", "expect: likely", "line 11: 'expect' cannot be 'likely'. Write 'at least 0.5'"),
        ("expect: 0.5 to 1", "expect: at least 50", "line 11: 'expect' cannot be 'at least 50': shares run from 0 to 1"),
        ("is: delimited_agreed", "is: delimited", "line 13: the class of 'outcome' cannot be 'delimited'. Did you mean"),
        ("at_most: 0}", "at_most: 0, at_least: 0}", "line 6: 'level' needs exactly one of"),
        ("years: [1, 3]", "years: [3, 1]", "line 6: 'years' cannot run from 3 to 1"),
        ("years: [1, 3]", "year: [1, 3]", "line 6: a term has no 'year'. Did you mean 'years'?"),
        ("of: offensives, years: [1, 3]", "of: roots_iran", "line 6: 'roots_iran' is measured by province. Say where"),
        ("of: offensives, years: [1, 3]", "of: roots_iran, in: SY-DX", "line 6: 'SY-DX' is not a province. Did you mean"),
        ("of: offensives, years: [1, 3]", "of: delimitation, in: SY-DY", "line 6: 'delimitation' is measured for the whole country"),
        ("of: offensives, years: [1, 3]", "of: strikes, in: SY-DY, years: [1, 3]", "line 6: 'strikes' is not recorded year by year"),
        ("of: offensives, years: [1, 3]", "of: strikes, at: start", "line 6: 'strikes' is counted during a run"),
        ("of: offensives, years: [1, 3]", "of: roots_iran, in: [SY-DY, SY-RA]", "line 6: 'roots_iran' is asked for 2 provinces"),
        ("  level: {of: offensives, years: [1, 3], at_most: 0}\n", "", "line 1: no condition is given"),
        ("level: {of: offensives", "levle: {of: offensives", "line 6: 'levle' is not a key of a pattern. Did you mean 'level'?"),
        (
            "scenarios: all\n  class: {of: outcome, is: delimited_agreed}",
            "differs: {of: broken, more_than: baseline}",
            "line 7: 'delimited' compares 'baseline' with itself",
        ),
        ("  says: They delimit.\n", "", "line 7: pattern 'delimited' lacks 'says'"),
    ],
)
def test_mistakes_are_told_with_line_and_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, told: str) -> None:
    monkeypatch.chdir(PROJECT)
    assert old in GOOD
    complaint = read(tmp_path, GOOD.replace(old, new, 1))
    assert told in complaint and "mine.yaml" in complaint


def test_no_code_is_taken_from_the_file(tmp_path: Path) -> None:
    assert "not a measure" in read(tmp_path, GOOD.replace("of: offensives,", 'of: "__import__(chr(111))",'))
    assert "a threshold must be a number" in read(tmp_path, GOOD.replace("at_most: 0}", "at_most: 1+1}"))


def test_all_faults_are_told_together(tmp_path: Path) -> None:
    complaint = read(tmp_path, GOOD.replace("of: offensives,", "of: nothing,").replace("[R35]", "[R00]"))
    assert complaint.index("line 6") < complaint.index("line 9")
