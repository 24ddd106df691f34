"""What changes if a claim is wrong, in sentences: for one claim, and for all by how much they matter."""

from collections.abc import Sequence

import pandas as pd

from sim.provenance.claim_index import Claim
from sim.scenario import Scenario
from sim.validation.claim_ablation.ablation_file import Doubt
from sim.validation.sensitivity.sensitivity_text import span

MATTERS = 0.05  # a conclusion that changes in fewer worlds than this changes little
MOST = 3  # changes told of each claim in the list of all


def without_doubt(claim: Claim) -> list[str]:
    """Why a claim for which no doubt is written is not taken back."""
    if claim.kind == "outcome":
        return [
            f"{claim.number} is a conclusion: it is not put into the model, so it cannot be taken out; what it hangs on is shown instead."
        ]
    if claim.kind == "event":
        return [f"{claim.number} is a happening before the start; what came of it is in the state at the start, not in a rule."]
    return [f"Nothing in sim/data/claim_ablations.yaml says what it would mean for {claim.number} to be wrong."]


def of_doubt(doubt: Doubt, scenario: Scenario, table: pd.DataFrame | None) -> list[str]:
    """One way in which a claim can be wrong: the conclusions that change, the largest change first, and those that do not."""
    if table is None:
        return [f"{doubt.claim} cannot be taken back by changing numbers: {doubt.because}."]
    where = f"in {table['worlds'].iloc[0]:,} worlds of {scenario.name}"
    head = f"If {doubt.claim} is wrong ({doubt.because}; {instead(doubt, scenario)}), {where} (difference in points, 95 % interval):"
    moved = table[table["changes"]].sort_values("difference", key=abs, ascending=False, kind="stable")
    lines = [f"  {row.conclusion} ({row.says.rstrip('.')}): {arrow(row)}" for row in moved.itertuples()]
    same = ", ".join(table.loc[~table["changes"], "conclusion"])
    if not lines:
        return [head, "  no conclusion changes, as far as so many worlds can tell."]
    return [head, *lines, f"  Unchanged, as far as so many worlds can tell: {same}."] if same else [head, *lines]


def instead(doubt: Doubt, scenario: Scenario) -> str:
    """Which numbers take the place of which."""
    after = doubt.applied(scenario).settings
    return ", ".join(f"{path} {span(after[path])} instead of {span(scenario.settings[path])}" for path, _ in doubt.changes)


def arrow(row: object) -> str:
    """The shares with and without the claim, the difference with its interval in points, and whether it is (no longer) as expected."""
    get = row.__getattribute__
    shares = f"{100 * get('share_with'):.1f} % -> {100 * get('share_without'):.1f} %"
    interval = f"{100 * get('difference'):+.1f}, {100 * get('low'):+.1f} to {100 * get('high'):+.1f}"
    return f"{shares} ({interval})" + (f"; {get('crosses')}" if get("crosses") else "")


def ranking(doubts: Sequence[Doubt], tables: Sequence[pd.DataFrame | None]) -> list[str]:
    """All doubts, those that change most first; a table is None where no number can take the claim back."""
    pairs = [(doubt, table) for doubt, table in zip(doubts, tables, strict=True) if table is not None]
    pairs.sort(key=lambda pair: -largest(pair[1]))
    much = [line for doubt, table in pairs if largest(table) >= MATTERS for line in _in_short(doubt, table)]
    little = [line for doubt, table in pairs if 0.0 < largest(table) < MATTERS for line in _in_short(doubt, table)]
    none = [f"{doubt.name}: {doubt.because}" for doubt, table in pairs if largest(table) == 0.0]
    cannot = [f"{doubt.name}: {doubt.because}" for doubt, table in zip(doubts, tables, strict=True) if table is None]
    points = f"{100 * MATTERS:.0f} points"
    groups = (
        (f"Conclusions change by {points} or more if", much),
        (f"Conclusions change, none by {points}, if", little),
        ("No conclusion changes, as far as so many worlds can tell, even if", none),
        ("These cannot be taken back by changing numbers, because", cannot),
    )
    return [line for title, lines in groups if lines for line in ("", title, *(f"  {line}" for line in lines))]


def largest(table: pd.DataFrame) -> float:
    """The largest change of any conclusion that can be told from luck; 0 where there is none."""
    told = table.loc[table["changes"], "difference"].abs()
    return float(told.max()) if len(told) else 0.0


def _in_short(doubt: Doubt, table: pd.DataFrame) -> list[str]:
    """A claim in the list of all: how many conclusions change, and the largest changes."""
    moved = table[table["changes"]].sort_values("difference", key=abs, ascending=False, kind="stable")
    more = f"    and {len(moved) - MOST} more" if len(moved) > MOST else None
    lines = [f"    {row.conclusion}: {arrow(row)}" for row in moved.head(MOST).itertuples()]
    return [f"{doubt.name}: {doubt.because} ({len(moved)} of {len(table)} conclusions change)", *lines, *([more] if more else [])]
