"""The look that all figures share: one letter, quiet lines, the finding as the title, flush left."""

from typing import Any

from sim.report.drawing import palette, text_metrics

WIDTH = 860
TITLE_SIZE, SUBTITLE_SIZE, LABEL_SIZE, SMALL_SIZE = 20, 13, 12, 11
TITLE_LINES, SUBTITLE_LINES = 3, 4


def config() -> dict[str, Any]:
    """The Vega-Lite config of every figure."""
    return {
        "background": palette.PAPER,
        "font": text_metrics.FONT,
        "padding": {"left": 28, "right": 28, "top": 24, "bottom": 20},
        "view": {"stroke": None},
        "title": {
            "anchor": "start",
            "frame": "group",
            "offset": 22,
            "fontSize": TITLE_SIZE,
            "fontWeight": "bold",
            "lineHeight": TITLE_SIZE + 5,
            "color": palette.INK,
            "subtitleFontSize": SUBTITLE_SIZE,
            "subtitleColor": palette.SOFT,
            "subtitleLineHeight": SUBTITLE_SIZE + 5,
            "subtitlePadding": 8,
        },
    }


def heading(title: str, subtitle: list[str]) -> dict[str, Any]:
    """The title block: the finding, then each paragraph of the subtitle, broken into lines that fit the figure."""
    lines = [line for text in subtitle for line in text_metrics.wrapped(text, WIDTH, SUBTITLE_SIZE, lines=SUBTITLE_LINES)]
    return {"text": text_metrics.balanced(title, WIDTH, TITLE_SIZE, bold=True, lines=TITLE_LINES), "subtitle": lines}
