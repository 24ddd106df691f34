"""Tables of shares in a start file: who holds the ground of each province, and on whose ground its people live."""

from sim.model.state.dimensions import Camp, key, keys, other_camps
from sim.model.state.parameters import SHARE
from sim.scenario import value_parsers
from sim.scenario.validation_errors import ErrorCollector
from sim.scenario.yaml_reader import Node
from sim.text.suggestions import did_you_mean, quote

TABLES = {"control": "shares of each province's ground by camp", "people": "shares of its people by camp; they do not follow ground"}
_OTHERS = tuple(key(camp) for camp in other_camps(Camp.GOVERNMENT))
_ROUNDING = 1e-9  # by which written shares may exceed a whole when they are summed


def check_share_tables(root: Node, findings: ErrorCollector) -> None:
    """Ground and people are both there, named apart, and no province is divided into more than a whole."""
    for name, what in TABLES.items():
        table = (root.entries or {}).get(name)
        if table is None:
            findings.error(1, f"'{name}' is missing.", f"A start file gives {what}; what no camp has is the government's.")
        elif table.entries is None:
            findings.error(table.line, f"'{name}' must hold one line a camp.", f"It gives {what}.")
        else:
            _check_table(name, table, findings)


def _check_table(name: str, table: Node, findings: ErrorCollector) -> None:
    """The camps of a table, each share between 0 and 1, their sums by province."""
    sums: dict[str, float] = {}
    for camp, shares in (table.entries or {}).items():
        if camp in ("source", "grade"):
            continue
        if camp not in _OTHERS:
            left_out = camp in keys(Camp)
            hint = "Leave it out: it has what the others have not." if left_out else did_you_mean(camp, _OTHERS)
            findings.error(shares.line, f"{quote(camp)} is not a camp whose shares '{name}' can give.", hint)
        elif shares.entries is None:
            findings.error(shares.line, f"'{name}.{camp}' must give a share for each province, such as {{SY-HL: 0.2}}, or {{}}.")
        else:
            _add_shares(name, camp, shares, sums, findings)


def _add_shares(name: str, camp: str, shares: Node, sums: dict[str, float], findings: ErrorCollector) -> None:
    """Add a camp's shares to the sums by province, and report those that pass a whole."""
    for code, node in (shares.entries or {}).items():
        share = value_parsers.bounded(node, f"'{name}.{camp}.{code}'", SHARE, findings)
        if share is None:
            continue
        before = sums.get(code, 0.0)
        sums[code] = before + share
        if sums[code] > 1.0 + _ROUNDING >= before:
            findings.error(node.line, f"the shares of {quote(code)} in '{name}' add up to {sums[code]:.4g}.", "They can be 1 at most.")
