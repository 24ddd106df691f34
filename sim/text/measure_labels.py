"""What outcome measures are called in a figure or a sentence: the fewest plain words."""

from sim.text.names import with_article

_LABELS = {
    "territory_share": "territory of the government",
    "overlap": "overlap of the partners",
    "agreed": "sway resting on agreements",
    "balance": "Russia's part of partner sway",
    "concentration": "concentration of influence",
    "clustering": "clustering of Russia's sway",
    "exclusion_force": "Iran-backed force near the Golan",
    "exclusion_share": "Iran-backed share near the Golan",
    "standing": "Russia's standing",
    "contract_concentration": "concentration of contracts",
    "contracted": "assets under contract",
    "morale": "morale of the government",
    "coffers": "solvency of the government",
    "danger": "danger to the government",
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
    "tenders_won_over_iran": "tenders won over Iran",
}
_STEMS = {
    "channel": "{} channel",
    "friction": "{} friction",
    "incidents": "{} incidents",
    "dependence": "dependence on {}",
    "contracts": "contracts of {}",
    "effort": "effort of {}",
    "supply": "supply of {}",
    "offensives": "offensives of {}",
    "gains": "offensives won by {}",
}


def label(name: str) -> str:
    """An index's name in words, e.g. `dependence on Iran` for `dependence_iran`."""
    if name in _LABELS:
        return _LABELS[name]
    stem, _, rest = name.partition("_")
    return _STEMS[stem].format(with_article(rest)) if rest and stem in _STEMS else name.replace("_", " ")
