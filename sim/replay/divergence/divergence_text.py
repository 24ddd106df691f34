"""Where two worlds diverge, in plain sentences for a terminal."""

from collections.abc import Iterator, Sequence

from sim.replay.divergence.decision_labels import choice_label
from sim.replay.divergence.divergence_spread import THRESHOLD
from sim.replay.divergence.divergence_types import Decision, DifferingEvents, DifferingParameter, Divergence, InterestDifference
from sim.replay.divergence.effort_sentence import effort_sentence
from sim.replay.narrative import CAUTION
from sim.replay.sentence import Sentence
from sim.text import number_format
from sim.text.names import with_article

MOST_PARAMETERS, MOST_SENTENCES, MAX_MONTHS = 8, 3, 8


def lines(divergence: Divergence) -> Iterator[str]:
    """The lines, about sixty at most."""
    one, two = divergence.scenarios
    yield f"Simulated world {divergence.world} under '{one}' and '{two}': where they diverge"
    same = "the same random numbers" + (", and draw every parameter at the same place in its range" if divergence.draws else "")
    yield f"Both use {same}. Of two numbers, the first is that of '{one}', the second that of '{two}'."
    yield CAUTION
    yield from ("", "What the scenarios set differently")
    yield from _parameters(divergence)
    yield from ("", "Where they diverge")
    if not divergence.differs_at_all:
        yield "  Nowhere: every decision, every event and all influence are the same to the end."
        return
    yield from _parts(divergence)
    if divergence.decision:
        yield from ("", "What drove it")
        yield from _driven(divergence, divergence.decision)
    yield from ("", "How the difference spreads")
    yield from _spread(divergence)
    unscripted = [left for differing_events in divergence.differing_events if (left := _unscripted(differing_events))]
    if unscripted:
        which = f" (the first {MAX_MONTHS} of {len(unscripted)} months)" if len(unscripted) > MAX_MONTHS else ""
        yield from ("", f"What happens in one of them only, routine and scripted events aside{which}")
        for differing_events in unscripted[:MAX_MONTHS]:
            yield from _differing_events(divergence, differing_events)
    yield from ("", "How they end")
    for name, end in zip(divergence.scenarios, divergence.ends, strict=True):
        yield f"  {name}: {' '.join(end)}"
    if divergence.mismatches:
        yield f"  Not as in the results, which another version of the program wrote: {', '.join(divergence.mismatches[:10])}"


def number(value: float, digits: int = 3) -> str:
    """A number with so many digits that count, and no minus before nothing."""
    return f"{value + 0.0:.{digits}g}"


def pair(first: float, second: float) -> str:
    """Two numbers, or one that holds in both; with more digits where three would hide that they differ."""
    if first == second:
        return f"{number(first)} in both"
    digits = next(n for n in range(3, 18) if f"{first:.{n}g}" != f"{second:.{n}g}")
    if digits >= 7:
        return f"{number(first)} in both but for less than a millionth of it"
    return f"{number(first, digits)} and {number(second, digits)}"


def _parameters(divergence: Divergence) -> Iterator[str]:
    for one in divergence.parameters[:MOST_PARAMETERS]:
        yield f"  {_parameter(one)}{f', from {divergence.months[one.since]} on' if one.since else ''}"
    if len(divergence.parameters) > MOST_PARAMETERS:
        yield f"  and {len(divergence.parameters) - MOST_PARAMETERS} more parameters"
    if not divergence.parameters:
        yield "  No parameter differs in this world."


def _parameter(one: DifferingParameter) -> str:
    return f"{one.path} ({one.meaning or one.unit}): {pair(one.first, one.second)}"


def _parts(divergence: Divergence) -> Iterator[str]:
    event, decision = divergence.event, divergence.decision
    first = min(one.month for one in (event, decision) if one is not None) if event or decision else None
    if first is None or (divergence.moved is not None and divergence.moved < first):
        if divergence.moved == -1:
            yield "  Influence differs at the start already: what is set differently enters into it directly."
        else:
            when = divergence.months[divergence.moved or 0]
            yield f"  Influence differs from {when} on, before any actor decides differently: what is set differently acts through a rule."
    elif first:
        yield f"  Until {divergence.months[first - 1]} the two are the same."
    blocks = [_event(divergence, event)] if event else []
    if decision:
        blocks.insert(1 if divergence.event_first else 0, _decision(divergence, decision))
    for i, block in enumerate(blocks):
        for line in block:
            yield f"  {line}" if i == 0 or not line[:1].isdigit() else f"  Then {line}"


def _event(divergence: Divergence, event: DifferingEvents) -> list[str]:
    text = [f"{divergence.months[event.month]}, the first event that differs:"]
    sides = [(s, name) for name, side in zip(divergence.scenarios, (event.first, event.second), strict=True) for s in side]
    scripted = [(s, name) for s, name in sides if s.kinds[0] == "scripted"]
    for sentence, name in (scripted or sides)[:MOST_SENTENCES]:
        text.append(f"  {name}: {sentence.cited}{' (scripted: set by the scenario, not by the model)' if scripted else ''}")
    return text


def _decision(divergence: Divergence, decision: Decision) -> list[str]:
    text = [f"{divergence.months[decision.month]}, the first decision that differs: {with_article(decision.actor)} decides differently on"]
    text += [f"  {sentence}" for one in decision.efforts if (sentence := effort_sentence(divergence.scenarios[1], decision.actor, one))]
    text += [f"  {one.what}: {pair(one.first, one.second)}" for one in decision.choices]
    if decision.also:
        verb = "decide" if len(decision.also) > 1 or decision.also == ("armed_groups",) else "decides"
        text.append(f"  In that month {number_format.joined([with_article(name) for name in decision.also])} {verb} differently as well.")
    return text


def _driven(divergence: Divergence, decision: Decision) -> Iterator[str]:
    if decision.parameters:
        yield "  Its own parameters differ:"
        yield from (f"    {_parameter(one)}" for one in decision.parameters[:MOST_PARAMETERS])
    else:
        yield "  None of its own parameters differs; what it perceives does."
    moved = [value for value in decision.values if value.first != value.second]
    yield from (f"  {value.what}: {pair(value.first, value.second)}" for value in moved or (decision.values if decision.reasons else ()))
    if not decision.reasons:
        return
    alike = all(r.amount[0] == r.amount[1] for r in decision.reasons)
    yield f"  {'What its goals add, the same in both,' if alike else 'What its goals add'} to {_chosen(divergence, decision)}:"
    yield from (f"    {_reason(one)}" for one in decision.reasons)


def _chosen(divergence: Divergence, decision: Decision) -> str:
    """What the goals add up to."""
    reason = decision.reasons[0]
    return choice_label(reason.choice) + (f" ({divergence.provinces[reason.province]})" if reason.province else "")


def _reason(reason: InterestDifference) -> str:
    parts = [f"{word} {known}" for word, known in (("weight", _known(reason.weight)), ("unmet", _known(reason.need))) if known]
    return f"{reason.meaning}: {'; '.join([*parts, f'adds {pair(*reason.amount)}'])}"


def _known(both: tuple[float | None, float | None]) -> str:
    """Two numbers, with a dash for one that there is not; nothing where there is neither."""
    first, second = both
    if first is not None and second is not None:
        return pair(first, second)
    return "" if first is second else " and ".join("-" if one is None else number(one) for one in both)


def _spread(divergence: Divergence) -> Iterator[str]:
    spread = divergence.spread
    names, last = divergence.provinces, len(spread.count) - 1
    reached = sorted((row, i) for i, row in enumerate(spread.reached) if row >= 0)
    limit = f"{100 * THRESHOLD:g} %"
    if not reached:
        most = float(spread.differs.max())
        yield f"  In no province does more than {limit} of influence ever belong to different powers (at most {100 * most:.2g} %)."
        return
    begins = reached[0][0]
    rows = sorted({begins, *(row for row in (begins + 12, begins + 36) if row < last), last})
    counts = [f"{_when(divergence, row)} in {spread.count[row]}" for row in rows]
    yield f"  More than {limit} of influence belongs to different powers {', '.join(counts)} of {len(names)} provinces."
    yield f"  In this order: {', '.join(f'{names[spread.iso[i]]} ({_when(divergence, row)})' for row, i in reached)}."
    if spread.largest:
        yield "  Largest differences at the horizon:"
    for one in spread.largest:
        shares = f"{100 * one.first:.0f} and {100 * one.second:.0f} %"
        yield f"    influence of {with_article(one.power)} in {names[one.province]}: {shares}"


def _when(divergence: Divergence, row: int) -> str:
    return "at the start" if row == 0 else divergence.months[row - 1]


def _unscripted(one: DifferingEvents) -> DifferingEvents | None:
    """The same without scripted events, None if nothing is left."""
    sides = [tuple(s for s in side if s.kinds[0] != "scripted") for side in (one.first, one.second)]
    return DifferingEvents(one.month, *sides) if any(sides) else None


def _differing_events(divergence: Divergence, differing_events: DifferingEvents) -> Iterator[str]:
    date = f"  {divergence.months[differing_events.month]}"
    for name, side in zip(divergence.scenarios, (differing_events.first, differing_events.second), strict=True):
        if side:
            yield f"{date}  {name}: {_sentences(side)}"
            date = " " * len(date)


def _sentences(side: Sequence[Sentence]) -> str:
    more = f" And {len(side) - MOST_SENTENCES} more." if len(side) > MOST_SENTENCES else ""
    return " ".join(sentence.cited for sentence in side[:MOST_SENTENCES]) + more
