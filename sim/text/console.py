"""The console that tables and progress are drawn on: its own colours and cursor moves, and texts that are plain."""

import sys
from collections.abc import Iterator
from typing import Any

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook, RenderResult
from rich.segment import Segment

from sim.text.plain_output import plain


class PlainConsole(Console):
    """A console of Rich whose texts hold nothing that a terminal would obey, and that ends like all else when its reader has gone."""

    def __init__(self, stderr: bool = False, **options: Any) -> None:
        stream: Any = sys.stderr if stderr else sys.stdout
        super().__init__(file=getattr(stream, "unfiltered", stream), **options)
        self.push_render_hook(_PlainTexts())

    def on_broken_pipe(self) -> None:
        """Whoever was reading has read enough: what is printed next says so to the command."""
        raise BrokenPipeError


class _PlainTexts(RenderHook):
    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        return [_Plain(each) for each in renderables]


class _Plain:
    """What is drawn, with plain texts; colours and cursor moves stay."""

    def __init__(self, drawn: ConsoleRenderable) -> None:
        self.drawn = drawn

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        return self._segments(console, options)

    def _segments(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for segment in console.render(self.drawn, options):
            yield segment if segment.control else Segment(plain(segment.text), segment.style)
