"""The evaluation as lines to read: every pattern with its share of worlds, what it is compared with, and a plain verdict."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd

from sim.validation.patterns.evaluation import NO_DIFFERENCE, THRESHOLD_SENSITIVE, TOO_CLOSE, TOO_FEW_WORLDS, VERDICTS, SkippedPattern
from sim.validation.patterns.pattern_file import BASELINE, EVERYWHERE, FITTED, HELD_OUT, Pattern

WIDTH = 100
_NAME, _CELL = 35, 5
TITLES = {
    FITTED: "USED FOR FITTING: these show how the model was made, and are no evidence",
    HELD_OUT: "HELD OUT: no parameter was adjusted to meet any of these",
}
MARKS = {HELD_OUT: {VERDICTS[HELD_OUT][1]: "!", THRESHOLD_SENSITIVE: "~", TOO_CLOSE: "~"}}
LEGEND = (
    "Shares of worlds in %. holds in: share of worlds in which the pattern holds, with its 95 % interval. null: the same if nothing "
    "changed after the start. -1/4, +1/4: the same with every threshold a quarter lower and higher. expected: the share that would "
    "support the pattern; for what the report calls likely, more than half of the worlds. Where two scenarios are compared, this is done "
    "world by world: the share is that among the worlds that differ, and under the null model, without any difference, it is 0."
)
_HEAD = f"{'':<{_NAME}}{'holds in':>14} {'null':>5}  {'-1/4':>4} {'+1/4':>4} {'expected':>8}"


def lines(patterns: Sequence[Pattern], table: pd.DataFrame, skipped: Sequence[SkippedPattern], scenario: str = "") -> Iterator[str]:
    """The whole answer for some patterns, failures first; for `scenario` alone if it is named."""
    yield from wrap(LEGEND, WIDTH)
    for role, title in TITLES.items():
        in_role = [pattern for pattern in patterns if pattern.role == role]
        rows = [(pattern, row) for pattern in in_role for row in rows_to_print(pattern, table, scenario)]
        if rows:
            yield from ("", title, *wrap(_counts(role, [row for _, row in rows]), WIDTH), "", _HEAD)
        for pattern, row in sorted(rows, key=lambda pair: failures_first(pair[1]["verdict"])):
            yield from _pattern(pattern, row)
    if not scenario:
        yield from _by_scenario(patterns, table)
    yield from _not_evaluated(patterns, skipped, scenario)


def failures_first(verdict: str) -> int:
    """The place of a verdict in lists: what fails, then what cannot be said clearly, then what holds. Sorting keeps the order within."""
    if verdict in (fails for _, fails in VERDICTS.values()):
        return 0
    return 2 if verdict in (holds for holds, _ in VERDICTS.values()) else 1


def rows_to_print(pattern: Pattern, table: pd.DataFrame, scenario: str) -> list[dict[str, Any]]:
    """The rows of a pattern: those of a scenario, else of the baseline where it is evaluated everywhere, else all."""
    rows = table[table["pattern"] == pattern.name].to_dict("records")
    if scenario:
        return [row for row in rows if row["scenario"] == scenario]
    if EVERYWHERE in pattern.scenarios:
        return [row for row in rows if row["scenario"] == BASELINE] or rows[:1]
    return rows


def _counts(role: str, rows: Sequence[Mapping[str, Any]]) -> str:
    order = (*VERDICTS[role], THRESHOLD_SENSITIVE, TOO_CLOSE, NO_DIFFERENCE, TOO_FEW_WORLDS)
    counts = [(sum(row["verdict"] == verdict for row in rows), verdict) for verdict in order]
    return f"{len(rows)} evaluated: " + ", ".join(f"{verdict} {n}" for n, verdict in counts if n) + "."


def _pattern(pattern: Pattern, row: Mapping[str, Any]) -> Iterator[str]:
    """A pattern on one scenario: sentence, numbers, the difference where two are compared, and the note."""
    claims = f" [{' '.join(pattern.claims)}]" if pattern.claims else ""
    where = "" if row["scenario"] == BASELINE else f" ({row['scenario']}{' against ' + row['against'] if row['against'] else ''})"
    yield ""
    yield from wrap(f"{pattern.says}{claims}{where}", WIDTH)
    share = f"{_percent(row['share'])} ({_percent(row['low'])}-{_percent(row['high'])})"
    moved = f"{_percent(row['lower']):>4} {_percent(row['higher']):>4}"
    yield f"  {pattern.name:<{_NAME - 2}}{share:>14} {_percent(row['rival']):>5}  {moved} {expected(pattern):>5}  {row['verdict']}"
    if pattern.is_pair:
        ends = f"{row['difference_low']:+.3g} to {row['difference_high']:+.3g}"
        yield f"  mean difference {row['difference']:+.3g} ({ends}) over all worlds; {_percent(row['differ'])} % of them differ"
    if pattern.note:
        yield from wrap(f"note: {pattern.note}", WIDTH, initial_indent="  ", subsequent_indent="  ")


def expected(pattern: Pattern) -> str:
    """The share of worlds that is expected, in per cent."""
    low, high = pattern.expect
    if high >= 1.0:
        return f">={100 * low:g}"
    return f"<={100 * high:g}" if low <= 0.0 else f"{100 * low:g}-{100 * high:g}"


def _percent(share: float) -> str:
    """A share in per cent for a column; small ones get a digit more."""
    if np.isnan(share):
        return "-"
    return f"{100 * share:.1f}" if 0.0 < share < 0.0995 else f"{100 * share:.0f}"


def _by_scenario(patterns: Sequence[Pattern], table: pd.DataFrame) -> Iterator[str]:
    """Patterns that are evaluated everywhere, by scenario: rows patterns, columns scenarios by number."""
    general = [pattern for pattern in patterns if EVERYWHERE in pattern.scenarios]
    rows = table[table["pattern"].isin([pattern.name for pattern in general])]
    names = list(dict.fromkeys(rows["scenario"]))
    if len(names) < 2:
        return
    yield from ("", "BY SCENARIO, % of worlds (! not as expected, ~ threshold-sensitive or too close to call)")
    fits = (WIDTH - _NAME) // _CELL
    for first in range(0, len(names), fits):
        part = names[first : first + fits]
        yield ""
        yield from wrap("; ".join(f"{i} {name}" for i, name in enumerate(part, first + 1)), WIDTH)
        yield (f"{'':<{_NAME}}" + "".join(f"{i:>{_CELL - 1}} " for i in range(first + 1, first + len(part) + 1))).rstrip()
        for pattern in general:
            by_name = rows[rows["pattern"] == pattern.name].set_index("scenario")
            yield (f"{pattern.name:<{_NAME}}" + "".join(_cell(by_name, name, pattern.role) for name in part)).rstrip()


def _cell(rows: pd.DataFrame, name: str, role: str) -> str:
    if name not in rows.index:
        return f"{'-':>{_CELL - 1}} "
    row = rows.loc[name]
    return f"{100 * row['share']:>{_CELL - 1}.0f}{MARKS.get(role, {}).get(str(row['verdict']), ' ')}"


def _not_evaluated(patterns: Sequence[Pattern], skipped: Sequence[SkippedPattern], scenario: str) -> Iterator[str]:
    """What could not be evaluated, and why."""
    wanted = {pattern.name for pattern in patterns}
    listed = [skip for skip in skipped if skip.pattern.name in wanted and (not scenario or skip.scenario == scenario)]
    if listed:
        yield from ("", f"NOT EVALUATED: {len(listed)}")
    reasons: dict[str, list[str]] = {}
    for skip in listed:
        reasons.setdefault(f"{skip.scenario}: {skip.why}", []).append(skip.pattern.name)
    for why, names in reasons.items():
        yield from wrap(f"{why}: {', '.join(names)}", WIDTH, initial_indent="  ", subsequent_indent="    ")
