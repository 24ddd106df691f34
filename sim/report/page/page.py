"""The page as one file: template, style, script, drawing engine and compressed blocks put together."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from string import Template

import vl_convert

from sim.compare.comparison import ALL, Comparison
from sim.experiment.storage.result_folder import write_bytes
from sim.model.observation.measure_catalogue import OUTCOME_WORDS
from sim.report.figures import outcome_bars
from sim.report.page import blocks, compression, figure_tables, html, scenario_list
from sim.report.page.blocks import Block, block, figure
from sim.report.page.caveats import LIMITS, Caution, care
from sim.report.page.compression import Json, Packer, Shared
from sim.report.page.html import tag, text
from sim.report.page.sections import SECTIONS, Section, Source
from sim.report.page.story_view import StoryShown
from sim.text import number_format

TITLE = "Spheres of interest in Syria: scenarios compared"
_ENGINE = "window.vegaEmbed = vegaEmbed;"
_OUTCOMES = "What became of the partners"
_STORIES = "Worlds that stand for many, told"


def write_page(
    path: Path,
    comparison: Comparison,
    stories: Mapping[str, Sequence[StoryShown]] | None = None,
    limits: Sequence[Caution] = LIMITS,
    when: str = "",
    sections: Sequence[Section] = SECTIONS,
    jobs: int = 1,
) -> Path:
    """Write the page to `path`, whole or not at all; returns it.

    `stories`: by scenario, one for each outcome; `limits`: what the model cannot bear at all, as (sentence, what it means); `when`:
    the day on which the results were run, in words; `sections`: what is shown about a chosen scenario; `jobs`: processes that make
    the figures (only of the page's own sections). Raises OSError.
    """
    write_bytes(path, page(comparison, stories or {}, limits, when, sections, jobs).encode("utf-8"))
    return path


def page(
    c: Comparison,
    stories: Mapping[str, Sequence[StoryShown]],
    limits: Sequence[Caution],
    when: str,
    sections: Sequence[Section],
    jobs: int,
) -> str:
    """The page as a text."""
    source, packer = Source(c), Packer()
    shown = _shown_first(c)
    told = any(stories.get(name) for name in c.scenarios)
    first, made = _outcomes_block(source, packer), list(blocks.every(source, sections, jobs))
    squeezed = {"b-outcomes": first.text}
    squeezed |= {f"b-{i}-{j}": one.text for j, each in enumerate(made) for i, one in enumerate(each.blocks)}
    if told:
        squeezed |= {
            f"b-stories-{j}": compression.block([_story(packer, one) for one in stories.get(name, ())])
            for j, name in enumerate(c.scenarios)
        }
    engine, script = vl_convert.javascript_bundle(_ENGINE), _asset("page.js")
    squeezed |= {
        "shared": compression.block(_joined([packer.shared, *(each.shared for each in made)])),
        "engine": compression.squeezed(engine),
    }
    parts = {
        "policy": _policy(engine, script),
        "title": text(TITLE),
        "style": _asset("page.css"),
        "script": script,
        "subtitle": scenario_list.subtitle(c),
        "head": scenario_list.head(c, when),
        "contents": _links(_contents(sections, told)),
        "scenarios": scenario_list.scenarios(c, source.results, shown),
        "outcomes": _outcomes(c, source, first),
        "choices": _choices(source, shown),
        "jumps": _links(_jumps(sections, told)),
        "views": "".join(_view(one, i, made[c.scenarios.index(shown)].blocks[i]) for i, one in enumerate(sections)),
        "stories": _stories() if told else "",
        "care": care(c, limits),
        "manifest": _manifest(source, shown),
        "blocks": "\n".join(f'<script type="text/plain" id="{name}">{value}</script>' for name, value in squeezed.items()),
    }
    return Template(_asset("page.html")).substitute(parts)


def _joined(parts: Sequence[Shared]) -> Shared:
    """What all figures have in common: the same key is the same thing."""
    return {kind: {key: value for part in parts for key, value in part[kind].items()} for kind in parts[0]}


def _shown_first(c: Comparison) -> str:
    """The scenario that the page opens with: the one whose outcome shares differ most from those of the one compared with."""
    rows = c.differences[(c.differences["kind"] == "outcome") & (c.differences["given"] == ALL)]
    moved = rows["difference"].abs().groupby(rows["scenario"].astype(str), sort=False).sum()
    return str(moved.idxmax()) if len(moved) else c.against


def _asset(name: str) -> str:
    return files("sim.report.page").joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _policy(*scripts: str) -> str:
    """What the browser may do: run these scripts and no others, ask no network for anything."""
    hashes = [base64.b64encode(hashlib.sha256(one.encode("utf-8")).digest()).decode("ascii") for one in scripts]
    allowed = " ".join(f"'sha256-{one}'" for one in hashes)
    return f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def _manifest(source: Source, shown: str) -> str:
    """What the script must know at once, as JSON in which nothing can end the element that holds it."""
    c = source.comparison
    scenarios = [{"name": name, "title": _title(source, name), "question": c.about[name].question} for name in c.scenarios]
    return compression.dumps({"scenarios": scenarios, "shown": c.scenarios.index(shown)}).replace("<", "\\u003c")


def _title(source: Source, scenario: str) -> str:
    return number_format.capital(source.results.title(scenario))


def _outcomes_block(source: Source, packer: Packer) -> Block:
    return block([{"value": "", "words": ""} | figure(packer, outcome_bars.figure(source.results))])


def _outcomes(c: Comparison, source: Source, made: Block) -> str:
    """The section on outcomes: its figure, and the table of shares with their intervals."""
    kinds = [kind for kind in ("outcome", "territory", "fallen") if (c.shares["kind"] == kind).any()]
    said = {"outcome": "Between the partners", "territory": "Territory of the government", "fallen": "Government fallen"}
    names = {name: _title(source, name) for name in c.scenarios}
    tables = [
        html.table(figure_tables.outcome_shares(c, kind), f"{said[kind]}: share of worlds with its 95 % interval", names) for kind in kinds
    ]
    summary = tag("summary", "All shares with their 95 % intervals")
    details = tag("details", summary, *(tag("div", table, class_="table") for table in tables), class_="numbers", data_print=True)
    head = _head(
        _OUTCOMES,
        "In what share of invented worlds do the partners delimit their spheres, overlap, or part, and what does the government hold?",
    )
    body = _drawing(made, "Each row is a scenario, each bar all its worlds. Classes stand in the same order in every row.")
    return tag("section", head, tag("figure", tag("h3", class_="finding"), body, details), id="outcomes", data_block="b-outcomes")


def _view(section: Section, number: int, made: Block) -> str:
    """The place of a section's figure; the script fills it."""
    none = tag("p", text(section.without), class_="without", hidden=not made.is_empty)
    details = tag("details", tag("summary", "The numbers as a table"), tag("div", class_="table"), class_="numbers")
    state = tag("p", class_="state") + tag("h3", class_="finding")
    drawing = tag("figure", state, _drawing(made, section.reading), details)
    return tag(
        "section",
        _head(section.heading, section.answers),
        _control(section),
        none,
        drawing,
        id=section.id,
        data_block=f"b-{number}-*",
        data_choice=section.choice,
    )


def _head(heading: str, answers: str) -> str:
    return tag("h2", text(heading)) + tag("p", text(answers), class_="answers")


def _drawing(made: Block, reading: str) -> str:
    """Subtitle, the box that the figure is drawn in, as high as the figure will be, and how to read it."""
    ratio = f"{made.size[0]:.0f} / {made.size[1]:.0f}"
    drawing = f'<div class="box" role="group" aria-label="Figure"><div class="drawing" style="--ratio: {ratio}"></div></div>'
    return tag("p", class_="sub") + drawing + tag("figcaption", text(reading))


def _control(section: Section) -> str:
    """What chooses a section's month, province or index."""
    if not section.choice:
        return ""
    name = f"{section.id}-choice"
    label = f'<label for="{name}">{section.choice.capitalize()}</label>'
    if section.choice == "month":
        chooser = f'<input type="range" id="{name}" min="0" max="0" step="1" autocomplete="off"><output for="{name}"></output>'
    else:
        chooser = f'<select id="{name}" autocomplete="off"></select>'
    return tag("p", label, chooser, class_="control")


def _choices(source: Source, shown: str) -> str:
    """The scenarios in the sticky bar's control."""
    said = source.comparison.about
    marks = {name: " (hindsight)" if said[name].basis == "hindsight" else "" for name in source.comparison.scenarios}
    return "".join(tag("option", text(_title(source, name) + mark), selected=name == shown) for name, mark in marks.items())


def _contents(sections: Sequence[Section], told: bool) -> list[tuple[str, str]]:
    first = [("scenarios", "What each scenario asks, and what it changes"), ("outcomes", _OUTCOMES)]
    last = [("stories", _STORIES)] if told else []
    return [*first, *((one.id, one.heading) for one in sections), *last, ("care", "What to be careful about")]


def _jumps(sections: Sequence[Section], told: bool) -> list[tuple[str, str]]:
    views = [(one.id, one.short) for one in sections]
    return [*views, *([("stories", "Stories")] if told else []), ("care", "Care")]


def _links(entries: Sequence[tuple[str, str]]) -> str:
    return "".join(tag("li", tag("a", text(name), href=f"#{id_}")) for id_, name in entries)


def _stories() -> str:
    """The place of the stories; the script fills it."""
    answers = (
        "For each outcome, the one world of the chosen scenario that is most like all others that end so. Its events are invented; the "
        "numbers beside them (R24) are the claims of the report from which their rules derive."
    )
    none = tag("p", "No world of this scenario was replayed for this page.", id="stories-none", class_="without", hidden=True)
    return tag("section", _head(_STORIES, answers), none, tag("div", id="stories-of"), id="stories")


def _story(packer: Packer, one: StoryShown) -> Json:
    """A story as the script tells it."""
    name = OUTCOME_WORDS.get(one.outcome, one.outcome)
    share = one.why or f"{number_format.capital(number_format.percent(one.share))} of this scenario's worlds end so."
    return {
        "heading": f"Invented world {one.world:,}: {name}",
        "share": share,
        "many": f"The story: {number_format.count(len(one.sentences), 'dated sentence')}",
        "sentences": [[number_format.month(month), said, list(claims)] for month, said, claims in one.sentences],
        "strip": figure(packer, one.spec) if one.spec else None,
    }
