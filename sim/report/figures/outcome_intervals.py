"""How often each outcome occurs, with its interval, beside the reference scenario."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from sim.compare.comparison import ALL, Comparison
from sim.compare.findings import FINDING, INPUT, NEGLIGIBLE, TOO_FEW, UNDETECTED
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.model.observation.measure_catalogue import FALLEN, OUTCOME_WORDS, OUTCOMES, PARTNER_OUTCOMES, TERRITORIES
from sim.report.drawing import label_placement, palette, text_metrics, theme
from sim.report.drawing.canvas import Canvas, Mark, px
from sim.report.drawing.time_panel import axis_top
from sim.report.figures.data import comparison_text
from sim.report.figures.data.outcome_shares import FALLEN_MAP_SHARE
from sim.report.text.labels import scenario as title
from sim.text import number_format

_LEFT, _RIGHT, _ROW, _HEAD, _BLOCK, _GAP = 190.0, 640.0, 28.0, 4.0, 26.0, 22.0
_COLUMNS = (752.0, 860.0)  # right edges of the scenario's and the other's numbers
_TALL = 15.0
_FIRST = 2  # outcomes besides the likeliest that are named at first
_AGREED = "delimited_agreed"
_SET = "Which delimited worlds count as delimited by agreement follows from the talks that the scenario sets, so that is no finding."
_BLOCKS = (
    ("outcome", "Between Russia and Iran where the government stands, or fallen", OUTCOMES),
    ("territory", "Government territory", TERRITORIES),
)


def figure(comparison: Comparison, scenario: str) -> dict[str, Any]:
    """The figure as a Vega-Lite spec. Raises ValueError where the scenario has no shares."""
    here, other = _shares(comparison, scenario), comparison_text.reference(comparison, scenario)
    if here.empty:
        raise ValueError(f"'{scenario}' has no shares of outcomes")
    there = _shares(comparison, other) if other else here.iloc[:0]
    top = min(axis_top(max(float(here["high"].max()), float(there["high"].max()) if len(there) else 0.0)), 1.0)
    canvas = Canvas(_HEAD + _ROW * (len(OUTCOMES) + len(TERRITORIES)) + 2 * _BLOCK + _GAP + 50)
    _heads(canvas, comparison, scenario, bool(len(there)))
    y = _HEAD
    for kind, heading, classes in _BLOCKS:
        canvas.texts([{"x": 0, "y": y + 8, "text": heading, "color": palette.INK}], bold=True)
        y += _BLOCK
        _axis(canvas, y, y + _ROW * len(classes), top, numbers=kind == _BLOCKS[-1][0])
        _rows(canvas, comparison, scenario, kind, classes, here, there, y, top)
        y += _ROW * len(classes) + _GAP
    note = "Dot: share of all worlds; bar: its 95 % interval (Wilson), in brackets on the right."
    if other:
        note += f" Vertical mark: {title(other)}. Bold: significant difference."
    note = text_metrics.cut(note, theme.WIDTH, theme.SMALL_SIZE)
    canvas.texts([{"x": 0, "y": canvas.height - 8, "text": note, "color": palette.FAINT}], size=theme.SMALL_SIZE)
    lines = [comparison_text.asked(comparison, scenario), comparison_text.basis(comparison, scenario)]
    return canvas.spec(_finding(comparison, scenario, here, there), lines)


def summary(comparison: Comparison, scenario: str) -> str:
    """What the figure says, in short."""
    other = comparison_text.reference(comparison, scenario)
    here = _shares(comparison, scenario)
    there = _shares(comparison, other) if other else here.iloc[:0]
    said = f"{_finding(comparison, scenario, here, there)}."
    return f"{said}{_others(comparison, scenario, here, there)}" if other else said


def answer(comparison: Comparison, scenario: str) -> str:
    """The same for a first look: of the other outcomes those whose share changes most; and that none does by enough to matter."""
    other, here = comparison_text.reference(comparison, scenario), _shares(comparison, scenario)
    if other is None:
        return f"{_finding(comparison, scenario, here, here.iloc[:0])}."
    there = _shares(comparison, other)
    return f"{_finding(comparison, scenario, here, there)}.{_others(comparison, scenario, here, there, _FIRST)}"


def moved_most(c: Comparison, scenario: str) -> str | None:
    """The outcome between the partners whose share changes most, of those that are findings; None without one."""
    here, there, statuses = _shares(c, scenario), _shares(c, c.against), _statuses(c, scenario)
    found = [name for name in PARTNER_OUTCOMES if statuses[name] == FINDING]
    return max(found, key=lambda name: abs(_of(here, "outcome", name)[0] - _of(there, "outcome", name)[0]), default=None)


def likeliest(c: Comparison, scenario: str) -> str:
    """The outcome between the partners that most worlds of a scenario have."""
    return _likeliest(_shares(c, scenario))


def _others(c: Comparison, scenario: str, here: pd.DataFrame, there: pd.DataFrame, most: int = len(OUTCOMES)) -> str:
    """The other outcomes whose share differs by enough to matter, in order, the largest `most` of them, and a word on what the scenario
    sets; that none does, where none does; nothing where the first sentence says it all.
    """
    likeliest_, statuses = _likeliest(here), _statuses(c, scenario)
    led = _of(here, "outcome", FALLEN)[0] >= FALLEN_MAP_SHARE  # then the first sentence gives no difference of the likeliest
    found = [name for name, status in statuses.items() if status == FINDING and (name != likeliest_ or led)]
    by = {name: _of(here, "outcome", name)[0] - _of(there, "outcome", name)[0] for name in found}
    named = sorted(found, key=lambda name: -abs(by[name]))[:most]
    shares = [
        f"{OUTCOME_WORDS[name]} in {number_format.percent(_of(here, 'outcome', name)[0])} ({number_format.points(by[name])})"
        for name in sorted(named, key=lambda name: name != FALLEN)
    ]
    said = ""
    if shares:
        more = f", and {number_format.count(len(found) - len(shares), 'other')}" if len(found) > len(shares) else ""
        which = "Of all worlds, these outcomes" if led else "Other outcomes that"
        said = f" {which} differ significantly: {', '.join(shares)}{more}."
    elif FINDING not in statuses.values() and NEGLIGIBLE in statuses.values():
        said = " No outcome's share changes by enough to matter."
    elif set(statuses.values()) <= {UNDETECTED, INPUT, ""} and UNDETECTED in statuses.values():
        said = " No outcome's share differs significantly."
    elif led and TOO_FEW in statuses.values():
        said = f" {number_format.capital(comparison_text.undetected(TOO_FEW, comparison_text.against(c)))}."
    return f"{said} {_SET}" if statuses[_AGREED] == INPUT else said


def _statuses(c: Comparison, scenario: str) -> dict[str, str]:
    """What each outcome's difference is, one of findings.STATUSES; nothing where it is not known."""
    found = comparison_text.rows(c.differences, scenario=scenario, kind="outcome", province=COUNTRY, given=ALL)
    known = dict(zip(found["quantity"].astype(str), found["status"].astype(str), strict=True))
    return {name: known.get(f"outcome:{name}", "") for name in OUTCOMES}


def _shares(c: Comparison, scenario: str) -> pd.DataFrame:
    """Share and interval by quantity; a class that no world has is left out of the tables and counts as none."""
    found = comparison_text.rows(c.shares, scenario=scenario, given=ALL)
    return found.set_index("quantity")[["share", "low", "high"]].astype(float)


def _is_significant(c: Comparison, scenario: str, kind: str, name: str) -> bool:
    """Whether the class's share differs significantly from the reference scenario's."""
    found = comparison_text.rows(c.differences, scenario=scenario, kind=kind, quantity=f"{kind}:{name}", province=COUNTRY, given=ALL)
    return bool(len(found)) and bool(found["significant"].iloc[0])


def _x(share: float, top: float) -> float:
    return px(_LEFT + share / top * (_RIGHT - _LEFT))


def _heads(canvas: Canvas, c: Comparison, scenario: str, compares: bool) -> None:
    names = [title(scenario), title(c.against)] if compares else [title(scenario)]
    heads = [
        {"x": x, "y": 8, "text": text_metrics.cut(name, 100, theme.SMALL_SIZE), "color": palette.SOFT}
        for x, name in zip(_COLUMNS, names, strict=False)
    ]
    canvas.texts(heads, size=theme.SMALL_SIZE, align="right")


def _axis(canvas: Canvas, y: float, foot: float, top: float, numbers: bool) -> None:
    at = label_placement.ticks(0.0, top)
    canvas.rules([{"x": _x(v, top), "x2": _x(v, top), "y": y, "y2": foot, "color": palette.LINE if v else palette.SOFT} for v in at])
    if numbers:
        texts = [{"x": _x(v, top), "y": foot + 11, "text": f"{100 * v:g}{' %' if v == at[-1] else ''}", "color": palette.SOFT} for v in at]
        canvas.texts(texts, size=theme.SMALL_SIZE, align="center")


def _rows(
    canvas: Canvas,
    c: Comparison,
    scenario: str,
    kind: str,
    classes: Sequence[str],
    here: pd.DataFrame,
    there: pd.DataFrame,
    y: float,
    top: float,
) -> None:
    bars: list[Mark] = []
    dots: list[Mark] = []
    ticks: list[Mark] = []
    texts: dict[str, list[Mark]] = {"name": [], "plain": [], "bold": [], "other": []}
    colours = palette.OUTCOMES if kind == "outcome" else palette.TERRITORIES
    for i, name in enumerate(classes):
        middle, colour, words_ = y + (i + 0.5) * _ROW, colours[name], OUTCOME_WORDS.get(name, name)
        share, low, high = _of(here, kind, name)
        style = "bold" if _is_significant(c, scenario, kind, name) else "plain"
        tip = f"{number_format.capital(words_)}: {number_format.percent(share)} of worlds"
        tip += f", 95 % interval {100 * low:.1f} to {100 * high:.1f} %"
        if len(there):
            before, before_low, before_high = _of(there, kind, name)
            tip += f"; {title(c.against)} {number_format.percent(before)}"
            at = _x(before, top)
            ticks.append({"x": at, "x2": at, "y": middle - 10, "y2": middle + 10, "color": palette.INK})
            said = _said(before, before_low, before_high)
            texts["other"].append({"x": _COLUMNS[1], "y": middle, "text": said, "color": palette.SOFT})
        pale = palette.mixed(colour, 0.45 if kind == "outcome" else 0.7)
        bars.append({"x": _x(low, top), "x2": _x(high, top), "y": middle - _TALL / 2, "y2": middle + _TALL / 2, "color": pale})
        dots.append({"x": _x(share, top), "y": middle, "color": colour, "tip": tip})
        texts["name"].append({"x": _LEFT - 12, "y": middle, "text": words_, "color": palette.INK})
        texts[style].append({"x": _COLUMNS[0], "y": middle, "text": _said(share, low, high), "color": palette.INK})
    canvas.boxes(bars, corner=1)
    canvas.rules([tick | {"color": palette.PAPER} for tick in ticks], thick=5)
    canvas.rules(ticks, thick=1.8)
    canvas.dots(dots, size=48)
    canvas.texts(texts["name"], align="right")
    canvas.texts(texts["plain"], align="right")
    canvas.texts(texts["bold"], align="right", bold=True)
    canvas.texts(texts["other"], size=theme.SMALL_SIZE, align="right")


def _said(share: float, low: float, high: float) -> str:
    """A share and its interval; a bound that is more than none is not rounded to it."""
    ends = ["<1" if 0 < end < 0.005 else f"{100 * end:.0f}" for end in (low, high)]
    return f"{number_format.percent(share)} ({ends[0]} to {ends[1]})"


def _of(table: pd.DataFrame, kind: str, name: str) -> tuple[float, float, float]:
    quantity = f"{kind}:{name}"
    if quantity not in table.index:
        return 0.0, 0.0, 0.0
    row = table.loc[quantity]
    return float(row["share"]), float(row["low"]), float(row["high"])


def _likeliest(here: pd.DataFrame) -> str:
    """The outcome between the partners that most worlds have; those that have fallen are of none."""
    return max(PARTNER_OUTCOMES, key=lambda name: _of(here, "outcome", name)[0])


def _finding(c: Comparison, scenario: str, here: pd.DataFrame, there: pd.DataFrame) -> str:
    """The likeliest outcome with its interval, and how it differs."""
    name = _likeliest(here)
    share, low, high = _of(here, "outcome", name)
    fell = _of(here, "outcome", FALLEN)[0]
    if fell >= 1.0:
        return "The government has fallen in all worlds"
    if fell >= FALLEN_MAP_SHARE:
        within, all_ = number_format.percent(share / (1.0 - fell)), number_format.percent(share)
        said = f"The government has fallen in {number_format.percent(fell)} of worlds; where it stands ({number_format.rest(fell)}) the "
        said += f"likeliest outcome is {OUTCOME_WORDS[name]} ({within} of these, {all_} of all worlds)"
        return said
    said = f"Likeliest outcome: {OUTCOME_WORDS[name]} in {number_format.percent(share)} of worlds ({100 * low:.0f} to {100 * high:.0f} %)"
    if fell:
        said += f", {number_format.percent(share / (1.0 - fell))} of those in which the government stands"
    if not len(there):
        return said
    status = _statuses(c, scenario)[name]
    if not _is_significant(c, scenario, "outcome", name):
        return f"{said}; {comparison_text.undetected(status, comparison_text.against(c))}"
    beside = {INPUT: ", as the scenario itself sets", NEGLIGIBLE: ", too little to matter"}.get(status, "")
    return f"{said}; {number_format.points(share - _of(there, 'outcome', name)[0])} than in {comparison_text.against(c)}{beside}"
