"""Robustness in plain sentences: how each scenario's difference holds over the space of parameters, its worst tenth, and regret."""

from collections.abc import Iterator, Sequence

from sim.compare.findings import FINDING, INPUT, NEGLIGIBLE
from sim.exploration.discovery.condition_words import ground
from sim.exploration.outcome import Outcome
from sim.exploration.robustness.interest_measures import claims
from sim.exploration.robustness.regret import Regret, by_actor
from sim.exploration.robustness.robustness_study import Robustness
from sim.exploration.robustness.worst_tenth import MOST_NAMED
from sim.model.state.parameters import ParameterValue
from sim.scenario import Scenario
from sim.text.names import display_name, interest_name
from sim.text.number_format import capital, joined, number, percent, signed_points

HALF = 0.5
METHOD = (
    "Keeps its sign: worlds are sorted by the difference that their parameters alone let expect, as the other half of the worlds shows it. "
    "A tenth of them (a fifth of few) keeps the sign if its mean difference surely has it, so that luck is averaged out.",
    "Worst tenth: the mean over the tenth of worlds in which the difference goes least with its own sign, luck included. In brackets: "
    "95 % intervals.",
)
REGRET_MEANS = (
    "Regret, by actor and stated interest: how much better the best of the actor's own courses serves that interest in the same world. Its "
    "courses are the baseline and the scenarios compared here in which only its own parameters differ, whether it would choose them or "
    "they befall it. Regret is hindsight within the model: no actor knows its world beforehand. Interests are never added up, and nothing "
    "here is a recommendation.",
    "An interest is listed if the report states it and one measured outcome serves it; for others no regret can be counted.",
)


def outcome_lines(outcome: Outcome, found: Sequence[Robustness]) -> Iterator[str]:
    """A head for an outcome, a line for each scenario with a difference that matters, the surest first, and those without."""
    against = found[0].against
    standing = "; only worlds in which the government stands in both" if any(one.only_standing for one in found) else ""
    yield f"{capital(outcome.label)}: difference from {against} in the same worlds{standing}."
    listed = [one for one in found if one.status == FINDING]
    for one in sorted(listed, key=lambda one: (-(one.signs.kept if one.signs else 0.0), -abs(one.mean), one.scenario)):
        yield from _lines(one)
    small = [one.scenario for one in found if one.status == NEGLIGIBLE]
    given = [one.scenario for one in found if one.status == INPUT]
    none = [one.scenario for one in found if one.status not in (FINDING, NEGLIGIBLE, INPUT)]
    if small:
        yield f"  Practically no effect, however sure: {joined(small)}."
    if given:
        yield f"  Set by the scenario itself, so no result: {joined(given)}."
    if none:
        yield f"  No detectable difference: {joined(none)}. Where there is none, no sign is asked for."


def _lines(one: Robustness) -> Iterator[str]:
    low, high = one.ends
    yield f"  {one.scenario}: {said(one.outcome, one.mean)} ({_span(one.outcome, low, high)})."
    if one.signs is None or one.worst is None:
        yield "    Too few worlds to say where it holds."
        return
    more, fewer, same = one.shares
    along, other = (more, fewer) if one.signs.sign > 0 else (fewer, more)
    by_world = f"the same sign in {percent(along)}, the other in {percent(other)}, a tie in {percent(same)}"
    yield f"    {_signs(one)} World by world, luck included: {by_world}."
    ends = _span(one.outcome, one.worst.low, one.worst.high)
    yield f"    Worst tenth of worlds: {said(one.outcome, one.worst.mean)} ({ends}). {_where(one)}"


def _signs(one: Robustness) -> str:
    """Over which share of the space it keeps its sign."""
    signs = one.signs
    if signs is None:
        return ""
    if signs.kept == 1.0:
        return "It surely keeps its sign over all of the parameter space."
    parts = [f"It surely keeps its sign over {percent(signs.kept)} of the parameter space"] if signs.kept else []
    if signs.reversed:
        parts.append(f"{'' if parts else 'It '}surely reverses it over {percent(signs.reversed)}")
    if signs.open:
        parts.append(f"{'' if parts else 'Its sign '}is open over {percent(signs.open)}")
    tail = "" if signs.varies else " Parameters are not seen to change it: what is open is open for want of worlds."
    return f"{joined(parts)}.{tail}"


def _where(one: Robustness) -> str:
    """Where the worst tenth lies."""
    worst = one.worst
    if worst is None or not worst.rows:
        return "No parameter is seen to single these worlds out: luck decides, or many parameters a little each."
    shown = list(zip(worst.rows, worst.draws, strict=True))[:MOST_NAMED]
    named = [_unlike(one.parameters[row], draw) for row, draw in shown]
    more = len(worst.rows) - len(shown)
    return f"There lie {joined(named)}{f', and {more} more that differ less clearly' if more else ''}."


def _unlike(parameter: ParameterValue, draw: float) -> str:
    """A parameter whose draws differ in the worst tenth, and where they lie."""
    return f"{'high' if draw > HALF else 'low'} {parameter.path} (on average at {percent(draw)} of its draws; {ground(parameter)})"


def regret_lines(found: Sequence[Regret], scenario: Scenario) -> Iterator[str]:
    """What regret means, then each actor's stated interests with the regret of each of its courses."""
    if not found:
        yield "Regret is not given: of no actor does this result hold a course of its own besides the baseline."
        return
    yield from REGRET_MEANS
    for actor, interests in by_actor(found).items():
        yield ""
        yield capital(display_name(actor))
        for interest, courses in interests.items():
            measure = courses[0].measure
            way = "more" if measure.more else "less"
            head = f"  {interest_name(interest)} ({claims(scenario, measure)}), served by {way} of: {measure.words}"
            yield head
            yield from (f"    {_course(one)}" for one in courses)


def _course(one: Regret) -> str:
    """The regret of one course."""
    best = f"no other serves it more in {percent(one.best)} of worlds"
    if not one.matters:
        return f"{one.scenario}: practically no regret; {best}."
    unit = one.measure.parsed[0].unit
    values = (one.mean, one.low, one.high, one.ninth)
    if unit in ("share", "share of worlds"):
        mean, low, high, ninth = (f"{100 * value:.1f}" for value in values)
        unit = "points"
    else:
        mean, low, high, ninth = (number(value) for value in values)
    tail = "" if one.measure.parsed[0].is_share else f"at most {ninth} in nine worlds of ten; "
    return f"{one.scenario}: mean regret {mean} {unit} ({low} to {high}); {tail}{best}."


def said(outcome: Outcome, value: float) -> str:
    """A difference in percentage points, or in the outcome's unit."""
    return f"{_number(outcome, value)} points" if _is_share(outcome) else _number(outcome, value)


def _span(outcome: Outcome, low: float, high: float) -> str:
    return f"{_number(outcome, low)} to {_number(outcome, high)}"


def _number(outcome: Outcome, value: float) -> str:
    return signed_points(value) if _is_share(outcome) else number(value, signed=True)


def _is_share(outcome: Outcome) -> bool:
    return outcome.is_share or outcome.unit == "share"
