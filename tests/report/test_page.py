"""The page as a text: what it says, what it keeps small, and that nothing from a file becomes markup."""

import base64
import gzip
import hashlib
import html as html_of
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from markupsafe import escape

from sim.compare.comparison import Comparison
from sim.compare.findings import FINDING, INPUT, NEGLIGIBLE, TOO_FEW
from sim.model.observation.measure_catalogue import OUTCOME_WORDS
from sim.report import comparison_folder
from sim.report.drawing import palette
from sim.report.figures import outcome_bars, outcome_intervals, province_over_time, ranked_differences, sphere_map
from sim.report.figures.data import comparison_text, figure_data
from sim.report.page import caveats, compression, page_assets, scenario_brief, scenario_list, share_tables
from sim.report.page.figure_source import FigureSource
from sim.report.page.page import write_page
from sim.report.page.sections import SECTIONS, Section
from sim.report.text.negotiated_sentences import CIRCULAR

from . import small
from .made_page import MOMENTS, comparison, stories

LIMIT = 5_000_000  # bytes of a page of 25 scenarios


@pytest.fixture(scope="module")
def text(page_file: Path) -> str:
    """The page of the small comparison, read."""
    return page_file.read_text(encoding="utf-8")


def plain(text: str) -> str:
    """HTML as it reads."""
    return html_of.unescape(text).replace("\u00a0", " ")


def inflated(text: str, name: str) -> str:
    """A block of the page."""
    found = re.search(rf'<script type="text/plain" id="{name}">([^<]*)</script>', text)
    assert found, name
    return gzip.decompress(base64.b64decode(found[1])).decode("utf-8")


def unpacked(packed: dict[str, Any], shared: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What the page's script makes of a packed figure."""
    datasets, layers = {}, []
    for i, (kind, data) in enumerate(zip(packed["layers"], packed["data"], strict=True)):
        rows = [data["same"] | {key: values[at] for key, values in data["columns"].items()} for at in range(data["n"])]
        if "shape" in data:
            rows = [row | {"geometry": shared["geometries"][at]} for row, at in zip(rows, data["shape"], strict=True)]
        datasets[f"layer_{i}"] = rows
        layers.append(shared["layers"][kind] | {"data": {"name": f"layer_{i}"}})
    return {**packed["spec"], "layer": layers, "datasets": datasets, "config": shared["configs"][packed["config"]]}


def test_a_spec_survives_packing(compared: Comparison) -> None:
    packer = compression.Packer()
    for spec in (sphere_map.figure(FigureSource(compared).results, small.OTHER), ranked_differences.figure(compared, small.OTHER)):
        again = unpacked(json.loads(compression.dumps(packer.spec(spec))), packer.shared)
        assert again["layer"] == spec["layer"] and again["config"] == spec["config"]
        for name, rows in spec["datasets"].items():
            for old, new in zip(rows, again["datasets"][name], strict=True):
                assert old.keys() <= new.keys()
                assert all(
                    new[key] == (pytest.approx(value, abs=0.006) if isinstance(value, float) else value) for key, value in old.items()
                )
    kinds = [geometry["type"] for geometry in packer.shared["geometries"].values()]
    assert len(kinds) - kinds.count("MultiLineString") == 14  # besides outlines, the lines of contested ground


def test_titles_are_taken_out_of_the_figures(text: str) -> None:
    place = [section.id for section in SECTIONS].index("differences")
    block = json.loads(inflated(text, f"b-{place}-1"))
    assert block["options"][0]["title"].startswith("Largest changes from the baseline")
    assert "title" not in block["options"][0]["figure"]["spec"]


def test_the_page_is_written_whole_or_not_at_all(compared: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.html"
    page.write_text("an earlier page")
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_page(page, compared, sections=SECTIONS[:1])
    assert page.read_text() == "an earlier page"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_every_figure_of_the_page_but_those_of_a_chosen_index_or_province_is_a_file(compared: Comparison) -> None:
    stems = [stem for stem, _ in comparison_folder.figures(compared, stories(compared))]
    chosen = {section.id for section in SECTIONS if section.choice in ("index", "province")}
    expected = {f"{section.id}_{small.OTHER}" for section in SECTIONS if section.id not in chosen}
    assert expected | {"outcomes", f"story_{small.OTHER}_condominium"} == {
        stem for stem in stems if small.OTHER in stem or stem == "outcomes"
    }
    assert not {f"{kind}_{small.BASELINE}" for kind in ("differences", "places", "flows")} & set(stems)
    assert len(stems) == len(set(stems))


def test_a_page_of_25_scenarios_stays_below_the_limit(text: str) -> None:
    own = sum(len(value) for name, value in re.findall(r'id="(b-\d+-\d+|b-stories-\d+)">([^<]*)<', text))
    rest = len(text) - own
    assert rest < 700_000
    assert rest + 25 * own / len(small.SCENARIOS) < LIMIT


def test_the_browser_is_told_to_ask_nothing(text: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy and policy[1].startswith("default-src 'none'; script-src &#x27;sha256-".replace("&#x27;", "'"))
    assert "unsafe-eval" not in policy[1] and "http" not in policy[1] and "connect-src" not in policy[1]
    for script in (inflated(text, "engine"), text.rpartition("<script>")[2].partition("</script>")[0]):
        assert base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii") in policy[1]
    assert not re.search(r"<(img|iframe|object|embed|form|base)\b|<link|@import|url\(", text)
    assert not re.search(r'\s(?:src|href|action|srcset)="(?!#)', text)


def test_nothing_from_a_file_becomes_markup(tmp_path: Path) -> None:
    bad = '</script><img src=x onerror="window.ran=1">\'"{{ 7 * 6 }}'
    c = comparison(("baseline", "__proto__", bad), bad)
    text = write_page(tmp_path / "page.html", c, sections=SECTIONS[:1]).read_text(encoding="utf-8")
    assert "<img" not in text
    manifest = json.loads(re.findall(r'id="manifest">(.*?)</script>', text)[0])
    assert [one["name"] for one in manifest["scenarios"]] == ["baseline", "__proto__", bad]
    assert str(escape(bad)) in text


def test_the_head_says_what_this_is(text: str) -> None:
    head = plain(text.partition("</header>")[0])
    for said in (
        "No result is a prediction",
        "June 2021",
        "one author",
        "December 2024",
        "power, not lives",
        "influence, not sovereignty",
        "50 %",
    ):
        assert said in head, said
    for said in (
        "made_up",
        "100 in each scenario",
        "36 months from June 2021",
        "seed 1",
        "Two scenarios compared with the baseline",
    ):
        assert said in head, said


def test_the_answer_comes_first_then_figures_then_what_matters_then_all_scenarios(text: str) -> None:
    ids = re.findall(r'<section id="(\w+)"', text)
    assert ids == ["answer", *(section.id for section in SECTIONS), "stories", "sensitivity", "outcomes", "scenarios", "care"]
    contents = text[text.index('<details id="contents">') : text.index('<section id="answer"')]
    assert re.findall(r'href="#(\w+)"', contents) == ids


def test_a_scenario_shows_what_it_sets_and_why(text: str) -> None:
    shown = text.partition('id="scenarios"')[2].partition("</section>")[0]
    for said in (
        "Strikes a month",
        "<b>4.3</b> → <b>12.9</b> month",
        "sourced",
        "39 strikes in 2020",
        "three times as often",
        "<b>From Feb 2022:</b> A budget shrinks.",
        "times 0.8",
    ):
        assert said in shown, said


def test_a_scenario_says_in_short_what_its_figures_say(text: str, compared: Comparison) -> None:
    c = compared

    def heading(spec: dict[str, Any]) -> str:
        return plain(" ".join(spec["title"]["text"]))

    shown = plain(text.partition('id="scenarios"')[2].partition("</section>")[0])
    for name in c.scenarios:
        assert f"<li>{heading(outcome_intervals.figure(c, name))}." in shown
    for name in c.scenarios[1:]:
        assert re.search(
            rf"{re.escape(heading(ranked_differences.figure(c, name)))}[.] 11 of 22 indices differ significantly [^<]+</li>", shown
        )
        largest = heading(ranked_differences.figure_of_influence(c, name)).partition(": ")[2]  # the brief names two more
        shifts = f"Largest shifts of influence from the baseline where the government stands in both: {largest}"
        assert re.search(rf"{re.escape(shifts)}; [^;]+; [^;]+[.] 5 of 28 shares of ", shown)


def test_results_in_brief_give_the_main_measures_small_effects_included(compared: Comparison) -> None:
    results = FigureSource(compared).results
    reference, first, _ = (scenario_brief.brief(compared, results, name) for name in small.SCENARIOS)
    assert reference[1].startswith("Largest shifts of influence since June 2021: ") and "Main measures" not in " ".join(reference)
    main = first[1]
    assert (
        main.startswith("Main measures beside the baseline where the government stands in both: ")
        and "no detectable difference in" in main
        and "incidents" in main
    )
    of = compared.differences["quantity"] == "incidents"
    rows = compared.differences.assign(status=compared.differences["status"].mask(of, NEGLIGIBLE))
    assert "practically no effect on incidents" in scenario_brief.brief(replace(compared, differences=rows), results, small.OTHER)[1]
    rows = compared.differences.assign(status=compared.differences["status"].mask(of, INPUT))
    assert "incidents" not in scenario_brief.brief(replace(compared, differences=rows), results, small.OTHER)[1]


def test_a_class_that_restates_what_the_scenario_sets_is_no_finding_in_brief(compared: Comparison) -> None:
    row = compared.differences[compared.differences["quantity"] == "outcome:condominium"]
    for status, said in ((FINDING, True), (INPUT, False)):
        rows = pd.concat([compared.differences, row.assign(quantity="outcome:delimited_agreed", status=status)])
        text = outcome_intervals.summary(replace(compared, differences=rows), small.OTHER)
        assert ("delimited by agreement in 0 %" in text) is said and ("so that is no finding." in text) is not said


def test_the_negotiated_share_stands_beside_the_outcomes(text: str, compared: Comparison) -> None:
    outcomes = plain(text[text.index('<section id="outcomes"') : text.index('<section id="scenarios"')])
    share = "The negotiated share of delimitation is +4.0 points (+3.0 to +5.0), which is 40 % (30 % to 52 %) of its rise since the start: "
    share += "it ends at 0.54 instead of 0.50 in the same 100 worlds of “no talks”."
    assert f"Baseline: t{share[1:]}" in outcomes and CIRCULAR in outcomes
    silent = "nothing is negotiated: without a word, delimitation ends at 0.53 instead of 0.50 in the same 100 worlds of “no talks”, "
    assert f"Other luck: {silent}+3.0 points (+1.0 to +4.0)." in outcomes
    assert "Iran leaves: " not in outcomes  # it sets other things besides, so its row is in the table alone
    row = outcomes[outcomes.index("Delimitation beside the same worlds without talks") :]
    assert re.search(
        r"Iran leaves</th><td>0.52</td><td>0.50</td><td>\+2.0 points</td><td>\+1.0 to \+4.0</td><td></td><td>other things too", row
    )
    first = text[text.index('<div class="scenarios">') : text.index('<section id="care"')]
    assert plain(first).count("The negotiated share of delimitation is") == 1


def test_without_a_scenario_that_never_talks_nothing_is_said_of_it(compared: Comparison, tmp_path: Path) -> None:
    alone = replace(compared, negotiated=compared.negotiated.iloc[:0])
    without_figures = [replace(section, options=lambda source, scenario: []) for section in SECTIONS]  # whose words are packed
    page = write_page(tmp_path / "page.html", alone, sections=without_figures).read_text(encoding="utf-8")
    assert CIRCULAR not in plain(page) and 'id="negotiated"' not in page and "without talks" not in page


def test_outcome_shares_stand_in_a_table_with_intervals(text: str, compared: Comparison) -> None:
    assert "<caption>Between the partners, or government fallen: share of worlds with its 95 % interval</caption>" in plain(text)
    assert "60.0 % (50.0 to 70.0)" in plain(text)
    table = share_tables.outcome_shares(compared, "outcome", dict.fromkeys(compared.scenarios, ""))
    assert table.head == ["scenario", *OUTCOME_WORDS.values()]


def caveat_text(c: Comparison) -> str:
    """All caveats of a comparison, one after the other."""
    return " ".join(f"{caveat.claim} {caveat.meaning}" for caveat in caveats.caveats(c))


def test_unpaired_and_few_worlds_are_labelled(compared: Comparison) -> None:
    text = caveat_text(compared)
    assert "Compared unpaired, as separate samples: other luck." in text
    assert "100 worlds are few: intervals are wide." in text
    assert "Holm" in text
    about = {name: replace(facts, paired=True, worlds=2000, pairs=2000) for name, facts in compared.about.items()}
    paired = caveat_text(replace(compared, about=about))
    assert "world by world" in paired and "are few" not in paired
    assert "With 2,000 worlds, shares are accurate to within 2.2 points." in paired and "that both have" not in paired


def test_how_many_worlds_both_have_is_said_and_why_there_are_none(compared: Comparison) -> None:
    reference, other, apart = compared.scenarios
    about = dict(compared.about) | {reference: replace(compared.about[reference], worlds=150)}
    about |= {apart: replace(about[other], worlds=120, pairs=120)}
    fewer = replace(compared, about=about)
    assert "Scenarios have 100 to 150 worlds; a difference is over those that both have (100 to 120)." in caveat_text(fewer)
    assert scenario_list.entries(FigureSource(fewer))[other].run.startswith(
        "100 worlds, 36 months from June 2021, compared world by world in the 100 that both have."
    )
    about[apart] = replace(about[other], pairs=0, paired=False)
    none = replace(compared, about=about)
    assert "Not all scenarios have worlds in common." in caveat_text(none) and "random numbers." not in caveat_text(none)
    assert "as separate samples (no world in common)" in comparison_text.basis(none, apart)
    assert "as separate samples (other random numbers)" in comparison_text.basis(compared, apart)


def test_a_difference_that_all_worlds_share_is_said_to_be_the_same(compared: Comparison) -> None:
    other, rows = compared.scenarios[1], compared.differences
    one = (rows["scenario"] == other) & (rows["quantity"] == "strikes") & (rows["province"] == "SY")
    flat = {"error": 0.0, "low": 50.0, "high": 50.0, "paired": True, "worlds": 100, "p_holm": 1e-30}
    rows = rows.assign(**{column: rows[column].mask(one, value) for column, value in flat.items()})
    table = share_tables.differences(replace(compared, differences=rows), other, ("index",))
    said = {row[0]: dict(zip(table.head, row, strict=True)) for row in table.rows}
    (strikes,) = (row for row in said.values() if row["95 % interval"] == "the same in all 100 worlds")
    assert strikes["p (Holm)"] == "under 0.001"
    assert sum("the same" in row["95 % interval"] for row in said.values()) == 1


def test_few_worlds_are_too_few_in_every_sentence(compared: Comparison) -> None:
    other, rows = compared.scenarios[1], compared.differences
    few = replace(
        compared,
        about={name: replace(facts, worlds=20, pairs=20) for name, facts in compared.about.items()},
        differences=rows.assign(status=TOO_FEW, significant=False),
    )
    assert "No difference is called significant, nor said to be none: that takes 30 worlds at least." in caveat_text(few)
    said = " ".join(scenario_brief.brief(few, FigureSource(few).results, other))
    assert "Too few worlds to call any difference from the baseline significant. That takes at least 30 worlds" in said
    assert "no significant difference" not in said and "no detectable" not in said.lower() and "differ significantly" not in said


def test_the_observed_fall_is_reported_where_it_was_counted(compared: Comparison) -> None:
    assert "By then" not in caveat_text(compared)
    fell = compared.shares[compared.shares["quantity"] == "outcome:fallen"].assign(kind="fallen", quantity="fallen_by_2024_12", share=0.01)
    assert "By then it has fallen in 1 % of worlds in the baseline" in caveat_text(replace(compared, shares=fell))


def test_one_scenario_alone_makes_a_page(compared: Comparison, tmp_path: Path) -> None:
    c = compared
    alone = replace(
        c,
        scenarios=("baseline",),
        about={"baseline": c.about["baseline"]},
        **{name: getattr(c, name)[lambda t: t["scenario"] == "baseline"] for name in _FRAMES},
    )
    text = write_page(
        tmp_path / "page.html", alone, sections=[*SECTIONS[:1], *(s for s in SECTIONS if s.id in ("differences", "holdings"))]
    ).read_text(encoding="utf-8")
    assert "One scenario, the baseline" in text
    assert json.loads(inflated(text, "b-2-0"))["options"] == []


_FRAMES = ("shares", "differences", "years", "months", "transitions", "spheres", "influence", "series", "contracts", "effort")


def test_of_two_the_one_that_differs_is_shown_first(compared: Comparison, tmp_path: Path) -> None:
    c = _two(compared)
    text = write_page(tmp_path / "page.html", c, sections=SECTIONS[:1]).read_text(encoding="utf-8")
    assert json.loads(re.findall(r'id="manifest">(.*?)</script>', text)[0])["shown"] == 1


def _two(c: Comparison) -> Comparison:
    kept = c.scenarios[:2]
    frames = {name: getattr(c, name)[lambda t: t["scenario"].isin(kept)] for name in _FRAMES}
    return replace(c, scenarios=kept, about={name: c.about[name] for name in kept}, **frames)


def test_a_new_figure_is_one_entry(compared: Comparison, tmp_path: Path) -> None:
    extra = Section(
        "extra",
        "Extra",
        "Another figure",
        "What else?",
        "As it says.",
        make=lambda source, scenario, _: province_over_time.figure(source.comparison, scenario, "SY-DI"),
        numbers=lambda source, scenario, _: share_tables.scenario_shares(source.comparison, scenario),
    )
    text = write_page(tmp_path / "page.html", compared, sections=(extra,)).read_text(encoding="utf-8")
    assert 'href="#extra"' in text and 'id="extra"' in text
    assert len(json.loads(inflated(text, "b-0-0"))["options"]) == 1


def test_every_section_has_its_own_words() -> None:
    ids = {section.id for section in SECTIONS}
    assert len(ids) == len(SECTIONS) and not {"main", "chosen", "care", "manifest", "engine"} & ids
    for section in SECTIONS:
        assert section.heading and section.answers.endswith("?") and section.reading.endswith("."), section.id


def test_a_comparison_as_results(compared: Comparison) -> None:
    c = compared
    results = figure_data.of(c)
    assert results.scenarios == c.scenarios
    assert results.compared_with(small.OTHER) == small.BASELINE and results.compared_with(small.BASELINE) is None
    assert results.whole[small.OTHER].loc["outcome:delimited_tacit", "mean"] == pytest.approx(0.2)
    assert results.whole[small.OTHER].loc["strikes", "difference"] == 50.0
    assert list(results.moments[small.BASELINE]) == list(MOMENTS)
    assert results.spheres[small.BASELINE].equals(results.moments[small.BASELINE][MOMENTS[-1]])
    assert small.title(outcome_bars.figure(results)).startswith("Delimited in 60 % of baseline worlds")


def test_a_map_of_any_month(compared: Comparison) -> None:
    results = figure_data.of(compared)
    horizon, start = (sphere_map.figure(results, small.OTHER, month) for month in (MOMENTS[-1], MOMENTS[0]))
    assert "in June 2021" in small.subtitle(start) and "in May 2024" in small.subtitle(horizon)
    assert small.title(start) != small.title(horizon) or start["datasets"] != horizon["datasets"]
    assert "at the horizon" in small.subtitle(sphere_map.figure(results, small.OTHER))
    with pytest.raises(KeyError):
        sphere_map.figure(results, small.OTHER, "2050-01")


def test_words_and_grounds_have_contrast() -> None:
    style = page_assets.style()
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", style))
    for ink in ("ink", "soft", "accent", "warm"):
        for ground in ("paper", "ground"):
            assert palette.contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    assert palette.contrast("#5d3305", "#fdf3e3") >= 4.5 and palette.contrast(colours["ink"], "#e9f2ef") >= 4.5
