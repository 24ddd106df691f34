"""The register has no gaps; and whatever is taken out of it makes one."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from provenance.project_copy import PROJECT, Copy, copy_to
from sim.provenance.citations import Citation
from sim.provenance.claim_index import NUMBER, Claim, load_claims
from sim.provenance.gaps import gaps, missing_homes
from sim.provenance.project_paths import Project
from sim.provenance.register import Register, load_register
from sim.provenance.sources import source_errors
from sim.scenario import ScenarioError
from sim.scenario.value_parsers import plain

BASELINE = "scenarios/baseline.yaml"


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return copy_to(tmp_path)


@pytest.fixture(scope="module")
def lacking(register: Register) -> set[str]:
    """What the register lacks as it stands: nothing, as the next test asks; kept so that a gap hides no other test."""
    return {str(one) for one in gaps(register)}


def test_nothing_is_missing(lacking: set[str]) -> None:
    assert lacking == set()


def test_every_scenario_of_the_project_is_read(register: Register) -> None:
    assert register.unread == ()
    assert {path.stem for path in PROJECT.glob("scenarios/*.yaml")} <= set(register.scenarios)


def test_a_scenario_that_cannot_be_read_costs_only_itself(copy: Copy) -> None:
    copy.change("scenarios/investment_framework.yaml", "coordinate.framework", "coordinate.framewrok")
    found = load_register(Project(copy.root, copy.root / "scenarios"))
    assert set(found.scenarios) == {"baseline"}
    assert len(found.unread) == 1 and "'coordinate.framewrok' is not a parameter. Did you mean 'coordinate.framework'" in found.unread[0]


def test_the_register_holds_every_kind_of_thing_that_needs_a_source(register: Register) -> None:
    kinds = {one.category for one in register.sourced}
    assert kinds == {"parameter", "table", "group", "trait", "zone", "asset", "site", "fact"}
    assert {one.name for one in register.sourced if one.category == "parameter"} >= set(register.baseline.settings)


def test_whatever_loses_its_source_is_told_of(register: Register) -> None:
    for one in register.sourced:
        assert list(source_errors(replace(one, source=""), register.claims, register.project)), one


def test_every_claim_loses_its_home_with_what_names_it(register: Register) -> None:
    bare = replace(register, citations=())
    assert all(missing_homes(bare, claim) for claim in register.claims.values())


CLAIMS = "sim/data/claims.yaml"


def claim(number: str, kind: str) -> tuple[str, str, str]:
    """A claim that nothing names yet: file, old text, new text."""
    return CLAIMS, "\nR02:", f"\n{number}: {{kind: {kind}, part: summary, claim: New.}}\nR02:"


BROKEN = {  # what is broken: file, old text, new text, what is told
    "a blank source": (
        "sim/data/traits.csv",
        "SY-DI,capital,1,stated,R47,",
        "SY-DI,capital,1,stated,,",
        "sim/data/traits.csv, line 2: trait 'SY-DI capital' has no source.",
    ),
    "a source that loses its claim": (
        "sim/data/starts/2021-06.yaml",
        'source: "R19: at the Iraqi border"',
        'source: "at the Iraqi border"',
        "group '2021-06 badr' is graded stated, but its source cites no claim.",
    ),
    "an unknown claim in a source": (
        BASELINE,
        'source: "R43: the central claim',
        'source: "R98: the hinge',
        "the source of parameter 'coordinate.carry_over' cites claim R98",
    ),
    "an unknown claim in a docstring": (
        "sim/model/processes/bargaining.py",
        "(R24, R35, R43)",
        "(R24, R35, R98)",
        "rule 'bargaining' cites claim R98",
    ),
    "an unknown claim in a scenario": (
        "scenarios/investment_framework.yaml",
        "R32: its absence",
        "R98: its absence",
        "scenario 'investment_framework' cites claim R98",
    ),
    "a file that does not exist": (
        BASELINE,
        "no Russian power contract in assets.csv",
        "no Russian power contract in contracts.csv",
        "the source of parameter 'contract.russia.power' names the file 'contracts.csv', which does not exist.",
    ),
    "a mechanism that no rule names": (
        *claim("R91", "mechanism"),
        "mechanism R91 is not used: no rule in the code names it.",
    ),
    "a mechanism without a number": (*claim("R92", "mechanism"), "R92 is not used: no parameter's source names it."),
    "an outcome that nothing measures": (*claim("R93", "outcome"), "outcome R93 is not used: no pattern measures it."),
    "an event that nothing dates": (*claim("R94", "event"), "event R94 is not used: no dated fact, kind of event or start"),
    "a state that nothing rests on": (*claim("R95", "state"), "state R95 is not used: nothing in the model names it."),
    "rules of ours that do not say so": (
        "sim/model/processes/deployment.py",
        "2b. Deploy (ours):",
        "2b. Deploy:",
        "sim/model/processes/deployment.py, line 1: these rules cite no claim of the report and do not say that they are ours.",
    ),
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What the register lacks once all of this is broken at the same time."""
    copy = copy_to(tmp_path_factory.mktemp("broken"))
    for file, old, new, _ in BROKEN.values():
        copy.change(file, old, new)
    return copy.gaps()


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_is_told(broken: set[str], lacking: set[str], case: str) -> None:
    told = BROKEN[case][-1]
    assert any(told in gap for gap in broken - lacking), broken - lacking


def test_a_pattern_is_the_home_of_an_outcome(register: Register) -> None:
    new = Claim("R98", "outcome", "future", "New.", "")
    named = Citation("R98", "pattern", "new", "R98", "patterns.yaml", 1)
    assert missing_homes(register, new) == ["no pattern measures it"]
    assert missing_homes(replace(register, citations=(*register.citations, named)), new) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (', source: "R43: the central claim of the report; how far is not said"}', "}", "'coordinate.carry_over' lacks source."),
        (
            'source: "R43: the central claim of the report; how far is not said"',
            'source: ""',
            "the source of 'coordinate.carry_over' is empty.",
        ),
        (
            "carry_over: {value: 0.4",
            "carry_over: {value: 0.9",
            "the value 0.9 of 'coordinate.carry_over' lies outside its range 0.1 to 0.8.",
        ),
    ],
)
def test_a_number_without_source_or_out_of_range_is_not_even_read(copy: Copy, old: str, new: str, told: str) -> None:
    copy.change(BASELINE, old, new)
    with pytest.raises(ScenarioError) as caught:
        copy.gaps()
    assert told in str(caught.value)


def with_setting(register: Register, path: str, **changes: object) -> Register:
    """The register after a change to one parameter of its baseline."""
    settings = {**register.baseline.settings, path: replace(register.baseline.settings[path], **changes)}  # type: ignore[arg-type]
    return replace(register, scenarios={**register.scenarios, "baseline": replace(register.baseline, settings=settings)})


def test_a_central_value_outside_its_range_is_a_gap(register: Register) -> None:
    told = [str(one) for one in gaps(with_setting(register, "coordinate.carry_over", value=0.9))]
    assert any("the value 0.9 of 'coordinate.carry_over' lies outside its range 0.1 to 0.8." in one for one in told)


def test_an_interest_of_ours_must_say_so(register: Register) -> None:
    told = [str(one) for one in gaps(with_setting(register, "sdf.interests.oil", meaning="oil fields (R67 for where)"))]
    assert any("the interest 'sdf.interests.oil' is not taken from the report" in one for one in told)


def test_a_kind_of_event_names_a_claim_or_says_that_it_is_ours(register: Register) -> None:
    kinds = tuple(replace(kind, claims="") if kind.name == "breakdown" else kind for kind in register.kinds)
    told = [str(one) for one in gaps(replace(register, kinds=kinds))]
    assert any("the kind of event 'breakdown' cites no claim" in one for one in told)


TEXTS = sorted(
    [*PROJECT.glob("scenarios/**/*.yaml"), *PROJECT.glob("sim/**/*.py"), *PROJECT.glob("sim/data/**/*.*"), *PROJECT.glob("docs/**/*.md")]
)


@pytest.mark.parametrize("suffix", [".yaml", ".py", ".csv", ".md"])
def test_every_claim_named_anywhere_exists(suffix: str) -> None:
    known = set(load_claims())
    for file in TEXTS:
        if file.suffix == suffix and "evidence" not in file.parts:  # there, numbers stand as examples
            assert set(NUMBER.findall(file.read_text(encoding="utf-8"))) <= known, file


def test_every_group_is_wholly_deployed(register: Register) -> None:
    for start, root in register.starts.items():
        for name, group in plain(root)["groups"].items():
            assert sum(group["deployment"].values()) == pytest.approx(1.0), f"{start}: {name}"


def test_no_file_names_a_folder_of_a_machine(register: Register) -> None:
    files = {one.file for one in (*register.citations, *register.sourced)}
    assert files and not any(re.match(r"/|[A-Z]:|\.\.", file) for file in files), files
