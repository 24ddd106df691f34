"""What becomes of a partner's holdings when the government falls, as a sentence."""

from collections.abc import Mapping

from sim.text.names import with_article
from sim.text.number_format import capital, joined, number, percent

ALMOST_NONE = 0.005  # of what was held: less is told as almost none
_LEAST = 0.05  # thousand fighters, or provinces' worth of roots: less is told as none


def holdings_sentence(partner: str, held: Mapping[str, float], whose: str = "") -> str:
    """E.g. `Russia keeps 2 of its 6 contracts (3 pass to others), 1.2 of 3.1 thousand fighters ...`.

    `held` has `before_fall_X` and `kept_X` for X in contracts, force, base_force and roots, and `passed_contracts`, means over worlds or
    those of one world; `whose` is put behind the partner, such as `on average`.
    """
    parts = [_contracts(held), _force(held), _roots(held)]
    return f"{capital(with_article(partner))}{whose} keeps {joined(parts)}."


def kept_words(share: float) -> str:
    """A kept share in words: `none`, `almost none` or a percentage."""
    return "none" if not share else "almost none" if share < ALMOST_NONE else percent(share)


def _contracts(held: Mapping[str, float]) -> str:
    before, kept, passed = held["before_fall_contracts"], held["kept_contracts"], held["passed_contracts"]
    if not before:
        return "no contracts, having held none"
    others = f" ({_count(passed)} pass to others)" if passed >= _LEAST else ""
    return f"{_amount(kept, before, _count(kept))} of its {_count(before)} contracts{others}"


def _force(held: Mapping[str, float]) -> str:
    before, kept = held["before_fall_force"], held["kept_force"]
    if before < _LEAST:
        return "no fighters, having had none"
    bases, left = held["before_fall_base_force"], held["kept_base_force"]
    at_bases = f" ({_amount(left, bases, number(left, bases))} of {number(bases)} thousand in provinces with bases)"
    is_told = bases >= _LEAST and kept >= ALMOST_NONE * before
    return f"{_amount(kept, before, number(kept, before))} of its {number(before, kept)} thousand fighters{at_bases if is_told else ''}"


def _roots(held: Mapping[str, float]) -> str:
    before = held["before_fall_roots"]
    if before < _LEAST:
        return "no roots, having had none"
    return f"{kept_words(held['kept_roots'] / before)} of its roots in society"


def _amount(kept: float, before: float, number_of_it: str) -> str:
    """What is kept of what was held before: its number, or a word where that is none or almost none."""
    return kept_words(kept / before) if kept < ALMOST_NONE * before else number_of_it


def _count(value: float) -> str:
    """A number of contracts: whole in one world, with a digit as a mean."""
    if 0.0 < value < _LEAST:
        return "under 0.1"
    return f"{value:.0f}" if value == round(value) else f"{value:.1f}"
