"""What becomes of a partner's holdings when the government falls, as a sentence."""

from collections.abc import Mapping

from sim.text.names import with_article
from sim.text.number_format import capital, joined, number, percent

_LEAST = 0.05  # thousand fighters, or provinces' worth of roots: less is told as none


def holdings_sentence(partner: str, held: Mapping[str, float], whose: str = "") -> str:
    """E.g. `Russia keeps 2 of its 6 contracts (3 pass to others), 1.2 of 3.1 thousand fighters ...`.

    `held` has `before_fall_X` and `kept_X` for X in contracts, force, base_force and roots, and `passed_contracts`, means over worlds or
    those of one world; `whose` is put behind the partner, such as `on average`.
    """
    parts = [_contracts(held), _force(held), _roots(held)]
    return f"{capital(with_article(partner))}{whose} keeps {joined(parts)}."


def _contracts(held: Mapping[str, float]) -> str:
    before, kept, passed = held["before_fall_contracts"], held["kept_contracts"], held["passed_contracts"]
    if not before:
        return "no contracts, having held none"
    others = f" ({_count(passed)} pass to others)" if passed >= _LEAST else ""
    return f"{_count(kept)} of its {_count(before)} contracts{others}"


def _force(held: Mapping[str, float]) -> str:
    before, kept = held["before_fall_force"], held["kept_force"]
    if before < _LEAST:
        return "no fighters, having had none"
    bases = held["before_fall_base_force"]
    at_bases = f" ({number(held['kept_base_force'], bases)} of {number(bases)} thousand in provinces with bases)" if bases >= _LEAST else ""
    return f"{number(kept, before)} of {number(before, kept)} thousand fighters{at_bases}"


def _roots(held: Mapping[str, float]) -> str:
    before = held["before_fall_roots"]
    if before < _LEAST:
        return "no roots, having had none"
    return f"{percent(held['kept_roots'] / before)} of its roots in society"


def _count(value: float) -> str:
    """A number of contracts: whole in one world, with a digit as a mean."""
    return f"{value:.0f}" if value == round(value) else f"{value:.1f}"
