"""What judging found, as lines to read: every pattern with its share of worlds, what stands beside it, and a plain verdict."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd

from sim.validation.patterns.evaluation import CLOSE, HANGS, LUCK, VERDICTS, Unjudged
from sim.validation.patterns.pattern_file import BASELINE, EVERYWHERE, Pattern

WIDTH = 100
_NAME, _CELL = 35, 5
ROLES = {
    "setting": "USED TO SET PARAMETERS: they show how the model was made, and are no evidence",
    "speaks": "LEFT TO SPEAK: no number was moved for any of these",
}
MARKS = {"speaks": {VERDICTS["speaks"][1]: "!", HANGS: "~", CLOSE: "~"}}
_HEAD = f"{'':<{_NAME}}{'holds in':>14} {'rival':>5}  {'-1/4':>4} {'+1/4':>4} {'expected':>8}"


def lines(patterns: Sequence[Pattern], judged: pd.DataFrame, unjudged: Sequence[Unjudged], scenario: str = "") -> Iterator[str]:
    """The whole answer for some patterns; of `scenario` alone if it is named."""
    yield from _legend()
    for role, title in ROLES.items():
        some = [pattern for pattern in patterns if pattern.role == role]
        rows = {pattern.name: _shown(pattern, judged, scenario) for pattern in some}
        told = [row for of_one in rows.values() for row in of_one]
        if told:
            yield from ("", title, *wrap(_counts(role, told), WIDTH), "", _HEAD)
        for pattern in some:
            for row in rows[pattern.name]:
                yield from _pattern(pattern, row)
    if not scenario:
        yield from _by_scenario(patterns, judged)
    yield from _left_out(patterns, unjudged, scenario)


def _legend() -> Iterator[str]:
    text = (
        "Shares of worlds in %. holds in: share in which the pattern holds, with its 95 % interval. rival: the same if nothing changed "
        "after the start. -1/4, +1/4: the same with every threshold a quarter lower and higher. expected: the share that would bear the "
        "pattern out; what the report calls likely, in more than half of the worlds. Where two scenarios are compared, the same worlds "
        "are compared one by one, the share is that among the worlds that differ, and the rival knows no difference, so 0."
    )
    yield from wrap(text, WIDTH)


def _shown(pattern: Pattern, judged: pd.DataFrame, scenario: str) -> list[dict[str, Any]]:
    """The rows to tell of a pattern: those of a scenario, else of the baseline where it is judged everywhere, else all."""
    rows = judged[judged["pattern"] == pattern.name].to_dict("records")
    if scenario:
        return [row for row in rows if row["scenario"] == scenario]
    if EVERYWHERE in pattern.scenarios:
        return [row for row in rows if row["scenario"] == BASELINE] or rows[:1]
    return rows


def _counts(role: str, rows: Sequence[Mapping[str, Any]]) -> str:
    order = (*VERDICTS[role], HANGS, CLOSE, LUCK)
    counts = [(sum(row["verdict"] == verdict for row in rows), verdict) for verdict in order]
    return f"{len(rows)} judged: " + ", ".join(f"{verdict} {n}" for n, verdict in counts if n) + "."


def _pattern(pattern: Pattern, row: Mapping[str, Any]) -> Iterator[str]:
    """A pattern on one scenario: sentence, numbers, the difference where two are compared, and the note."""
    claims = f" [{' '.join(pattern.claims)}]" if pattern.claims else ""
    where = "" if row["scenario"] == BASELINE else f" ({row['scenario']}{' against ' + row['against'] if row['against'] else ''})"
    yield ""
    yield from wrap(f"{pattern.says}{claims}{where}", WIDTH)
    span = f"{_percent(row['share'])} ({_percent(row['low'])}-{_percent(row['high'])})"
    moved = f"{_percent(row['lower']):>4} {_percent(row['higher']):>4}"
    yield f"  {pattern.name:<{_NAME - 2}}{span:>14} {_percent(row['rival']):>5}  {moved} {_expected(pattern):>5}  {row['verdict']}"
    if pattern.is_pair:
        ends = f"{row['difference_low']:+.3g} to {row['difference_high']:+.3g}"
        yield f"  mean difference {row['difference']:+.3g} ({ends}) over all worlds; {_percent(row['differ'])} % of them differ"
    if pattern.note:
        yield from wrap(f"note: {pattern.note}", WIDTH, initial_indent="  ", subsequent_indent="  ")


def _expected(pattern: Pattern) -> str:
    low, high = pattern.expect
    if high >= 1.0:
        return f">={100 * low:g}"
    return f"<={100 * high:g}" if low <= 0.0 else f"{100 * low:g}-{100 * high:g}"


def _percent(share: float) -> str:
    """A share in percent; small ones get a digit more."""
    if np.isnan(share):
        return "-"
    return f"{100 * share:.1f}" if 0.0 < share < 0.0995 else f"{100 * share:.0f}"


def _by_scenario(patterns: Sequence[Pattern], judged: pd.DataFrame) -> Iterator[str]:
    """Patterns that are judged everywhere, by scenario: rows patterns, columns scenarios by number."""
    some = [pattern for pattern in patterns if EVERYWHERE in pattern.scenarios]
    everywhere = judged[judged["pattern"].isin([pattern.name for pattern in some])]
    names = list(dict.fromkeys(everywhere["scenario"]))
    if len(names) < 2:
        return
    yield from ("", "BY SCENARIO, % of worlds (! not as expected, ~ hangs on the threshold or too close to tell)")
    fits = (WIDTH - _NAME) // _CELL
    for first in range(0, len(names), fits):
        part = names[first : first + fits]
        yield ""
        yield from wrap("; ".join(f"{i} {name}" for i, name in enumerate(part, first + 1)), WIDTH)
        yield (f"{'':<{_NAME}}" + "".join(f"{i:>{_CELL - 1}} " for i in range(first + 1, first + len(part) + 1))).rstrip()
        for pattern in some:
            rows = everywhere[everywhere["pattern"] == pattern.name].set_index("scenario")
            yield (f"{pattern.name:<{_NAME}}" + "".join(_cell(rows, name, pattern.role) for name in part)).rstrip()


def _cell(rows: pd.DataFrame, name: str, role: str) -> str:
    if name not in rows.index:
        return f"{'-':>{_CELL - 1}} "
    row = rows.loc[name]
    return f"{100 * row['share']:>{_CELL - 1}.0f}{MARKS.get(role, {}).get(str(row['verdict']), ' ')}"


def _left_out(patterns: Sequence[Pattern], unjudged: Sequence[Unjudged], scenario: str) -> Iterator[str]:
    """What could not be judged, and why."""
    asked = {pattern.name for pattern in patterns}
    some = [one for one in unjudged if one.pattern.name in asked and (not scenario or one.scenario == scenario)]
    if some:
        yield from ("", f"NOT JUDGED: {len(some)}")
    reasons: dict[str, list[str]] = {}
    for one in some:
        reasons.setdefault(f"{one.scenario}: {one.why}", []).append(one.pattern.name)
    for why, names in reasons.items():
        yield from wrap(f"{why}: {', '.join(names)}", WIDTH, initial_indent="  ", subsequent_indent="    ")
