"""What the figure, the terminal and the page say of a table of effects."""

import re
from pathlib import Path

import pandas as pd
import pytest
from report.made_page import comparison
from report.small import marks, rows, texts, title, validate
from report.synthetic import PROVINCES
from rich.console import Console
from stored import write_manifest

from sim.interests.table import COLUMNS, FILE
from sim.interests.variations import CHANGES
from sim.report.console import interest_table
from sim.report.drawing import palette
from sim.report.figures import interest_effects
from sim.report.figures.interest_panels import PANELS
from sim.report.page.interest_link import InterestLink, find_interests
from sim.report.page.page import write_page
from sim.report.page.sections import SECTIONS
from sim.report.text.interest_sentences import sentences


def made(interests: dict[str, tuple[str, ...]], difference: float = 0.02) -> pd.DataFrame:
    """A table in which taking away an actor's first interest matters, and nothing else does."""
    found = []
    for actor, names in interests.items():
        for name in names:
            for change in CHANGES:
                matters = name == names[0] and change == "taken away"
                size = difference if matters else 0.001
                for measure, place in [*((panel.measure, "") for panel in PANELS), (f"influence_{actor}", "SY-LA")]:
                    unit = "count" if measure == "incidents" else "index" if measure == "delimitation" else "share"
                    interval = (size, size - 0.002, size + 0.002, size / 0.001)
                    found.append(("baseline", actor, name, change, measure, place, size, 0.0, *interval, unit, matters, matters, 200))
    return pd.DataFrame(found, columns=list(COLUMNS))


SMALL = made({"russia": ("bases", "order"), "iran": ("shield", "command")})


def test_every_interest_has_a_mark_for_each_change_in_every_panel() -> None:
    spec = interest_effects.figure(SMALL, PROVINCES)
    validate([spec])
    assert len(marks(spec, "point")) == len(PANELS) * 4 + 1  # what is doubled, and one in the key
    assert len(rows(spec, "tip")) == len(PANELS) * 8
    filled = [row for row in marks(spec, "rect") if row.get("color") == palette.SPHERES["russia"]]
    assert len(filled) == len(PANELS) + 1  # what matters, and the chip beside the actor's name
    assert {"Russia", "Iran", "bases", "order", "shield", "command"} <= set(texts(spec))


def test_marks_stand_right_and_left_of_zero() -> None:
    table = SMALL.assign(difference=lambda t: -t["difference"], low=lambda t: -t["high"], high=lambda t: -t["low"])
    for shown, sign in ((SMALL, 1), (table, -1)):
        spec = interest_effects.figure(shown[shown["measure"].isin(["contracts_russia"])], PROVINCES)
        zero = next(row["x"] for row in rows(spec, "text") if row["text"] == "0" and row["x"] > 320)
        assert all(sign * (dot["x"] - zero) > 0 for dot in marks(spec, "point") if dot["x"] > 100)


def test_the_title_and_the_sentences_name_the_largest_shift() -> None:
    assert title(interest_effects.figure(SMALL, PROVINCES)) == (
        "Without 'shield', Iran's influence shifts by 2.0 points on average over provinces, most in Latakia (+2.0 points)"
    )
    assert sentences(SMALL, PROVINCES)[:3] == [
        "Russia: without 'bases', its influence shifts by 2.0 points on average over provinces, most in Latakia (+2.0 points).",
        "  Largest changes of other measures: Russia's share of contracts +2.0 points without 'bases'; Iran's share of contracts "
        "+2.0 points without 'bases'; incidents +0.020 without 'bases'; delimitation +0.020 without 'bases'.",
        "  Nothing changes by enough to matter, whether taken away or doubled: 'order'.",
    ]
    nothing = SMALL.assign(matters=False)
    assert title(interest_effects.figure(nothing, PROVINCES)) == "No interest shifts influence by enough to matter"
    assert sentences(nothing, PROVINCES)[0] == "Russia: no change shifts influence by enough to matter."


def test_effort_for_an_interest_is_set_by_the_change_and_so_no_effect_of_it() -> None:
    effort = SMALL[SMALL["measure"] == "incidents"].assign(measure="effort_russia_order", matters=True, unit="effort")
    table = pd.concat([SMALL, effort[effort["interest"] == "order"]], ignore_index=True)
    assert sentences(table, PROVINCES)[2] == "  Nothing changes by enough to matter, whether taken away or doubled: 'order'."
    out = Console(width=160, record=True, no_color=True, highlight=False)
    interest_table.show(table[table["interest"] == "order"], PROVINCES, out)
    assert "*" not in out.export_text().partition("Difference from")[0]


def test_a_table_of_no_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="no effects"):
        interest_effects.figure(SMALL.iloc[:0], PROVINCES)


@pytest.mark.parametrize(("width", "interval"), [(160, True), (90, False)])
def test_the_terminal_shows_differences_and_intervals_where_there_is_room(width: int, interval: bool) -> None:
    out = Console(width=width, record=True, no_color=True, highlight=False)
    interest_table.show(SMALL, PROVINCES, out)
    text = out.export_text()
    assert "+2.0 ±0.2*" in text if interval else ("+2.0*" in text and "±0.2" not in text)


def result(folder: Path, model: str = "m1") -> Path:
    """A folder with a manifest of results of a version of the model."""
    folder.mkdir(parents=True, exist_ok=True)
    about = {"scenarios": {}, "provinces": {"SY-LA": "Latakia"}, "versions": {"model": model}}
    write_manifest(folder, about)
    return folder


def study(folder: Path, scenario: str = "baseline") -> Path:
    """A folder with the files of a study that the page reads."""
    folder.mkdir(parents=True)
    SMALL.assign(scenario=scenario).to_csv(folder / FILE, index=False)
    (folder / "interests.svg").write_text("<svg/>")
    return result(folder)


def test_a_study_beside_the_results_is_found_and_linked_from_where_the_page_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_interests([tmp_path / "results/default"], tmp_path / "results/default/compare") is None
    study(tmp_path / "results" / "interests")
    result(tmp_path / "results" / "default")
    result(tmp_path / "elsewhere" / "a", "m2")
    for results, place, address in (
        ("results/default", "results/default/compare", "../../interests/interests.svg"),
        ("results/interests", "results/interests/compare", "../interests.svg"),
        ("elsewhere/a", "elsewhere/a page", "../../results/interests/interests.svg"),
    ):
        link = find_interests([Path(results)], Path(place))
        assert link is not None and (link.figure, link.worlds) == (address, "200 worlds")
        assert link.same_rules == results.startswith("results")
    (tmp_path / "results/interests/interests.csv").write_text("scenario,actor\nbaseline,iran\n")
    assert find_interests([Path("results/default")], Path("results/default/compare")) is None


def test_the_page_links_to_it_and_nothing_of_it_becomes_markup(tmp_path: Path) -> None:
    bad = '"><img src=x onerror="window.ran=1">'
    study(tmp_path / "a b" / "interests", scenario=bad)
    link = find_interests([result(tmp_path / "a b" / "default", "m2")], tmp_path)
    assert isinstance(link, InterestLink)
    text = write_page(tmp_path / "page.html", comparison(), sections=SECTIONS[:1], interests=link).read_text(encoding="utf-8")
    assert "<img" not in text and "What each interest does" in text and "without &#39;bases&#39;" in text
    assert re.search(r'href="a%20b/interests/interests.svg"', text) and re.search(r'href="a%20b/interests/interests.csv"', text)
    assert "another version of the model" in text
    without = write_page(tmp_path / "page.html", comparison(), sections=SECTIONS[:1]).read_text(encoding="utf-8")
    assert "What each interest does" not in without
