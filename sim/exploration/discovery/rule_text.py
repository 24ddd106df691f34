"""Rules in plain sentences: the conditions, how often it holds within and among all worlds, how stable that is, or that no rule exists."""

from collections.abc import Iterator, Sequence

from sim.exploration.discovery.asked_worlds import AskedWorlds
from sim.exploration.discovery.boxes import Side
from sim.exploration.discovery.condition_words import Condition, conditions, ground
from sim.exploration.discovery.judgement import Judgement
from sim.exploration.discovery.rule_search import FOUND, LEAST_CASES, PRIM, RESAMPLES, SMALL, STABLE, UNSTABLE, Rule
from sim.text.number_format import capital, count, joined, percent, worlds

HALF = 0.5
_NAMES = {PRIM: "PRIM (a box cut out little by little)", "tree": "Tree (splits in two, one after the other)"}


def headline(asked: AskedWorlds, rules: Sequence[Rule]) -> str:
    """What was found, in one sentence."""
    found = [rule for rule in rules if rule.status == FOUND]
    if not found:
        return f"No short rule says in which worlds {asked.says}"
    best = max(found, key=lambda rule: rule.judgement.clearness)
    within = joined([f"{one.path} is {'below' if one.upper else 'above'} {one.value:.3g}" for one in _conditions(asked, best)])
    judgement = best.judgement
    shares = f"in {percent(judgement.density)} of worlds; among all worlds, in {percent(judgement.base)}"
    return f"Where {within}, {asked.says} {shares}"


def introduction(asked: AskedWorlds) -> list[str]:
    """What is asked, of which worlds, and how it is answered."""
    held, n = int(asked.holds.sum()), len(asked.holds)
    return [
        f"Asked: in which worlds {asked.says}.",
        *asked.notes,
        f"It is so in {held:,} ({percent(held / n)}) of {asked.source}. One half of them shows the rules, the other half judges them; "
        f"{RESAMPLES} other halves show how stable each condition is.",
    ]


def too_few_text(asked: AskedWorlds) -> list[str]:
    """That so few worlds show no rule."""
    held, n = int(asked.holds.sum()), len(asked.holds)
    few = min(held, n - held)
    has = "have it" if held <= n - held else "have it not"
    return [
        f"Asked: in which worlds {asked.says}.",
        *asked.notes,
        f"Only {count(few, 'world')} of {asked.source} {has}: too few to look for a rule (at least {LEAST_CASES}). "
        "A run with more worlds may show one. Nothing was written.",
    ]


def rule_lines(asked: AskedWorlds, rules: Sequence[Rule]) -> Iterator[str]:
    """The answer, then each method's own."""
    yield f"{headline(asked, rules)}."
    for rule in rules:
        yield ""
        yield from _method(asked, rule)


def _method(asked: AskedWorlds, rule: Rule) -> Iterator[str]:
    yield f"{_NAMES[rule.method]}: {_verdict(rule)}"
    for one in _conditions(asked, rule):
        yield f"  {one.words} ({one.part}; {one.ground}): in {one.times} of {RESAMPLES} halves"
    if rule.box.sides:
        yield f"  {_worth(rule.judgement)}"
    else:
        yield f"  {_commonest(asked, rule)}"
        if rule.first.sides:
            first = conditions(asked, rule.first, dict(rule.times))
            shown = joined([f"{one.words} ({one.ground}; {one.times} of {RESAMPLES})" for one in first])
            yield f"  The first half alone shows {shown}. {capital(_worth(rule.first_judgement))}"


def _verdict(rule: Rule) -> str:
    if rule.status == FOUND:
        return "a rule that counts." if rule.judgement.density >= HALF else "a rule that counts; yet most worlds within it do not have it."
    if rule.status == UNSTABLE:
        return f"no rule. No condition comes back in {STABLE} of {RESAMPLES} halves."
    if rule.status == SMALL:
        return f"no rule that counts. What is stable raises the share by less than {100 * rule.judgement.margin:.1f} points."
    return "no rule that counts. In so few worlds the share may be as high outside it."


def _worth(judgement: Judgement) -> str:
    """Density beside the base rate, and coverage."""
    if not judgement.within:
        return "None of the worlds held out lies in it."
    (low, high), (least, most) = judgement.density_interval, judgement.coverage_interval
    base_low, base_high = judgement.base_interval
    return (
        f"Of the {worlds(judgement.within)} held out that lie in it, {percent(judgement.density)} have it ({_span(low, high)}); of all "
        f"{judgement.n:,} held out, {percent(judgement.base)} ({_span(base_low, base_high)}). It takes in {percent(judgement.coverage)} "
        f"({_span(least, most)}) of those that have it."
    )


def _commonest(asked: AskedWorlds, rule: Rule) -> str:
    if rule.commonest is None:
        return "None of the halves shows a condition."
    side, times = rule.commonest
    path = asked.paths[side.factor]
    where = "low" if side.upper else "high"
    setting = asked.settings[path]
    return f"What comes back most often, in {times} of {RESAMPLES}, is a {where} {path} ({ground(setting)})."


def _span(low: float, high: float) -> str:
    return f"{100 * low:.0f} to {100 * high:.0f} %"


def _conditions(asked: AskedWorlds, rule: Rule) -> list[Condition]:
    return conditions(asked, rule.box, dict(rule.times))


def side_words(asked: AskedWorlds, side: Side) -> str:
    """A condition without a number, `high israel.strike_rate`."""
    return f"{'low' if side.upper else 'high'} {asked.paths[side.factor]}"
