"""A sentence of a story, and sentences that come again within a year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sim.model.state.calendar import split
from sim.text import number_format

EFFORT = "effort"


@dataclass(frozen=True)
class Sentence:
    """What happens in a month, or as routine in a year (`date` is a year then): in words, with claims and provinces by ISO code.

    `kinds` are the kinds of events in it (EFFORT for a sentence on what a partner spends its effort on), `months` all the months in which
    it happened, `day` the day of the month from which on, 0 where the month is not told by days.
    `lead`: over which year or years, for routine.
    """

    date: str
    text: str
    claims: tuple[str, ...]
    provinces: tuple[str, ...]
    kinds: tuple[str, ...]
    months: tuple[str, ...]
    routine: bool = False
    day: int = 0
    lead: str = ""

    @property
    def whole(self) -> str:
        """The sentence with the years that it is on, where it is on routine, and without a date."""
        return f"{self.lead}: {self.text}" if self.lead else self.text

    @property
    def cited(self) -> str:
        """The whole sentence with its claims in brackets."""
        return f"{self.whole} [{', '.join(self.claims)}]" if self.claims else self.whole


def merged_repeats(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """The sentences of a year, each text once: where it first comes, with the months in which it comes again; with a day as it is."""
    first: dict[tuple[str, str], Sentence] = {}
    months: dict[tuple[str, str], list[str]] = {}
    for sentence in sentences:
        key = sentence.text, sentence.date if sentence.day else ""
        first.setdefault(key, sentence)
        months.setdefault(key, []).append(sentence.date)
    for key, sentence in first.items():
        later = list(dict.fromkeys(month for month in months[key] if month != sentence.date))
        when = number_format.joined([number_format.MONTHS[split(month)[1] - 1] for month in later])
        text = f"{sentence.text.rstrip('.')}; again in {when}." if later else sentence.text
        yield replace(sentence, text=text, months=(sentence.date, *later))
