"""What is said below the table: what stands out most, how accurate it is, and what to be careful about, in a sentence each."""

from collections.abc import Sequence

from sim.compare.findings import too_few
from sim.compare.precision import Precision
from sim.compare.quantities import OBSERVED_FALL
from sim.model.observation.measure_catalogue import FALLEN, OUTCOME_WORDS, PARTNER_OUTCOMES
from sim.report.console.precision_advice import accuracy, fewest_compared
from sim.report.console.summary_rows import SHOWN_INDICES, ShownRow, floor_of, reference_figure
from sim.text.number_format import capital, month, percent, signed_points


def sentences(rows: Sequence[ShownRow], precision: Sequence[Precision]) -> list[str]:
    """The three sentences."""
    return [standing_out(rows, precision), accuracy(precision), care(rows)]


def standing_out(rows: Sequence[ShownRow], precision: Sequence[Precision]) -> str:
    """The largest difference of an outcome, and how many scenarios have one; of a scenario alone, its most frequent outcome."""
    compared = [row for row in rows if row.is_compared]
    if not compared:
        return _most_frequent(rows[0])
    few = fewest_compared(precision)
    if few is not None:
        return f"{capital(too_few(few))}: nothing can be said to stand out yet."
    found = [(row, name, figure) for row in compared for name, figure in row.findings().items()]
    references = " or ".join(dict.fromkeys(row.reference for row in compared))
    if not found:
        which = compared[0].scenario if len(compared) == 1 else f"any of {len(compared)} scenarios"
        return f"What stands out most: no outcome of {which} differs significantly from {references}{_index(rows, compared)}."
    row, name, figure = max(found, key=lambda one: abs(one[2].difference))
    before, now = percent(reference_figure(rows, row, name)), percent(figure.value)
    text = (
        f"What stands out most: {row.scenario}{' (hindsight)' * row.is_hindsight}, where the outcome is {OUTCOME_WORDS[name]} in {now} of "
        f"worlds instead of {before} in {row.reference} ({signed_points(figure.difference)} points)"
    )
    changed = len({other.scenario for other, _, _ in found})
    return (
        f"{text}; {changed} of {len(compared)} scenarios {'changes' if changed == 1 else 'change'} an outcome significantly."
        if len(compared) > 1
        else f"{text}."
    )


def _index(rows: Sequence[ShownRow], compared: Sequence[ShownRow]) -> str:
    """The largest difference of an index, as the end of a sentence; nothing where none is significant and large enough."""
    found = [(row, name) for row in compared for name in SHOWN_INDICES if row.figures[name].is_finding(floor_of(name))]
    if not found:
        return ""
    row, name = max(found, key=lambda one: abs(one[0].figures[one[1]].difference))
    now, before = row.figures[name].value, reference_figure(rows, row, name)
    return f"; of the indices most differs {name} of {row.scenario}, {now:.2f} instead of {before:.2f}"


def _most_frequent(row: ShownRow) -> str:
    most = max(PARTNER_OUTCOMES, key=lambda name: row.figures[name].value)
    fallen = percent(row.figures[FALLEN].value)
    return (
        f"What stands out most: the most frequent outcome of {row.scenario} is {OUTCOME_WORDS[most]} "
        f"({percent(row.figures[most].value)} of worlds); the government falls in {fallen}."
    )


def care(rows: Sequence[ShownRow]) -> str:
    """That all are projections, which share of parameters is assumed, and in how many worlds the government has fallen when it did."""
    shares = sorted({round(100 * row.assumed) for row in rows})
    assumed = f"{shares[0]} %" if len(shares) == 1 else f"{shares[0]} to {shares[-1]} %"
    text = f"What to be careful about: these are projections, not predictions; {assumed} of the parameters are assumed, without a source"
    fallen = next((row for row in rows if row.is_reference and row.fallen_by_observed_month is not None), None)
    if fallen is None or fallen.fallen_by_observed_month is None:
        return f"{text}."
    when, share = month(OBSERVED_FALL), percent(fallen.fallen_by_observed_month)
    return (
        f"{text}, and the government, which fell in {when}, has fallen by then in {share} of worlds of {fallen.scenario}; "
        "nothing was tuned to that."
    )
