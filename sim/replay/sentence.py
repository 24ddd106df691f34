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
    `lead`: over which year or years, for routine. `form`: the text with `{place}` for its `place`, of kinds whose sentences differ in
    little else.
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
    form: str = ""
    place: str = ""

    @property
    def whole(self) -> str:
        """The sentence with the years that it is on, where it is on routine, and without a date."""
        return f"{self.lead}: {self.text}" if self.lead else self.text

    @property
    def cited(self) -> str:
        """The whole sentence with its claims in brackets."""
        return f"{self.whole} [{', '.join(self.claims)}]" if self.claims else self.whole


def merged_repeats(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """The sentences of a year, each text once: where it first comes, with the months in which it comes again; with a day as it is.

    Those that differ in their place alone make one, with the months of each place.
    """
    groups: dict[tuple[str, str], list[Sentence]] = {}
    for sentence in sentences:
        key = sentence.form or sentence.text, sentence.date if sentence.day else ""
        groups.setdefault(key, []).append(sentence)
    for same in groups.values():
        yield _with_places(same) if len({sentence.place for sentence in same}) > 1 else _repeated(same)


def _repeated(same: Sequence[Sentence]) -> Sentence:
    """Sentences of one text: the first, with the later months."""
    first = same[0]
    months = tuple(dict.fromkeys(sentence.date for sentence in same))
    text = f"{first.text.rstrip('.')}; again in {_in_words(months[1:])}." if months[1:] else first.text
    return replace(first, text=text, months=months)


def _with_places(same: Sequence[Sentence]) -> Sentence:
    """Sentences that differ in their place: `... in Homs (March and Nov), Rif Dimashq (Sept) and Tartus (Dec)`."""
    months: dict[str, list[str]] = {}
    for sentence in same:
        months.setdefault(sentence.place, []).append(sentence.date)
    places = number_format.joined([f"{place} ({_in_words(list(dict.fromkeys(when)))})" for place, when in months.items()])
    provinces = tuple(dict.fromkeys(iso for sentence in same for iso in sentence.provinces))
    when = tuple(dict.fromkeys(sentence.date for sentence in same))
    return replace(same[0], text=same[0].form.format(place=places), months=when, provinces=provinces)


def _in_words(months: Sequence[str]) -> str:
    return number_format.joined([number_format.MONTHS[split(month)[1] - 1] for month in months])
