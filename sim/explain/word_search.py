"""Finding things by any word in their names, meanings and sources: parameters, measures, outcomes, claims, actors, groups and scenarios.

All words must be found, each as the beginning of a word, in singular or plural, capitals and accents aside. Things whose name has the
words come first, then those whose meaning has them, then those whose source does.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from sim.experiment.run_settings import SettingsError
from sim.explain.findable import Findable, findables
from sim.provenance.register import Register
from sim.text.suggestions import quote

_NAME, _MEANING, _SOURCE = range(3)  # where a word is found, the best place first
_PLURAL = 4  # letters from which a final s is taken for a plural
MAX_NEAREST, _SIMILAR = 3, 0.75
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Found:
    """Something found, and how well: the place of its worst word, and of all its words."""

    thing: Findable
    rank: tuple[int, int]


class WordIndex:
    """Everything that can be found, with its words."""

    def __init__(self, register: Register) -> None:
        self._things = [
            (thing, tuple(_words(text) for text in (thing.names, thing.meaning, thing.source))) for thing in findables(register)
        ]

    def find(self, text: str) -> list[Found]:
        """Everything that has all words of a text, the best first; nothing for a text without words."""
        wanted = _stems(text)
        found = []
        for thing, places in self._things if wanted else ():
            ranks = [_place(word, places) for word in wanted]
            if all(rank is not None for rank in ranks):
                known = [rank for rank in ranks if rank is not None]
                found.append(Found(thing, (max(known), sum(known))))
        return sorted(found, key=lambda one: one.rank)

    def nearest(self, text: str) -> list[str]:
        """The words most like those of a text that nothing has."""
        missing = [word for word in _stems(text) if not any(_place(word, places) is not None for _, places in self._things)]
        close = [difflib.get_close_matches(word[:60], self._vocabulary, MAX_NEAREST, _SIMILAR) for word in missing]
        return list(dict.fromkeys(word for words in close for word in words))

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted({word for _, places in self._things for words in places for word in words if len(word) > 2})


def find(text: str, index: WordIndex) -> list[Found]:
    """What has all words of a text. Raises SettingsError with the nearest words where nothing has."""
    found = index.find(text)
    if found:
        return found
    if not _stems(text):
        raise SettingsError(f"{quote(text)} has no word to look for; give one, such as sanctions.")
    close = index.nearest(text)
    if close:
        raise SettingsError(f"Nothing has {quote(text)} in its name, meaning or source. Nearest words: {', '.join(close)}.")
    several = " Give fewer words: all of them are required." if len(_stems(text)) > 1 else " Try a part of it, or another word."
    raise SettingsError(f"Nothing has {quote(text)} in its name, meaning or source.{several}")


def by_kind(found: Iterable[Found]) -> dict[str, list[Findable]]:
    """What was found by kind, kinds in the order of their best find, things in theirs."""
    kinds: dict[str, list[Findable]] = {}
    for one in found:
        kinds.setdefault(one.thing.kind, []).append(one.thing)
    return kinds


def _place(word: str, places: tuple[frozenset[str], ...]) -> int | None:
    """Where a word is found first: among names, meanings or sources."""
    return next((place for place, words in enumerate(places) if any(known.startswith(word) for known in words)), None)


def _words(text: str) -> frozenset[str]:
    return frozenset(_split(text))


def _stems(text: str) -> list[str]:
    """The words that are looked for, a plural as its singular."""
    return [word[:-1] if len(word) > _PLURAL and word.endswith("s") and not word.endswith("ss") else word for word in _split(text)]


def _split(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    yield from _WORD.findall(plain.replace("'", ""))
