"""Tables of what the model consists of besides parameters: events, measures, classes, zones, traits of provinces, random streams."""

import ast
from collections.abc import Iterator

from sim.documentation.generated_blocks import code, folded, table
from sim.explain.topics.phrases import actors_in, measure_range, province_names, provinces_in, value_and_range
from sim.model.observation.measure_catalogue import OUTCOME_MEANINGS, PROVINCE, TERRITORY_MEANINGS, WHOLE, Measure
from sim.provenance.citations import modules
from sim.provenance.register import Register
from sim.text.names import with_article

METHODS = {"random_row": "one", "random_by_province": "one per province"}
SIZES = {
    "n": "one per asset",
    "len(ensemble.assets)": "one per asset",
    "len(ensemble.towns)": "one per town",
    "2 * ROUNDS": "two per offensive",
}


def events(register: Register) -> str:
    """Every type of event."""
    rows = [
        (code(kind.name), kind.meaning, kind.claims or ("ours" if "ours" in kind.meaning else "as the scenario says"))
        for kind in register.kinds
    ]
    return folded(f"{len(rows)} types of event", table(("event", "meaning", "claims"), rows))


def measures(register: Register) -> str:
    """Every measure, of the whole country and of each province."""
    rows = [_measure("country", measure) for measure in WHOLE] + [_measure("province", measure) for measure in PROVINCE]
    return folded(f"{len(rows)} measures", table(("measure", "of", "definition", "unit", "range", "kind"), rows))


def _measure(scale: str, measure: Measure) -> tuple[str, ...]:
    kind = "flow" if measure.cumulative else "stock"
    return code(measure.name), scale, measure.meaning, measure.unit, measure_range(measure), kind


def classes(register: Register) -> str:
    """Classes of worlds."""
    rows = [("between the partners", code(name), meaning) for name, meaning in OUTCOME_MEANINGS.items()]
    rows += [("territory", code(name), meaning) for name, meaning in TERRITORY_MEANINGS.items()]
    return table(("axis", "class", "meaning"), rows)


def zones(register: Register) -> str:
    """Every zone: camps, where, guarantors, strength."""
    rows = []
    for _, row in register.project.rows("zones.csv"):
        strength = register.baseline.settings[f"zones.{row['zone']}.strength"]
        parties, where = f"{with_article(row['camp_a'])}, {with_article(row['camp_b'])}", provinces_in(register, row["provinces"])
        grade = (strength.grade, row["source"])
        rows.append((code(row["zone"]), parties, where, actors_in(row["guarantors"]), value_and_range(strength), *grade))
    return table(("zone", "between", "where", "guarantors", "strength (range)", "grade", "source"), rows)


def provinces(register: Register) -> str:
    """Traits of provinces: which province has how much of each."""
    names = province_names(register)
    by_trait: dict[str, list[dict[str, str]]] = {}
    for _, row in register.project.rows("traits.csv"):
        by_trait.setdefault(row["trait"], []).append(row)
    rows = [
        (
            code(trait),
            ", ".join(f"{names[row['province']]} {float(row['value']):g}" for row in having),
            ", ".join(sorted({row["grade"] for row in having})),
        )
        for trait, having in by_trait.items()
    ]
    return table(("trait", "provinces (elsewhere 0)", "grades"), rows)


def random_streams(register: Register) -> str:
    """Every random stream, with the module that uses it."""
    rows = []
    for path in modules(register.project):
        if path.stem != "random_streams":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            rows += [(code(name), size, register.project.shown(path)) for name, size in _streams(tree)]
    return table(("random stream", "uniforms per month and world", "used in"), rows)


def _streams(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Names of the streams that a module uses, with how many uniforms it takes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in (*METHODS, "uniforms"):
            name, rest = node.args[0], [ast.unparse(argument) for argument in node.args[2:]]
            size = METHODS[node.func.attr] if node.func.attr in METHODS else SIZES.get(rest[0], rest[0])
            if isinstance(name, ast.Constant):
                yield str(name.value), size
            elif isinstance(name, ast.JoinedStr):
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else f"({_variable(part)})" for part in name.values), size


def _variable(part: ast.AST) -> str:
    """The variable that stands in a composed name: `camp` for `{key(camp)}`."""
    return [node.id for node in ast.walk(part) if isinstance(node, ast.Name)][-1]
