"""Tables of parameters, from the register: meaning, value, range, unit, grade and source."""

import textwrap
from collections.abc import Sequence

from sim.documentation.generated_blocks import code, folded, table
from sim.explain.topics.phrases import settings_below, value_and_range
from sim.model.state.parameters import ParameterValue
from sim.provenance.claim_index import numbers
from sim.provenance.goal_texts import INTERESTS
from sim.provenance.project_paths import file_of
from sim.provenance.register import Register
from sim.provenance.sources import read_source
from sim.provenance.usage import declaration
from sim.scenario import Scenario
from sim.scenario.scenario import EVIDENCE, GRADES

HEAD = ("parameter", "meaning", "value", "range", "unit", "grade", "source")
MAX_SOURCE = 110  # characters of a source in a table; `spheres explain` prints all of it
DEFINITIONS = "definitions."


def settings(register: Register, section: str) -> list[ParameterValue]:
    """The parameters of a section in the order of the baseline, without interests, which have a table of their own."""
    return [setting for setting in settings_below(register, f"{section}.") if INTERESTS not in setting.path]


def parameters(register: Register, section: str) -> str:
    """The claims that a section is based on, how much of it is assumed, and its parameters."""
    own = settings(register, section)
    return f"{claims(register, section, own)}\n\n{folded(_counted(own), table(HEAD, map(_row, own)))}"


def levels(register: Register) -> str:
    """Levels at each start, side by side."""
    starts = _starts(register)
    head = ("parameter", "meaning", *(f"{start}: value (range), grade, source" for start in starts))
    rows = [
        (code(level.path), level.meaning, *(_level(scenario.settings[level.path]) for scenario in starts.values()))
        for level in settings_below(register, "start.")
    ]
    return folded(f"{len(rows)} levels", table(head, rows))


def traits(register: Register) -> str:
    """Traits of the armed groups at all starts: manpower, obedience, mobility, quality."""
    rows = []
    for start, scenario in _starts(register).items():
        for key, group in scenario.start_state["groups"].items():
            values = [
                value_and_range(scenario.settings[f"groups.{key}.{trait}"]) for trait in ("manpower", "obedience", "mobility", "quality")
            ]
            where = f"{group['leader']}, {group['camp']}{', foreign' if group['foreign'] else ''}{', army' if group['army'] else ''}"
            rows.append((start, code(key), group["name"], where, *values))
    head = ("start", "group", "name", "leader, camp, kind", "manpower (thousand)", "obedience", "mobility (a month)", "quality")
    return folded(f"{len(rows)} rows", table(head, rows))


def grades(register: Register) -> str:
    """How many parameters have which evidence."""
    every = [setting.grade for setting in register.baseline.settings.values()]
    rows = [(grade, EVIDENCE[grade], every.count(grade), f"{100 * every.count(grade) / len(every):.0f} %") for grade in GRADES]
    return table(("grade", "evidence", f"of {len(every)} parameters", "share"), rows)


def claims(register: Register, section: str, own: Sequence[ParameterValue]) -> str:
    """The claims of the report that a section's parameters and its module cite."""
    file = file_of(declaration(own[0].path)[0])
    texts = [f"{setting.source} {setting.meaning}" for setting in settings_below(register, f"{section}.")]
    texts += [citation.claim for citation in register.citations if citation.file == file]
    cited = sorted(number for number in set(numbers(" ".join(texts))) if number in register.claims)
    return f"Based on claims: {', '.join(cited) or 'none; it is ours'}."


def short(source: str) -> str:
    """A source, shortened, with its pages as links."""
    addresses, words = read_source(source).addresses, source
    for address in addresses:
        words = words.replace(f" ({address})", "").replace(address, "")
    words = textwrap.shorten(" ".join(words.split()).replace(" ,", ",").strip(" :;,"), MAX_SOURCE, placeholder=" ...")
    pages = [f"[page]({address})" for address in addresses]
    return " ".join([words, *pages]).strip()


def _row(s: ParameterValue) -> tuple[str, ...]:
    fixed = "definition" if s.path.startswith(DEFINITIONS) else "fixed"
    interval = fixed if s.range is None else f"{s.range[0]:g} to {s.range[1]:g}"
    return code(s.path), s.meaning, f"{s.value:g}", interval, s.unit, s.grade, short(s.source)


def _level(setting: ParameterValue) -> str:
    return f"{value_and_range(setting)}, {setting.grade}: {short(setting.source)}"


def _counted(own: Sequence[ParameterValue]) -> str:
    assumed = sum(setting.grade == "assumed" for setting in own)
    return f"{len(own)} parameter{'s' * (len(own) != 1)}, {assumed} of them assumed"


def _starts(register: Register) -> dict[str, Scenario]:
    """A scenario for each start: the baseline, then by month."""
    own = {register.baseline.start: register.baseline}
    others = sorted(register.scenarios.values(), key=lambda scenario: scenario.start)
    return own | {scenario.start: scenario for scenario in others if scenario.start not in own}
