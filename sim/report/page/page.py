"""The page as one file: template, style, script, drawing engine and compressed blocks put together."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from functools import cache
from importlib.resources import files
from pathlib import Path

from markupsafe import Markup

from sim.compare.comparison import ALL, SURVIVED, Comparison
from sim.experiment.progress import Progress
from sim.experiment.storage.whole_files import write_bytes
from sim.model.observation.measure_catalogue import OUTCOME_WORDS
from sim.report.drawing.render import engine_apart
from sim.report.figures import outcome_bars
from sim.report.page import caveats, compression, figure_blocks, negotiated_table, scenario_list, share_tables
from sim.report.page.compression import Json, Packer, Shared
from sim.report.page.figure_source import FigureSource
from sim.report.page.interest_link import InterestLink
from sim.report.page.sections import SECTIONS, Section
from sim.report.page.story_view import StoryView
from sim.report.page.template_engine import render
from sim.report.page.text_table import TextTable
from sim.text import number_format

_SHARE_TABLES = {
    "outcome": "Between the partners, or government fallen",
    "territory": "Territory of the government",
    "fallen": "Fall of the government by a month",
}
Stories = Mapping[str, Sequence[StoryView]]  # by scenario, one for each outcome


def write_page(
    path: Path,
    comparison: Comparison,
    stories: Stories | None = None,
    sections: Sequence[Section] = SECTIONS,
    executor: Executor | None = None,
    progress: Progress | None = None,
    interests: InterestLink | None = None,
) -> Path:
    """Write the page to `path`, whole or not at all; returns it.

    `sections`: what is shown about a chosen scenario; `executor`: processes that make the figures (only of the page's own sections);
    `progress` hears of each scenario that is done; `interests`: a study of interests to link to. Raises OSError.
    """
    write_bytes(path, page_text(comparison, stories or {}, sections, executor, progress or Progress(), interests).encode("utf-8"))
    return path


def page_text(
    c: Comparison,
    stories: Stories,
    sections: Sequence[Section],
    executor: Executor | None,
    progress: Progress,
    interests: InterestLink | None = None,
) -> str:
    """The page as a text."""
    source, packer = FigureSource(c), Packer()
    packing = figure_blocks.pack_scenarios(source, sections, executor)
    script, engine = _asset("page.js"), _engine()  # made while the executor packs
    outcomes = figure_blocks.block_of(
        [{"value": "", "words": "", **figure_blocks.pack_figure(packer, outcome_bars.figure(source.results))}]
    )
    story_blocks = _story_blocks(packer, c, stories)
    packed = []
    for scenario, blocks in zip(c.scenarios, packing, strict=True):
        packed.append(blocks)
        progress.detail(scenario)
    shown = _shown_first(c)
    return render(
        "page.html.jinja",
        policy=_policy(engine, script),
        style=Markup(_asset("page.css")),
        script=Markup(script),
        subtitle=scenario_list.subtitle(c),
        facts=scenario_list.facts(c),
        assumed=caveats.assumed(c),
        scenarios=scenario_list.entries(c, source.results, shown),
        outcomes_block=outcomes,
        outcome_tables=_outcome_tables(c),
        negotiated=negotiated_table.said(c),
        sections=sections,
        shown_blocks=packed[c.scenarios.index(shown)].blocks,
        has_stories=bool(story_blocks),
        interests=interests,
        caveats=caveats.caveats(c),
        manifest=_manifest(c, shown),
        blocks={
            "b-outcomes": outcomes.text,
            **{f"b-{i}-{j}": block.text for j, scenario in enumerate(packed) for i, block in enumerate(scenario.blocks)},
            **story_blocks,
            "shared": compression.block(_joined([packer.shared, *(scenario.shared for scenario in packed)])),
            "engine": compression.squeezed(engine),
        },
    )


def _joined(parts: Sequence[Shared]) -> Shared:
    """What all figures have in common: the same key is the same thing."""
    return {kind: {key: value for part in parts for key, value in part[kind].items()} for kind in parts[0]}


def _shown_first(c: Comparison) -> str:
    """The scenario that the page opens with: the one whose outcome shares differ most from those of the reference scenario."""
    rows = c.differences[(c.differences["kind"] == "outcome") & (c.differences["given"] == ALL)]
    total = rows["difference"].abs().groupby(rows["scenario"].astype(str), sort=False).sum()
    return str(total.idxmax()) if len(total) else c.against


def _asset(name: str) -> str:
    return files("sim.report.page").joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _engine() -> str:
    """The drawing engine as a script."""
    return engine_apart("window.vegaEmbed = vegaEmbed;")


def _policy(*scripts: str) -> Markup:
    """What the browser may do: run these scripts and no others, ask no network for anything."""
    hashes = [base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii") for script in scripts]
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    return Markup(f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'")


def _manifest(c: Comparison, shown: str) -> Json:
    """What the script must know at once."""
    scenarios = [{"name": name, "title": scenario_list.title(name), "question": c.about[name].question} for name in c.scenarios]
    return {"scenarios": scenarios, "shown": c.scenarios.index(shown)}


def _outcome_tables(c: Comparison) -> list[tuple[str, TextTable]]:
    """The shares of every class with their intervals, as caption and table."""
    names = {name: scenario_list.title(name) for name in c.scenarios}
    tables = [
        (f"{heading}: share of worlds with its 95 % interval", share_tables.outcome_shares(c, kind, names))
        for kind, heading in _SHARE_TABLES.items()
        if (c.shares["kind"] == kind).any()
    ]
    within = share_tables.outcome_shares(c, "outcome", names, SURVIVED)
    tables.insert(1, ("Between the partners, in the worlds in which the government stands: share with its 95 % interval", within))
    negotiated = negotiated_table.table(c, names)
    return [*tables, ("Delimitation beside the same worlds without talks", negotiated)] if negotiated.rows else tables


def _story_blocks(packer: Packer, c: Comparison, stories: Stories) -> dict[str, str]:
    """A block of stories for every scenario; none at all where no scenario has any."""
    if not any(stories.get(name) for name in c.scenarios):
        return {}
    views = {f"b-stories-{j}": [_story(packer, story) for story in stories.get(name, ())] for j, name in enumerate(c.scenarios)}
    return {id_: compression.block(view) for id_, view in views.items()}


def _story(packer: Packer, story: StoryView) -> Json:
    """A story as the script lays it out."""
    outcome = OUTCOME_WORDS.get(story.outcome, story.outcome)
    share = story.why or f"{number_format.capital(number_format.percent(story.share))} of this scenario's worlds end so."
    return {
        "heading": f"Simulated world {story.world:,}: {outcome}",
        "share": share,
        "summary": f"The story in {number_format.count(len(story.sentences), 'dated sentence')}",
        "sentences": [[number_format.month(month), text, list(claims)] for month, text, claims in story.sentences],
        "strip": figure_blocks.pack_figure(packer, story.spec) if story.spec else None,
    }
