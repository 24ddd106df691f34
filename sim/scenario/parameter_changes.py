"""What `set`, an event or `--set` does to one parameter: a number, a range, a factor or an amount to add."""

from sim.model.state.parameters import Change, ParameterValue
from sim.scenario import value_parsers
from sim.scenario.number_hints import percent_hint
from sim.scenario.parameter_catalogue import Catalogue
from sim.scenario.parameter_paths import describe, plausible, unknown_path
from sim.scenario.validation_errors import ErrorCollector
from sim.scenario.yaml_reader import Node
from sim.text.suggestions import did_you_mean, quote

CHANGE_TYPES = ("range", "scale", "add")
LARGE_FACTOR = 10.0  # beyond it, `scale` may have been meant as per cent


def read_changes(node: Node, catalogue: Catalogue, findings: ErrorCollector) -> list[tuple[str, Change, int]]:
    """The changes of a `set` mapping in the order of the file, each with its line; faulty ones become errors."""
    if not node.entries:
        findings.error(node.line, "'set' must contain 'path: value' lines.", "For instance 'set: {israel.strike_rate: {scale: 1.5}}'.")
    changes = []
    for path, child in (node.entries or {}).items():
        if path.isdecimal() and child.text == "":
            findings.error(child.line, f"{quote(path)} is not a parameter.", "A number is written with a point, 0.5, not with a comma.")
            continue
        change = read_change(path, child, catalogue, findings)
        if change is not None:
            changes.append((path, change, child.line))
    return changes


def read_change(path: str, node: Node, catalogue: Catalogue, findings: ErrorCollector) -> Change | None:
    """One change, or None with a finding. Bounds are the kind's; whether the result is plausible, `notice_change` says."""
    if path not in catalogue.declared:
        if not findings.full:
            text, hint, _ = unknown_path(path, catalogue.declared, catalogue.settings)
            findings.error(node.line, text, hint)
        return None
    what = catalogue.declared[path]
    about = plausible(catalogue.settings.get(path))
    if node.entries is None and node.items is None:
        value = value_parsers.bounded(node, f"'{path}'", what.kind, findings, about)
        return None if value is None else Change("set", value)
    if node.entries is None or len(node.entries) != 1:
        hint = "Write a number, {range: [low, high]}, {scale: factor} or {add: amount}."
        if node.entries and any(key.isdecimal() for key in node.entries):
            hint += " A number is written with a point, 0.5, not with a comma."
        return findings.error(node.line, f"'{path}' cannot be {node}.", hint)
    way, amount = next(iter(node.entries.items()))
    if way == "range":
        pair = value_parsers.spread(amount, f"'range' of '{path}'", what.kind, findings, about)
        return None if pair is None else Change("range", *pair)
    if way not in CHANGE_TYPES:
        return findings.error(node.line, f"'{path}' cannot be changed by {quote(way)}.", did_you_mean(way, CHANGE_TYPES))
    value = value_parsers.number(amount, f"'{way}' of '{path}'", findings)
    if value is None:
        return None
    if way == "scale" and value < 0.0 <= what.kind.low:
        return findings.error(node.line, f"'scale' of '{path}' cannot be {value:g}.", "A factor must be zero or more.")
    width = what.kind.high - what.kind.low
    if way == "add" and abs(value) > width:
        hint = f"It can change by at most {width:g}. {percent_hint(abs(value)) if what.kind.high == 1.0 else ''}"
        return findings.error(node.line, f"'add' of '{path}' cannot be {value:g}.", hint.rstrip())
    if way == "scale" and value > LARGE_FACTOR:
        findings.notice(node.line, f"'{path}' is multiplied by {value:g}. {percent_hint(value)}".rstrip())
    return Change(way, value)


def notice_change(setting: ParameterValue, change: Change, findings: ErrorCollector, line: int) -> None:
    """A notice when a change takes a parameter outside its plausible range, or when its bounds limit it."""
    if setting.range is None:
        return
    low, high = setting.range
    about = describe(setting.path, setting)
    if change.how == "range":
        if change.amount < low or change.upper > high:
            drawn = f"'{setting.path}' is drawn from {change.amount:g} to {change.upper:g}"
            findings.notice(line, f"{drawn}, beyond its plausible range {about}.")
        return
    before = setting.central()
    moved = {"set": change.amount, "scale": before * change.amount, "add": before + change.amount}[change.how]
    if not setting.kind.low <= moved <= setting.kind.high:
        held = min(max(moved, setting.kind.low), setting.kind.high)
        findings.notice(line, f"'{setting.path}' would be {moved:g}; it is limited to {held:g}.")
    elif not low <= moved <= high:
        findings.notice(line, f"'{setting.path}' becomes {moved:g}, outside its plausible range {about}.")


def change_words(change: Change) -> str:
    """What a scenario does to a parameter, in words."""
    if change.how == "range":
        return f"drawn from {change.amount:g} to {change.upper:g}"
    return {"set": "set to {:g}", "scale": "times {:g}", "add": "plus {:g}"}[change.how].format(change.amount).replace("plus -", "minus ")
