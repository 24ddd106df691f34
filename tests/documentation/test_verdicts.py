"""The page of verdicts: it lists every pattern and every fact, failures first, and says which worlds it was made from."""

import re
import shutil
from pathlib import Path

import pytest
from provenance.project_copy import PROJECT
from typer.testing import CliRunner, Result

from sim.cli import app
from sim.documentation.fact_verdicts import rank
from sim.documentation.verdict_page import TITLES
from sim.model.state.csv_files import read_csv
from sim.validation.patterns.evaluation_text import failures_first
from sim.validation.patterns.pattern_file import load_patterns

CELL = re.compile(r"(?<!\\)\|")


def rows(page: str, title: str) -> list[dict[str, str]]:
    """The rows of the table below a heading."""
    body = page.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]
    cells = [[cell.strip() for cell in CELL.split(line)[1:-1]] for line in body.splitlines() if line.startswith("|")]
    return [dict(zip(cells[0], line, strict=True)) for line in cells[2:]]


def check(page: str) -> None:
    """What must hold for any page of verdicts."""
    patterns, facts = rows(page, "Patterns"), rows(page, "Facts one by one")
    assert {row["pattern"].strip("`") for row in patterns} == {pattern.name for pattern in load_patterns()}
    compared = sorted(row["key"] for row in read_csv("observed_2015_2021.csv") if row["compared"] == "yes")
    assert sorted(row["fact"].strip("`") for row in facts) == compared
    places = [failures_first(row["verdict"]) for row in patterns if not row["verdict"].startswith("not evaluated")]
    assert places == sorted(places)
    for table in (facts, rows(page, "Scores")):
        places = [rank(row["verdict"]) for row in table if row.get("model", "-")]
        assert places == sorted(places) and len(places) > 10
    compared_order = ["no closer", "closer than one", "closer", "no rival"]
    places = [compared_order.index(row["verdict"]) for row in rows(page, "Distances from facts")]
    assert places == sorted(places)
    assert re.search(r"[\d,]+ worlds of each of \d+ scenarios, seed \d+", page) and "halves scored: " in page
    assert all(f"\n## {title}\n" in page for title in TITLES)


def test_the_page_in_docs_lists_every_pattern_and_every_fact_failures_first() -> None:
    page = (PROJECT / "docs" / "verdicts.md").read_text(encoding="utf-8")
    check(page)
    assert "halves scored: setting and held out" in page


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_the_command_writes_it_from_results_and_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(PROJECT / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    done = typed("run", "baseline", "--worlds", "20", "--months", "36", "--name", "small", "--no-plots", "--quiet", "--jobs", "1")
    assert done.exit_code == 0, done.stderr
    done = typed("verdicts", "results/small")
    assert done.exit_code == 2 and "spheres history --held-out --name history" in done.stderr
    assert not (tmp_path / "results" / "small" / "verdicts.md").exists()
    assert typed("history", "--worlds", "20", "--quiet").exit_code == 0
    done = typed("verdicts", "results/small")
    assert done.exit_code == 0, done.stderr
    page = (tmp_path / "results" / "small" / "verdicts.md").read_text(encoding="utf-8")
    check(page)
    assert "20 worlds of each of 1 scenarios, seed 1" in page and "halves scored: setting." in page
    assert "not scored (`--held-out` was not asked for)" in page and "not evaluated (" in page
    done = typed("verdicts", "results/small", "--to", "nowhere/page.md")
    assert done.exit_code == 2 and "--to: nowhere/page.md" in done.stderr
    done = typed("verdicts", "results/none")
    assert done.exit_code == 2 and "Traceback" not in done.stderr
