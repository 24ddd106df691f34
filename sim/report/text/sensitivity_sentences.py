"""What matters for an outcome, in sentences: luck first, then groups, single parameters and definitions."""

import math
from collections.abc import Iterator
from typing import Any

from sim.exploration.global_sensitivity.new_runs import LEAST_PAIR_CASES, LEAST_PAIRS, LEAST_POINT_CASES, LEAST_POINTS, VarianceShares
from sim.exploration.global_sensitivity.outcome_findings import OutcomeFindings
from sim.exploration.global_sensitivity.parameter_groups import LUCK, group_label
from sim.exploration.global_sensitivity.resampled import VarianceShare
from sim.exploration.global_sensitivity.threshold_shift import ThresholdShift
from sim.exploration.outcome import Outcome
from sim.statistics.confidence_intervals import Z_95
from sim.text.number_format import capital, count, joined, number, percent, signed_points

SMALL = 0.05  # of the variance: a group whose interval ends below it is small
MOST_PARAMETERS = 5


def headline(found: OutcomeFindings) -> str:
    """The finding in one sentence, without a full stop."""
    name, matter = found.outcome.label, _that_matter(found)
    strongest = f"{matter[0]['parameter']} matters most alone" if matter else "no single parameter explains a hundredth"
    if found.variance is None or not found.variance.has_ceiling:
        return capital(f"{name}: {strongest}")
    return capital(f"{name}: parameters can explain {percent(max(found.variance.ceiling.share, 0.0))}, luck the rest; {strongest}")


def sentences(found: OutcomeFindings) -> list[str]:
    """All there is to say about an outcome; the first line is its name and mean."""
    outcome = found.outcome
    unit = "" if outcome.unit in ("share", "index") else f" {outcome.unit}"
    mean = f"{percent(found.mean)} of" if outcome.is_share else f"mean {number(found.mean)}{unit} over"
    lines = [f"{capital(outcome.label)} ({outcome.text}): {mean} {found.n_worlds:,} stored worlds."]
    if found.variance is not None:
        lines += [f"  {line}" for line in (*_luck(found.variance), *_groups(found.variance))]
    lines += [f"  {line}" for line in _parameters(found)]
    return [*lines, *(f"  {line}" for line in _thresholds(found))]


def meaning_of_variance(outcomes: list[Outcome]) -> list[str]:
    """What explaining variance means, for those who read it the first time."""
    lines = ["Explained: the share of the differences between worlds (their variance) that goes away once something is known."]
    if any(outcome.is_share for outcome in outcomes):
        lines.append(
            "For an outcome that a world has or has not, 100 % would mean that all parameters together say of every world whether it has "
            "it; 0 %, that it is as likely whatever they are."
        )
    return lines


def interval(share: VarianceShare) -> str:
    """A share of variance with its interval, `40 % (35 to 45)`, within what is possible."""
    low, middle, high = (100 * min(max(end, 0.0), 1.0) for end in (share.low, share.share, share.high))
    return f"{middle:.0f} % ({low:.0f} to {high:.0f})"


def is_small(share: VarianceShare) -> bool:
    """Whether a group surely explains little."""
    return _is_known(share) and share.high < SMALL


def agrees(found: VarianceShares) -> bool:
    """Whether luck's total effect is one minus the ceiling, as far as so many worlds can say."""
    return abs(found.luck.share + found.ceiling.share - 1.0) <= Z_95 * math.hypot(found.luck.error, found.ceiling.error)


def parameter_line(row: dict[str, Any], outcome: Outcome) -> str:
    """A parameter with what it does, its grade and its claims."""
    about = ", ".join(
        part for part in (row["grade"], row["claims"], f"{row['range_low']:g} to {row['range_high']:g} {row['unit']}") if part
    )
    ends = [percent(row[end]) if outcome.is_share else number(row[end]) for end in ("lowest_fifth", "highest_fifth")]
    if outcome.is_share:
        moved = [signed_points(row[end]) for end in ("difference", "difference_low", "difference_high")]
        size = f"{moved[0]} points, {moved[1]} to {moved[2]}"
    else:
        moved = [number(row[end], beside=row["difference"], signed=True) for end in ("difference", "difference_low", "difference_high")]
        size = f"{moved[0]}, {moved[1]} to {moved[2]}"
    way = "; strongest inside its range" if row["shape"] == "bends" else ""
    return (
        f"{row['parameter']} ({about}): {row['meaning']}. Explains {100 * row['explained']:.1f} %; from {ends[0]} in the lowest fifth of "
        f"its draws to {ends[1]} in the highest ({size}){way}."
    )


def _luck(found: VarianceShares) -> Iterator[str]:
    if not _is_known(found.ceiling):
        yield "It is the same in all worlds that were run: there is nothing to explain."
        return
    if not found.has_ceiling:
        yield _too_few(f"{found.n_points} points", LEAST_POINTS, found.point_cases, LEAST_POINT_CASES, found.n_points >= LEAST_POINTS)
        return
    yield (
        f"Luck first: all parameters together can explain {interval(found.ceiling)} of the variance at most; the rest is luck, "
        "whatever is known of them."
    )
    if found.has_groups:
        check = "which agrees" if agrees(found) else "which differs by more than chance gives: take more --worlds before relying on either"
        yield f"Measured a second way, by exchanging luck alone, luck has {interval(found.luck)}, {check}."


def _too_few(what: str, least: int, cases: int, least_cases: int, is_rare: bool) -> str:
    """Why nothing is said of luck, or of groups: too few were run, or too few of them have the outcome."""
    if is_rare:
        return f"Only {cases} of the worlds run have it (or lack it), too few for more ({least_cases} are the least); give more --worlds."
    return f"{what} are too few to separate luck and groups ({least} are the least); give more --worlds."


def _groups(found: VarianceShares) -> Iterator[str]:
    if not _is_known(found.luck):
        return
    if not found.has_groups:
        yield _too_few(f"{found.n_pairs} pairs of worlds", LEAST_PAIRS, found.pair_cases, LEAST_PAIR_CASES, found.n_pairs >= LEAST_PAIRS)
        return
    shown, unsure, small = ranked_groups(found)
    if shown:
        yield "Groups: what all parameters would explain less without it, what it explains alone, and how much worlds differ once it is"
        yield "exchanged (the same luck may then take another turn, so the last may be more than all parameters can explain):"
    for key in shown:
        effect = found.groups[key]
        yield f"  {group_label(key)}: {interval(effect.lost)} less; {interval(effect.first)} alone; {interval(effect.total)} once exchanged"
    if unsure:
        parts = [f"{group_label(key)} ({100 * found.groups[key].total.share:.0f} %)" for key in unsure]
        yield (
            "Worlds also differ once these are exchanged (in brackets, how much), but in so many pairs no effect can be detected beyond "
            f"what the same luck then does otherwise: {joined(parts)}."
        )
    if small:
        yield f"Surely below {percent(SMALL)} in every way: {joined([group_label(key) for key in small])}."


def ranked_groups(found: VarianceShares) -> tuple[list[str], list[str], list[str]]:
    """The groups with a detected effect, those where that is unsure, and those that are surely small, the strongest of each first."""
    keys, detected = [key for key in found.groups if key != LUCK], found.detected
    small = [key for key in keys if is_small(found.groups[key].total)]
    sure = [key for key in keys if key in detected and key not in small]
    unsure = [key for key in keys if key not in small and key not in sure]
    return (
        sorted(sure, key=lambda key: -found.groups[key].lost.share),
        sorted(unsure, key=lambda key: -found.groups[key].total.share),
        sorted(small, key=lambda key: -found.groups[key].total.share),
    )


def _parameters(found: OutcomeFindings) -> Iterator[str]:
    if found.not_screened:
        yield found.not_screened
        return
    table, matter = found.parameters, _that_matter(found)
    n, significant = len(table), int(table["significant"].sum())
    if not significant:
        yield f"No single one of {n} parameters has a detectable effect in {found.n_worlds:,} stored worlds; a run of more may show some."
        return
    if matter:
        yield "Single parameters, each looked at alone in the stored worlds:"
    for row in matter[:MOST_PARAMETERS]:
        yield f"  {parameter_line(row, found.outcome)}"
    slight, more = significant - len(matter), max(len(matter) - MOST_PARAMETERS, 0)
    also = [f"{more} more explain{'s' if more == 1 else ''} at least 1 %"] if more else []
    also += [f"the effect of {count(slight, 'other')} is sure, but too small to matter (below 1 %)"] if slight else []
    also += [f"no effect of the other {n - significant} can be detected in so many worlds"]
    yield f"{capital('; '.join(also))}."
    assumed = [row for row in matter if row["grade"] == "assumed"]
    if assumed:
        reason = assumed[0]["source"].rstrip(".")
        yield f"Of the numbers that are our own assumption, {assumed[0]['parameter']} matters most (its reason: {reason})."
    elif matter:
        yield "None of those that matter is a mere assumption of ours."


def _thresholds(found: OutcomeFindings) -> Iterator[str]:
    if not found.thresholds:
        return
    parts = [_shift(one) for one in found.thresholds]
    yield f"Definitions: with all thresholds of classes {parts[0]}; {parts[1]}."


def _shift(one: ThresholdShift) -> str:
    size, low, high = signed_points(one.difference), signed_points(one.low), signed_points(one.high)
    shares = f"{percent(one.moved_share)} of the same worlds have it instead of {percent(one.share)}"
    return f"{one.moved}, {shares} ({size} points, {low} to {high})"


def _that_matter(found: OutcomeFindings) -> list[dict[str, Any]]:
    return found.parameters[found.parameters["matters"].astype(bool)].to_dict("records") if len(found.parameters) else []


def _is_known(share: VarianceShare) -> bool:
    return math.isfinite(share.share)
