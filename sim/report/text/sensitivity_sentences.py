"""What matters for an outcome, in sentences: luck first, then groups, single parameters and definitions."""

import math
from collections.abc import Iterator
from typing import Any

from sim.exploration.global_sensitivity.new_runs import VarianceShares
from sim.exploration.global_sensitivity.outcome_findings import OutcomeFindings
from sim.exploration.global_sensitivity.parameter_groups import LUCK, group_label
from sim.exploration.global_sensitivity.resampled import VarianceShare
from sim.exploration.global_sensitivity.threshold_shift import ThresholdShift
from sim.exploration.outcome import Outcome
from sim.statistics.confidence_intervals import Z_95
from sim.text.number_format import capital, count, joined, number, percent, signed_points

LEAST_POINTS, LEAST_PAIRS = 50, 100  # below which nothing is said of ceilings, of groups
SMALL = 0.05  # of the variance: a group whose interval ends below it is small
MOST_GROUPS, MOST_PARAMETERS = 6, 5


def headline(found: OutcomeFindings) -> str:
    """The finding in one sentence, without a full stop."""
    name, matter = found.outcome.label, _that_matter(found)
    strongest = f"{matter[0]['parameter']} matters most alone" if matter else "no single parameter explains a hundredth"
    if found.variance is None or not _is_known(found.variance.ceiling) or found.variance.n_points < LEAST_POINTS:
        return capital(f"{name}: {strongest}")
    return capital(f"{name}: parameters can explain {percent(max(found.variance.ceiling.share, 0.0))}, luck the rest; {strongest}")


def sentences(found: OutcomeFindings) -> list[str]:
    """All there is to say about an outcome; the first line is its name and mean."""
    outcome = found.outcome
    mean = f"{percent(found.mean)} of" if outcome.is_share else f"mean {number(found.mean)} {outcome.unit} over"
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
            "For an outcome that a world has or has not, 100 % would mean that knowing all parameters says of every world whether it has it; "
            "0 %, that it is as likely whatever they are."
        )
    return lines


def interval(share: VarianceShare) -> str:
    """A share of variance with its interval, `40 % (35 to 45)`, never below nothing."""
    low, middle, high = (100 * max(end, 0.0) for end in (share.low, share.share, share.high))
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
    if found.n_points < LEAST_POINTS:
        yield f"{found.n_points} points are too few to part luck from parameters ({LEAST_POINTS} are the least); give more --worlds."
        return
    yield (
        f"Luck first: all parameters together can explain {interval(found.ceiling)} of the variance at most; the rest is luck, "
        "whatever is known of them."
    )
    if found.n_pairs >= LEAST_PAIRS and _is_known(found.luck):
        check = "which agrees" if agrees(found) else "which differs by more than chance gives: take more --worlds before relying on either"
        yield f"Measured a second way, by exchanging luck alone, luck has {interval(found.luck)}, {check}."


def _groups(found: VarianceShares) -> Iterator[str]:
    if not _is_known(found.luck):
        return
    if found.n_pairs < LEAST_PAIRS:
        yield f"{found.n_pairs} pairs of worlds are too few for groups ({LEAST_PAIRS} are the least); give more --worlds."
        return
    ranked = sorted((key for key in found.groups if key != LUCK), key=lambda key: -found.groups[key].total.share)
    shown = [key for key in ranked if not is_small(found.groups[key].total)][:MOST_GROUPS]
    small = [key for key in ranked if is_small(found.groups[key].total)]
    if shown:
        yield "Groups, by what each explains alone and together with others (in brackets its 95 % interval; alone):"
    for key in shown:
        effect = found.groups[key]
        yield f"  {group_label(key)}: {interval(effect.total)}; alone {interval(effect.first)}"
    left = len(ranked) - len(shown) - len(small)
    if left:
        yield f"  {count(left, 'more group')} in between: variance.csv has all."
    if small:
        yield f"Surely below {percent(SMALL)}: {joined([group_label(key) for key in small])}."


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
        yield f"Of the numbers that are our own assumption, {assumed[0]['parameter']} matters most (its reason: {assumed[0]['source'].rstrip('.')})."
    elif matter:
        yield "None of those that matter is a mere assumption of ours."


def _thresholds(found: OutcomeFindings) -> Iterator[str]:
    if not found.thresholds:
        return
    parts = [_shift(one) for one in found.thresholds]
    yield f"Definitions: with all thresholds of classes {parts[0]}; {parts[1]}."


def _shift(one: ThresholdShift) -> str:
    size, low, high = signed_points(one.difference), signed_points(one.low), signed_points(one.high)
    return f"{one.moved}, {percent(one.moved_share)} of the same worlds have it instead of {percent(one.share)} ({size} points, {low} to {high})"


def _that_matter(found: OutcomeFindings) -> list[dict[str, Any]]:
    return found.parameters[found.parameters["matters"].astype(bool)].to_dict("records") if len(found.parameters) else []


def _is_known(share: VarianceShare) -> bool:
    return math.isfinite(share.share)
