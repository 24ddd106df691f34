"""What a search found, in sentences: cells that only the search reached and how many hold, corners, and what a rare outcome takes."""

from collections.abc import Sequence

from sim.exploration.outcome import Outcome
from sim.exploration.reach.cell_study import CellStudy
from sim.exploration.reach.corner_study import DEEP, Corner, CornerPoint
from sim.exploration.reach.corner_study import TELLING as CORNER_LUCKS
from sim.exploration.reach.nearest_point import CHOOSING, MARGIN, TELLING, NearestPoint
from sim.exploration.reach.points import CENTRE
from sim.exploration.reach.reach_question import ReachQuestion
from sim.exploration.reach.reach_study import ReachAnswer
from sim.model.state.parameters import ParameterValue
from sim.provenance.claim_index import numbers
from sim.statistics.confidence_intervals import wilson_interval
from sim.text.number_format import capital, count, number, percent
from sim.validation.sensitivity.sensitivity_text import value_at

FEW = 1000  # worlds, below which what is reached and what is missed is mostly chance
_RARELY = 0.2  # share of lucks, below which a point is one of luck
_MOST_LISTED = 20  # parameters
_RULE_OF_THREE = 3.0  # with 95 % confidence, what is not seen in n worlds has a probability below 3/n


def lines(question: ReachQuestion, answer: ReachAnswer) -> list[str]:
    """The whole answer."""
    few = [f"With fewer than {FEW:,} worlds, what is reached and what is not is mostly chance."] if question.budget < FEW else []
    if answer.cells is not None:
        return [headline(question, answer), *_luck(answer.cells), *few, "", *_corners(question, answer.cells)]
    return [headline(question, answer), *_missed(question, answer), *few, *_nearest(question, answer)]


def headline(question: ReachQuestion, answer: ReachAnswer) -> str:
    """The finding in a sentence."""
    n, scenario = f"{question.budget:,}", question.scenario.name
    if answer.cells is not None:
        cells = answer.cells
        random, search = set(cells.by_random.tolist()), set(cells.by_search.tolist())
        names = " and ".join(outcome.label for outcome in question.measures)
        return (
            f"{capital(names)} in {scenario}: {n} random worlds reach {len(random):,} of {cells.grid.n**2:,} cells, as many searched ones "
            f"{len(search):,}; {len(search - random):,} are reached by the search only, {len(random - search):,} by random worlds only."
        )
    assert question.wanted is not None
    hits, found = answer.n_wanted(answer.random), answer.n_wanted(answer.searched)
    if not hits and not found:
        return f"{capital(question.wanted.label)} in {scenario}: not reached in {n} random worlds, nor in as many searched ones."
    low, high = wilson_interval(hits / question.budget, question.budget)
    share = f"{100 * hits / question.budget:.2g} %, {100 * low:.2g} to {100 * high:.2g} %" if hits else "none"
    what = f"{capital(question.wanted.label)} in {scenario}"
    return f"{what}: in {hits:,} of {n} random worlds ({share}) and in {found:,} of as many searched ones."


def _luck(cells: CellStudy) -> list[str]:
    checked = cells.checked
    if not len(checked.cells):
        return ["The search reached nothing that random worlds do not reach."]
    holds, rarely = int(checked.holds.sum()), int((checked.share < _RARELY).sum())
    return [
        f"A point of each of these {len(checked.cells):,} cells was run again under {checked.n_lucks} other lucks, the same for all. "
        f"{capital(count(holds, 'point'))} {'hold' if holds > 1 else 'holds'} in at least half of them (in the same cell or one beside "
        f"it), {rarely:,} in fewer than a fifth: these owe their place to luck, and say little about parameters."
    ]


def _corners(question: ReachQuestion, cells: CellStudy) -> list[str]:
    one, other = (outcome.text for outcome in question.measures)
    out = [
        f"How far parameters lead into each corner ({one}, {other}): means over {CORNER_LUCKS} other lucks, for the parameters of the",
        f"best random world and for the best found; in brackets, in how many it lies deeper in it than {percent(DEEP)} of random worlds.",
        "",
        f"  {'corner':<44}{'random world':>24}{'found':>24}",
    ]
    return [*out, *(f"  {_corner(question.measures, corner)}" for corner in cells.corners)]


def _corner(measures: Sequence[Outcome], corner: Corner) -> str:
    name = ", ".join(f"{'high' if sign > 0 else 'low'} {outcome.text}" for sign, outcome in zip(corner.signs, measures, strict=True))
    found = _place(corner.found) if corner.is_deeper else "nothing deeper"
    return f"{name:<44}{_place(corner.random):>24}{found:>24}"


def _place(point: CornerPoint) -> str:
    one, other = point.mean
    return f"{number(float(one))}, {number(float(other))} ({round(point.deep * CORNER_LUCKS)})"


def _missed(question: ReachQuestion, answer: ReachAnswer) -> list[str]:
    if answer.n_wanted(answer.random):
        return []
    bound = 100 * _RULE_OF_THREE / question.budget
    said = f"So with 95 % confidence fewer than {bound:.2g} % of random worlds have it, under the ranges as they are."
    return (
        [said] if answer.n_wanted(answer.searched) else [said, "That is a statement about these worlds and ranges, and about nothing else."]
    )


def _nearest(question: ReachQuestion, answer: ReachAnswer) -> list[str]:
    near = answer.nearest
    if near is None:
        return []
    central = f"With every parameter at its central value it holds in {_lucks(near.central)}."
    wanted = percent(question.holds)
    if near.quantiles is None:
        best = f"{round(near.best * CHOOSING)} of the {CHOOSING} lucks"
        return [
            central,
            f"No point was found at which it holds in at least {wanted} of lucks (and {percent(MARGIN)} more, since the best of many is "
            f"flattered): the best held in {best} by which points were chosen. Luck decides more than these parameters; "
            "--holds 0.2, for instance, asks for less.",
        ]
    if not len(near.moved):
        return [central, "So no parameter has to be unusual for it."]
    moved, these = count(len(near.moved), "parameter"), "this" if len(near.moved) == 1 else "these"
    return [
        central,
        f"The nearest point found at which it holds in at least {wanted} of lucks has {moved} of {len(near.quantiles):,} away from the "
        f"centre, and all others central: there it holds in {_lucks(near.share)} that had no part in the choice{_less(question, near)}. "
        f"In {TELLING} worlds that have only {these} in common, and draw all others, it holds in {percent(near.alone)}.",
        "",
        "What had to be moved, the furthest from its centre first (beyond it: the share of draws that lie still further out):",
        *_parameter_table(question, near),
    ]


def _less(question: ReachQuestion, near: NearestPoint) -> str:
    return ", less than asked for: those of the choice had flattered it" if near.share < question.holds else ""


def _lucks(share: float) -> str:
    low, high = wilson_interval(share, TELLING)
    return f"{percent(share)} of {TELLING} lucks ({100 * low:.0f} to {100 * high:.0f} %)"


def _parameter_table(question: ReachQuestion, near: NearestPoint) -> list[str]:
    assert near.quantiles is not None
    settings, paths = question.scenario.settings, question.paths
    shown = [(settings[paths[i]], float(near.quantiles[i])) for i in near.moved[:_MOST_LISTED]]
    wide = max(len(setting.path) for setting, _ in shown)
    out = [f"  {'parameter':<{wide}}  {'value':>7}  {'central':>7}  {'range':>16}  {'beyond it':>10}  grade and claims"]
    out += [f"  {_parameter_line(setting, quantile, wide)}" for setting, quantile in shown]
    rest = len(near.moved) - len(shown)
    return [*out, *([f"  and {rest} more, each moved less (see the table)."] if rest else [])]


def _parameter_line(setting: ParameterValue, quantile: float, wide: int) -> str:
    low, value, high = (value_at(setting, q) for q in (0.0, quantile, 1.0))
    beyond = f"{100 * min(quantile, 1.0 - quantile):.0f} % {'above' if quantile > CENTRE else 'below'}"
    basis = ", ".join([setting.grade, *numbers(setting.source)])
    return (
        f"{setting.path:<{wide}}  {value:>7.3g}  {value_at(setting, CENTRE):>7.3g}  {f'{low:.3g} to {high:.3g}':>16}  {beyond:>10}  "
        f"{basis} ({setting.unit})"
    )
