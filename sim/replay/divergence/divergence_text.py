"""Where two worlds part, told in plain sentences for a terminal."""

from collections.abc import Iterator, Sequence

from sim.replay.divergence.decision_labels import spoken_choice
from sim.replay.divergence.divergence_spread import THRESHOLD
from sim.replay.divergence.divergence_types import Decision, Differs, Happenings, Parting, Reason
from sim.replay.narrative import CAUTION, Sentence
from sim.text import number_format
from sim.text.names import possessive, with_article

MOST_PARAMETERS, MOST_SENTENCES, MAX_MONTHS = 8, 3, 8


def lines(parting: Parting) -> Iterator[str]:
    """The lines, about sixty at most."""
    one, two = parting.scenarios
    yield f"Invented world {parting.world} of '{one}' and of '{two}': where they part"
    same = "the same luck, and the same place within the range of every parameter that is drawn" if parting.draws else "the same luck"
    yield f"Both have {same}. First the number in '{one}', then the one in '{two}'."
    yield CAUTION
    yield from ("", "What is set differently")
    yield from _parameters(parting)
    yield from ("", "Where they part")
    if not parting.parts:
        yield "  Nowhere: every decision, every event and all influence are the same to the end."
        return
    yield from _parts(parting)
    if parting.decision:
        yield from ("", "What drove it")
        yield from _driven(parting, parting.decision)
    yield from ("", "How the difference spreads")
    yield from _spread(parting)
    unscripted = [left for happenings in parting.happenings if (left := _unscripted(happenings))]
    if unscripted:
        which = f" (the first {MAX_MONTHS} of {len(unscripted)} months)" if len(unscripted) > MAX_MONTHS else ""
        yield from ("", f"What happens in one of them only, routine and scripted events aside{which}")
        for happenings in unscripted[:MAX_MONTHS]:
            yield from _happenings(parting, happenings)
    yield from ("", "How they end")
    for name, end in zip(parting.scenarios, parting.ends, strict=True):
        yield f"  {name}: {' '.join(end)}"
    if parting.unlike:
        yield f"  Not as in the results, so written by another version of the program: {', '.join(parting.unlike[:10])}"


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


def _parameters(parting: Parting) -> Iterator[str]:
    for one in parting.parameters[:MOST_PARAMETERS]:
        yield f"  {_parameter(one)}{f', from {parting.months[one.since]} on' if one.since else ''}"
    if len(parting.parameters) > MOST_PARAMETERS:
        yield f"  and {len(parting.parameters) - MOST_PARAMETERS} more parameters"
    if not parting.parameters:
        yield "  No parameter differs in this world."


def _parameter(one: Differs) -> str:
    return f"{one.path} ({one.meaning or one.unit}): {pair(one.first, one.second)}"


def _parts(parting: Parting) -> Iterator[str]:
    event, decision = parting.event, parting.decision
    first = min(one.month for one in (event, decision) if one is not None) if event or decision else None
    if first is None or (parting.moved is not None and parting.moved < first):
        if parting.moved == -1:
            yield "  Influence differs at the start already: what is set differently enters into it directly."
        else:
            when = parting.months[parting.moved or 0]
            yield f"  Influence differs from {when} on, before anybody decides otherwise: what is set differently acts through a rule."
    elif first:
        yield f"  Until {parting.months[first - 1]} the two are the same."
    told = [_event(parting, event)] if event else []
    if decision:
        told.insert(1 if parting.event_first else 0, _decision(parting, decision))
    for i, some in enumerate(told):
        for line in some:
            yield f"  {line}" if i == 0 or not line[:1].isdigit() else f"  Then {line}"


def _event(parting: Parting, event: Happenings) -> list[str]:
    told = [f"{parting.months[event.month]}, the first event that differs:"]
    sides = [(s, name) for name, side in zip(parting.scenarios, (event.first, event.second), strict=True) for s in side]
    scripted = [(s, name) for s, name in sides if s.kinds[0] == "scripted"]
    for sentence, name in (scripted or sides)[:MOST_SENTENCES]:
        told.append(f"  {name}: {sentence.cited}{' (scripted: set by the scenario, not by the model)' if scripted else ''}")
    return told


def _decision(parting: Parting, decision: Decision) -> list[str]:
    told = [f"{parting.months[decision.month]}, the first decision that differs: {with_article(decision.actor)} decides otherwise about"]
    told += [f"  {one.what}: {pair(one.first, one.second)}" for one in decision.choices]
    if decision.also:
        verb = "decide" if len(decision.also) > 1 or decision.also == ("armed_groups",) else "decides"
        told.append(f"  In that month {number_format.joined([with_article(name) for name in decision.also])} {verb} otherwise as well.")
    return told


def _driven(parting: Parting, decision: Decision) -> Iterator[str]:
    if decision.parameters:
        yield f"  What is set differently is {possessive(decision.actor)} own:"
        yield from (f"    {_parameter(one)}" for one in decision.parameters[:MOST_PARAMETERS])
    else:
        yield f"  None of {possessive(decision.actor)} own parameters differs; the world that it sees does."
    moved = [value for value in decision.values if value.first != value.second]
    yield from (f"  {value.what}: {pair(value.first, value.second)}" for value in moved or (decision.values if decision.reasons else ()))
    if not decision.reasons:
        return
    alike = all(r.amount[0] == r.amount[1] for r in decision.reasons)
    yield f"  {'Its interests weigh the same in both' if alike else 'Its interests'}; what they add to {_chosen(parting, decision)}:"
    several = len({r.choice for r in decision.reasons}) > 1
    yield from (f"    {_reason(r, several)}" for r in decision.reasons)


def _chosen(parting: Parting, decision: Decision) -> str:
    """What the interests were weighed for."""
    choices = list(dict.fromkeys(r.choice for r in decision.reasons))
    if len(choices) > 1:
        return "the score of what it can do"
    province = decision.reasons[0].province
    return spoken_choice(choices[0]) + (f" ({parting.provinces[province]})" if province else "")


def _reason(reason: Reason, several: bool) -> str:
    parts = [f"weight {pair(*reason.weight)}"]
    if reason.need[0] is not None and reason.need[1] is not None:
        parts.append(f"unmet {pair(reason.need[0], reason.need[1])}")
    parts.append(f"adds {pair(*reason.amount)}{f' to {spoken_choice(reason.choice)}' if several else ''}")
    return f"{reason.meaning}: {'; '.join(parts)}"


def _spread(parting: Parting) -> Iterator[str]:
    spread = parting.spread
    names, last = parting.provinces, len(spread.count) - 1
    reached = sorted((row, i) for i, row in enumerate(spread.reached) if row >= 0)
    limit = f"{100 * THRESHOLD:g} %"
    if not reached:
        most = float(spread.differs.max())
        yield f"  In no province does more than {limit} of influence ever lie with other powers (at most {100 * most:.2g} %)."
        return
    begins = reached[0][0]
    rows = sorted({begins, *(row for row in (begins + 12, begins + 36) if row < last), last})
    counts = [f"{_when(parting, row)} in {spread.count[row]}" for row in rows]
    yield f"  More than {limit} of influence lies with other powers {', '.join(counts)} of {len(names)} provinces."
    yield f"  In this order: {', '.join(f'{names[spread.iso[i]]} ({_when(parting, row)})' for row, i in reached)}."
    if spread.largest:
        yield "  Largest at the horizon:"
    for one in spread.largest:
        shares = f"{100 * one.first:.0f} and {100 * one.second:.0f} %"
        yield f"    influence of {with_article(one.power)} in {names[one.province]}: {shares}"


def _when(parting: Parting, row: int) -> str:
    return "at the start" if row == 0 else parting.months[row - 1]


def _unscripted(one: Happenings) -> Happenings | None:
    """The same without scripted events, None if nothing is left."""
    sides = [tuple(s for s in side if s.kinds[0] != "scripted") for side in (one.first, one.second)]
    return Happenings(one.month, *sides) if any(sides) else None


def _happenings(parting: Parting, happenings: Happenings) -> Iterator[str]:
    date = f"  {parting.months[happenings.month]}"
    for name, side in zip(parting.scenarios, (happenings.first, happenings.second), strict=True):
        if side:
            yield f"{date}  {name}: {_sentences(side)}"
            date = " " * len(date)


def _sentences(side: Sequence[Sentence]) -> str:
    more = f" And {len(side) - MOST_SENTENCES} more." if len(side) > MOST_SENTENCES else ""
    return " ".join(sentence.cited for sentence in side[:MOST_SENTENCES]) + more
