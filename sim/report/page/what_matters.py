"""The page's section on what matters: for the usual outcomes, luck and groups where they are known, and single parameters with grades."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.exploration.global_sensitivity.outcome_findings import OutcomeFindings
from sim.report.figures import outcome_sensitivity
from sim.report.page import figure_blocks
from sim.report.page.compression import Packer
from sim.report.page.figure_blocks import Block
from sim.report.page.text_table import TextTable
from sim.text.number_format import capital, number, percent

_LISTED = 15
_HEAD = ("Parameter", "Explains", "Grade", "Claims", "Lowest fifth", "Highest fifth", "Range")


@dataclass(frozen=True)
class WhatMatters:
    """The section: its figures in a block, of which scenario and how many worlds, and whether luck and groups are known."""

    block: Block
    scenario: str
    worlds: str
    has_variance: bool


def section(packer: Packer, found: Sequence[OutcomeFindings], scenario: str) -> WhatMatters | None:
    """The section, or None where nothing is known."""
    drawn = [one for one in found if outcome_sensitivity.has_anything(one)]
    if not drawn:
        return None
    options = [
        {
            "value": one.outcome.text,
            "words": capital(one.outcome.label),
            **figure_blocks.pack_figure(packer, outcome_sensitivity.figure(one)),
            "table": {"head": list(table.head), "rows": [list(row) for row in table.rows]},
        }
        for one in drawn
        for table in [_table(one)]
    ]
    has_variance = all(one.variance is not None for one in drawn)
    return WhatMatters(figure_blocks.block_of(options), scenario, f"{drawn[0].n_worlds:,} stored worlds", has_variance)


def _table(found: OutcomeFindings) -> TextTable:
    """The parameters that matter most alone, the strongest first."""
    rows = []
    for row in found.parameters[found.parameters["matters"].astype(bool)].head(_LISTED).to_dict("records"):
        ends = [percent(row[end]) if found.outcome.is_share else number(row[end]) for end in ("lowest_fifth", "highest_fifth")]
        span = f"{row['range_low']:g} to {row['range_high']:g} {row['unit']}"
        rows.append([row["parameter"], f"{100 * row['explained']:.1f} %", row["grade"], row["claims"], *ends, span])
    return TextTable(_HEAD, rows)
