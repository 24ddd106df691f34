"""Which worlds are told of where some have fallen: those that stand, in one scenario or in two, and what is left in the others."""

from collections.abc import Iterator

from sim.compare.comparison import ALL, Comparison
from sim.compare.quantities import COLLAPSE
from sim.model.observation.measure_catalogue import FALLEN
from sim.text.holding_words import holdings_sentence
from sim.text.number_format import percent, worlds

BOTH = " where the government stands in both"
_TOLD = 0.1  # of worlds that have fallen, from which what is left in them is told in brief


def fallen_share(c: Comparison, scenario: str) -> float:
    """The share of a scenario's worlds in which the government has fallen by the horizon."""
    rows = c.shares[(c.shares["scenario"] == scenario) & (c.shares["quantity"] == COLLAPSE) & (c.shares["given"] == ALL)]
    return float(rows["share"].iloc[0]) if len(rows) else 0.0


def where_both_stand(c: Comparison, scenario: str) -> str:
    """Words on which worlds are compared, behind the name of the scenario compared with; nothing where no government has fallen."""
    return BOTH if fallen_share(c, scenario) + fallen_share(c, c.against) else ""


def compared_worlds(c: Comparison, scenario: str, against: str) -> Iterator[str]:
    """In how many pairs of worlds the government stands in both, in one, in neither; nothing where it falls in none.

    `against` is the scenario compared with, as a sentence says it.
    """
    table = c.transitions[(c.transitions["scenario"] == scenario) & (c.transitions["kind"] == "outcome")]
    before, after = table["before"].astype(str) == FALLEN, table["after"].astype(str) == FALLEN
    total, fell = int(table["worlds"].sum()), before | after
    if not fell.any():
        return
    both, here, there = (int(table.loc[m, "worlds"].sum()) for m in (before & after, after & ~before, before & ~after))
    stand = total - both - here - there
    yield (
        f"Of {worlds(total)} the government stands in both scenarios in {stand:,} ({percent(stand / total)}), has fallen only here in "
        f"{here:,}, only in {against} in {there:,}, in both in {both:,}. Differences other than of outcomes are over the {stand:,} in "
        "which it stands in both."
    )


def left_after_fall(c: Comparison, scenario: str) -> Iterator[str]:
    """What each partner keeps in fallen worlds, where there are enough of them."""
    share = fallen_share(c, scenario)
    if share < _TOLD:
        return
    table = c.holdings[c.holdings["scenario"] == scenario]
    said = []
    for partner, rows in table.groupby("partner", sort=False):
        held: dict[str, float] = {}
        for row in rows.itertuples():
            held |= {f"before_fall_{row.holding}": row.before, f"kept_{row.holding}": row.kept, f"passed_{row.holding}": row.passed}
        said.append(holdings_sentence(str(partner), held))
    yield f"In the {percent(share)} of worlds in which the government has fallen, on average: {' '.join(said)}"
