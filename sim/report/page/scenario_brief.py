"""A scenario's results in brief: the sentences that answer its question, from the rows that the figures show."""

from collections.abc import Iterator

from sim.compare.comparison import SURVIVED, Comparison
from sim.compare.findings import FINDING, NEGLIGIBLE, TOO_FEW, UNDETECTED
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.report.figures import influence_tiles, outcome_intervals, ranked_differences
from sim.report.figures.data import comparison_text
from sim.report.figures.data.figure_data import Results
from sim.report.page import negotiated_table
from sim.report.text import figure_headlines, standing_sentences
from sim.text.change_words import index_change
from sim.text.measure_labels import label
from sim.text.number_format import joined, month

# what every scenario is asked for: how far spheres come apart, who has more, who gets what, how the partners get on, what is left to hold
MAIN = ("delimitation", "overlap", "balance", "contracts_russia", "contracts_iran", "incidents", "territory_share")
_GROWN = 4  # shifts since the start that are named


def brief(c: Comparison, results: Results, scenario: str) -> tuple[str, ...]:
    """The sentences, the most asked for first: outcomes, which worlds are compared, main measures, largest changes, shifts of
    influence, what is left in fallen worlds, what is negotiated.
    """
    is_reference = scenario == c.against
    own = _since_the_start(results, scenario) if is_reference else (*_main(c, scenario), *ranked_differences.summaries(c, scenario))
    which = () if is_reference else standing_sentences.compared_worlds(c, scenario, comparison_text.against(c))
    ends = outcome_intervals.summary(c, scenario), *which
    return (*ends, *own, *standing_sentences.left_after_fall(c, scenario), *negotiated_table.findings(c, scenario))


def _since_the_start(results: Results, scenario: str) -> Iterator[str]:
    """Where influence moves most since the first month, in a scenario that is compared with none."""
    if scenario in results.influence and not results.root(scenario):
        changes = influence_tiles.largest_changes(results, scenario, _GROWN)
        if changes:
            start = month(results.influence[scenario].months[0])
            yield f"Largest shifts of influence since {start}: {figure_headlines.influence(changes, None)}."


def _main(c: Comparison, scenario: str) -> Iterator[str]:
    """How the main measures differ, those that differ by too little included; what the scenario itself sets is left out."""
    found = comparison_text.rows(c.differences, scenario=scenario, kind="index", given=SURVIVED, province=COUNTRY)
    rows = [row for name in MAIN for row in found[found["quantity"] == name].to_dict("records")]
    parts = [index_change(str(row["quantity"]), row["against_mean"], row["mean"]) for row in rows if row["status"] == FINDING]
    small, none, open_ = (_labels(rows, status) for status in (NEGLIGIBLE, UNDETECTED, TOO_FEW))
    parts += [f"practically no effect on {small}"] if small else []
    parts += [f"no detectable difference in {none}"] if none else []
    parts += [f"too few worlds to compare {open_}"] if open_ else []
    if parts:
        yield f"Main measures beside {comparison_text.against(c)}{standing_sentences.where_both_stand(c, scenario)}: {'; '.join(parts)}."


def _labels(rows: list[dict[str, object]], status: str) -> str:
    """The measures of a status in words."""
    return joined([label(str(row["quantity"])) for row in rows if row["status"] == status])
