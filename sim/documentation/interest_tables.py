"""Tables of interests: what an actor wants, how much, where the report says so, where it is at stake and what serves it.

Instruments are read from the code. The words for where and when are ours; each stands beside the piece of code that it tells
(`stakes.py`), so that a changed rule does not keep old words.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from sim.documentation.generated_blocks import code, table
from sim.documentation.interest_texts import STAKES
from sim.model.state.parameters import ParameterValue
from sim.provenance.claim_index import numbers
from sim.provenance.project_paths import Project
from sim.provenance.register import Register

PARTNERS = ("russia", "iran")
WEIGHTS = ("w", "weights")  # what rules call the weights of interests


@dataclass
class Used:
    """How the code uses one interest: need and place (a partner's), instruments, and the products in which its weight stands."""

    need: str = ""
    where: str = ""
    by: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    terms: list[str] = field(default_factory=list)

    @property
    def text(self) -> tuple[str, ...]:
        """What the words of `stakes.py` are about."""
        return tuple(one for one in (self.need, self.where, *sorted(set(self.terms))) if one)


def uses(section: str, project: Project) -> dict[str, Used]:
    """How the rules of an actor use each of its interests."""
    tree = ast.parse((project.code / "model" / "actors" / f"{section}.py").read_text(encoding="utf-8"))
    found: dict[str, Used] = {}
    parent = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    local = _locals(tree)
    for node in ast.walk(tree):
        name = _interest(node)
        if name is None:
            continue
        if (want := parent[node]) and isinstance(want, ast.Call) and isinstance(want.func, ast.Name) and want.func.id == "Interest":
            used = found.setdefault(name, Used())
            used.need, used.where = (local.get(text, text) for text in map(ast.unparse, want.args[2:4]))
            used.by = tuple(one.attr.lower() for one in ast.walk(want.args[4]) if isinstance(one, ast.Attribute))
            used.flags = tuple(one.arg or "" for one in want.keywords)
            continue
        while isinstance(above := parent[node], ast.BinOp) and isinstance(above.op, ast.Mult):
            node = above
        found.setdefault(name, Used()).terms.append(ast.unparse(node))
    return found


def _interest(node: ast.AST) -> str | None:
    """The interest whose weight a piece of code takes, `w["territory"]`."""
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id in WEIGHTS:
        return str(node.slice.value) if isinstance(node.slice, ast.Constant) else None
    return None


def _locals(tree: ast.Module) -> dict[str, str]:
    """What names of a partner's `interests` stand for."""
    rules = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "interests"]
    found: dict[str, str] = {}
    for node in (child for rule in rules for child in ast.walk(rule)):
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            pairs = [(target, value)]
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                pairs = list(zip(target.elts, value.elts, strict=True))
            found |= {one.id: ast.unparse(what) for one, what in pairs if isinstance(one, ast.Name)}
    return found


def unfit(register: Register) -> Iterator[str]:
    """Interests whose words are missing, or were written for other rules than those that now stand in the code."""
    for section, stakes in STAKES.items():
        found = uses(section, register.project)
        wanted = {path.rsplit(".", 1)[1] for path in register.baseline.settings if path.startswith(f"{section}.interests.")}
        for name in sorted(wanted | set(stakes)):
            now, told = found.get(name, Used()).text, stakes[name].code if name in stakes else ()
            if now != told:
                yield f"sim/documentation/interest_texts.py tells {section}.interests.{name} from {told}; the code has {now}."


def interests(register: Register, section: str) -> str:
    """The interests of an actor."""
    found = [one for path, one in register.baseline.settings.items() if path.startswith(f"{section}.interests.")]
    used = uses(section, register.project)
    last = ("unmet as far as", "at stake", "served by") if section in PARTNERS else ("at stake", "what it moves")
    head = ("interest", "what it is", "weight (range)", "grade", "claims", *last)
    return table(head, (_row(section, one, used) for one in found))


def _row(section: str, one: ParameterValue, used: dict[str, Used]) -> tuple[str, ...]:
    name = one.path.rsplit(".", 1)[1]
    stake, use = STAKES[section][name], used.get(name, Used())
    spread = f"{one.value:g} ({one.range[0]:g} to {one.range[1]:g})" if one.range else f"{one.value:g}"
    meaning = one.meaning.split(" (")[0]
    named = ["ours"] * ("(ours" in one.meaning) + sorted(numbers(f"{one.source} {one.meaning}"))
    first = (code(name), meaning, spread, one.grade, ", ".join(named))
    if section not in PARTNERS:
        return *first, stake.where, stake.serves
    served = [one.replace("_", " ") for one in use.by] + [stake.serves] * bool(stake.serves)
    if "by_force" not in use.flags:
        served.append("force of its groups")
    apart = " (no stake in bargains)" if "contested" in use.flags else ""
    return *first, stake.need, stake.where, ", ".join(served) + apart
