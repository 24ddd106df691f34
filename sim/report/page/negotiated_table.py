"""How much of delimiting is negotiated, on the page: a row for every scenario that can be compared with one without talks."""

from collections.abc import Iterator

from sim.compare.comparison import Comparison
from sim.compare.negotiated_share import NegotiatedShare
from sim.report.page.text_table import TextTable
from sim.report.text.negotiated_sentences import interval, lines, part, sentence, sentence_of_silence, telling
from sim.text.number_format import signed_points

_HEADS = ("scenario", "delimitation", "without talks", "difference", "95 % interval", "part of its rise", "what differs")


def shares(c: Comparison) -> list[NegotiatedShare]:
    """The negotiated share of every scenario that has one, in order."""
    rows = [NegotiatedShare(**row) for row in c.negotiated.to_dict("records")]
    return [row for row in rows if row.scenario in c.scenarios]


def said(c: Comparison) -> list[str]:
    """What they say, and how to read them; nothing where no scenario without talks is compared."""
    return lines(shares(c))


def findings(c: Comparison, scenario: str) -> Iterator[str]:
    """The sentence of one scenario, where a difference tells something of talks; that of one without talks tells it of the reference."""
    known = list(telling(shares(c)))
    yield from (sentence(share) for share in known if share.scenario == scenario)
    yield from (sentence_of_silence(share) for share in known if (share.scenario, share.silent) == (c.against, scenario))


def table(c: Comparison, names: dict[str, str]) -> TextTable:
    """All of them, where talks alone differ and where other things do as well; `names` spells the scenarios."""
    return TextTable(_HEADS, [_row(share, names) for share in shares(c)])


def _row(share: NegotiatedShare, names: dict[str, str]) -> list[str]:
    apart = signed_points(share.difference)
    what = "talks alone" if share.by_talks else "no talks in either" if share.never_talks else "other things too"
    means = f"{share.mean:.2f}", f"{share.silent_mean:.2f}"
    return [names[share.scenario], *means, f"{apart} points", interval(share), part(share), what]
