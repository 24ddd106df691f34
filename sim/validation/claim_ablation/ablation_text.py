"""What changes if a claim is wrong, in sentences: for one claim, and for all by how much they matter."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from sim.provenance.claim_index import Claim
from sim.scenario import Scenario
from sim.validation.claim_ablation.ablation_file import Ablation
from sim.validation.sensitivity.sensitivity_text import drawn_range

MATTERS = 0.05  # a conclusion that changes in fewer worlds than this changes little
MAX_CHANGES = 3  # printed for each claim in the list of all


def why_not_ablated(claim: Claim) -> list[str]:
    """Why a claim has no entry in the file."""
    if claim.claim_type == "outcome":
        return [
            f"{claim.number} is a conclusion: it is not put into the model, so it cannot be taken out; what it depends on is shown instead."
        ]
    if claim.claim_type == "event":
        return [f"{claim.number} is an event before the start; its consequences are in the state at the start, not in a rule."]
    return [f"Nothing in sim/data/claim_ablations.yaml says what it would mean for {claim.number} to be wrong."]


def ablation_lines(ablation: Ablation, scenario: Scenario, table: pd.DataFrame | None) -> list[str]:
    """One way in which a claim can be wrong: the conclusions that change, the largest change first, and those that do not."""
    if table is None:
        return [f"No parameter can express that {ablation.claim} is wrong: {ablation.because}."]
    where = f"in {table['worlds'].iloc[0]:,} worlds of {scenario.name}"
    why = f"{ablation.because}; {replacement(ablation, scenario)}"
    lines = [f"If {ablation.claim} is wrong ({why}), {where} (difference in percentage points, 95 % interval):"]
    changed = _changed(table)
    lines += [f"  {row['conclusion']} ({row['says'].rstrip('.')}): {change_text(row)}" for row in changed]
    same = ", ".join(table.loc[~table["changes"], "conclusion"])
    if not changed:
        return [*lines, "  no conclusion changes significantly in so many worlds."]
    return [*lines, f"  No significant change in so many worlds: {same}."] if same else lines


def replacement(ablation: Ablation, scenario: Scenario) -> str:
    """Which values replace which."""
    after = ablation.applied(scenario).settings
    return ", ".join(f"{path} {drawn_range(after[path])} instead of {drawn_range(scenario.settings[path])}" for path, _ in ablation.changes)


def change_text(row: dict[str, Any]) -> str:
    """The shares with and without the claim, the difference with its interval in points, and whether it is (no longer) as expected."""
    shares = f"{100 * row['share_with']:.1f} % -> {100 * row['share_without']:.1f} %"
    interval = f"{100 * row['difference']:+.1f}, {100 * row['low']:+.1f} to {100 * row['high']:+.1f}"
    return f"{shares} ({interval})" + (f"; {row['crosses']}" if row["crosses"] else "")


def ranking(ablations: Sequence[Ablation], tables: Sequence[pd.DataFrame | None]) -> list[str]:
    """All ablations, those that change most first; a table is None where no parameter can express the ablation."""
    pairs = [(ablation, table) for ablation, table in zip(ablations, tables, strict=True) if table is not None]
    pairs.sort(key=lambda pair: -largest_change(pair[1]))
    large = [line for ablation, table in pairs if largest_change(table) >= MATTERS for line in _summary(ablation, table)]
    small = [line for ablation, table in pairs if 0.0 < largest_change(table) < MATTERS for line in _summary(ablation, table)]
    none = [f"{ablation.name}: {ablation.because}" for ablation, table in pairs if largest_change(table) == 0.0]
    cannot = [f"{ablation.name}: {ablation.because}" for ablation, table in zip(ablations, tables, strict=True) if table is None]
    points = f"{100 * MATTERS:.0f} percentage points"
    groups = (
        (f"Conclusions change by {points} or more if", large),
        (f"Conclusions change, but none by {points}, if", small),
        ("No conclusion changes significantly in so many worlds, even if", none),
        ("No parameter can express that these are wrong, because", cannot),
    )
    return [line for title, lines in groups if lines for line in ("", title, *(f"  {line}" for line in lines))]


def largest_change(table: pd.DataFrame) -> float:
    """The largest statistically significant change of any conclusion; 0 where there is none."""
    return abs(_changed(table)[0]["difference"]) if table["changes"].any() else 0.0


def _changed(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of conclusions that change, the largest change first."""
    return table[table["changes"]].sort_values("difference", key=abs, ascending=False, kind="stable").to_dict("records")


def _summary(ablation: Ablation, table: pd.DataFrame) -> list[str]:
    """A claim in the list of all: how many conclusions change, and the largest changes."""
    changed = _changed(table)
    lines = [f"{ablation.name}: {ablation.because} ({len(changed)} of {len(table)} conclusions change)"]
    lines += [f"    {row['conclusion']}: {change_text(row)}" for row in changed[:MAX_CHANGES]]
    return [*lines, f"    and {len(changed) - MAX_CHANGES} more"] if len(changed) > MAX_CHANGES else lines
