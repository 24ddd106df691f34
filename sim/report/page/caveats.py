"""What to be careful about: what these results in particular cannot bear, and what the model never can."""

from collections.abc import Sequence

import pandas as pd

from sim.compare.comparison import ALL, Comparison
from sim.compare.paired_differences import BY_THEN
from sim.report.figures.data import comparison_text, outcome_shares
from sim.report.page.html import tag, text
from sim.report.text import labels
from sim.text import number_format

Caution = tuple[str, str]  # a sentence, and what it means here
FEW = 300  # worlds under which intervals are called wide
LIMITS: tuple[Caution, ...] = (
    (
        "It leaves out nearly all of life.",
        "No displacement, casualties among civilians, detention, aid or human rights; no domestic politics of any outside power.",
    ),
    (
        "It knows provinces, not places.",
        "Nothing can be read from it about a district, a road or a site, and it is not made for planning operations.",
    ),
    ("Rules are assumptions too.", "That numbers vary over their ranges does not cover the error of a wrong rule."),
    (
        "Thresholds make classes.",
        "A small shift of the line between two outcomes moves many worlds; read the index beside the class.",
    ),
    (
        "It is no evidence that a policy works.",
        "That a scenario changes an index shows what follows from the rules, not what would follow in Syria.",
    ),
    ("It attributes nothing and recommends nothing.", "It says nothing about responsibility, legitimacy or partition."),
)


def cautions(c: Comparison) -> list[Caution]:
    """What follows from these results: knowledge, assumptions, worlds, comparisons, pairing, and how sway is to be read."""
    about = [c.about[name] for name in c.scenarios]
    assumed = max(one.assumed for one in about)
    found = [
        (
            "Knowledge ends in June 2021.",
            f"What followed enters only scenarios marked hindsight. The government fell in December 2024.{_by_then(c)}",
        ),
        (
            f"{number_format.capital(number_format.percent(assumed))} of the parameters are assumed.",
            "They rest on a line of reasoning and no evidence; that is why their ranges are wide.",
        ),
        _worlds(min(one.worlds for one in about)),
        *_many(c),
        *_pairing(c),
        *_rules(c),
        (
            "Sway is not sovereignty.",
            "A sphere says who leads in influence in this model. It is no legal claim and no proposal. The Golan is drawn at the de-facto "
            "line; some 1,200 to 1,300 km² occupied by Israel are not shown.",
        ),
    ]
    return found


def care(c: Comparison, limits: Sequence[Caution]) -> str:
    """The section as HTML."""
    own = "".join(_item(one) for one in cautions(c))
    always = "".join(_item(one) for one in limits)
    return tag("dl", own, class_="care") + tag("h3", "What the model cannot bear at all") + tag("dl", always, class_="care")


def _item(one: Caution) -> str:
    return tag("div", tag("dt", text(one[0])), tag("dd", text(one[1])))


def _by_then(c: Comparison) -> str:
    """In how many worlds the government has fallen by then, where that was counted."""
    rows = c.shares[(c.shares["quantity"] == BY_THEN) & (c.shares["given"] == ALL) & (c.shares["scenario"] == c.against)]
    if rows.empty:
        return ""
    share = number_format.percent(float(rows["share"].iloc[0]))
    return f" By then it has fallen in {share} of worlds in {comparison_text.named(c.against)}; nothing was tuned to that."


def _worlds(fewest: int) -> Caution:
    half = 100 * outcome_shares.half_width(max(fewest, 1))
    name = "world" if fewest == 1 else "worlds"
    means = "An interval tells how many worlds were run, not how good the rules are."
    if fewest < FEW:
        return (
            f"{fewest:,} {name} are few: intervals are wide.",
            f"A share may be off by {half:.0f} points from the number of worlds alone; run more before comparing closely. {means}",
        )
    return f"{fewest:,} worlds make a share sure to within {half:.1f} points.", means


def _many(c: Comparison) -> list[Caution]:
    if c.differences.empty:
        return []
    most = int(c.differences[c.differences["given"] == ALL].groupby("scenario", observed=True).size().max())
    return [
        (
            f"{most:,} differences are looked at in every scenario.",
            "Some would seem large by luck alone. Holm's correction allows for that within each kind (indices, outcomes, influence ...) of "
            "each scenario: with it, the chance that even one of them is called told from noise wrongly stays under 5 %. It does not "
            "allow for looking at many kinds and scenarios.",
        )
    ]


def narrowed(rows: pd.DataFrame) -> str:
    """How much narrower intervals of shares of outcomes and of indices are than without pairing; nothing where that is not known."""
    known = rows[rows["kind"].isin(["outcome", "index"]) & (rows["given"] == ALL) & (rows["narrowing"] > 0)]["narrowing"]
    if known.empty:
        return ""
    middle = float(known.median())
    return (
        f" That narrows the middle one of the intervals of outcomes and indices to {number_format.percent(middle)} of its width, as if "
        f"{1 / middle**2:,.0f} times as many worlds had been run."
    )


def _rules(c: Comparison) -> list[Caution]:
    others = [labels.scenario(name) for name in c.scenarios if not c.about[name].same_rules]
    if not others:
        return []
    than = comparison_text.named(c.against)
    means = f"Other rules or data than {than} had: {number_format.joined(others)}. A difference may be owed to that; run them again."
    return [("Not all scenarios were run by the same version of the model.", means)]


def _pairing(c: Comparison) -> list[Caution]:
    others = [name for name in c.scenarios if name != c.against]
    loose = [labels.scenario(name) for name in others if not c.about[name].paired]
    if not others:
        return []
    if not loose:
        return [
            (
                "Scenarios are compared world by world.",
                "World 7 has the same luck and the same draws in all of them, so that a difference is owed to what the scenario sets."
                + narrowed(c.differences),
            )
        ]
    means = f"Unpaired, as separate samples, are compared: {number_format.joined(loose)}. Their intervals are wider; no world is the same in both."
    return [("Not all scenarios share their luck.", means)]
