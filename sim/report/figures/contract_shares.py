"""Who holds the assets: contracts by sector and holder over time, a small panel for each sector."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from sim.compare.comparison import SURVIVED, Comparison
from sim.model.state.dimensions import Sector, keys
from sim.report.drawing import palette, text_metrics, theme
from sim.report.drawing.canvas import Canvas, Mark, legend, px
from sim.report.drawing.time_panel import Panel
from sim.report.figures.data import comparison_text
from sim.report.text.labels import scenario as title
from sim.report.text.labels import sector
from sim.text import number_format
from sim.text.names import display_name, possessive

_HOLDERS = ("russia", "iran", "others", "open")  # from the bottom up
_COLUMNS, _WIDE, _HIGH, _ACROSS, _DOWN, _TOP = 3, 240.0, 128.0, 303.0, 196.0, 62.0
_MARK, _AWAY = 9.0, 5.0  # the thin bar of the other scenario at the right, and how far off it stands
_LETTERS = 13.5  # pixels of height that a word within a band needs
_CHANGED, _SAID = 0.01, 2  # a smaller change is not worth a title; holders whose largest change is named


def figure(comparison: Comparison, scenario: str) -> dict[str, Any]:
    """The figure as a Vega-Lite spec. Raises ValueError where the scenario has no contracts."""
    found, other = _table(comparison, scenario), comparison_text.reference(comparison, scenario)
    if found.empty:
        raise ValueError(f"'{scenario}' has no table of contracts")
    here = _ends(found)
    there = _ends(_table(comparison, other)) if other else here.iloc[:0]
    sectors = [s for s in keys(Sector) if s in here.index]
    canvas = Canvas(_TOP + ((len(sectors) - 1) // _COLUMNS) * _DOWN + _HIGH + 34)
    _key(canvas, comparison, bool(len(there)))
    sheet = _Sheet()
    for i, name in enumerate(sectors):
        left, top = (i % _COLUMNS) * _ACROSS, _TOP + (i // _COLUMNS) * _DOWN
        _sector(sheet, found[found["sector"] == name], name, left, top)
        if name in there.index:
            _mark(sheet, comparison, there.loc[name], left, top)
    sheet.draw(canvas)
    asked, basis = comparison_text.asked(comparison, scenario), comparison_text.basis_standing(comparison, scenario)
    what = "Share of each sector's assets by contract holder, mean over worlds; open: not under contract."
    return canvas.spec(_finding(comparison, here, there), [asked, what, basis])


@dataclass
class _Sheet:
    """The rows of all panels, by kind, so that each kind is one layer."""

    bands: list[Mark] = field(default_factory=list)
    seams: list[Mark] = field(default_factory=list)
    heads: list[Mark] = field(default_factory=list)
    lefts: list[Mark] = field(default_factory=list)
    middles: list[Mark] = field(default_factory=list)
    rights: list[Mark] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    hovers: list[Mark] = field(default_factory=list)

    def draw(self, canvas: Canvas) -> None:
        """Bands first, words above them."""
        canvas.areas(self.bands)
        canvas.lines(self.seams, thick=1.2)
        canvas.boxes(self.marks)
        canvas.texts(self.heads, bold=True)
        canvas.texts(self.lefts, size=theme.SMALL_SIZE)
        canvas.texts(self.middles, size=theme.SMALL_SIZE, align="center")
        canvas.texts(self.rights, size=theme.SMALL_SIZE, align="right")
        canvas.hovers(self.hovers)


def _table(c: Comparison, scenario: str) -> pd.DataFrame:
    return comparison_text.rows(c.contracts, scenario=scenario, given=SURVIVED).astype({"month": str, "sector": str, "holder": str})


def _ends(found: pd.DataFrame) -> pd.DataFrame:
    """Shares at the horizon: a row per sector, a column per holder."""
    last = found[found["month"] == found["month"].max()]
    return last.pivot(index="sector", columns="holder", values="share").reindex(columns=list(_HOLDERS)).fillna(0.0)


def _key(canvas: Canvas, c: Comparison, compares: bool) -> None:
    entries = [(palette.HOLDERS[h], display_name(h)) for h in _HOLDERS]
    legend(canvas, entries, 0, 4, 300)
    if compares:
        text = text_metrics.cut(f"Thin bar on the right: shares at the horizon in {comparison_text.against(c)}", 560, theme.SMALL_SIZE)
        canvas.texts([{"x": 304, "y": 9.5, "text": text, "color": palette.SOFT}], size=theme.SMALL_SIZE)


def _sector(sheet: _Sheet, found: pd.DataFrame, name: str, left: float, top: float) -> None:
    """One sector's panel: stacked bands, what they are called, and how many assets there are."""
    wide = found.pivot(index="month", columns="holder", values="share").reindex(columns=list(_HOLDERS)).fillna(0.0).sort_index()
    shown = wide.loc[comparison_text.quarterly(list(wide.index))]
    panel = Panel(left, left + _WIDE, top, top + _HIGH, wide.index[0], wide.index[-1], 0.0, 1.0)
    edges = np.cumsum(np.column_stack([np.zeros(len(shown)), shown.to_numpy(float)]), axis=1)
    for i, holder in enumerate(_HOLDERS):
        low, high = (dict(zip(shown.index, edges[:, k], strict=True)) for k in (i, i + 1))
        if shown[holder].max() > 0:
            sheet.bands += panel.band(low, high, palette.HOLDERS[holder], f"{name} {holder}")
        if i:
            sheet.seams += panel.line(low, palette.PAPER, f"{name} {holder}")
    sheet.rights += _words(panel, shown, edges)
    sheet.heads.append({"x": left, "y": top - 12, "text": sector(name), "color": palette.INK})
    russia, iran = (100 * float(shown[holder].iloc[-1]) for holder in ("russia", "iran"))
    said, right = f"Russia {russia:.0f}, Iran {iran:.0f} %", left + _WIDE
    sheet.rights.append({"x": right + _AWAY + _MARK, "y": top - 11.5, "text": said, "color": palette.SOFT})
    below, faint = top + _HIGH + 11, palette.FAINT
    many = number_format.count(int(found["assets"].iloc[-1]), "asset")
    sheet.lefts.append({"x": left, "y": below, "text": number_format.month(wide.index[0]), "color": faint})
    sheet.middles.append({"x": left + _WIDE / 2, "y": below, "text": many, "color": faint})
    sheet.rights.append({"x": right, "y": below, "text": number_format.month(wide.index[-1]), "color": faint})
    sheet.hovers += panel.hovers({m: _said(wide.loc[m]) for m in comparison_text.pointed(list(wide.index))})


def _said(shares: pd.Series) -> str:
    return ", ".join(f"{display_name(h)} {number_format.percent(float(shares[h]))}" for h in _HOLDERS)


def _words(panel: Panel, shown: pd.DataFrame, edges: np.ndarray) -> list[Mark]:
    """Holder and share at the horizon, within each band at its right end where the band is high enough for it."""
    found = []
    months = list(shown.index)
    for i, holder in enumerate(_HOLDERS):
        text = f"{display_name(holder)} {number_format.percent(float(shown[holder].iloc[-1]))}"
        reach = panel.right - text_metrics.width(text, theme.SMALL_SIZE) - 12
        near = [k for k, m in enumerate(months) if panel.x(m) >= reach or k == len(months) - 1]
        low, high = panel.y(edges[near, i].max()), panel.y(edges[near, i + 1].min())  # pixels count downwards
        if low - high >= _LETTERS:
            ink = palette.ink_on(palette.HOLDERS[holder])
            found.append({"x": panel.right - 6, "y": px((low + high) / 2 + 0.5), "text": text, "color": ink})
    return found


def _mark(sheet: _Sheet, c: Comparison, shares: pd.Series, left: float, top: float) -> None:
    """The shares of the scenario compared with at its horizon, as a thin bar."""
    x, at = left + _WIDE + _AWAY, top + _HIGH
    for holder in _HOLDERS:
        to = at - float(shares[holder]) * _HIGH
        if at - to > 0.2:
            tip = f"{number_format.capital(title(c.against))} at the horizon: {_said(shares)}"
            box = {"x": x, "x2": x + _MARK, "y": px(to), "y2": px(max(at - 0.8, to + 0.2)), "color": palette.HOLDERS[holder], "tip": tip}
            sheet.marks.append(box)
        at = to


def _finding(c: Comparison, here: pd.DataFrame, there: pd.DataFrame) -> str:
    """Who holds most of which sector, and what differs most."""
    held = here.drop(columns="open").stack()
    (name, holder), share = held.idxmax(), float(held.max())
    holds = "hold" if holder == "others" else "holds"
    first = f"At the horizon {display_name(holder)} {holds} {number_format.percent(share)} of {_in_words(name)} assets"
    common = here.index.intersection(there.index)
    if not len(common):
        rest = held[held.index.get_level_values("holder") != holder]
        (name, holder), share = rest.idxmax(), float(rest.max())
        return f"{first}, {display_name(holder)} {number_format.percent(share)} of {_in_words(name)} assets"
    change = (here.loc[common] - there.loc[common]).drop(columns="open").abs()
    by = {who: float(change[who].max()) for who in change.columns}
    moved = sorted((who for who in by if by[who] >= _CHANGED), key=lambda who: -by[who])[:_SAID]
    if not moved:
        return f"{first}; no share differs from {comparison_text.against(c)} by more than one point"
    said = [_change(c, here, there, str(change[who].idxmax()), who) for who in moved]
    if (str(change[moved[0]].idxmax()), moved[0]) == (name, holder):
        before = f"{number_format.percent(float(there.loc[name, holder]))} in {comparison_text.against(c)}"
        return "; ".join([f"{first}, the largest change: {before}", *said[1:]])
    return f"{first}; largest change{'s' if len(said) > 1 else ''}: {'; '.join(said)}"


def _change(c: Comparison, here: pd.DataFrame, there: pd.DataFrame, name: str, who: str) -> str:
    """Whose share of which sector's assets it is, and what it was."""
    after, before = (number_format.percent(float(table.loc[name, who])) for table in (here, there))
    return f"{possessive(who)} contracts in {_in_words(name)}, {after} ({before} in {comparison_text.against(c)})"


def _in_words(name: str) -> str:
    words_ = sector(name)
    return words_[:1].lower() + words_[1:]
