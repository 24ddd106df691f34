"""Parameters of earlier versions that no longer exist, so that a scenario which still sets one is told what to set instead."""

_SELECTIVITY = "replaced by 'choice.selectivity', which holds for every actor."
_PAYMENT = "replaced by exchanges of issues, which pay nothing: see 'bargain.talks', 'bargain.exchanges' and 'bargain.worth_a_talk'."
_FOCUS = "replaced by 'choice.focus', which holds for every actor."
REPLACED = {  # old path, or a section with all below it: how its message goes on after "'path' was"
    "contract.lapse_rate": (
        "replaced by 'contract.ending_rate' (contracts in force), and by 'contract.abandonment' and 'contract.delivery' (memoranda)."
    ),
    "russia.means.precision_instruments": _SELECTIVITY,
    "iran.means.precision_instruments": _SELECTIVITY,
    "russia.means.precision_places": _FOCUS,
    "iran.means.precision_places": _FOCUS,
    "israel.precision": _FOCUS,
    "united_states.precision": _FOCUS,
    "bargain.payment": _PAYMENT,
    "bargain.gain_share": _PAYMENT,
    "entrench.absorption": "replaced by 'russia.enrolment'; 'iran.enrolment' is that of Iran's formations.",
    "reckon.russia_stays": "replaced by 'russia.stays_at_bases'; 'russia.stays_elsewhere' is for its troops that are not at a base.",
    "reckon.iran_stays": "replaced by 'iran.stays_elsewhere'; 'iran.stays_at_bases' is for its own troops at bases.",
    "start.standing": "replaced by 'start.standing_russia'; 'start.standing_iran' is Iran's.",
}


def replaced(path: str) -> str | None:
    """What became of a path that was a parameter once, or of the section it lay in; None for any other."""
    parts = path.split(".")
    for n in range(len(parts), 0, -1):
        found = REPLACED.get(".".join(parts[:n]))
        if found is not None:
            return found
    return None
