"""What may be said about a parameter in `set`, in events and with `--set`; refusals name the nearest path, unit and range."""

import pytest

from scenario.bench import Bench

STRIKES = "'israel.strike_rate' (strikes per month, 0.5 to 4)"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("israel.strik_rate: 3", f"'israel.strik_rate' is not a parameter. Did you mean {STRIKES}?"),
        ("strike_rate: 3", f"'strike_rate' is not a parameter. Did you mean {STRIKES}?"),
        ("isreal.strike_rate: 3", f"'isreal.strike_rate' is not a parameter. Did you mean {STRIKES}?"),
        ("groups.hezbolah.obedience: 1", "Did you mean 'groups.hezbollah.obedience' (share, 0.6 to 1)?"),
        ("zzz: 3", "'zzz' is not a parameter. `spheres new NAME --from baseline --all` writes a file that lists them all."),
        ("israel: {strike_rate: 3}", "'israel' is a section, not a parameter. Write a whole path, such as 'israel.pressure'."),
        ("israel.strike_rate: '3'", "'israel.strike_rate' must be a number; '3' is text. Write 3 without quotes."),
        ("israel.strike_rate: true", "'israel.strike_rate' must be a number; 'true' is a yes-or-no value."),
        ("israel.strike_rate: NO", "'israel.strike_rate' must be a number; 'NO' is a yes-or-no value."),
        ("israel.strike_rate: many", "'israel.strike_rate' must be a number; 'many' is text."),
        ("israel.strike_rate: 1_000", "must be a number; '1_000' is text. Write 1000, with the digits 0 to 9 and nothing between them."),
        ("israel.strike_rate: 1\u202f000", "is text. Write 1000, with the digits 0 to 9 and nothing between them."),
        ("israel.strike_rate: \u0663\u066b\u0665", "is text. Write 3.5, with the digits 0 to 9"),
        ("israel.strike_rate: 1,5", "must be a number; '1,5' is text. Write 1.5, with a point."),
        ("israel.strike_rate: 1,500", "is text. Write 1500, or 1.500 if the comma stands for a point."),
        ("israel.strike_rate: 1/2", "must be a number; '1/2' is text. Write 0.5."),
        ("israel.strike_rate: \u22121", "is text. Write -1, with the digits 0 to 9"),
        ("israel.strike_rate: yes", "'israel.strike_rate' must be a number; 'yes' is a yes-or-no value."),
        ("israel.pressure: 30 %", "must be a number; '30 %' is text. Write 0.3."),
        ("israel.pressure: {scale: 30%}", "'scale' of 'israel.pressure' must be a number; '30%' is text. Write 0.3."),
        (
            "israel.pressure: 30",
            "'israel.pressure' cannot be 30. Must lie between 0 and 1; plausible: 0.2 to 0.8 (share). Was 30 % (0.3) meant?",
        ),
        ("israel.pressure: {add: -30}", "It can change by at most 1. Was 30 % (0.3) meant?"),
        ("israel.pressure: {scale: 0,5}", "A number is written with a point, 0.5, not with a comma."),
        ("israel.pressure: {range: [0,2, 0,4]}", "A comma stands between two numbers; write each with a point."),
        ("israel.strike_rate: 2022-02", "must be a number; '2022-02' is text."),
        ("israel.strike_rate:", "'israel.strike_rate' must be a number, but nothing is given."),
        ("israel.strike_rate: .nan", "'israel.strike_rate' must be a finite number, not '.nan'."),
        ("israel.strike_rate: NaN", "must be a finite number, not 'NaN'."),
        ("israel.strike_rate: -.inf", "must be a finite number, not '-.inf'."),
        ("israel.strike_rate: 1e999", "must be a finite number, not '1e999'."),
        ("israel.strike_rate: 012", "starts with a zero and can be read in two ways. Write 12."),
        (
            "israel.strike_rate: -1",
            "'israel.strike_rate' cannot be -1. Must lie between 0 and 100; plausible: 0.5 to 4 (strikes per month).",
        ),
        ("israel.pressure: 1.01", "'israel.pressure' cannot be 1.01. Must lie between 0 and 1; plausible: 0.2 to 0.8"),
        ("israel.pressure: [0.2, 0.3]", "'israel.pressure' cannot be a list. Write a number, {range: [low, high]}, {scale"),
        ("israel.pressure: {scale: 2, add: 1}", "'israel.pressure' cannot be a mapping. Write a number"),
        ("israel.pressure: {}", "'israel.pressure' cannot be a mapping. Write a number"),
        ("israel.pressure: {scal: 2}", "'israel.pressure' cannot be changed by 'scal'. Did you mean 'scale'?"),
        ("israel.pressure: {scale: -1}", "'scale' of 'israel.pressure' cannot be -1. A factor must be zero or more."),
        ("israel.pressure: {scale: true}", "'scale' of 'israel.pressure' must be a number; 'true' is a yes-or-no value."),
        ("israel.pressure: {add: 1.5}", "'add' of 'israel.pressure' cannot be 1.5. It can change by at most 1."),
        ("israel.pressure: {range: 0.5}", "'range' of 'israel.pressure' must be two numbers, such as [0.5, 4], not '0.5'."),
        ("israel.pressure: {range: [0.1, 0.2, 0.3]}", "must be two numbers, such as [0.5, 4], not a list."),
        ("israel.pressure: {range: [0.6, 0.2]}", "'range' of 'israel.pressure' runs from 0.6 down to 0.2. Swap the two."),
        ("israel.pressure: {range: [0.6, 2]}", "'range' of 'israel.pressure' cannot be 2. Must lie between 0 and 1; plausible: 0.2 to 0.8"),
    ],
)
def test_a_faulty_change_is_reported_alike_everywhere(bench: Bench, entry: str, message: str) -> None:
    in_set = bench.problem(bench.difference("set:", f"  {entry}"))
    assert in_set.startswith("scenarios/mine.yaml, line 5: ") and message in in_set
    in_event = bench.problem(bench.difference("events:", "- month: 2022-02", "  because: x", "  set:", f"    {entry}"))
    assert in_event.startswith("scenarios/mine.yaml, line 8: ") and message in in_event


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("israel.strik_rate=3", f"--set israel.strik_rate=3: 'israel.strik_rate' is not a parameter. Did you mean {STRIKES}?"),
        ("israel.pressure={scale: 2", "--set israel.pressure={scale: 2: cannot be read as YAML here. A '}' or a comma"),
        ("israel.pressure=!!int 1", "a tag (a word that starts with '!') is not supported."),
        ("israel.pressure=two", "--set israel.pressure=two: 'israel.pressure' must be a number; 'two' is text."),
        ("israel.pressure=3", "--set israel.pressure=3: 'israel.pressure' cannot be 3."),
        ("israel.pressure", "--set israel.pressure: must be path=value."),
        ("israel.pressure=", "--set israel.pressure=: must be path=value."),
        ("israel.pressure=# half", "'israel.pressure' must be a number, but nothing is given."),
        (
            "israel.pressure={range: [0.5, 2]}",
            "--set israel.pressure={range: [0.5, 2]}: 'range' of 'israel.pressure' cannot be 2.",
        ),
        ("=1", "--set =1: must be path=value."),
    ],
)
def test_a_faulty_override_is_reported_once(bench: Bench, override: str, message: str) -> None:
    assert message in bench.problem(bench.difference(), [override])


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("3", 3.0),
        ("1e-3", 0.001),
        ("1.5e+0", 1.5),
        (".5", 0.5),
        ("+3", 3.0),
        ("0", 0.0),
        ("0.50", 0.5),
        ("1E1", 10.0),
        ("3.", 3.0),
    ],
)
def test_numbers_as_people_write_them(bench: Bench, entry: str, value: float) -> None:
    scenario = bench.load(bench.difference(f"set: {{israel.strike_rate: {entry}}}"))
    assert scenario.settings["israel.strike_rate"].central() == value


@pytest.mark.parametrize(
    ("entry", "notice"),
    [
        ("israel.strike_rate: 5", "'israel.strike_rate' becomes 5, outside its plausible range (strikes per month, 0.5 to 4)."),
        (
            "israel.strike_rate: {scale: 3}",
            "'israel.strike_rate' becomes 6, outside its plausible range (strikes per month, 0.5 to 4).",
        ),
        ("israel.strike_rate: {range: [0, 2]}", "'israel.strike_rate' is drawn from 0 to 2, beyond its plausible range"),
        ("israel.strike_rate: {scale: 30}", "'israel.strike_rate' is multiplied by 30. Was 30 % (0.3) meant?"),
        ("israel.pressure: {add: 0.6}", "'israel.pressure' would be 1.1; it is limited to 1."),
    ],
)
def test_an_implausible_value_is_a_notice(bench: Bench, entry: str, notice: str) -> None:
    told = bench.load(bench.difference(f"set: {{{entry}}}")).notices
    assert told[0].startswith(f"scenarios/mine.yaml, line 4: {notice}")
    told += bench.load(bench.difference("events:", f"- {{month: 2022-02, because: x, set: {{{entry}}}}}")).notices
    assert told[len(told) // 2].startswith(f"scenarios/mine.yaml, line 5: {notice}")
    typed = bench.load(bench.difference(), [entry.replace(": ", "=", 1)]).notices
    assert typed[0].startswith("--set ") and notice in typed[0]
    assert len(typed) == len(told) / 2 == 1 + ("{scale: 30}" in entry)  # that, and that it leaves the plausible range


def test_a_comma_in_a_list_of_changes_is_told(bench: Bench) -> None:
    message = bench.problem(bench.difference("set: {israel.pressure: 0,5}"))
    assert message == "scenarios/mine.yaml, line 4: '5' is not a parameter. A number is written with a point, 0.5, not with a comma."


@pytest.mark.parametrize("later", ["7", "3", "{range: [2, 3]}"])
@pytest.mark.parametrize("earlier", ["3", "{scale: 2}", "{range: [1, 2]}"])
def test_a_second_override_that_drops_the_first_is_refused(bench: Bench, earlier: str, later: str) -> None:
    overrides = [f"israel.strike_rate={earlier}", "russia.budget=1", f"israel.strike_rate = {later}"]
    message = bench.problem(bench.difference(), overrides)
    assert message == (
        f"--set israel.strike_rate = {later}: takes the place of --set israel.strike_rate={earlier}, which sets 'israel.strike_rate' "
        "as well. Give one of the two."
    )


def test_a_second_override_that_acts_on_the_first_is_told(bench: Bench) -> None:
    scenario = bench.load(None, ["israel.strike_rate=1", "israel.strike_rate={scale: 2}", "israel.strike_rate={add: 1}"])
    assert scenario.settings["israel.strike_rate"].central() == 3.0
    assert scenario.notices == (
        "--set israel.strike_rate={scale: 2}: acts on what --set israel.strike_rate=1 gives.",
        "--set israel.strike_rate={add: 1}: acts on what --set israel.strike_rate={scale: 2} gives.",
    )


def test_a_plausible_value_and_a_definition_give_no_notice(bench: Bench) -> None:
    assert bench.load(bench.difference("set: {israel.strike_rate: 4, definitions.lead: 0.9}")).notices == ()
