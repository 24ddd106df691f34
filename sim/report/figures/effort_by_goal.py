"""What the actors spend their effort on: each goal's share in its actor's effort over the run, beside the reference scenario's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sim.compare.findings import FINDING, INPUT, TOO_FEW
from sim.experiment.recording.effort_measures import effort_name
from sim.model.state.dimensions import Partner, keys
from sim.report.drawing import palette, text_metrics, theme
from sim.report.drawing.canvas import Canvas, Mark, px
from sim.report.figures.data import comparison_text
from sim.report.figures.data.effort_shares import EMPTY, GoalShare, by_actor
from sim.report.figures.data.figure_data import Results
from sim.text.names import display_name, interest_name, possessive, with_article
from sim.text.number_format import capital, percent

_COLUMNS, _ACROSS, _TOP, _KEY = 3, 294.0, 4.0, 26.0  # panels side by side, from one to the next, where they begin, and what a key adds
_NAME, _BAR, _ROW, _HEAD, _GAP = 142.0, 92.0, 17.0, 22.0, 20.0  # width of names and of the longest bar; heights
_THICK, _PAST = 9.0, 2.5  # of a bar, and how far the mark of the other scenario reaches past it
_CHANGED = 0.005  # a smaller change of a share is not worth a sentence
Shares = Mapping[str, Sequence[GoalShare]]  # goals by actor


def figure(results: Results, scenario: str) -> dict[str, Any]:
    """The figure as a Vega-Lite spec. Raises ValueError where the effort of the scenario is not known."""
    here = by_actor(results.effort.get(scenario, EMPTY))
    if not here:
        raise ValueError(f"'{scenario}' has no table of effort")
    other = results.compared_with(scenario)
    there = by_actor(results.effort.get(other, EMPTY)) if other else {}
    sheet = _Sheet(longest=max(goal.share for goals in (*here.values(), *there.values()) for goal in goals))
    feet = [_TOP + (_KEY if there else 0.0)] * _COLUMNS
    for actor, goals in here.items():
        column = feet.index(min(feet))
        sheet.panel(actor, goals, _known(there, actor), column * _ACROSS, feet[column])
        feet[column] += _HEAD + _ROW * len(goals) + _GAP
    canvas = Canvas(max(feet) - _GAP + 8)
    _key(canvas, other if there else None)
    sheet.draw(canvas)
    about = results.about[scenario]
    what = "Each goal's share in its actor's effort, mean over worlds and months. Effort follows weight, and how unmet a goal is."
    which = comparison_text.standing_words(results.worlds(scenario), results.fallen_worlds(scenario), None)
    how = which + comparison_text.how(results.worlds(scenario), other, about.paired, about.basis)
    moved = _moved(results.whole[scenario], here, there, other)
    return canvas.spec(_finding(here), [results.question(scenario), " ".join(filter(None, (what, moved))), how])


@dataclass
class _Sheet:
    """The rows of all panels, by kind, so that each kind is one layer; a bar of the share `longest` is the longest."""

    longest: float
    heads: list[Mark] = field(default_factory=list)
    names: list[Mark] = field(default_factory=list)
    bars: list[Mark] = field(default_factory=list)
    numbers: list[Mark] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    hovers: list[Mark] = field(default_factory=list)

    def panel(self, actor: str, goals: Sequence[GoalShare], there: Mapping[str, float], left: float, top: float) -> None:
        """An actor's goals, a row each: name, bar, share, and a mark where the share of the other scenario ends."""
        self.heads.append({"x": left, "y": top + 6, "text": capital(display_name(actor)), "color": palette.INK})
        colour, start = palette.SPHERES.get(actor, palette.SOFT), left + _NAME + 8
        for row, goal in enumerate(goals):
            y, name = top + _HEAD + (row + 0.5) * _ROW, interest_name(goal.goal)
            end = start + goal.share / self.longest * _BAR
            was = start + there[goal.goal] / self.longest * _BAR if goal.goal in there else None
            words = text_metrics.cut(name, _NAME, theme.SMALL_SIZE)
            self.names.append({"x": left + _NAME, "y": y, "text": words, "color": palette.INK})
            self.bars.append({"x": start, "x2": px(max(end, start + 0.5)), "y": y - _THICK / 2, "y2": y + _THICK / 2, "color": colour})
            if was is not None:
                self.marks.append(
                    {"x": px(was), "x2": px(was), "y": y - _THICK / 2 - _PAST, "y2": y + _THICK / 2 + _PAST, "color": palette.INK}
                )
            at = px(max(end, was or 0.0) + 5)
            self.numbers.append({"x": at, "y": y, "text": percent(goal.share), "color": palette.SOFT})
            tip = f"{capital(with_article(actor))}, {name}: {percent(goal.share)} of its effort"
            tip += "" if was is None else f"; {percent(there[goal.goal])} in the other scenario"
            self.hovers.append({"x": left, "x2": at + 30, "y": y - _ROW / 2, "y2": y + _ROW / 2, "tip": tip})

    def draw(self, canvas: Canvas) -> None:
        """Bars first, words above them."""
        canvas.boxes(self.bars, corner=1)
        canvas.rules(self.marks, thick=1.6)
        canvas.texts(self.heads, bold=True)
        canvas.texts(self.names, size=theme.SMALL_SIZE, align="right")
        canvas.texts(self.numbers, size=theme.SMALL_SIZE)
        canvas.hovers(self.hovers)


def _key(canvas: Canvas, other: str | None) -> None:
    """What the marks are; nothing where there is nothing to compare with."""
    if other:
        text = text_metrics.cut(f"Upright mark: the share in {comparison_text.named(other)}", theme.WIDTH - 12, theme.SMALL_SIZE)
        canvas.rules([{"x": 3, "x2": 3, "y": 2, "y2": 15, "color": palette.INK}], thick=1.6)
        canvas.texts([{"x": 12, "y": 9, "text": text, "color": palette.SOFT}], size=theme.SMALL_SIZE)


def _known(there: Shares, actor: str) -> dict[str, float]:
    """An actor's shares in the other scenario; empty where there is none, so that no goal has a mark."""
    return {goal.goal: goal.share for goal in there.get(actor, ())}


def _finding(here: Shares) -> str:
    """What the two partners spend most on, or the first actor where neither is there."""
    actors = [actor for actor in keys(Partner) if actor in here] or list(here)[:1]
    parts = [f"{with_article(a)} {'spends most on' if i == 0 else 'on'} {_most(here[a][0])}" for i, a in enumerate(actors)]
    return capital(", ".join(parts))


def _most(goal: GoalShare) -> str:
    return f"{interest_name(goal.goal)} ({percent(goal.share)} of its effort)"


def _moved(whole: pd.DataFrame, here: Shares, there: Shares, other: str | None) -> str:
    """The largest change of a share that is significant, or that the scenario sets; nothing without another scenario."""
    if other is None or not there:
        return ""
    changes = []
    for actor, goals in here.items():
        before = _known(there, actor)
        for goal in goals:
            name = effort_name(actor, goal.goal)
            status = str(whole["status"].get(name, ""))
            if status in (FINDING, INPUT) and abs(goal.share - before.get(goal.goal, 0.0)) >= _CHANGED:
                changes.append((abs(goal.share - before.get(goal.goal, 0.0)), actor, goal, before.get(goal.goal, 0.0), status))
    if not changes and (whole["status"] == TOO_FEW).any():
        return f"{capital(comparison_text.undetected(TOO_FEW, comparison_text.named(other)))}."
    if not changes:
        return f"No goal's share differs from {comparison_text.named(other)} by enough to matter."
    _, actor, goal, was, status = max(changes, key=lambda change: (change[0], change[1], change[2].goal))
    why = " (the scenario sets what it wants or can spend)" if status == INPUT else ""
    return f"Largest change: {possessive(actor)} share for “{interest_name(goal.goal)}”, {percent(was)} to {percent(goal.share)}{why}."
