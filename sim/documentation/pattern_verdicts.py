"""Patterns on the page of verdicts: what each expects, in how many worlds it holds, and what that depends on."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.documentation.generated_blocks import code, table
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.results import Result
from sim.scenario import ScenarioError
from sim.validation.patterns.evaluation import SkippedPattern, evaluate
from sim.validation.patterns.evaluation_text import expected, failures_first, rows_to_print
from sim.validation.patterns.pattern_file import EVERYWHERE, Pattern
from sim.validation.patterns.result_samples import all_samples
from sim.validation.sensitivity.parameter_draws import read_draws
from sim.validation.sensitivity.pattern_sensitivity import sensitivities

HEAD = ("pattern", "says", "role", "scenario", "holds in", "expected", "thresholds −1/4, +1/4", "verdict", "sensitive to")
ROLES = {"fitted": "used for fitting", "held_out": "held out"}
STRONGEST = 3  # parameters that are named
PAIR, TOO_FEW = "not asked: two scenarios are compared", "too few worlds hold, or fail, to say"
Key = tuple[str, str]  # a pattern and a scenario


def pattern_table(folder: Path, patterns: Sequence[Pattern]) -> tuple[str, tuple[int, int, int]]:
    """Every pattern of a result, failures first; and how many fail, cannot be said clearly, and hold."""
    result = Result(folder)
    found, skipped = evaluate(patterns, all_samples(result))
    rows = [(pattern, row) for pattern in patterns for row in rows_to_print(pattern, found, "")]
    rows.sort(key=lambda pair: failures_first(pair[1]["verdict"]))
    depends = _dependence(folder, result.scenarios, rows)
    lines = [_line(pattern, row, found, depends) for pattern, row in rows]
    placed = {pattern.name for pattern, _ in rows}
    lines += [_without(pattern, skipped) for pattern in patterns if pattern.name not in placed]
    places = [failures_first(row["verdict"]) for _, row in rows]
    return table(HEAD, lines), (places.count(0), places.count(1), places.count(2))


def _line(pattern: Pattern, row: Mapping[str, Any], found: Any, depends: Mapping[Key, str]) -> tuple[str, ...]:
    """A pattern on one scenario."""
    claims = f" ({' '.join(pattern.claims)})" if pattern.claims else ""
    where = row["scenario"] + (f" against {row['against']}" if row["against"] else "")
    if EVERYWHERE in pattern.scenarios:
        same = found[found["pattern"] == pattern.name]
        fails = int(sum(failures_first(verdict) == 0 for verdict in same["verdict"]))
        where += f"; fails in {fails} of {len(same)} scenarios"
    share = f"{_percent(row['share'])} ({_percent(row['low'])} to {_percent(row['high'])})"
    moved = f"{_percent(row['lower'])}, {_percent(row['higher'])}"
    own = depends.get((pattern.name, row["scenario"]), "")
    return (code(pattern.name), pattern.says + claims, ROLES[pattern.role], where, share, expected(pattern), moved, row["verdict"], own)


def _without(pattern: Pattern, skipped: Sequence[SkippedPattern]) -> tuple[str, ...]:
    """A pattern that could not be evaluated, and why."""
    why = next((f"{skip.scenario}: {skip.why}" for skip in skipped if skip.pattern.name == pattern.name), "no scenario of these results")
    return (code(pattern.name), pattern.says, ROLES[pattern.role], "", "", expected(pattern), "", f"not evaluated ({why})", "")


def _dependence(folder: Path, scenarios: Sequence[str], rows: Sequence[tuple[Pattern, Mapping[str, Any]]]) -> dict[Key, str]:
    """The parameters in which worlds where a pattern holds differ most from those where it fails."""
    found = {(pattern.name, str(row["scenario"])): PAIR for pattern, row in rows if pattern.against}
    for name in scenarios:
        own = [pattern for pattern, row in rows if row["scenario"] == name and not pattern.against]
        if not own:
            continue
        try:
            draws = read_draws(folder, name)
        except (SettingsError, ScenarioError):
            found |= {(pattern.name, name): "not known: worlds without draws, or of another version" for pattern in own}
            continue
        for of_pattern in sensitivities(draws, own):
            strongest = ", ".join(
                f"{code(effect.path)} {'↑' if effect.direction > 0 else '↓'}" for effect in of_pattern.significant[:STRONGEST]
            )
            none = "no parameter significantly" if of_pattern.effects else TOO_FEW
            found[of_pattern.pattern.name, name] = strongest or none
    return found


def _percent(share: float) -> str:
    """A share in per cent, for a column."""
    if share != share:
        return "-"
    return f"{100 * share:.1f}" if 0.0 < share < 0.0995 else f"{100 * share:.0f}"
