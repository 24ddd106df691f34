"""Tables of what the model is made of besides numbers: events, measures, classes, zones, traits of provinces, sources of chance."""

import ast
from collections.abc import Iterator

from sim.documentation.generated_blocks import code, folded, table
from sim.explain.topics.phrases import province_names
from sim.model.observation.measure_catalogue import OUTCOME_MEANINGS, PROVINCE, TERRITORY_MEANINGS, WHOLE, Measure
from sim.provenance.citations import modules
from sim.provenance.register import Register
from sim.text.names import with_article

LUCK = {"luck": "one", "luck_by_province": "one a province"}
SIZES = {"n": "one an asset", "len(world.assets)": "one an asset", "len(world.towns)": "one a town", "2 * ROUNDS": "two an offensive"}


def events(register: Register) -> str:
    """Every kind of event."""
    rows = [
        (code(one.name), one.meaning, one.claims or ("ours" if "ours" in one.meaning else "as the scenario says")) for one in register.kinds
    ]
    return folded(f"{len(rows)} kinds of event", table(("event", "meaning", "claims"), rows))


def measures(register: Register) -> str:
    """Every measure, of the whole country and of each province."""
    rows = [_measure("country", one) for one in WHOLE] + [_measure("province", one) for one in PROVINCE]
    return folded(f"{len(rows)} measures", table(("measure", "of", "definition", "unit", "range", "kind"), rows))


def _measure(of: str, one: Measure) -> tuple[str, ...]:
    closed = one.unit in ("share", "index") and one.high <= 1
    return (
        code(one.name),
        of,
        one.meaning,
        one.unit,
        f"{one.low:g} {f'to {one.high:g}' if closed else 'up'}",
        "flow" if one.cumulative else "stock",
    )


def classes(register: Register) -> str:
    """Classes of worlds."""
    rows = [("between the partners", code(name), meaning) for name, meaning in OUTCOME_MEANINGS.items()]
    rows += [("territory", code(name), meaning) for name, meaning in TERRITORY_MEANINGS.items()]
    return table(("axis", "class", "meaning"), rows)


def zones(register: Register) -> str:
    """Every zone: camps, where, who stands for it, how strong it is."""
    names, rows = province_names(register), []
    for _, row in register.project.rows("zones.csv"):
        one = register.baseline.settings[f"zones.{row['zone']}.strength"]
        spread = f"{one.value:g} ({one.range[0]:g} to {one.range[1]:g})" if one.range else f"{one.value:g}"
        where = ", ".join(names[iso] for iso in row["provinces"].split(";"))
        guarantors = ", ".join(with_article(name) for name in row["guarantors"].split(";"))
        camps = f"{with_article(row['camp_a'])}, {with_article(row['camp_b'])}"
        rows.append((code(row["zone"]), camps, where, guarantors, spread, one.grade, row["source"]))
    return table(("zone", "between", "where", "guarantors", "strength (range)", "grade", "source"), rows)


def provinces(register: Register) -> str:
    """Traits of provinces: which province has how much of each."""
    names = province_names(register)
    found: dict[str, list[dict[str, str]]] = {}
    for _, row in register.project.rows("traits.csv"):
        found.setdefault(row["trait"], []).append(row)
    rows = [
        (
            code(trait),
            ", ".join(f"{names[one['province']]} {float(one['value']):g}" for one in having),
            ", ".join(sorted({one["grade"] for one in having})),
        )
        for trait, having in found.items()
    ]
    return table(("trait", "provinces (elsewhere 0)", "grades"), rows)


def chance(register: Register) -> str:
    """Every source of chance, with the room in which it is drawn on."""
    rows = []
    for path in modules(register.project):
        if path.stem != "chance":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            rows += [(code(name), how, register.project.shown(path)) for name, how in _drawn(tree)]
    return table(("source of chance", "uniforms a month and world", "drawn on in"), rows)


def _drawn(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Names of the streams that a module draws on, with how many uniforms."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in (*LUCK, "uniforms"):
            name, more = node.args[0], [ast.unparse(one) for one in node.args[2:]]
            how = LUCK[node.func.attr] if node.func.attr in LUCK else SIZES.get(more[0], more[0])
            if isinstance(name, ast.Constant):
                yield str(name.value), how
            elif isinstance(name, ast.JoinedStr):
                yield "".join(str(one.value) if isinstance(one, ast.Constant) else "(camp)" for one in name.values), how
