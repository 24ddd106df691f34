"""Texts that a terminal, a spreadsheet, a browser or a path would obey, and trees of JSON with such texts and odd values in them."""

import copy
from typing import Any

import numpy as np

Random = np.random.Generator
PARTS = (
    "</script><img src=x onerror=window.ran=1>",
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[",
    "<svg onload=window.ran=2>",
    "<style>*{display:none}</style>",
    "<iframe srcdoc='<script>parent.ran=3</script>'>",
    "'\"`",
    '" onmouseover=window.ran=4 x="',
    "&lt;b&gt;&amp;&#x202e;",
    "javascript:window.ran=5",
    "{{ 7 * 6 }}{% raw %}",
    "${window.ran=6}",
    "\u2028\u2029",
    "\u202eevil\u202c",
    "\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
    "\x1b[2J\x1b[31m",
    "\x1b]0;title\x07",
    "\x9b31m\x84\x90",
    "\x00\x07\x08\r\x7f",
    "[bold red]x[/]",
    "[link=http://x.test]x[/link]",
    '=HYPERLINK("http://x.test")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "a" * 400,
    "e" + "\u0301" * 60,
    "\u0645\u0646 \u0633\u06cc\u0637\u0631\u0647\u200c\u06cc \u0646\u0641\u0648\u0630\u061f",
    "\u05e9\u05dc\u05d5\u05dd (1) [2]",
    "\U0001f54a\ufe0f\U000e0041",
    "\ufeff\ufffe\ue000\U0010ffff",
    "../../etc/passwd",
    "C:\\con|<>?*",
    "%00%s%n{0}",
    "plain words, nothing else",
)
ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2**31,
    2**63,
    -(2**63),
    10**30,
    0.5,
    -0.0,
    1e308,
    1.0,
    2.0,
    "",
    "0",
    "null",
    " ",
    [],
    {},
    [[]],
    [None],
    {"a": 1},
    [0, 1, "x"],
    "2021-13",
    "9999-12",
    "baseline",
    ".",
    "..",
    "/",
    "\ud800",
)


def text(random: Random, most: int = 4) -> str:
    """A text of some hostile parts."""
    return "".join(PARTS[int(i)] for i in random.integers(len(PARTS), size=int(random.integers(1, most + 1))))


def places(tree: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The place of every value in a tree, as the keys and numbers that lead to it, down to some depth."""
    if len(above) > 12:
        return [above]
    steps = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    found = [above]
    for key, value in steps:
        found += places(value, (*above, key))
    return found


def mutated(tree: Any, random: Random) -> tuple[Any, str]:
    """A tree with one or two values changed, removed, renamed or nested; and what was done, to repeat it."""
    tree, done = copy.deepcopy(tree), []  # what is changed may be in several places of it: it is written, not changed again
    for _ in range(int(random.integers(1, 3))):
        known = places(tree)[1:]
        if not known:
            break
        place = known[int(random.integers(len(known)))]
        holder = tree
        for key in place[:-1]:
            holder = holder[key]
        done.append(_change(holder, place[-1], random, ".".join(map(str, place))))
    return tree, "; ".join(done)


def _change(holder: Any, key: Any, random: Random, place: str) -> str:
    kind = int(random.integers(8))
    if kind == 0:
        del holder[key]
        return f"{place!r} removed"
    if kind == 1 and isinstance(holder, dict):
        new = text(random, 2) if random.integers(2) else str(ODD[int(random.integers(len(ODD)))])
        holder[new] = holder.pop(key)
        return f"{place!r} renamed {new[:60]!r}"
    if kind == 2:
        depth = int(random.choice([1, 3, 200, 400]))
        for _ in range(depth):
            holder[key] = [holder[key]] if random.integers(2) else {"a": holder[key]}
        return f"{place!r} nested {depth} deep"
    if kind == 3 and isinstance(holder[key], (int, float)) and not isinstance(holder[key], bool):
        holder[key] = holder[key] + [1, -1, 0.5, 10**9, -(10**9)][int(random.integers(5))]
        return f"{place!r} is {holder[key]}"
    if kind == 4 and isinstance(holder, list):
        holder.append(holder[key])
        return f"{place!r} twice"
    value = text(random) if kind < 7 else ODD[int(random.integers(len(ODD)))]
    if isinstance(holder[key], str) and kind == 5:
        value = holder[key] + text(random, 1)
    holder[key] = value
    return f"{place!r} is {str(value)[:80]!r}"
