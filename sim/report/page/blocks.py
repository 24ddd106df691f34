"""The blocks of the page: for each scenario and section the figures that can be chosen, packed; several scenarios at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.experiment.execution.executors import workers
from sim.report.page import compression, html
from sim.report.page.compression import Json, Packer, Shared
from sim.report.page.sections import SECTIONS, Option, Section, Source


@dataclass(frozen=True)
class Block:
    """A compressed block: its text, whether it has any figure, and the first one's width and height in pixels."""

    text: str
    is_empty: bool
    size: tuple[float, float]


@dataclass(frozen=True)
class Made:
    """A scenario's blocks, one for each section, and what their figures have in common."""

    blocks: tuple[Block, ...]
    shared: Shared


def every(source: Source, sections: Sequence[Section], jobs: int) -> Iterator[Made]:
    """The blocks of every scenario, in order. With `jobs` over 1 as many processes make them, which know the page's own sections only."""
    names = source.comparison.scenarios
    nears = (source.near(name) for name in names)
    if len(names) == 1 or sections is not SECTIONS:
        yield from (_of_scenario(near, name, sections) for near, name in zip(nears, names, strict=True))
        return
    with workers(jobs) as executor:
        yield from (executor.map if executor else map)(_of_scenario, nears, names)


def figure(packer: Packer, spec: Mapping[str, Any], question: str = "") -> Json:
    """A spec packed, with its title and subtitle apart; the question is left out, since the page says it elsewhere."""
    title, subtitle = compression.heading(spec)
    said = subtitle[len(question) :].strip() if subtitle.replace("\u00a0", " ").startswith(question) else subtitle
    return {"title": title, "subtitle": said, "figure": packer.spec(spec)}


def block(options: Sequence[Json], first: int = 0) -> Block:
    """A block of figures to choose from, of which `first` is shown first."""
    spec = options[0]["figure"]["spec"] if options else {}
    size = float(spec.get("width", 860)), float(spec.get("height", 400))
    return Block(compression.block({"options": list(options), "first": first}), not options, size)


def _of_scenario(near: Source, scenario: str, sections: Sequence[Section] = SECTIONS) -> Made:
    packer = Packer()
    made = []
    for section in sections:
        options = [_option(near, packer, section, scenario, option) for option in section.options(near, scenario)]
        made.append(block(options, len(options) - 1 if section.choice == "month" else 0))
    return Made(tuple(made), packer.shared)


def _option(source: Source, packer: Packer, section: Section, scenario: str, option: Option) -> Json:
    spec = section.make(source, scenario, option.value)
    table = html.plain(section.numbers(source, scenario, option.value))
    return {"value": option.value, "words": option.words} | figure(packer, spec, source.results.question(scenario)) | {"table": table}
