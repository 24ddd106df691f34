"""Files that cannot be taken as they are: not text, not YAML, or more of YAML than a scenario needs."""

from pathlib import Path

import pytest

from scenario.bench import Bench
from sim.scenario.validation_errors import ErrorCollector, ScenarioError
from sim.scenario.yaml_reader import read_text


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "scenarios/mine.yaml: is empty."),
        (b"# only a comment\n", "scenarios/mine.yaml: is empty."),
        (b"---\n", "scenarios/mine.yaml: is empty."),
        (b"question: a\0b\n", "scenarios/mine.yaml: is a binary file"),
        (b"basis: report\nquestion: a\x01b\n", "scenarios/mine.yaml, line 2: contains a control character (U+0001). Delete it."),
        (b"basis: report\nquestion: caf\xe9\n", "scenarios/mine.yaml, line 2: contains bytes that are not UTF-8 text. Save"),
        ("question: a\n".encode("utf-16"), "scenarios/mine.yaml, line 1: is UTF-16 text. Save the file as UTF-8."),
        ("question: a\n".encode("utf-16-be"), "scenarios/mine.yaml: is a binary file"),
        (b"#" * 1_000_001, "scenarios/mine.yaml: is larger than 1 MB."),
        (b"- a\n- b\n", "scenarios/mine.yaml, line 1: the file contains a list, not 'key: value' lines."),
        (b"just words\n", "scenarios/mine.yaml, line 1: the file contains 'just words', not"),
        (b"a: 1\n\tb: 2\n", "scenarios/mine.yaml, line 2: cannot be read as YAML here. Indent with spaces"),
        (b"a: 1\nquestion: What: then\n", "scenarios/mine.yaml, line 2: cannot be read as YAML here. A colon within a text"),
        (b"a: 'open\n", "cannot be read as YAML here. A quote is not closed."),
        (b"set: {a: 1\n", "cannot be read as YAML here. A '}' or a comma is missing."),
        (b'b: 1\na: "\\U99999999"\n', "scenarios/mine.yaml, line 2: cannot be read as YAML from here on. Look for a backslash"),
        (b'a: "C:\\data"\n', "scenarios/mine.yaml, line 1: cannot be read as YAML here. A backslash within double quotes is written twice"),
        (b"a: 1\nbasis:\treport\n", "scenarios/mine.yaml, line 2: a tab stands after the colon. Write a space instead."),
        (b"a: 1\nset:\n  b:\t1\n", "scenarios/mine.yaml, line 3: a tab stands after the colon. Write a space instead."),
        (b"events:\n-\tmonth: 2022-02\n", "scenarios/mine.yaml, line 2: a tab stands after the '-'. Write a space instead."),
        (b"basis: report\t\n", "scenarios/mine.yaml, line 1: a tab stands in this line."),
        (b"question: 'If' then\n", "cannot be read as YAML here. A text that begins with a quote or a bracket and goes on after it needs"),
        (b"question: [If] then\n", "cannot be read as YAML here. A text that begins with a quote or a bracket and goes on after it needs"),
        (b"question: If #1\n  then\n", "scenarios/mine.yaml, line 2: cannot be read as YAML here. The indentation differs"),
        (b"question: If #1\n  then\n", "Or a '#' cuts a text short: a text with '#' in it needs quotes around the whole text."),
        (b"set: {because: If #1}\n", "Or a '#' cuts a text short"),
        (b"question: - no\n", "A text that starts with '-' needs quotes around the whole text."),
        (b"a: " + b"[" * 30 + b"]" * 30, "scenarios/mine.yaml, line 1: more than 20 nested levels"),
        (b"a:\n" + b"".join(b" " * n + b"a:\n" for n in range(1, 40)), "scenarios/mine.yaml, line 21: more than 20 nested levels"),
    ],
)
def test_a_file_that_does_not_parse_is_reported_once(bench: Bench, raw: bytes, message: str) -> None:
    assert message in bench.problem(raw)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("months: !!int 12",), "line 4: a tag (a word that starts with '!') is not supported."),
        (("set: &all {russia.budget: 1}",), "line 4: '&all' is an anchor"),
        (("set:", "  russia.budget: 1", "  russia.budget: 2"), "line 6: 'russia.budget' is given twice (first in line 5)."),
        (("basis: report",), "line 4: 'basis' is given twice (first in line 3)."),
        (("---", "extends: baseline"), "line 4: a second document starts here."),
    ],
)
def test_what_a_scenario_needs_no_yaml_for_is_refused(bench: Bench, lines: tuple[str, ...], message: str) -> None:
    assert message in bench.problem(bench.difference(*lines))


def test_aliases_merge_keys_and_directives_are_refused(bench: Bench) -> None:
    text = "%YAML 1.1\n---\n" + bench.difference("set: &a {russia.budget: 1}", "events:", "- {<<: *a, month: 2021-07}")
    message = [str(problem) for problem in bench.problems(text)]
    for start in ("line 1: lines that start with '%'", "line 6: '&a'", "line 8: '*a' is an alias", "line 8: '<<' (a merge key)"):
        assert any(f"scenarios/mine.yaml, {start}" in line for line in message), (start, message)


def test_a_key_must_be_a_name(bench: Bench) -> None:
    assert "line 4: a key must be a name, not a list." in bench.problem(bench.difference("? [a, b]", ": 1"))


def test_a_byte_order_mark_and_windows_line_ends_are_taken(bench: Bench) -> None:
    text = b"\xef\xbb\xbf" + bench.difference("months: 12").replace("\n", "\r\n").encode()
    assert bench.load(text).months == 12


def test_missing_files_folders_and_unreadable_files(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    (bench.folder / "scenarios" / "folder.yaml").mkdir()
    for source, message in {
        "scenarios/baselin.yaml": "scenarios/baselin.yaml: does not exist. Did you mean 'baseline.yaml' in the same folder?",
        "scenarios/folder.yaml": "scenarios/folder.yaml: is not a file.",
        "baselin": "scenarios/baselin.yaml: does not exist. Did you mean 'baseline'?",
        "No such name": "'No such name': is neither a scenario file nor the name of a scenario.",
        "nul\0.yaml": "'nul?.yaml' is not a name for a scenario file.",
    }.items():
        with pytest.raises(ScenarioError) as caught:
            bench.load_scenarios(source)
        assert message in str(caught.value)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ScenarioError, match=r"baseline\.yaml: cannot be read \(permission denied\)"):
        bench.load_scenarios("baseline")


@pytest.mark.parametrize(
    "name",
    [
        "Mine.yaml",
        "my scenario.yaml",
        "_x.yaml",
        "mine.yml",
        ".yaml",
        "sürgün.yaml",
        "con.yaml",
        "lpt1.yaml",
        "nul.yaml",
        "nan.yaml",
        "null.yaml",
    ],
)
def test_a_file_name_that_cannot_name_a_scenario(bench: Bench, name: str) -> None:
    path = bench.write(bench.difference(), name)
    with pytest.raises(ScenarioError, match="is not a name for a scenario file"):
        bench.load_scenarios(path)


def test_no_text_makes_the_reader_stumble() -> None:
    """Every cut of a text with all of YAML's marks gives a tree or a finding, never another exception."""
    text = "%TAG ! x\n---\na: &b [*c, {d: !e 'f', \"\\x\": |\n  g\n}]\n? h\n: - i\n...\n--- >-\n\tj: @k `l\n"
    for start in range(len(text)):
        for end in range(start, len(text) + 1):
            findings = ErrorCollector("cut")
            assert read_text(text[start:end], findings) is not None or findings.problems
