"""A key left commented out: the error names both lines; a file that changes nothing gets a notice."""

import pytest

from scenario.bench import Bench
from sim.scenario.template import template
from sim.scenario.validation_errors import ScenarioError

HEAD = "extends: baseline\nquestion: What if?\nbasis: report # one of three\n"
SLIP = "line {line}: {what}, but line {above} has '{key}:' commented out. Remove the '#' before '{key}:' in line {above}."


@pytest.mark.parametrize("mark", ["#set:", "# set:", "  # set:", "## set: # what differs"])
@pytest.mark.parametrize("indent", ["", "  ", "      "])
@pytest.mark.parametrize("below", ["", "because: a reason\n", "#because: a reason\n", "#events:\n"])
def test_parameters_below_a_commented_set(bench: Bench, mark: str, indent: str, below: str) -> None:
    with pytest.raises(ScenarioError) as raised:
        bench.load(f"{HEAD}\n{mark}\n#  russia.budget: 2\n{indent}israel.strike_rate: 3\n{indent}israel.pressure: 0.3\n{below}")
    first = str(raised.value).splitlines()[0]
    assert first.endswith(SLIP.format(line=7, what="sets 'israel.strike_rate'", above=5, key="set"))
    assert "not a key" not in str(raised.value)


@pytest.mark.parametrize("indent", ["", "  "])
def test_an_event_below_commented_events(bench: Bench, indent: str) -> None:
    event = f"{indent}- month: 2022-02\n{indent}  set: {{israel.strike_rate: 3}}\n{indent}  because: why\n"
    with pytest.raises(ScenarioError) as raised:
        bench.load(f"{HEAD}#events:\n{event}")
    assert str(raised.value).endswith(SLIP.format(line=5, what="begins an event", above=4, key="events"))


def test_a_reason_whose_set_is_commented_out(bench: Bench) -> None:
    with pytest.raises(ScenarioError, match=r"line 6: 'because' gives the reason .* none\. Remove the '#' before 'set:' in line 4\."):
        bench.load(f"{HEAD}#set:\n#  israel.strike_rate: 3\nbecause: a reason\n")


def test_a_parameter_without_any_set_is_told_where_it_belongs(bench: Bench) -> None:
    with pytest.raises(ScenarioError, match=r"line 4: 'israel.strike_rate' is not a key .* A parameter stands below a line"):
        bench.load(f"{HEAD}israel.strike_rate: 3\n")


def test_other_faults_keep_their_message(bench: Bench) -> None:
    for text, message in (
        ("#set:\nqestion: a\n", "line 5: 'qestion' is not a key of a scenario file. Did you mean 'question'?"),
        ("#set:\nset:\n  israel.strike_rate: [\n", "cannot be read as YAML here"),
        ("#set:\nevents:\n  - {month: 2022-02, set: {israel.strike_rat: 3}, because: why}\n", "Did you mean 'israel.strike_rate'"),
    ):
        with pytest.raises(ScenarioError) as raised:
            bench.load(HEAD + text)
        assert message in str(raised.value) and "commented out" not in str(raised.value)


def test_a_file_that_changes_nothing_gets_a_notice(bench: Bench) -> None:
    (notice,) = bench.load(template("mine", bench.load())).notices
    assert "changes nothing: every world is as in 'baseline'; 'set:' (line 9) and 'events:' (line " in notice
    assert bench.load(HEAD).notices[0].endswith("changes nothing: every world is as in 'baseline'.")
    assert not bench.load(f"{HEAD}set: {{israel.strike_rate: 3}}\n").notices
    assert not bench.load(f"{HEAD}months: 12\n").notices and not bench.load(HEAD, ["israel.strike_rate=3"]).notices
