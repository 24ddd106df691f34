"""Tables of parameters, from the register: meaning, value, range, unit, grade and source."""

import textwrap
from collections.abc import Iterable, Sequence

from sim.documentation.generated_blocks import code, folded, table
from sim.model.state.parameters import ParameterValue
from sim.provenance.claim_index import numbers
from sim.provenance.register import Register
from sim.provenance.sources import read_source
from sim.provenance.usage import declaration
from sim.scenario import Scenario
from sim.scenario.scenario import GRADES

HEAD = ("parameter", "meaning", "value", "range", "unit", "grade", "source")
LONGEST = 110  # characters of a source told in a table; `spheres explain` tells the whole
INTERESTS = ".interests."
RESTS_ON = {
    "stated": "the report says it",
    "inferred": "we infer it from the claims of the report that its source names",
    "sourced": "the pages or tables that its source names",
    "assumed": "we assume it, with a line of reasoning and no evidence",
}


def settings(register: Register, section: str) -> list[ParameterValue]:
    """The parameters of a section in the order of the baseline, interests aside: they have a table of their own."""
    return [one for path, one in register.baseline.settings.items() if path.startswith(f"{section}.") and INTERESTS not in path]


def parameters(register: Register, section: str) -> str:
    """The claims that a section rests on, how much of it is assumed, and its parameters."""
    found = settings(register, section)
    return f"{claims(register, section, found)}\n\n{folded(_counted(found), table(HEAD, map(_row, found)))}"


def levels(register: Register) -> str:
    """Levels at each start, side by side."""
    starts = _starts(register)
    head = ("parameter", "meaning", *(f"{start}: value (range), grade, source" for start in starts))
    rows = [
        (code(path), one.meaning, *(_told(scenario.settings[path]) for scenario in starts.values()))
        for path, one in register.baseline.settings.items()
        if path.startswith("start.")
    ]
    return folded(f"{len(rows)} levels", table(head, rows))


def traits(register: Register) -> str:
    """Traits of the armed groups of all starts: manpower, obedience, mobility, quality."""
    rows = []
    for start, scenario in _starts(register).items():
        for key, group in scenario.start_state["groups"].items():
            values = [_span(scenario.settings[f"groups.{key}.{trait}"]) for trait in ("manpower", "obedience", "mobility", "quality")]
            where = f"{group['leader']}, {group['camp']}{', foreign' if group['foreign'] else ''}{', army' if group['army'] else ''}"
            rows.append((start, code(key), group["name"], where, *values))
    head = ("start", "group", "name", "leader, camp, kind", "manpower (thousand)", "obedience", "mobility (a month)", "quality")
    return folded(f"{len(rows)} rows", table(head, rows))


def grades(register: Register) -> str:
    """How many parameters rest on what."""
    every = [one.grade for one in register.baseline.settings.values()]
    rows = [(grade, RESTS_ON[grade], every.count(grade), f"{100 * every.count(grade) / len(every):.0f} %") for grade in GRADES]
    return table(("grade", "what it rests on", f"of {len(every)} parameters", "share"), rows)


def claims(register: Register, section: str, found: Sequence[ParameterValue]) -> str:
    """The claims of the report that a section's parameters and its room in the code name."""
    file = declaration(found[0].path)[0].__module__.replace(".", "/") + ".py"
    texts = [f"{one.source} {one.meaning}" for one in register.baseline.settings.values() if one.path.startswith(f"{section}.")]
    texts += [one.claim for one in register.citations if one.file == file]
    named = sorted(number for number in set(numbers(" ".join(texts))) if number in register.claims)
    return f"Claims it rests on: {', '.join(named) or 'none; it is ours'}."


def short(source: str) -> str:
    """A source in a few words, with its pages as links."""
    addresses, words = read_source(source).addresses, source
    for address in addresses:
        words = words.replace(f" ({address})", "").replace(address, "")
    words = textwrap.shorten(" ".join(words.split()).replace(" ,", ",").strip(" :;,"), LONGEST, placeholder=" ...")
    pages = [f"[page]({address})" for address in addresses]
    return " ".join([words, *pages]).strip()


def _row(one: ParameterValue) -> tuple[str, ...]:
    spread = "definition" if one.range is None else f"{one.range[0]:g} to {one.range[1]:g}"
    return code(one.path), one.meaning, f"{one.value:g}", spread, one.unit, one.grade, short(one.source)


def _span(one: ParameterValue) -> str:
    return f"{one.value:g} ({one.range[0]:g} to {one.range[1]:g})" if one.range else f"{one.value:g}"


def _told(one: ParameterValue) -> str:
    return f"{_span(one)}, {one.grade}: {short(one.source)}"


def _counted(found: Iterable[ParameterValue]) -> str:
    every = list(found)
    assumed = sum(one.grade == "assumed" for one in every)
    return f"{len(every)} parameter{'s' * (len(every) != 1)}, {assumed} of them assumed"


def _starts(register: Register) -> dict[str, Scenario]:
    """A scenario for each start: the baseline, then by month."""
    own = {register.baseline.start: register.baseline}
    others = {one.start: one for one in sorted(register.scenarios.values(), key=lambda one: one.start) if one.start not in own}
    return own | others
