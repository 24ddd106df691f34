"""Over which share of the space of parameters differences keep their sign: a bar for each scenario and outcome, and the worst tenth."""

from collections.abc import Sequence
from typing import Any

from sim.compare.findings import FINDING
from sim.exploration.outcome import Outcome
from sim.exploration.robustness.robustness_study import Robustness
from sim.exploration.robustness.robustness_text import said
from sim.report.drawing import palette, text_metrics, theme
from sim.report.drawing.canvas import NOTE, Canvas, legend, px
from sim.report.text import labels
from sim.text.number_format import capital, count, percent

_SHOWN = 12  # scenarios for each outcome
_NEARLY_ALL = 0.9 - 1e-9  # of the parameter space
_LEFT, _RIGHT = 216.0, 520.0  # the bars of the space from x to x
_MEAN, _WORST = 640.0, 800.0  # columns of numbers, right-aligned
_HEAD, _ROW, _BLOCK, _TALL = 62.0, 24.0, 40.0, 13.0
_KEPT, _OPEN, _REVERSED = palette.OUTCOMES["delimited_agreed"], palette.LINE, palette.OUTCOMES["breakdown"]


def figure(found: Sequence[Robustness]) -> dict[str, Any]:
    """The figure as a Vega-Lite spec; one without a difference that matters says so."""
    outcomes = list(dict.fromkeys(one.outcome for one in found))
    rows = {outcome: shown(found, outcome) for outcome in outcomes}
    notes = _notes(found, rows)
    height = _HEAD + sum(_BLOCK + _ROW * max(len(some), 1) for some in rows.values())
    canvas = Canvas(height + 16 + NOTE * len(notes))
    legend(canvas, ((_KEPT, "surely keeps its sign"), (_OPEN, "open"), (_REVERSED, "surely reverses it")), _LEFT, 2, _RIGHT - _LEFT + 60)
    _heads(canvas)
    y = _HEAD
    for outcome, some in rows.items():
        canvas.texts([{"x": 0, "y": y + 8, "text": capital(outcome.label), "color": palette.INK}], bold=True)
        y += _BLOCK - 12
        if not some:
            canvas.texts([{"x": 0, "y": y + _ROW / 2, "text": "no difference that matters", "color": palette.FAINT}])
        for one in some:
            _bar(canvas, one, y + _ROW / 2)
            y += _ROW
        y += 12 + (0 if some else _ROW)
    canvas.notes(notes, canvas.height - NOTE * len(notes) + NOTE / 2, palette.FAINT)
    against, n = found[0].against, max(one.n for one in found)
    return canvas.spec(heading(found), [f"Differences from {against} in the same worlds, up to {n:,}. No result is a prediction."])


def shown(found: Sequence[Robustness], outcome: Outcome) -> list[Robustness]:
    """The scenarios whose difference matters, the largest first."""
    some = [one for one in found if one.outcome == outcome and one.signs is not None]
    return sorted(some, key=lambda one: (-abs(one.mean), one.scenario))[:_SHOWN]


def heading(found: Sequence[Robustness]) -> str:
    """How many of the differences that matter hold nearly everywhere, and how many turn."""
    judged = [one.signs for one in found if one.signs is not None]
    if not judged:
        return "No scenario's difference is large and sure enough to ask where it holds"
    whole, turned = sum(signs.kept >= _NEARLY_ALL for signs in judged), sum(signs.reversed > 0.0 for signs in judged)
    keeps = "keeps its" if whole == 1 else "keep their"
    turns = "none surely turns" if not turned else f"{count(turned, 'difference')} surely {'turns' if turned == 1 else 'turn'}"
    first = f"{capital(count(whole, 'difference')) if whole else 'None'} of {len(judged)} that matter"
    return f"{first} {keeps} sign over at least 90 % of the parameter space; {turns} round somewhere"


def _heads(canvas: Canvas) -> None:
    texts = [
        {"x": x, "y": 26, "text": text, "color": palette.SOFT}
        for x, text in ((_LEFT, "0 %"), ((_LEFT + _RIGHT) / 2, "50 %"), (_RIGHT, "100 %"))
    ]
    canvas.texts(texts, size=theme.SMALL_SIZE, align="center")
    heads = [
        {"x": _MEAN, "y": 26, "text": "mean difference", "color": palette.SOFT},
        {"x": _WORST, "y": 26, "text": "in its worst tenth", "color": palette.SOFT},
    ]
    canvas.texts(heads, size=theme.SMALL_SIZE, align="right")


def _bar(canvas: Canvas, one: Robustness, y: float) -> None:
    signs, worst = one.signs, one.worst
    if signs is None or worst is None:
        return
    canvas.texts(
        [
            {
                "x": 0,
                "y": y,
                "text": text_metrics.cut(capital(labels.scenario(one.scenario)), _LEFT - 12, theme.LABEL_SIZE),
                "color": palette.INK,
            }
        ]
    )
    at, boxes = 0.0, []
    for share, colour in ((signs.kept, _KEPT), (signs.open, _OPEN), (signs.reversed, _REVERSED)):
        if share > 0.0:
            x, x2 = (_LEFT + part * (_RIGHT - _LEFT) for part in (at, at + share))
            boxes.append({"x": px(x), "x2": px(x2), "y": y - _TALL / 2, "y2": y + _TALL / 2, "color": colour})
        at += share
    canvas.boxes(boxes)
    tip = f"{one.scenario}: sign surely kept over {percent(signs.kept)}, surely reversed over {percent(signs.reversed)}"
    canvas.hovers([{"x": 0, "x2": theme.WIDTH, "y": y - _ROW / 2, "y2": y + _ROW / 2, "tip": tip}])
    canvas.texts([{"x": _MEAN, "y": y, "text": said(one.outcome, one.mean), "color": palette.INK}], align="right")
    turned = worst.mean * signs.sign < 0.0
    canvas.texts(
        [{"x": _WORST, "y": y, "text": said(one.outcome, worst.mean), "color": _REVERSED if turned else palette.INK}], align="right"
    )


def _notes(found: Sequence[Robustness], rows: dict[Outcome, list[Robustness]]) -> list[str]:
    left = sum(one.signs is not None for one in found) - sum(map(len, rows.values()))
    small = sum(one.status != FINDING for one in found)
    more = [
        f"Not shown: {count(left, 'smaller difference')}." if left else "",
        f"Left out: {count(small, 'difference')} that are not detectable or do not matter." if small else "",
    ]
    return [
        "Bars: tenths (fifths of few) of the worlds, sorted by the difference that parameters alone let expect; luck averaged out.",
        "Worst tenth: mean over the tenth of worlds in which it goes least with its own sign, luck included; red: of the other sign.",
        *[text for text in [" ".join(filter(None, more))] if text],
    ]
