"""Parameters of earlier versions that no longer exist, so that a scenario which still sets one is told what to set instead."""

REPLACED = {  # old path, or a section with all below it: how its message goes on after "'path' was"
    "bargain.payment": (
        "replaced: the partners exchange issues and pay nothing; 'bargain.talks' and 'bargain.readiness' say how often they talk, "
        "'contract.respect' how far an agreement shows in bids."
    ),
    "bargain.gain_share": (
        "replaced: the partners exchange issues, so no gain is divided by a payment; 'bargain.worth_a_talk' is what each must gain at least."
    ),
    "contract.lapse_rate": (
        "replaced by 'contract.ending_rate' (contracts in force), and by 'contract.abandonment' and 'contract.delivery' (memoranda)."
    ),
}


def replaced(path: str) -> str | None:
    """What became of a path that was a parameter once, or of the section it lay in; None for any other."""
    parts = path.split(".")
    for n in range(len(parts), 0, -1):
        found = REPLACED.get(".".join(parts[:n]))
        if found is not None:
            return found
    return None
