"""What the negotiated share says, in sentences: the same for the terminal and the page."""

import math
from collections.abc import Iterable, Iterator, Sequence

from sim.compare.negotiated_share import NegotiatedShare
from sim.report.text import labels
from sim.text.number_format import capital, percent, signed_points, worlds

CIRCULAR = (
    "An agreed primacy counts as influence by definition (influence.primacy), and partners who leave each other provinces without a word "
    "can reach a similar index of delimitation. So neither the index nor the class “delimited by agreement” says how much talks bring: "
    "only the same worlds without talks do."
)


def sentence(share: NegotiatedShare) -> str:
    """How far a scenario's delimitation is from that of the same worlds without talks, and what part of its rise that is."""
    instead = f"{share.mean:.2f} instead of {share.silent_mean:.2f} in the same {worlds(share.worlds)} of “{labels.scenario(share.silent)}”"
    if share.never_talks:
        return f"Nothing is negotiated: without a word, delimitation ends at {instead}, {_apart(share)}."
    if not share.by_talks:
        return f"Delimitation ends at {instead}, {_apart(share)}; these differ in more than talks, so that is no negotiated share."
    return f"The negotiated share of delimitation is {_apart(share)}{_of_rise(share)}: it ends at {instead}."


def sentence_of_silence(share: NegotiatedShare) -> str:
    """The same as told of the scenario without talks: how far spheres come apart all the same, and what talks add."""
    start, end = share.mean - share.rise, share.silent_mean
    said = f"Nothing is negotiated: without a word, delimitation goes from {start:.2f} at the start to {end:.2f}"
    adds = f"with the talks of “{labels.scenario(share.scenario)}” it ends at {share.mean:.2f} in the same {worlds(share.worlds)}"
    return f"{said}; {adds}, {_apart(share)}{_of_rise(share)}."


def part(share: NegotiatedShare) -> str:
    """The negotiated part of the rise, with its interval; nothing where it is not known."""
    if math.isnan(share.part):
        return ""
    return f"{_percent(share.part)} ({_percent(share.part_low)} to {_percent(share.part_high)})"


def telling(shares: Iterable[NegotiatedShare]) -> Iterator[NegotiatedShare]:
    """Those that tell something of talks: scenarios that differ from the silent one in talks alone, or that have no talks either."""
    return (share for share in shares if share.by_talks or share.never_talks)


def lines(shares: Sequence[NegotiatedShare]) -> list[str]:
    """A line for each scenario whose difference tells something of talks, and how to read them; nothing without one."""
    said = [f"{capital(labels.scenario(share.scenario))}: {uncapitalised(sentence(share))}" for share in telling(shares)]
    return [*said, CIRCULAR] if said else []


def uncapitalised(text: str) -> str:
    """The sentence with a small first letter, the rest as it is."""
    return text[:1].lower() + text[1:]


def _apart(share: NegotiatedShare) -> str:
    return f"{signed_points(share.difference)} points ({interval(share)})"


def interval(share: NegotiatedShare) -> str:
    """The interval of the difference in points, which one world alone does not have."""
    return "no interval" if math.isnan(share.low) else f"{signed_points(share.low)} to {signed_points(share.high)}"


def _of_rise(share: NegotiatedShare) -> str:
    return "" if math.isnan(share.part) else f", which is {part(share)} of its rise since the start"


def _percent(value: float) -> str:
    return percent(value) if value >= 0.0 else f"−{percent(-value)}"
