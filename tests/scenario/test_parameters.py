"""A root's parameters: each line whole and within bounds, and the file matched both ways with what the code declares."""

import pytest

from scenario.bench import BASELINE, START, Bench
from sim.scenario.validation_errors import ScenarioError

LINE = '{value: 2, unit: strikes per month, range: [0.5, 4], grade: assumed, source: "a guess"}'


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("value: 2,", "value: 200,", "the value of 'israel.strike_rate' cannot be 200. Unit: rate; must lie between 0 and 100."),
        ("value: 2,", "value: 5,", "the value 5 of 'israel.strike_rate' lies outside its range 0.5 to 4."),
        ("value: 2,", "value: '2',", "the value of 'israel.strike_rate' must be a number; '2' is text. Write 2 without quotes."),
        ("value: 2,", "value: yes,", "the value of 'israel.strike_rate' must be a number; 'yes' is a yes-or-no value."),
        ("value: 2,", "value: false,", "the value of 'israel.strike_rate' must be a number; 'false' is a yes-or-no value."),
        ("value: 2,", "", "'israel.strike_rate' lacks value."),
        ("value: 2,", "valu: 2,", "'valu' is not a key of 'israel.strike_rate'. Did you mean 'value'?"),
        ("[0.5, 4]", "[4, 0.5]", "the range of 'israel.strike_rate' runs from 4 down to 0.5. Swap the two."),
        ("[0.5, 4]", "[0.5]", "the range of 'israel.strike_rate' must be two numbers, such as [0.5, 4], not a list."),
        ("[0.5, 4]", "0.5", "the range of 'israel.strike_rate' must be two numbers"),
        ("[0.5, 4]", "[-1, 4]", "the range of 'israel.strike_rate' cannot be -1."),
        ("[0.5, 4]", "[0.5, inf]", "the range of 'israel.strike_rate' must be a finite number, not 'inf'."),
        ("range: [0.5, 4], ", "", "'israel.strike_rate' lacks range."),
        ("strikes per month", "''", "the unit of 'israel.strike_rate' is empty."),
        ('"a guess"', '" "', "the source of 'israel.strike_rate' is empty."),
        ("grade: assumed", "grade: assummed", "the grade of 'israel.strike_rate' cannot be 'assummed'. Did you mean 'assumed'?"),
        (
            LINE,
            "2",
            "'israel.strike_rate' must be a line such as {value: ..., unit: ..., range: [..., ...], grade: ..., source: ...}",
        ),
    ],
)
def test_a_faulty_line(bench: Bench, old: str, new: str, message: str) -> None:
    problems = [str(problem) for problem in bench.problems(BASELINE.replace(LINE, LINE.replace(old, new, 1)))]
    assert f"scenarios/mine.yaml, line 7: {message}" in problems[0]
    assert len(problems) == (2 if "valu:" in new else 1)  # a misspelt key is also an absent one


def test_only_definitions_may_leave_the_range_out(bench: Bench) -> None:
    assert bench.load().settings["definitions.lead"].range is None


def test_a_parameter_may_say_that_it_has_no_range(bench: Bench) -> None:
    """`range: null` is a number that worlds do not draw; an empty range is a slip."""
    without = LINE.replace("range: [0.5, 4]", "range: null")
    assert without != LINE
    setting = bench.load(BASELINE.replace(LINE, without, 1)).settings["israel.strike_rate"]
    assert setting.range is None and not setting.varies
    assert "must be two numbers" in bench.problem(BASELINE.replace(LINE, LINE.replace("range: [0.5, 4]", "range: "), 1))


def test_a_misspelt_parameter_of_a_root_is_reported_once(bench: Bench) -> None:
    message = bench.problem(BASELINE.replace("    strike_rate:", "    strike_rat:"))
    assert (
        message
        == "scenarios/mine.yaml, line 7: 'israel.strike_rat' is not a parameter. Did you mean 'israel.strike_rate' (rate, 0 to 100)?"
    )


def test_a_misspelt_section_is_reported_once(bench: Bench) -> None:
    assert bench.problem(BASELINE.replace("  israel:", "  isreal:")) == (
        "scenarios/mine.yaml, line 6: 'isreal' is not a section of the parameters. Did you mean 'israel'?"
    )


def test_a_parameter_that_the_code_reads_and_no_file_gives(bench: Bench) -> None:
    message = bench.problem(BASELINE.replace(f"    strike_rate: {LINE}\n", ""))
    assert message == (
        "scenarios/mine.yaml, line 5: 'israel.strike_rate' is missing; neither this file nor starts/2021-06.yaml gives it"
        " (code.israel reads it). Add it: what israel.strike_rate is (rate, 0 to 100)."
    )


def test_a_parameter_that_the_code_does_not_read(bench: Bench) -> None:
    message = bench.problem(BASELINE.replace("  russia:\n", f"  russia:\n    zzzzzzzzzz: {LINE}\n"))
    assert message.startswith("scenarios/mine.yaml, line 10: 'russia.zzzzzzzzzz' is not a parameter. `spheres new")


def test_a_section_that_is_no_mapping(bench: Bench) -> None:
    text = BASELINE.replace(BASELINE[BASELINE.index("  russia:") : BASELINE.index("  government:")], "  russia: 3\n")
    message = [str(problem) for problem in bench.problems(text)]
    assert "scenarios/mine.yaml, line 9: 'russia' is a section; parameters must follow below it, not '3'." in message


def test_a_parameter_in_both_files_is_reported(bench: Bench) -> None:
    text = BASELINE.replace(
        "  definitions:",
        f"  start: {{coffers: {LINE}}}\n  definitions:".replace("2, unit", "0.6, unit").replace("[0.5, 4]", "[0.5, 1]"),
    )
    assert bench.problem(text) == (
        "starts/2021-06.yaml, line 3: 'start.coffers' is given twice (first in scenarios/mine.yaml, line 16). Delete one of the two."
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("month: 2021-06", "month: 2021-07", "starts/2021-06.yaml, line 1: 'month' is 2021-07, but the file is named 2021-06."),
        ("month: 2021-06\n", "", "starts/2021-06.yaml, line 1: 'month' is missing."),
        ("coffers:", "cofers:", "starts/2021-06.yaml, line 3: 'start.cofers' is not a parameter. Did you mean 'start.coffers'"),
        ("value: 0.45", "value: 7", "starts/2021-06.yaml, line 3: the value of 'start.coffers' cannot be 7."),
        ("SY-HL", "SY-HK", "starts/2021-06.yaml, line 7: 'SY-HK' is not a province. Did you mean 'SY-HL'?"),
        ("foreign:", "home: SY-DX, foreign:", "starts/2021-06.yaml, line 6: 'SY-DX' is not a province. Did you mean 'SY-DI'?"),
        ("leader: iran", "leader: irn", "line 6: the leader of group 'hezbollah' cannot be 'irn'. Did you mean 'iran'?"),
        (
            "camp: government, ",
            "",
            "line 6: group 'hezbollah' has no 'camp'. Choose from government, opposition, sdf, islamic_state, local.",
        ),
        ("roots:", "groups:", "starts/2021-06.yaml, line 7: 'groups' is given twice (first in line 5)."),
    ],
)
def test_a_faulty_start_file(bench: Bench, old: str, new: str, message: str) -> None:
    bench.write(START.replace(old, new, 1), "2021-06.yaml", "starts")
    with pytest.raises(ScenarioError) as caught:
        bench.load_scenarios("baseline")
    assert message in str(caught.value) and len(caught.value.problems) == 1
