"""Caveats that follow from the results shown; those that hold for all results stand in the templates."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sim.compare.comparison import ALL, Comparison
from sim.compare.quantities import FALLEN_BY_OBSERVED_MONTH
from sim.report.figures.data import comparison_text, outcome_shares
from sim.report.text import labels
from sim.statistics.small_samples import LEAST_PAIRS
from sim.text import number_format

FEW = 300  # worlds under which intervals are called wide


@dataclass(frozen=True)
class Caveat:
    """A sentence, and what it means here."""

    claim: str
    meaning: str


def caveats(c: Comparison) -> list[Caveat]:
    """What follows from these results: knowledge, assumptions, worlds, comparisons, pairing, and what influence means."""
    return [
        Caveat(
            "Knowledge ends in June 2021.",
            f"Later events enter only scenarios marked hindsight. The government fell in December 2024.{_fallen_by_then(c)}",
        ),
        Caveat(f"{assumed(c)} of the parameters are assumed.", "They rest on reasoning, not evidence; that is why their ranges are wide."),
        _worlds(min(c.about[name].worlds for name in c.scenarios)),
        *_many_comparisons(c),
        *_pairing(c),
        *_model_versions(c),
        *_designs(c),
        Caveat(
            "Influence is not sovereignty.",
            "A sphere shows who leads in influence in this model. It is no legal claim and no proposal. The Golan is drawn at the de facto "
            "line; some 1,200 to 1,300 km² occupied by Israel are not shown.",
        ),
    ]


def assumed(c: Comparison) -> str:
    """The share of parameters that are assumed, the largest of all scenarios, as a sentence begins with it."""
    return number_format.capital(number_format.percent(max(c.about[name].assumed for name in c.scenarios)))


def _fallen_by_then(c: Comparison) -> str:
    """In how many worlds the government has fallen by then, where that was counted."""
    rows = c.shares[(c.shares["quantity"] == FALLEN_BY_OBSERVED_MONTH) & (c.shares["given"] == ALL) & (c.shares["scenario"] == c.against)]
    if rows.empty:
        return ""
    share = number_format.percent(float(rows["share"].iloc[0]))
    return f" By then it has fallen in {share} of worlds in {comparison_text.named(c.against)}; nothing was tuned to that."


def _worlds(fewest: int) -> Caveat:
    half = 100 * outcome_shares.half_width(max(fewest, 1))
    meaning = "An interval reflects how many worlds were run, not how good the rules are."
    if fewest < LEAST_PAIRS:
        meaning = f"No difference is called significant, nor said to be none: that takes {LEAST_PAIRS} worlds at least. {meaning}"
    if fewest < FEW:
        return Caveat(
            f"{number_format.worlds(fewest)} {'is' if fewest == 1 else 'are'} few: intervals are wide.",
            f"A share may be off by {half:.0f} points from the number of worlds alone; run more before comparing closely. {meaning}",
        )
    return Caveat(f"With {number_format.worlds(fewest)}, shares are accurate to within {half:.1f} points.", meaning)


def _many_comparisons(c: Comparison) -> list[Caveat]:
    if c.differences.empty:
        return []
    most = int(c.differences[c.differences["given"] == ALL].groupby("scenario", observed=True).size().max())
    return [
        Caveat(
            f"{most:,} differences are tested in every scenario.",
            "Some would seem large by chance alone. Holm's correction allows for that within each kind (indices, outcomes, influence ...) "
            "of each scenario: the chance that even one of them is wrongly called statistically significant stays under 5 %. It does not "
            "allow for looking at many kinds and scenarios.",
        )
    ]


def _pairing(c: Comparison) -> list[Caveat]:
    others = [name for name in c.scenarios if name != c.against]
    unpaired = [labels.scenario(name) for name in others if not c.about[name].paired]
    if not others:
        return []
    if unpaired:
        names = number_format.joined(unpaired)
        lucky = all(c.about[name].has_luck_of(c.about[c.against]) for name in others)
        return [
            Caveat(
                "Not all scenarios have worlds in common." if lucky else "Not all scenarios use the same random numbers.",
                f"Compared unpaired, as separate samples: {names}. Their intervals are wider; no world is the same in both.",
            )
        ]
    return [
        Caveat(
            "Scenarios are compared world by world.",
            "World 7 has the same random numbers and the same parameter draws in all of them, so a difference comes from what the scenario "
            f"sets.{_not_in_all(c, others)}{narrowing_text(c.differences)}",
        )
    ]


def _not_in_all(c: Comparison, others: Sequence[str]) -> str:
    """How many worlds enter a difference where scenarios have other numbers of worlds; nothing where all have the same."""
    most, fewest = (end(c.about[name].worlds for name in c.scenarios) for end in (max, min))
    pairs = sorted({c.about[name].pairs for name in others})
    if pairs == [most] and most == fewest:
        return ""
    span = f"{pairs[0]:,}" if len(pairs) == 1 else f"{pairs[0]:,} to {pairs[-1]:,}"
    return f" Scenarios have {fewest:,} to {most:,} worlds; a difference is over those that both have ({span})."


def narrowing_text(rows: pd.DataFrame) -> str:
    """How much narrower intervals of shares of outcomes and of indices are than without pairing; nothing where that is not known."""
    known = rows[rows["kind"].isin(["outcome", "index"]) & (rows["given"] == ALL) & (rows["narrowing"] > 0)]["narrowing"]
    if known.empty:
        return ""
    median = float(known.median())
    return (
        f" That narrows the median interval of outcomes and indices to {number_format.percent(median)} of its unpaired width, as if "
        f"{1 / median**2:,.0f} times as many worlds had been run."
    )


def _model_versions(c: Comparison) -> list[Caveat]:
    others = [labels.scenario(name) for name in c.scenarios if not c.about[name].same_rules]
    if not others:
        return []
    meaning = f"Run by other rules or data than {comparison_text.named(c.against)}: {number_format.joined(others)}."
    meaning += " A difference may come from that; run them again."
    return [Caveat("Not all scenarios were run by the same version of the model.", meaning)]


def _designs(c: Comparison) -> list[Caveat]:
    rows = [comparison_text.named(name) for name in c.scenarios if c.about[name].design]
    if not rows:
        return []
    meaning = f"Rows of a design, not worlds that draw their own parameters: {number_format.joined(rows)}. Read its points one by one."
    return [Caveat("Shares over all rows of a design depend on the design.", meaning)]
