"""Pages with generated blocks: what stands between `<!-- generated: NAME -->` and `<!-- end -->` is regenerated, the rest kept."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from sim.scenario.validation_errors import ErrorCollector, ScenarioError
from sim.text.suggestions import did_you_mean, quote

OPEN = re.compile(r"<!-- generated: (.+?) -->")
END = "<!-- end -->"
Make = Callable[[], str]  # raises LookupError in a sentence for what does not exist


def blocks(text: str) -> list[str]:
    """Names of the generated blocks of a page, in their order."""
    return [match[1] for match in map(OPEN.fullmatch, text.splitlines()) if match]


def regenerated(text: str, file: str, known: dict[str, Make]) -> str:
    """The page with every block regenerated. Raises ScenarioError for a block that is unknown, or that does not end."""
    findings = ErrorCollector(file)
    lines = list(_regenerated(text.splitlines(), known, findings))
    if findings.problems:
        raise ScenarioError(findings.problems)
    return "\n".join(lines) + "\n"


def _regenerated(lines: Sequence[str], known: dict[str, Make], findings: ErrorCollector) -> Iterator[str]:
    """The lines of the page."""
    name, since = "", 0
    for number, line in enumerate(lines, start=1):
        opens = OPEN.fullmatch(line)
        if opens and name:
            findings.error(number, f"a block opens within the one that opens in line {since}.", f"Put '{END}' before it.")
        if not name and line == END:
            findings.error(number, f"'{END}' ends no block.", "Delete the line.")
        if opens:
            name, since = opens[1], number
            yield line
            if name in known:
                yield from _generated(known[name], number, findings)
            else:
                findings.error(number, f"nothing generates {quote(name)}.", did_you_mean(name, known))
        elif name and line == END:
            name = ""
            yield line
        elif not name:
            yield line
    if name:
        findings.error(since, f"the block {quote(name)} does not end.", f"Put '{END}' after it.")


def _generated(make: Make, number: int, findings: ErrorCollector) -> Iterator[str]:
    """The lines of one block; what it names and does not exist is an error of the line that opens it."""
    try:
        yield from ("", *make().splitlines(), "")
    except LookupError as missing:
        findings.error(number, str(missing.args[0]))


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in GitHub Markdown."""
    body = ["| " + " | ".join(_cell(value) for value in row) + " |" for row in (head, *rows)]
    return "\n".join([body[0], "|" + "---|" * len(head), *body[1:]])


def folded(title: str, text: str) -> str:
    """A text that is folded until a reader opens it."""
    return f"<details><summary>{title}</summary>\n\n{text}\n\n</details>"


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def code(name: object) -> str:
    """A name as code."""
    return f"`{name}`"
