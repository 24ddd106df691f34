"""Reading conditions from a patterns file; every error with its line and a hint."""

from collections.abc import Callable
from dataclasses import replace

from sim.scenario import value_parsers
from sim.scenario.validation_errors import ErrorCollector
from sim.scenario.yaml_reader import Node
from sim.text.suggestions import did_you_mean, quote
from sim.validation.patterns.conditions import Bound, ClassOf, Combination, Condition, Differs, Level, Near, Order, Sooner
from sim.validation.patterns.sample import CLASSES
from sim.validation.patterns.terms import TIMES, Term, read_places, read_term

Reader = Callable[[Node, ErrorCollector], Condition | None]
LEVELS = ("at_least", "at_most", "near")
WAYS = {"more_than": 1, "less_than": -1}


def read_condition(form: str, node: Node, findings: ErrorCollector) -> Condition | None:
    """A condition of one of FORMS, or None with findings."""
    return FORMS[form](node, findings)


def only_condition(node: Node, findings: ErrorCollector, others: tuple[str, ...] = ()) -> Condition | None:
    """The one condition that a mapping gives besides `others`, or None with findings."""
    if node.entries is None:
        return findings.error(node.line, f"a condition is one of {', '.join(FORMS)}, not {node}.")
    keys = [key for key in node.entries if key not in others]
    for key in keys:
        if key not in FORMS:
            findings.error(node.entries[key].line, f"{quote(key)} is not a key of a pattern.", did_you_mean(key, (*others, *FORMS)))
    forms = [key for key in keys if key in FORMS]
    if len(forms) > 1:
        second = node.entries[forms[1]].line
        return findings.error(second, f"two conditions are given, '{forms[0]}' and '{forms[1]}'.", "Put both under 'all', or under 'any'.")
    if not forms:
        return None if keys else findings.error(node.line, "no condition is given.", f"Give one of {', '.join(FORMS)}.")
    return read_condition(forms[0], node.entries[forms[0]], findings)


def _level(node: Node, findings: ErrorCollector) -> Condition | None:
    term = read_term(node, findings, frozenset((*LEVELS, "within")))
    given = [key for key in LEVELS if node.entries and key in node.entries]
    if len(given) != 1:
        return findings.error(node.line, f"'level' needs exactly one of {', '.join(LEVELS)}.")
    assert node.entries is not None
    bound = _bound(node.entries[given[0]], findings)
    within = _amount(node, "within", findings)
    if ("within" in node.entries) != (given[0] == "near"):
        return findings.error(node.line, "'near' and 'within' belong together.", "Write, for instance, near: 36 and within: 0.5.")
    if term is None or bound is None or within is None:
        return None
    return Near(term, bound, within) if given[0] == "near" else Level(term, 1 if given[0] == "at_least" else -1, bound)


def _bound(node: Node, findings: ErrorCollector) -> Bound | None:
    """A number, the name of a term, or `{times: 0.5, of: ...}` and `{of: ..., plus: 12}`."""
    if node.text is not None and (node.text[:1].isdigit() or node.text[:1] in "+-."):
        value = value_parsers.number(node, "a threshold", findings)
        return None if value is None else Bound(value)
    term = read_term(node, findings, frozenset(("times", "plus")))
    times, plus = (_amount(node, key, findings, rest) for key, rest in (("times", 1.0), ("plus", 0.0)))
    return None if term is None or times is None or plus is None else Bound(plus, term, times)


def _amount(node: Node, key: str, findings: ErrorCollector, missing: float = 0.0) -> float | None:
    """A number of at least 0 under a key, or the default where it is missing."""
    child = node.entries.get(key) if node.entries else None
    if child is None:
        return missing
    value = value_parsers.number(child, f"'{key}'", findings)
    return value if value is None or value >= 0 else findings.error(child.line, f"'{key}' cannot be below 0.")


def _order(node: Node, findings: ErrorCollector) -> Condition | None:
    parts = _parts(node, ("terms",), ("margin",), "order", findings)
    if parts is None:
        return None
    items = parts["terms"].items or ()
    if len(items) < 2:
        return findings.error(parts["terms"].line, "'terms' must be a list of at least two terms, the largest first.")
    ranked = [read_term(item, findings) for item in items]
    margin = _amount(node, "margin", findings)
    return None if margin is None or None in ranked else Order(tuple(term for term in ranked if term), margin)


def _sooner(node: Node, findings: ErrorCollector) -> Condition | None:
    parts = _parts(node, ("first", "then"), (), "sooner", findings)
    if parts is None:
        return None
    early, late = (_date(parts[key], findings) for key in ("first", "then"))
    return None if early is None or late is None else Sooner(early, late)


def _date(node: Node, findings: ErrorCollector) -> Term | None:
    term = read_term(node, findings)
    if term is None or term.is_date:
        return term
    return findings.error(node.line, f"'{term.of}' is not a date.", "Dates end in _month, such as breakdown_month.")


def _class(node: Node, findings: ErrorCollector) -> Condition | None:
    parts = _parts(node, ("of", "is"), ("in", "at"), "class", findings)
    if parts is None:
        return None
    axis = value_parsers.choice(parts["of"], "'of'", tuple(CLASSES), findings)
    at = value_parsers.choice(parts["at"], "'at'", TIMES, findings) if "at" in parts else "horizon"
    places = read_places(parts["in"], findings) if "in" in parts else ()
    if axis is None or at is None:
        return None
    if (axis == "sphere") != (len(places) == 1):
        return findings.error(node.line, "a sphere needs one province under 'in'; other classes have none.")
    wanted = parts["is"].items if parts["is"].items is not None else (parts["is"],)
    names = [value_parsers.choice(item, f"the class of '{axis}'", CLASSES[axis], findings) for item in wanted]
    return None if None in names or not names else ClassOf(axis, tuple(name for name in names if name), "".join(places), at)


def _differs(node: Node, findings: ErrorCollector) -> Condition | None:
    term = read_term(node, findings, frozenset((*WAYS, "by")))
    given = [key for key in WAYS if node.entries and key in node.entries]
    if len(given) != 1:
        return findings.error(node.line, "'differs' needs 'more_than' or 'less_than', with the name of a scenario.")
    assert node.entries is not None
    other = value_parsers.text(node.entries[given[0]], f"'{given[0]}'", findings)
    by = _amount(node, "by", findings)
    if term is None or other is None or by is None:
        return None
    if term.is_date or term.scenario:
        return findings.error(
            node.line, "'differs' compares a measure of this scenario.", "For dates, take the measure broken or collapsed."
        )
    return Differs(term, replace(term, scenario=other), WAYS[given[0]], by)


def _combination(every: bool) -> Reader:
    def read(node: Node, findings: ErrorCollector) -> Condition | None:
        if not node.items:
            return findings.error(node.line, f"'{'all' if every else 'any'}' must be a list of conditions.")
        parts = [only_condition(item, findings) for item in node.items]
        if any(isinstance(part, Differs) for part in parts):
            return findings.error(node.line, "'differs' must stand alone, so that its mean can be reported.", "Make a pattern of each.")
        return None if None in parts else Combination(tuple(part for part in parts if part), every)

    return read


def _parts(node: Node, needed: tuple[str, ...], optional: tuple[str, ...], form: str, findings: ErrorCollector) -> dict[str, Node] | None:
    """The entries of a form: all that are needed, and no unknown ones."""
    entries = node.entries
    if entries is None:
        return findings.error(node.line, f"'{form}' must be a mapping with {', '.join(needed)}, not {node}.")
    unknown = [key for key in entries if key not in (*needed, *optional)]
    for key in unknown:
        findings.error(entries[key].line, f"'{form}' has no {quote(key)}.", did_you_mean(key, (*needed, *optional)))
    missing = [key for key in needed if key not in entries]
    if missing:
        return findings.error(node.line, f"'{form}' lacks '{missing[0]}'.")
    return None if unknown else entries


FORMS: dict[str, Reader] = {
    "level": _level,
    "order": _order,
    "sooner": _sooner,
    "class": _class,
    "differs": _differs,
    "all": _combination(True),
    "any": _combination(False),
}
