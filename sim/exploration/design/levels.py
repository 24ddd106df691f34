"""Levels of a factor as people write them: numbers, or `1:8:5` for five from 1 to 8."""

import math
import re

import numpy as np

from sim.text.suggestions import quote

MOST_LEVELS = 1000
LARGEST = 1e6  # far beyond the bounds of every kind of parameter
_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
_SPAN = re.compile(rf"\s*({_NUMBER})\s*:\s*({_NUMBER})\s*(?::\s*(\d{{1,9}})\s*)?", re.ASCII)
_LIST = re.compile(rf"\s*{_NUMBER}\s*(?:,\s*{_NUMBER}\s*)*", re.ASCII)
LEVELS_PATTERN = rf"^\s*{_NUMBER}\s*(:\s*{_NUMBER}\s*:\s*\d+\s*|(,\s*{_NUMBER}\s*)*)$"  # of both, for editors
FORMS = "Write numbers, such as 1,2,4,8, or first:last:how many, such as 1:8:5."


def levels_of(text: str) -> tuple[float, ...] | str:
    """Levels from a text `1,2,4` or `1:8:5`; or what is wrong with it, in a clause."""
    span = _SPAN.fullmatch(text)
    if span is not None:
        low, high, steps = float(span[1]), float(span[2]), span[3]
        if steps is None:
            return f"{quote(text.strip()[:40])} does not say how many levels: write {low:g}:{high:g}:5 for five"
        if not 2 <= int(steps) <= MOST_LEVELS:
            return f"{int(steps):,} levels are too {'few' if int(steps) < 2 else 'many'}; take from 2 to {MOST_LEVELS:,}"
        if not max(abs(low), abs(high)) <= LARGEST:
            return f"its ends are too large; give numbers up to {LARGEST:g}"
        levels = spaced(low, high, int(steps))
        return levels if len(set(levels)) == len(levels) else "its ends are too near to each other for so many levels"
    if _LIST.fullmatch(text):
        levels = tuple(float(word) for word in text.split(","))
        if any(not abs(level) <= LARGEST for level in levels):
            return f"a level is too large; give numbers up to {LARGEST:g}"
        if len(set(levels)) < len(levels):
            return "a level is given twice"
        return levels if len(levels) <= MOST_LEVELS else f"{len(levels):,} levels are too many; take at most {MOST_LEVELS:,}"
    return f"{quote(text.strip()[:40])} is neither numbers nor first:last:how many"


def spaced(low: float, high: float, steps: int) -> tuple[float, ...]:
    """So many levels at equal distances, rounded to what people would write."""
    scale = 10 ** (12 - math.ceil(math.log10(max(abs(low), abs(high), 1e-9))))
    return tuple(float(round(level * scale) / scale) for level in np.linspace(low, high, steps))
