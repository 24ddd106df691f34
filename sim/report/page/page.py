"""The page as one file: template, style, script, drawing engine and compressed blocks put together."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from sim.compare.comparison import SURVIVED, Comparison
from sim.experiment.progress import Progress
from sim.experiment.storage.whole_files import write_bytes
from sim.exploration.global_sensitivity.outcome_findings import OutcomeFindings
from sim.report.figures import outcome_bars
from sim.report.figures.data import comparison_text
from sim.report.page import (
    caveats,
    compression,
    figure_blocks,
    negotiated_table,
    page_assets,
    page_budget,
    scenario_answer,
    scenario_list,
    share_tables,
    what_matters,
)
from sim.report.page.compression import Json, Packer, Shared
from sim.report.page.figure_source import FigureSource
from sim.report.page.full_scenarios import FullScenario, Stories, StoriesOf, full_scenarios
from sim.report.page.interest_link import InterestLink
from sim.report.page.scenario_answer import Answer
from sim.report.page.sections import SECTIONS, Section
from sim.report.page.template_engine import render
from sim.report.page.text_table import TextTable

_SHARE_TABLES = {
    "outcome": "Between the partners, or government fallen",
    "territory": "Territory of the government",
    "fallen": "Fall of the government by a month",
}
_SHARED = 60_000  # bytes that outlines and kinds of layers take, whatever is drawn
_PER_BLOCK = 70  # bytes around a block


def write_page(
    path: Path,
    comparison: Comparison,
    stories: Stories | None = None,
    sections: Sequence[Section] = SECTIONS,
    executor: Executor | None = None,
    progress: Progress | None = None,
    interests: InterestLink | None = None,
    matters: Sequence[OutcomeFindings] = (),
    explorer: str = "",
) -> Path:
    """Write the page to `path`, whole or not at all; returns it.

    `sections`: what is shown about a chosen scenario; `executor`: processes that make the figures (only of the page's own sections);
    `progress` hears of each scenario that is done; `interests`: a study of interests to link to; `matters`: what matters for some outcomes
    of the reference scenario; `explorer`: the address of the explorer's page, if any. Raises OSError.
    """
    besides = Besides(interests, matters, explorer)
    page = page_text(comparison, lambda _: stories or {}, sections, executor, progress or Progress(), besides)
    write_bytes(path, page.text.encode("utf-8"))
    return path


@dataclass(frozen=True)
class Besides:
    """What stands beside the comparison: a study of interests to link to, what matters for some outcomes of the reference scenario, and the
    address of the explorer's page.
    """

    interests: InterestLink | None = None
    matters: Sequence[OutcomeFindings] = ()
    explorer: str = ""


NOTHING_BESIDES = Besides()


@dataclass(frozen=True)
class PageText:
    """The page; the stories of the scenarios that it shows in full, by scenario, those without any included; and what it leaves out."""

    text: str
    stories: Stories
    notices: tuple[str, ...]


def page_text(
    c: Comparison,
    stories: StoriesOf,
    sections: Sequence[Section],
    executor: Executor | None,
    progress: Progress,
    besides: Besides = NOTHING_BESIDES,
    most_bytes: int = page_budget.MOST_BYTES,
) -> PageText:
    """The page as a text of no more than `most_bytes`: all scenarios in brief, and as many with their figures and stories as fit."""
    frame = _Frame(c, sections, besides)
    while (most := page_budget.most_listed(len(frame.c.scenarios), frame.list_size, most_bytes)) < len(frame.c.scenarios):
        frame = _Frame(page_budget.listed(frame.c, most), sections, besides)
    room = most_bytes - len(frame.render({}, ()).encode("utf-8")) - _SHARED
    full = full_scenarios(frame.source, stories, sections, executor, progress, room, frame.size_in_full)
    notices = page_budget.notices(c, frame.c, tuple(full))
    return PageText(frame.render(full, notices), {name: one.stories for name, one in full.items()}, notices)


class _Frame:
    """The page but for the figures and stories of scenarios."""

    def __init__(self, c: Comparison, sections: Sequence[Section], besides: Besides) -> None:
        self.c, self.sections, self.source, self._packer = c, sections, FigureSource(c), Packer()
        self._entries = scenario_list.entries(self.source)
        outcomes = figure_blocks.pack_figure(self._packer, outcome_bars.figure(self.source.results))
        self._outcomes = figure_blocks.block_of([{"value": "", "words": "", **outcomes}])
        self._matters = what_matters.section(self._packer, besides.matters, scenario_list.title(c.against))
        self._answers: dict[str, Answer] = {}
        self._said = {
            "subtitle": scenario_list.subtitle(c),
            "worlds": scenario_list.worlds(c),
            "reference": scenario_list.title(c.against),
            "reference_within": comparison_text.against(c),
            "explorer": besides.explorer,
            "facts": scenario_list.facts(c),
            "assumed": caveats.assumed(c),
            "outcome_tables": _outcome_tables(c),
            "negotiated": negotiated_table.said(c),
            "interests": besides.interests,
            "matters": self._matters,
            "caveats": caveats.caveats(c),
        }

    @property
    def list_size(self) -> int:
        """How many bytes the list and the tables of all scenarios take."""
        return len(self.render({}, ()).encode("utf-8")) - len(page_assets.squeezed_engine())

    def size_in_full(self, scenario: str) -> int:
        """How many bytes the list takes more where a scenario is shown in full."""
        brief, full = (replace(self._entries[scenario], number=number) for number in (None, 0))
        texts = [render("scenario.html.jinja", scenario=one) for one in (brief, full)]
        said = {name: self._said[name] for name in ("reference", "reference_within")}
        answer = render("answer.html.jinja", scenario=full, answer=self._answer(scenario), **said)
        n_brief, n_full, n_answer = (len(text.encode("utf-8")) for text in (*texts, answer))
        return n_full - n_brief + n_answer + _PER_BLOCK * len(self.sections)

    def _answer(self, scenario: str) -> Answer:
        """The first screen of a scenario, made once."""
        if scenario not in self._answers:
            c = self.source.of_scenario(scenario).comparison
            self._answers[scenario] = scenario_answer.answer(c, self.source.results, scenario, len(self.c.scenarios) > 1)
        return self._answers[scenario]

    def render(self, full: Mapping[str, FullScenario], notices: Sequence[str]) -> str:
        """The page with some scenarios in full."""
        names = tuple(full)
        shown = names.index(_shown_first(self.c, names)) if names else 0
        parts = [self._packer.shared, *(part for one in full.values() for part in (one.packed.shared, one.shared))]
        has_stories = any(one.stories for one in full.values())
        numbers = {name: number for number, name in enumerate(names)}
        scenarios = {
            name: replace(one, number=numbers.get(name), is_shown=numbers.get(name) == shown) for name, one in self._entries.items()
        }
        return render(
            "page.html.jinja",
            **self._said,
            policy=page_assets.policy(),
            style=page_assets.style(),
            script=page_assets.script(),
            notices=notices,
            scenarios=scenarios.values(),
            answers=[(scenarios[name], self._answer(name)) for name in names],
            outcomes_block=self._outcomes,
            sections=self.sections,
            shown_blocks=full[names[shown]].packed.blocks if names else [figure_blocks.block_of(())] * len(self.sections),
            has_stories=has_stories,
            manifest=_manifest(names, shown),
            blocks={
                "b-outcomes": self._outcomes.text,
                **({"b-sensitivity": self._matters.block.text} if self._matters else {}),
                **{f"b-{i}-{j}": block.text for j, one in enumerate(full.values()) for i, block in enumerate(one.packed.blocks)},
                **({f"b-stories-{j}": one.story_block for j, one in enumerate(full.values())} if has_stories else {}),
                "shared": compression.block(_joined(parts)),
                "engine": page_assets.squeezed_engine(),
            },
        )


def _joined(parts: Sequence[Shared]) -> Shared:
    """What all figures have in common: the same key is the same thing."""
    return {kind: {key: value for part in parts for key, value in part[kind].items()} for kind in parts[0]}


def _shown_first(c: Comparison, names: Sequence[str]) -> str:
    """Of some scenarios the one that the page opens with: its outcome shares differ most from those of the reference scenario."""
    if c.differences.empty:
        return c.against
    return next((name for name in page_budget.by_difference(c) if name in names and name != c.against), c.against)


def _manifest(names: Sequence[str], shown: int) -> Json:
    """What the script must know at once of the scenarios that are shown in full."""
    return {"scenarios": [{"name": name, "title": scenario_list.title(name)} for name in names], "shown": shown}


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
