"""The figures of the page in compressed blocks: one block for each scenario and section, several scenarios at a time."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from sim.report.page import compression
from sim.report.page.compression import Json, Packer, Shared
from sim.report.page.figure_source import FigureSource
from sim.report.page.section_options import Option
from sim.report.page.sections import SECTIONS, Section


@dataclass(frozen=True)
class Block:
    """A compressed block: its text, whether it holds any figure, and the aspect ratio of the first one as CSS writes it."""

    text: str
    is_empty: bool
    ratio: str


@dataclass(frozen=True)
class PackedScenario:
    """A scenario's blocks, one for each section, and what their figures have in common."""

    blocks: tuple[Block, ...]
    shared: Shared


def pack_scenarios(
    source: FigureSource, sections: Sequence[Section], names: Sequence[str], executor: Executor | None = None
) -> Iterator[PackedScenario]:
    """The blocks of some scenarios, in order. `executor` may spread the work, but its processes know the page's own sections only."""
    narrowed = (source.of_scenario(name) for name in names)
    if executor is None or sections is not SECTIONS:
        return (_pack_scenario(part, name, sections) for part, name in zip(narrowed, names, strict=True))
    return executor.map(_pack_scenario, narrowed, names)


def pack_figure(packer: Packer, spec: Mapping[str, Any], question: str = "") -> Json:
    """A spec packed, with its title and subtitle apart; the question is left out, since the page says it elsewhere."""
    title, subtitle = compression.heading(spec)
    rest = subtitle[len(question) :].strip() if subtitle.replace("\u00a0", " ").startswith(question) else subtitle
    return {"title": title, "subtitle": rest, "figure": packer.spec(spec)}


def block_of(options: Sequence[Json], first: int = 0) -> Block:
    """A block of figures to choose from, of which the one at `first` is shown first."""
    spec = options[0]["figure"]["spec"] if options else {}
    ratio = f"{spec.get('width', 860):.0f} / {spec.get('height', 400):.0f}"
    return Block(compression.block({"options": list(options), "first": first}), not options, ratio)


def _pack_scenario(source: FigureSource, scenario: str, sections: Sequence[Section] = SECTIONS) -> PackedScenario:
    packer = Packer()
    blocks = []
    for section in sections:
        options = section.options(source, scenario)
        packed = [_pack_option(source, packer, section, scenario, option) for option in options]
        blocks.append(block_of(packed, len(packed) - 1 if section.choice == "month" else 0))
    return PackedScenario(tuple(blocks), packer.shared)


def _pack_option(source: FigureSource, packer: Packer, section: Section, scenario: str, option: Option) -> Json:
    figure = pack_figure(packer, section.make(source, scenario, option.value), source.results.question(scenario))
    table = section.numbers(source, scenario, option.value)
    return {"value": option.value, "words": option.words, **figure, "table": {"head": table.head, "rows": table.rows}}
