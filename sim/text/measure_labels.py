"""What outcome measures are called in a figure or a sentence: the fewest plain words."""

from collections.abc import Callable

from sim.text.names import interest_name, possessive, split_owner, with_article

_LABELS = {
    "territory_share": "government territory",
    "area": "area held by the government",
    "overlap": "overlap of Russia and Iran",
    "agreed": "influence based on agreements",
    "balance": "Russia's share of the partners' influence",
    "concentration": "concentration of influence",
    "clustering": "clustering of Russia's influence",
    "exclusion_force": "Iran-backed force near the Golan",
    "exclusion_share": "Iran-backed share near the Golan",
    "standing": "Russia's diplomatic standing",
    "contract_concentration": "concentration of contracts",
    "contracted": "assets under contract",
    "memoranda": "assets under a memorandum",
    "morale": "morale of the government",
    "coffers": "solvency of the government",
    "danger": "threat to the government",
    "evasion": "evasion of sanctions",
    "publicity": "Russia's publicity",
    "restraint": "Russia's restraint of Iran",
    "iran_force": "Iran-backed force",
    "russia_force": "Russia-backed force",
    "broken": "partnership broken",
    "collapsed": "government fallen",
    "hand_overs": "hand-overs",
    "attacks_islamic_state": "Islamic State attacks",
    "strikes_us": "US strikes",
    "tenders": "tenders awarded",
    "tenders_to_best_bid": "tenders won by the highest bid",
    "tenders_won_over_iran": "tenders won over Iran",
}
_STEMS: dict[str, tuple[str, Callable[[str], str]]] = {  # with a field of the partnership, or with a power by its name or as an owner
    "channel": ("{} channel", str),
    "friction": ("{} friction", str),
    "incidents": ("{} incidents", str),
    "dependence": ("dependence on {}", with_article),
    "contracts": ("{} share of contracts", possessive),
    "effort": ("{} effort", possessive),
    "supply": ("{} supply", possessive),
    "offensives": ("{} offensives", possessive),
    "gains": ("offensives won by {}", with_article),
}


def label(name: str) -> str:
    """An index's name in words, e.g. `dependence on Iran` for `dependence_iran`."""
    if name in _LABELS:
        return _LABELS[name]
    stem, _, rest = name.partition("_")
    owner, goal = split_owner(rest)
    if stem == "effort" and owner:
        return f"{possessive(owner)} effort for {interest_name(goal)}"
    if not rest or stem not in _STEMS:
        return name.replace("_", " ")
    words, form = _STEMS[stem]
    return words.format(form(rest))
