"""A representative world as the page shows it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class StoryView:
    """A world that represents an outcome of a scenario.

    `outcome`: a class of palette.OUTCOMES; `share`: of the scenario's worlds that end in it (0-1); `sentences`: (month as `2024-03`,
    text, claims as `R24`), in order; `spec`: a strip of maps as a Vega-Lite spec, or None; `why`: in what sense it is representative.
    """

    outcome: str
    world: int
    share: float
    sentences: tuple[tuple[str, str, tuple[str, ...]], ...]
    spec: dict[str, Any] | None = None
    why: str = ""
