"""Where the two partners spend their effort: how much in each province, and on what there."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.model.state.dimensions import Partner, keys
from sim.report.drawing import palette, text_metrics, theme
from sim.report.drawing.canvas import Canvas, Mark, px
from sim.report.figures.data import comparison_text
from sim.report.figures.data.effort_shares import EMPTY, GoalShare, PlaceEffort, by_place
from sim.report.figures.data.figure_data import Results
from sim.text.names import display_name, interest_name, possessive, with_article
from sim.text.number_format import capital, percent

_NAME, _BAR, _NUMBER, _WIDE = 84.0, 48.0, 36.0, 384.0  # widths: provinces, the longest bar, its number, a partner's panel
_TOP, _ROW, _THICK = 30.0, 20.0, 9.0
_LEAST = 0.05  # of a province's effort: a goal with less is not named


def figure(results: Results, scenario: str) -> dict[str, Any]:
    """The figure as a Vega-Lite spec. Raises ValueError where the effort of the scenario is not known."""
    table = results.effort.get(scenario, EMPTY)
    places = {partner: by_place(table, partner) for partner in keys(Partner)}
    order = _order(places)
    if not order:
        raise ValueError(f"'{scenario}' has no effort by province")
    canvas = Canvas(_TOP + _ROW * len(order) + 6)
    _rows(canvas, [results.names.get(iso, iso) for iso in order])
    longest = max(place.share for by_iso in places.values() for place in by_iso.values())
    for column, (partner, by_iso) in enumerate(places.items()):
        _panel(canvas, partner, [by_iso.get(iso) for iso in order], _NAME + 8 + column * _WIDE, longest, results.names)
    about = results.about[scenario]
    what = "Bars: share of a partner's effort by province. Beside them: what that effort is for. Means over worlds and months."
    which = comparison_text.standing_words(results.worlds(scenario), results.fallen_worlds(scenario), None)
    how = which + comparison_text.how(results.worlds(scenario), None, about.paired, about.basis)
    return canvas.spec(finding(places, results.names), [results.question(scenario), what, how])


def finding(places: Mapping[str, Mapping[str, PlaceEffort]], names: Mapping[str, str]) -> str:
    """Where each partner spends most, and what a good part of that is for."""
    parts: list[str] = []
    for partner, by_iso in places.items():
        if by_iso:
            place = next(iter(by_iso.values()))
            goal = place.goals[0]
            verb = "spends most" if not parts else "most"
            where = f"{names.get(place.province, place.province)} ({percent(place.share)} of its effort)"
            parts.append(f"{with_article(partner)} {verb} in {where}, {percent(goal.share)} of that for {interest_name(goal.goal)}")
    return capital("; ".join(parts))


def goals_text(goals: Sequence[GoalShare], least: float = _LEAST) -> str:
    """Goals with their shares: `land corridor 33 %, border presence 20 %`; those with less than `least` are left out."""
    return ", ".join(f"{interest_name(goal.goal)} {percent(goal.share)}" for goal in goals if goal.share >= least)


def _fitting(goals: Sequence[GoalShare], limit: float) -> str:
    """As many of the largest goals as fit into so many pixels, the first in any case."""
    texts = [goals_text(goals[: n + 1]) for n in range(len(goals))]
    return next((text for text in reversed(texts) if text_metrics.width(text, theme.SMALL_SIZE) <= limit), texts[0])


def _order(places: Mapping[str, Mapping[str, PlaceEffort]]) -> list[str]:
    """The provinces, first those to which most of both partners' effort goes."""
    total: dict[str, float] = {}
    for by_iso in places.values():
        for iso, place in by_iso.items():
            total[iso] = total.get(iso, 0.0) + place.share
    return sorted(total, key=lambda iso: (-total[iso], iso))


def _y(row: int) -> float:
    return _TOP + (row + 0.5) * _ROW


def _rows(canvas: Canvas, names: Sequence[str]) -> None:
    """The provinces by name, a line above each."""
    heights = [px(_y(row) - _ROW / 2) for row in range(len(names))]
    canvas.rules([{"x": 0, "x2": theme.WIDTH, "y": y, "y2": y, "color": palette.LINE} for y in heights])
    words = [text_metrics.cut(name, _NAME, theme.LABEL_SIZE) for name in names]
    canvas.texts([{"x": 0, "y": _y(row), "text": text, "color": palette.INK} for row, text in enumerate(words)])


def _panel(canvas: Canvas, partner: str, rows: Sequence[PlaceEffort | None], left: float, longest: float, names: Mapping[str, str]) -> None:
    """A partner's bars with their numbers and words, a row for each province."""
    bars: list[Mark] = []
    numbers: list[Mark] = []
    words: list[Mark] = []
    hovers: list[Mark] = []
    at = left + _BAR + _NUMBER + 6
    for row, place in enumerate(rows):
        y = _y(row)
        if place is None:
            words.append({"x": at, "y": y, "text": "nothing at stake", "color": palette.FAINT})
            continue
        end = left + place.share / longest * _BAR
        bars.append(
            {"x": left, "x2": px(max(end, left + 0.5)), "y": y - _THICK / 2, "y2": y + _THICK / 2, "color": palette.SPHERES[partner]}
        )
        numbers.append({"x": px(end + 5), "y": y, "text": percent(place.share), "color": palette.SOFT})
        words.append({"x": at, "y": y, "text": _fitting(place.goals, left + _WIDE - at - 8), "color": palette.INK})
        tip = f"{possessive(partner)} effort in {names.get(place.province, place.province)}: {goals_text(place.goals, 0.005)}"
        hovers.append({"x": left, "x2": left + _WIDE - 8, "y": y - _ROW / 2, "y2": y + _ROW / 2, "tip": tip})
    canvas.boxes(bars, corner=1)
    canvas.texts([{"x": left, "y": 10, "text": display_name(partner), "color": palette.INK}], bold=True)
    canvas.texts(numbers, size=theme.SMALL_SIZE)
    canvas.texts(words, size=theme.SMALL_SIZE)
    canvas.hovers(hovers)
