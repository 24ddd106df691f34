"""The table of pockets in a start file: ground that camps hold surrounded, part of what they hold."""

from sim.model.state.dimensions import Camp, key, keys
from sim.model.state.parameters import SHARE
from sim.scenario import value_parsers
from sim.scenario.validation_errors import ErrorCollector
from sim.scenario.yaml_reader import Node
from sim.text.suggestions import did_you_mean, quote

_ROUNDING = 1e-9  # by which a written share may exceed what a camp holds


def check_pockets(root: Node, findings: ErrorCollector) -> None:
    """Camps are known, and no pocket is larger than what its camp holds in the province; the table may be missing."""
    entries = root.entries or {}
    table = entries.get("pockets")
    if table is None:
        return
    if table.entries is None:
        findings.error(
            table.line, "'pockets' must hold one line a camp.", "It gives shares of a province's ground that the camp holds surrounded."
        )
        return
    for camp, shares in table.entries.items():
        if camp in ("source", "grade"):
            continue
        if camp not in keys(Camp):
            findings.error(shares.line, f"{quote(camp)} is not a camp.", did_you_mean(camp, keys(Camp)))
        elif shares.entries is None:
            findings.error(shares.line, f"'pockets.{camp}' must give a share for each province, such as {{SY-HL: 0.2}}, or {{}}.")
        else:
            _check_camp(camp, shares, entries.get("control"), findings)


def _check_camp(camp: str, shares: Node, control: Node | None, findings: ErrorCollector) -> None:
    """Each share of a camp is at most what it holds of the province."""
    for code, node in (shares.entries or {}).items():
        share = value_parsers.bounded(node, f"'pockets.{camp}.{code}'", SHARE, findings)
        held = _held(camp, code, control)
        if share is not None and held is not None and share > held + _ROUNDING:
            findings.error(
                node.line, f"'pockets.{camp}.{code}' is {share:.4g}, but the camp holds {held:.4g} there.", "A pocket is part of that."
            )


def _held(camp: str, code: str, control: Node | None) -> float | None:
    """What a camp holds of a province by the table of ground; none where that is not readable, which is reported elsewhere."""
    shares: dict[str, float] = {}
    for other, table in ((control.entries if control else None) or {}).items():
        node = (table.entries or {}).get(code)
        if node is not None:
            try:
                shares[other] = float(node.text or "")
            except ValueError:
                return None
    return 1.0 - sum(shares.values()) if camp == key(Camp.GOVERNMENT) else shares.get(camp, 0.0)
