"""The scores and coverage of a hindcast on the screen, and as tables in a folder."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from sim.text.names import display_name
from sim.validation.hindcast.hindcast_text import short
from sim.validation.hindcast.score_table import ALL, GROUP, MIDDLE, CoverageRow, ScoreRow
from sim.validation.scores.rivals import RIVALS
from sim.validation.table_output import exact, titled, write_table

SCORES, COVERAGE = "scores.csv", "coverage.csv"
SCORE_COLUMNS = (
    *("half", "kind", "level", "item", "score", "unit", "n", "model", "central", *RIVALS),
    *(f"skill_{rival}" for rival in RIVALS),
    "verdict",
)
COVERAGE_COLUMNS = ("half", "kind", "n", "level", "held", "held_evenly")
KINDS = {
    "area": "shares of the area",
    "people": "people under the government",
    "town_holder": "who held which town, by month",
    "town_month": "month in which towns changed hands",
    "incidents_by_month": "incidents by month and province",
    "incident_in_half_year": "an incident in a province in a half year",
    "incident_reported": "reported incidents, one by one",
    "partnership_broken": "partnership broken, by month (R16)",
    "contracts": "contracts won by each bidder",
}
HALF_NAMES = {"setting": "setting", "held_out": "held out"}


def show(rows: Sequence[ScoreRow], coverage: Sequence[CoverageRow], out: Console) -> None:
    """Print the mean scores by kind and group with the skill against each rival, and how often the middle 80 % of worlds hold a fact."""
    heads = ("facts", "score", "central", *(f"skill against\n{name}" for name in ("nothing\nchanges", "steady\ntrend", "last\nyear")))
    table = titled("Scores: the lower the better", left=("scored", "half", "by"), right=(*heads, "skill against\nlast twelve\nmonths"))
    table.add_column("the model is")
    for row in rows:
        if row.level in (ALL, GROUP):
            name = KINDS[row.kind] if row.level == ALL else f"  {display_name(row.item.removeprefix('area '))}"
            skills = (short(row.skill(rival)) if rival in row.rivals else "" for rival in RIVALS)
            table.add_row(name, HALF_NAMES[row.half], row.score, str(row.n), short(row.model), short(row.central), *skills, row.verdict)
    out.print(table)
    heads = ("facts", "any part within, %", "spread evenly, %")
    held = titled("Does the middle 80 % of worlds hold 80 % of the facts?", left=("facts about", "half"), right=heads)
    for found in coverage:
        if found.level == MIDDLE:
            shares = f"{100 * found.held:.0f}", f"{100 * found.held_evenly:.0f}"
            held.add_row(KINDS[found.kind], HALF_NAMES[found.half], str(found.n), *shares)
    out.print(held)


def write(folder: Path, rows: Sequence[ScoreRow], coverage: Sequence[CoverageRow]) -> None:
    """Write the scores and the coverage as tables."""
    write_table(folder / SCORES, SCORE_COLUMNS, [_score(row) for row in rows])
    found = [(r.half, r.kind, str(r.n), *map(exact, (r.level, r.held, r.held_evenly))) for r in coverage]
    write_table(folder / COVERAGE, COVERAGE_COLUMNS, found)


def _score(row: ScoreRow) -> tuple[str, ...]:
    head = (row.half, row.kind, row.level, row.item, row.score, row.unit, str(row.n), exact(row.model), exact(row.central))
    rivals = (exact(row.rivals.get(rival)) for rival in RIVALS)
    return (*head, *rivals, *(exact(row.skill(rival)) for rival in RIVALS), row.verdict)
