"""Tables of what a world consists of: state, what actors perceive, and what they intend.

Shapes and most meanings are the comments next to the fields in `sim/model/state/`; units and ranges of the state are given here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from sim.documentation.generated_blocks import code, table
from sim.model.actors.agenda import Agenda
from sim.model.state.intent import Intent
from sim.model.state.perception import Perception
from sim.model.state.state import State
from sim.provenance.project_paths import Project, file_of

FIELD = re.compile(r'^ {4}(\w+): (?:\w+\[Array, "([\w ]+)"\]|Row|dict\[str, (Row)\])(?: = [^#]+)?(?:  # (.*))?$')
VIEWS = {"Perception": Perception, "Agenda": Agenda, "Intent": Intent}


@dataclass(frozen=True)
class Quantity:
    """Meaning, unit and range of a state array; no upper end means that nothing bounds it."""

    meaning: str
    unit: str
    low: float = 0.0
    high: float | None = 1.0


CAMPS = {
    "control": Quantity("share of each province's territory held by each camp; sums to 1 over camps", "share"),
    "pockets": Quantity("share of each province's territory that a camp holds surrounded", "share"),
    "people": Quantity("share of each province's people in each camp's territory; sums to 1 over camps", "share"),
    "morale": Quantity("morale of each camp", "index"),
    "momentum": Quantity("a camp's readiness to continue after wins; fades", "index"),
    "exhaustion": Quantity("how far offensives against a firm defence have exhausted a camp; recovers", "index"),
}
FORCE = {
    "force": Quantity("fighters of each armed group in each province", "thousand", high=None),
    "reserve": Quantity("fighters of a group outside Syria: a foreign group, or one without any territory left", "thousand", high=None),
    "roots": Quantity("how far each partner is rooted in society and economy", "index"),
    "local_roots": Quantity("how far local powers are rooted in government territory", "index"),
    "presence": Quantity("Islamic State presence, with or without territory", "index"),
    "experience": Quantity("what a group has learned or lost since the start; multiplies its quality", "ratio", high=None),
    "army_quality": Quantity("quality of the government's army", "index"),
    "recent_loss": Quantity(
        "territory that each camp has lost recently, by assault or rout, less what it won; fades",
        "share of the province",
        high=None,
    ),
    "garrisons_gone": Quantity("share of each camp's garrisons whose threshold these losses have passed; fades", "share"),
    "recently_recovered": Quantity("territory that the government won back recently; fades", "share of the province", high=None),
}
PLACES = {
    "holder": Quantity("who has a memorandum or a contract for an asset: Russia 0, Iran 1, others 2, nobody -1", "code", -1.0, 2.0),
    "in_force": Quantity("1 where the holder has a contract in force, 0 for a memorandum or no holder", "0 or 1"),
    "ground": Quantity("in whose territory it lies: government 0, opposition 1, SDF 2, Islamic State 3, local 4", "code", 0.0, 4.0),
    "towns": Quantity("who holds a town (codes as for territory)", "code", 0.0, 4.0),
}
SEEN = {
    "threat": Quantity("how endangered core territory of the government looks", "index"),
    "strike_memory": Quantity("recent strikes on the partners' presence", "strikes a month", high=None),
    "danger": Quantity("danger to the government as perceived by its partners", "index"),
    "publicity": Quantity("how loudly each partner advertised last month", "index"),
    "pressure": Quantity("Israeli and US pressure on each partner over the other, last month", "index"),
    "restraint": Quantity("effort of each partner spent on holding the other's groups back, last month", "effort", high=None),
}
COUNTRY = {
    "coffers": Quantity("solvency of the government", "index"),
    "evasion": Quantity("cooperation of the three governments in evading sanctions", "index"),
    "standing": Quantity("diplomatic standing of each partner", "index"),
    "leverage": Quantity("the government's weight in a political settlement", "index"),
    "land_route": Quantity("how open the road from Iraq to Damascus and Lebanon is", "index"),
    "fallen": Quantity("1 after the government's fall", "0 or 1"),
    "escalation": Quantity("regional tension above the usual; fades", "index", high=None),
    "operation": Quantity("months that an operation of Turkey's army in a province still lasts", "months", high=None),
    "operation_memory": Quantity("1 when an operation of Turkey begins; fades", "index"),
    "posture": Quantity("how much of the army that Turkey had in Syria in 2021 it keeps there", "share"),
    "surge": Quantity("Islamic State activity above the usual; fades", "index", high=None),
}
PARTNERS = {
    "channel": Quantity("strength of the partners' channel in each field", "index"),
    "friction": Quantity("standing friction between the partners in each field; 1 is one command dispute", "index", high=None),
    "incident_memory": Quantity("recent incidents between the partners in a province; fades", "incidents", high=None),
    "primacy": Quantity("agreed primacy: 1 Russia, -1 Iran, 0 none; fades", "index", -1.0),
    "tenders_agreed": Quantity("whose the tenders of a sector are agreed to be: 1 Russia, -1 Iran, 0 nobody", "index", -1.0),
    "exchanged": Quantity("for which issue each was exchanged (provinces, then sectors); -1 for none", "index of an issue", -1.0, 19.0),
    "left_alone": Quantity("how far a partner leaves a province to the other, by agreement or expectation", "index"),
    "months_strained": Quantity("months in a row above tolerance (while broken: well below it)", "months", high=None),
    "gone": Quantity("1 while a partner has left Syria", "0 or 1"),
    "partnership_broken": Quantity("1 while the partnership is broken", "0 or 1"),
}
QUANTITIES = CAMPS | FORCE | PLACES | SEEN | COUNTRY | PARTNERS


def state(project: Project) -> str:
    """Every state array: meaning, shape, unit and range. Raises KeyError for one without a quantity (see `unfit`)."""
    shapes = dict(comments(project, State))
    rows = [
        (code(name), q.meaning, shapes[name][0], q.unit, f"{q.low:g} {'up' if q.high is None else f'to {q.high:g}'}")
        for name, q in QUANTITIES.items()
    ]
    return table(("array", "meaning", "shape", "unit", "range"), rows)


def views(project: Project, name: str) -> str:
    """The fields of one of VIEWS: name, shape, meaning."""
    rows = [(code(field), shape, meaning) for field, (shape, meaning) in comments(project, VIEWS[name])]
    return table(("name", "shape", "what it is"), rows)


def unfit() -> Iterator[str]:
    """State arrays that the description lacks, or that no longer exist."""
    for name in sorted({field.name for field in fields(State)} ^ set(QUANTITIES)):
        yield f"sim/documentation/state_tables.py and sim/model/state/state.py differ in the array '{name}'."


def comments(project: Project, owner: type) -> Iterator[tuple[str, tuple[str, str]]]:
    """Fields of a class with the shape and the meaning in the comment next to each."""
    inside = False
    for line in (project.root / file_of(owner)).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(" "):
            inside = line == f"class {owner.__name__}:"
        match = FIELD.match(line) if inside else None
        if match:
            axes = ", ".join((match[2] or "worlds").split())
            yield match[1], (f"({axes})" if "," in axes else f"({axes},)" + (" each" if match[3] else ""), match[4] or "")
