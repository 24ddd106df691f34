"""What goes when an interest is taken away, and when it is doubled: a row for each interest, a panel for each outcome."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.interests.outcomes import powers_of
from sim.report.drawing import palette, text_metrics, theme
from sim.report.drawing.canvas import NOTE, Canvas, Mark
from sim.report.figures.interest_panels import HEAD, LEFT, colour_of, dots, draw_panels, squares
from sim.report.text import labels
from sim.report.text.interest_sentences import headline
from sim.text.names import display_name, interest_name
from sim.text.number_format import capital, joined, worlds

_ROW, _BLOCK, _FOOT = 24.0, 26.0, 26.0  # a row; above the rows of an actor; below all rows


def figure(table: pd.DataFrame, names: Mapping[str, str]) -> dict[str, Any]:
    """The figure as a Vega-Lite spec; `names` are the provinces' by ISO code. Raises ValueError for a table without rows."""
    if table.empty:
        raise ValueError("there are no effects to draw")
    rows, foot = _places(table)
    notes = _notes(table)
    canvas = Canvas(foot + _FOOT + NOTE * len(notes))
    draw_panels(canvas, table, rows, foot)
    _names(canvas, rows)
    _key(canvas)
    canvas.notes(notes, canvas.height - NOTE * len(notes) + NOTE / 2, palette.FAINT)
    return canvas.spec(headline(table, names), _subtitle(table))


def _places(table: pd.DataFrame) -> tuple[dict[tuple[str, str], float], float]:
    """The middle of the row of each interest, by actor and interest, and where the rows end."""
    y, rows, last = HEAD, dict[tuple[str, str], float](), ""
    for actor, interest in table[["actor", "interest"]].drop_duplicates().itertuples(index=False):
        y += _BLOCK if actor != last else 0.0
        rows[actor, interest], last = y + _ROW / 2, actor
        y += _ROW
    return rows, y


def _names(canvas: Canvas, rows: Mapping[tuple[str, str], float]) -> None:
    """The names of actors and interests at the left, and a faint line below each actor's name."""
    heads: list[Mark] = []
    chips: list[Mark] = []
    lines: list[Mark] = []
    texts = []
    for (actor, interest), y in rows.items():
        if not any(head["text"] == capital(display_name(actor)) for head in heads):
            at = y - _ROW / 2 - _BLOCK / 2 + 3
            heads.append({"x": 16, "y": at, "text": capital(display_name(actor)), "color": palette.INK})
            chips.append({"x": 0, "x2": 10, "y": at - 5, "y2": at + 5, "color": colour_of(actor)})
            lines.append({"x": 0, "x2": theme.WIDTH, "y": y - _ROW / 2 - 1, "y2": y - _ROW / 2 - 1, "color": palette.LINE})
        text = text_metrics.cut(interest_name(interest), LEFT - 26, theme.LABEL_SIZE)
        texts.append({"x": 16, "y": y, "text": text, "color": palette.INK})
    canvas.rules(lines, thick=0.8)
    canvas.boxes(chips, corner=2)
    canvas.texts(heads, bold=True)
    canvas.texts(texts)


def _key(canvas: Canvas) -> None:
    """What the two shapes mean, above the names."""
    squares(canvas, [{"x": 5, "y": 6, "color": palette.SOFT, "rim": True}])
    dots(canvas, [{"x": 5, "y": 23, "color": palette.SOFT, "rim": True}])
    texts = [{"x": 16, "y": y, "text": text, "color": palette.SOFT} for y, text in ((6, "interest taken away"), (23, "weight doubled"))]
    canvas.texts(texts, size=theme.SMALL_SIZE)


def _subtitle(table: pd.DataFrame) -> list[str]:
    scenario, n = str(table["scenario"].iloc[0]), int(table["worlds"].max())
    return [
        f"What changes if an interest is taken away (weight 0) or doubled: difference from {labels.scenario(scenario)} in the same "
        f"{worlds(n)}, at the horizon.",
        "No result is a prediction.",
    ]


def _notes(table: pd.DataFrame) -> list[str]:
    """How to read the marks."""
    others = [display_name(actor) for actor in table["actor"].unique() if len(powers_of(actor)) > 1]
    shift = "Influence: mean absolute change over provinces of the actor's share"
    shift += f"; of all powers' shares, halved, for {joined(others)}, without influence of its own." if others else "."
    return [
        "Mark: mean difference; line: its 95 % interval, cut where the panel ends. Filled: significant and large enough to matter; hollow "
        "and grey: not.",
        shift,
    ]
