"""Texts made worse in many ways: by line, by word, by byte, and in the structure of YAML. Each change is drawn and can be drawn again."""

import re
from collections.abc import Callable

import numpy as np

Random = np.random.Generator

NUMBERS = (
    *(
        "0",
        "-0",
        "1",
        "-1",
        "+3",
        ".5",
        "5.",
        "1e3",
        "1e999",
        "-1e999",
        "1e-400",
        "0.1e+2",
        "012",
        "0x1f",
        "0o17",
        "0b1",
        "1_000",
        "1,5",
        "1,500",
    ),
    *(
        "30%",
        "30 %",
        "1/2",
        "1:30",
        ".nan",
        "NaN",
        "inf",
        "-.inf",
        "Infinity",
        "1e",
        "--1",
        "1.2.3",
        "9" * 400,
        "0" * 50,
        "0." + "3" * 300,
        "٣",
        "٣٫٥",
    ),
    *(
        "１２",
        "−1",
        "1\u202f000",
        "1\u00a0000",
        "²",
        "½",
        "Ⅷ",
        "120",
        "1200",
        "1201",
        "2.5",
        "2e1",
        "1e9",
        "18446744073709551616",
        "1 2",
        "1.e1",
        "e5",
    ),
)
WORDS = (
    *(
        "null",
        "~",
        "true",
        "NO",
        "yes",
        "on",
        "Off",
        "y",
        "''",
        '""',
        "' '",
        "[]",
        "{}",
        "[1]",
        "{a: 1}",
        "[0.5, 4]",
        "[4, 0.5]",
        "[[]]",
        "? x",
        "- x",
        "*a",
    ),
    *(
        "&a x",
        "!!int 3",
        "!x",
        "<<",
        "|",
        ">",
        "| x",
        "%",
        "@",
        "`",
        "#1",
        "# x",
        "'",
        '"',
        "'x",
        '"x',
        '"\\q"',
        '"\\x41"',
        '"\\U99999999"',
        '"\\ud800"',
    ),
    *(
        "set",
        "events",
        "extends",
        "month",
        "until",
        "because",
        "scale",
        "add",
        "range",
        "value",
        "unit",
        "grade",
        "source",
        "parameters",
        "start",
        "groups",
    ),
    *(
        "baseline",
        "mine",
        "../baseline",
        "/etc/passwd",
        "israel.strike_rate",
        "israel",
        "israel.",
        ".",
        "..",
        "start.coffers",
        "a.b.c",
        "x" * 300,
        "2022-02",
    ),
    *(
        "2021-06",
        "2015-09",
        "0000-01",
        "9999-12",
        "2022-13",
        "2022-2",
        "2022-02-01",
        "2022–02",
        "report",
        "assumed",
        "nan",
        "con",
        "a: b",
        "a:b",
        "{{}}",
    ),
    *(
        "\u202ex",
        "\u0085",
        "\u2028",
        "\ufeff",
        "\x1b[31m",
        "\x07",
        "é" * 90,
        "漢字",
        "🙂",
        "\t",
        " \t",
        "\\",
        "\\n",
        "x" * 2100,
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "-",
    ),
)
BYTES = (
    b"\0",
    b"\xff",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xc0\xaf",
    b"\x80",
    b"\x1b",
    b"\x7f",
    b"\x85",
    b"\r",
    b"\t",
    b"\n",
    b"'",
    b'"',
    b"#",
)
LINES = (
    *(
        "---",
        "...",
        "%YAML 1.2",
        "%TAG ! x",
        "set: {}",
        "set:",
        "events: []",
        "- {}",
        "?",
        ": x",
        "extends: mine",
        "extends: baseline",
        "months: 6",
    ),
    *(
        "months: 1200",
        "start: 2015-09",
        "start: 2021-06",
        "question: x",
        "basis: report",
        "because: x",
        "parameters: {}",
        "&a b: *a",
        "<<: {}",
        "\tx: 1",
    ),
    *(
        "  israel.strike_rate: 3",
        "  russia.means.budget: {scale: 2}",
        "  - month: 2022-02",
        "    until: 2023-01",
        "# x",
        "",
        "   ",
        "x",
        "'",
        '"',
        "{",
        "[",
    ),
)
_TOKEN = re.compile(r"[\w.%/-]+|[^\w\s]|\s+")


def pick(rng: Random, known: "tuple[str, ...] | list[str]") -> str:
    """One of some texts."""
    return known[int(rng.integers(len(known)))]


def mutated(text: str, rng: Random) -> bytes:
    """A text after one to four changes; the last of them may be to its bytes."""
    for _ in range(int(rng.integers(1, 4))):
        text = _CHANGES[int(rng.integers(len(_CHANGES)))](text, rng)
    raw = text.encode("utf-8", "surrogatepass")
    return _other_bytes(raw, rng) if rng.random() < 0.2 else raw


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
        return raw.decode("utf-8", "replace").encode(
            pick(rng, ["utf-16", "utf-32", "utf-16-be", "utf-8-sig", "latin-1", "cp500"]), "replace"
        )
    return raw[:at] + BYTES[int(rng.integers(len(BYTES)))] + raw[at:]


_CHANGES: tuple[Callable[[str, Random], str], ...] = (_lines, _words, _words, _typo, _structure)
