"""The keys of a scenario file: unknown, missing, of a wrong type, or out of place, message with file, line and what is right."""

import pytest

from scenario.bench import Bench


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("sets: {russia.budget: 1}",), "line 4: 'sets' is not a key of a scenario file. Did you mean 'set'?"),
        (("xyz: 1",), "line 4: 'xyz' is not a key of a scenario file. Known here: basis, because, events"),
        (("months: 12.5",), "line 4: 'months' must be a whole number from 1 to 1200, not 12.5."),
        (("months: 0",), "line 4: 'months' must be a whole number"),
        (("months: -3",), "line 4: 'months' must be a whole number"),
        (("months: 1e9",), "line 4: 'months' must be a whole number"),
        (("months: ten",), "line 4: 'months' must be a number; 'ten' is text."),
        (("months: '12'",), "line 4: 'months' must be a number; '12' is text. Write 12 without quotes."),
        (("months: true",), "line 4: 'months' must be a number; 'true' is a yes-or-no value."),
        (("months:",), "line 4: 'months' must be a number, but nothing is given."),
        (("months: [12]",), "line 4: 'months' must be a number, not a list."),
        (("months: 012",), "line 4: 'months': '012' starts with a zero and can be read in two ways. Write 12."),
        (("start: 2021-13",), "line 4: 'start': '2021-13' is not a month. Write year and month"),
        (("start: 2021-6",), "line 4: 'start': '2021-6' is not a month. Write 2021-06."),
        (("start: 2021-06-01",), "line 4: 'start': '2021-06-01' is not a month. Write 2021-06."),
        (("start: {year: 2021}",), "line 4: 'start' must be a month such as 2024-12, not a mapping."),
        (("start: 2019-01",), "line 4: there is no start '2019-01'. Starts are: 2015-09, 2021-06."),
        (("parameters: {russia: {}}",), "line 4: 'parameters' belong in a baseline file; this file extends another. Use 'set'"),
        (("because: a reason",), "line 4: 'because' gives the reason of a 'set' block, and there is none."),
        (("set:",), "line 4: 'set' must contain 'path: value' lines."),
        (("set: [russia.budget]",), "line 4: 'set' must contain 'path: value' lines."),
        (("set: {russia.budget: 1}", "because:"), "line 5: 'because' is empty."),
        (("events: {}",), "line 4: 'events' must be a list"),
        (
            ("events:", "- {month: 2022-02, set: {start.coffers: 0.4}, because: x}"),
            "line 5: 'start.coffers' is read once, before the first month; no event can change it. Move it to 'set'.",
        ),
        (
            ("events:", "- {month: 2022-02, set: {groups.hezbollah.manpower: {scale: 0.9}}, because: x}"),
            "line 5: 'groups.hezbollah.manpower' is read once, before the first month",
        ),
        (("events:", "- 2022-02"), "line 5: an event must have 'month', 'set' and 'because'; it is '2022-02'."),
        (("events:", "- month: 2022-02", "  set: {russia.budget: 1}"), "line 5: an event lacks 'because'. Every event says when"),
        (("events:", "- {set: {russia.budget: 1}, because: x}"), "line 5: an event lacks 'month'."),
        (("events:", "- {month: 2022-02, because: x}"), "line 5: an event lacks 'set'."),
        (
            ("events:", "- {month: 2022-02, untill: 2022-04, set: {russia.budget: 1}, because: x}"),
            "line 5: 'untill' is not a key of an event. Did you mean 'until'?",
        ),
        (("events:", "- {month: 2022-00, set: {russia.budget: 1}, because: x}"), "line 5: 'month': '2022-00' is not a month."),
        (
            ("events:", "- {month: 2022-02, until: 2022-02, set: {russia.budget: 1}, because: x}"),
            "line 5: 'until' (2022-02) must come after 'month' (2022-02).",
        ),
        (
            ("events:", "- {month: 2021-05, set: {russia.budget: 1}, because: x}"),
            "line 5: an event in 2021-05 lies outside this scenario, which runs from 2021-06 to 2023-05.",
        ),
        (
            ("events:", "- {month: 2023-06, set: {russia.budget: 1}, because: x}"),
            "line 5: an event in 2023-06 lies outside this scenario, which runs from 2021-06 to 2023-05.",
        ),
        (
            (
                "events:",
                "- {month: 2022-02, set: {russia.budget: 1}, because: x}",
                "- month: 2022-02",
                "  set:",
                "    russia.budget: 1",
                "  because: y",
            ),
            "line 8: 'russia.budget' is set twice in 2022-02 (first in line 5).",
        ),
    ],
)
def test_a_faulty_line_is_reported_with_what_would_be_right(bench: Bench, lines: tuple[str, ...], message: str) -> None:
    assert f"scenarios/mine.yaml, {message}" in bench.problem(bench.difference(*lines))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("extends: baseline\nbasis: report\n", "line 1: 'question' is missing."),
        ("extends: baseline\nquestion: a\n", "line 1: 'basis' is missing. Choose from report, beyond_report, hindsight."),
        ("question: a\nbasis: report\n", "line 1: 'extends' is missing."),
        ("extends: baseline\nquestion: \nbasis: report\n", "line 2: 'question' is empty."),
        ("extends: baseline\nquestion: 2021\nbasis: report\n", "line 2: 'question' must be a text, not '2021'."),
        ('extends: baseline\nquestion: "\\e[31m"\nbasis: report\n', "line 2: 'question' contains characters that cannot be shown."),
        (f"extends: baseline\nquestion: {'a' * 2001}\nbasis: report\n", "line 2: 'question' is longer than 2000 characters."),
        (f"extends: {'a' * 300}\nquestion: a\nbasis: report\n", "line 1: 'extends' cannot be 'aaa"),
        (
            "extends: baseline\nquestion: What if #1 wins\nbasis: report\n",
            "line 2: 'question' ends before '#1 wins', since '#' begins a comment. Put the whole text in quotes; or, if it is",
        ),
        ("extends: baseline\nquestion: #1 wins\nbasis: report\n", "line 2: 'question' ends before '#1 wins', since"),
        ("extends: baseline\nquestion: [a]\nbasis: report\n", "line 2: 'question' must be a text, not a list."),
        ("extends: baseline\nquestion: a\nbasis: reports\n", "line 3: 'basis' cannot be 'reports'. Did you mean 'report'?"),
    ],
)
def test_the_head_of_a_file(bench: Bench, text: str, message: str) -> None:
    assert f"scenarios/mine.yaml, {message}" in bench.problem(text)


def test_a_text_may_hold_what_joins_letters(bench: Bench) -> None:
    assert bench.load(bench.difference().replace("What if?", "\u0645\u06cc\u200c\u0634\u0648\u062f?")).question.count("\u200c") == 1


def test_a_comment_after_a_text_is_told_and_none_after_anything_else(bench: Bench) -> None:
    text = bench.difference("months: 24  # years: 2", "set: {russia.budget: 1} # all", "because: 'as #1 says'  # yes", "events:")
    text += "- {month: 2022-02, because: a#b, set: {russia.budget: 1}}  # later\n"
    assert bench.load(text).notices == ()
    (notice,) = bench.load(text.replace("What if?", "What if?  # ask again")).notices
    assert notice == ("scenarios/mine.yaml, line 2: 'question' ends before '# ask again', a comment; a text with '#' in it needs quotes.")


def test_all_faults_of_a_file_are_reported_at_once(bench: Bench) -> None:
    head = "extends: baseline\nbasis: reprot\nstart: 2021-6\nset: {israel.strik_rate: 3, russia.budget: NaN}\n"
    text = head + "events:\n- month: 2021-13\n  set: {rusia.budget: yes}\n"
    message = [str(problem) for problem in bench.problems(text)]
    starts = [
        "1: 'question'",
        "2: 'basis'",
        "3: 'start'",
        "4: 'israel.strik_rate'",
        "4: 'russia.budget'",
        "6: an event",
        "6: 'month'",
        "7: 'rusia.budget'",
    ]
    assert len(message) == len(starts)
    for start in starts:
        assert any(line.startswith(f"scenarios/mine.yaml, line {start}") for line in message), (start, message)


def test_a_root_needs_a_start_and_months_and_takes_no_set(bench: Bench) -> None:
    text = (bench.folder / "scenarios" / "baseline.yaml").read_text()
    broken = text.replace("start: 2021-06\n", "").replace("months: 24\n", "set: {russia.budget: 1}\n")
    message = " | ".join(str(problem) for problem in bench.problems(broken))
    assert "line 1: 'start' is missing." in message
    assert "line 1: 'months' is missing." in message
    assert "line 3: 'set' belongs in a file that extends another." in message


def test_a_file_with_very_many_faults_stops_telling(bench: Bench) -> None:
    text = bench.difference("set:", *[f"  nothing.like_this_{n}: 1" for n in range(2000)])
    problems = bench.problems(text)
    assert len(problems) == 51
    assert "more problems" in str(problems[-1])
