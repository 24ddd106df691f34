"""Texts made worse in many ways: by line, by word, by byte, and in the structure of YAML. Each change is drawn and can be drawn again."""

import re
from collections.abc import Callable

import numpy as np

from .odd_texts import BYTES, ENCODINGS, LINES, NUMBERS, WORDS

Random = np.random.Generator

_TOKEN = re.compile(r"[\w.%/-]+|[^\w\s]|\s+")


def pick(rng: Random, known: "tuple[str, ...] | list[str]") -> str:
    """One of some texts."""
    return known[int(rng.integers(len(known)))]


def mutated(text: str, rng: Random) -> bytes:
    """A text after one to three changes, mostly one; the last of them may be to its bytes."""
    for _ in range(1 + int(rng.random() < 0.25) + int(rng.random() < 0.1)):
        text = _CHANGES[int(rng.integers(len(_CHANGES)))](text, rng)
    raw = text.encode("utf-8", "surrogatepass")
    return _other_bytes(raw, rng) if rng.random() < 0.15 else raw


def _lines(text: str, rng: Random) -> str:
    """A line deleted, doubled, exchanged, joined, moved in or out, or put in."""
    lines = text.split("\n")
    at, other, way = int(rng.integers(len(lines))), int(rng.integers(len(lines))), int(rng.integers(8))
    if way == 0:
        del lines[at]
    elif way == 1:
        lines.insert(other, lines[at])
    elif way == 2:
        lines[at], lines[other] = lines[other], lines[at]
    elif way == 3:
        lines[at] += lines.pop(other) if at < other else ""
    elif way == 4:
        lines[at] = " " * int(rng.integers(1, 5)) + lines[at]
    elif way == 5:
        lines[at] = lines[at].removeprefix(" " * int(rng.integers(1, 5)))
    elif way == 6:
        lines[at : at + 1] = lines[at : at + 1] * int(rng.integers(2, 60))
    else:
        lines.insert(at, pick(rng, LINES))
    return "\n".join(lines)


def _words(text: str, rng: Random) -> str:
    """A word or sign deleted, doubled, exchanged with another, or replaced by an odd one."""
    tokens = _TOKEN.findall(text) or [""]
    at, other, way = int(rng.integers(len(tokens))), int(rng.integers(len(tokens))), int(rng.integers(7))
    if way == 0:
        tokens[at] = ""
    elif way == 1:
        tokens[at] *= 2
    elif way == 2:
        tokens[at], tokens[other] = tokens[other], tokens[at]
    elif way in (3, 4):
        numbers = [n for n, token in enumerate(tokens) if token[:1].isdigit()]
        tokens[numbers[at % len(numbers)] if numbers else at] = pick(rng, NUMBERS)
    else:
        tokens[at] = pick(rng, WORDS)
    return "".join(tokens)


def _typo(text: str, rng: Random) -> str:
    """A letter dropped, doubled, exchanged with the next, or replaced."""
    if not text:
        return text
    at, way = int(rng.integers(len(text))), int(rng.integers(4))
    pair = text[at : at + 2]
    return text[:at] + ("", pair[0] + pair, pair[::-1], pick(rng, WORDS)[:1] + pair[1:])[way] + text[at + 2 - (way == 0) :]


def _structure(text: str, rng: Random) -> str:
    """Nesting, aliases, tags, long keys, many keys, other line ends, a text cut short."""
    way, deep = int(rng.integers(9)), int(rng.integers(1, 40))
    if way == 0:
        return text + "x: " + pick(rng, ["[", "{a: ", "- ", "? "]) * deep
    if way == 1:
        return text + "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, deep))
    if way == 2:
        return text + "".join(f"{' ' * n}k{n}:\n" for n in range(deep))
    if way == 3:
        return text + f"{'k' * deep * 50}: 1\n"
    if way == 4:
        return text + "".join(f"  nothing.like_{n}: {{scale: {n}}}\n" for n in range(deep * 3))
    if way == 5:
        return text.replace("\n", pick(rng, ["\r\n", "\r", "\u2028", "\u0085", "\n\n", "\n\t"]))
    if way == 6:
        return text[: int(rng.integers(len(text) + 1))]
    if way == 7:
        return text + text
    return text.replace(": ", pick(rng, [":", ":\t", " : ", ": !!str ", ": &a ", ": | ", ": '"]), int(rng.integers(1, 4)))


def _other_bytes(raw: bytes, rng: Random) -> bytes:
    """Bytes flipped, put in, or cut out; another encoding."""
    at, way = int(rng.integers(len(raw) + 1)), int(rng.integers(5))
    if way == 0 and raw:
        changed = bytearray(raw)
        changed[at % len(raw)] ^= 1 << int(rng.integers(8))
        return bytes(changed)
    if way == 1:
        return raw[:at] + bytes(rng.integers(0, 256, int(rng.integers(1, 9)), dtype=np.uint8)) + raw[at:]
    if way == 2:
        return raw[:at] + raw[at + int(rng.integers(1, 20)) :]
    if way == 3:
        return raw.decode("utf-8", "replace").encode(pick(rng, ENCODINGS), "replace")
    return raw[:at] + BYTES[int(rng.integers(len(BYTES)))] + raw[at:]


_CHANGES: tuple[Callable[[str, Random], str], ...] = (_lines, _lines, _words, _words, _words, _typo, _structure)
