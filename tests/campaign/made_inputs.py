"""Inputs to begin from: small valid files, and scenarios and `--set` texts made by the grammar, most of them valid."""

from dataclasses import dataclass

from scenario.bench import BASELINE, START

from .mutations import Random, mutated, pick
from .odd_texts import NUMBERS, WORDS

KINDS = ("made", "made", "made", "child", "child", "set", "set", "set", "words", "words", "python", "root", "start")
FILES = {
    "made": "scenarios/mine.yaml",
    "child": "scenarios/mine.yaml",
    "root": "small/scenarios/mine.yaml",
    "start": "small/starts/2021-06.yaml",
}
PARENTS = ("baseline", "baseline", "history_2015", "iran_withdraws", "what_followed")
HEAD = "extends: {}\nquestion: {}\nbasis: {}\n"
CHILDREN = (
    HEAD.format("baseline", "What if?", "report") + "set:\n  israel.strike_rate: {scale: 1.5}\n  bargain.talks: 0.4\nbecause: ours\n",
    HEAD.format("iran_withdraws", "'What if?'", "hindsight")
    + "months: 30\nevents:\n- month: 2022-02\n  until: 2023-01\n  set: {russia.means.budget: 0.7}\n  because: a war\n",
    HEAD.format("history_2015", '"What if #1?"', "beyond_report") + 'set: {iran.means.budget: {range: [0.5, 1]}} # all\nbecause: "x: y"\n',
    HEAD.format("baseline", "Back in time", "report") + "start: 2015-09\nmonths: 12\nset: {turkey.troops: {add: -0.1}}\nbecause: no\n",
)


@dataclass(frozen=True)
class Input:
    """One input: of which kind, what it is, and, for files, where it lies. `months` is a horizon given beside it."""

    kind: str
    raw: bytes
    months: int | None = None

    @property
    def file(self) -> str:
        """The path of the file that it stands for; nothing for a text."""
        return FILES.get(self.kind, "")

    @property
    def text(self) -> str:
        """The input as a text, with a sign where it is none."""
        return self.raw.decode("utf-8", "replace")

    def __str__(self) -> str:
        return f"{self.kind}, months={self.months}: {self.raw[:3000]!r}"


def drawn(rng: Random, paths: list[str]) -> Input:
    """The next input; `paths` are those of the parameters."""
    kind = pick(rng, KINDS)
    months = int(rng.integers(1, 140)) if rng.random() < 0.3 else None
    if kind == "made":
        text = _scenario(rng, paths)
        return Input(kind, text.encode() if rng.random() < 0.7 else mutated(text, rng), months)
    if kind == "set":
        texts = [f"{pick(rng, paths)}={_change(rng)}" for _ in range(int(rng.integers(1, 4)))]
        return Input(kind, b"\n".join(text.encode() if rng.random() < 0.7 else mutated(text, rng) for text in texts), months)
    base = {"child": pick(rng, CHILDREN), "root": BASELINE, "start": START}.get(kind) or pick(rng, (*NUMBERS, *WORDS))
    return Input(kind, mutated(base, rng) if rng.random() < 0.9 else base.encode(), months)


def _scenario(rng: Random, paths: list[str]) -> str:
    """A scenario file by the grammar."""
    lines = [HEAD.format(pick(rng, PARENTS), "What if?", "report").rstrip()]
    if rng.random() < 0.3:
        lines.append(f"months: {int(rng.integers(1, 200))}")
    if rng.random() < 0.1:
        lines.append(f"start: {pick(rng, ('2015-09', '2021-06'))}")
    if rng.random() < 0.7:
        lines += ["set:", *(f"  {path}: {_change(rng)}" for path in _some(rng, paths)), "because: ours"]
    if rng.random() < 0.6:
        lines.append("events:")
        for _ in range(int(rng.integers(1, 6))):
            lines += [f"- month: {_month(rng)}", *([f"  until: {_month(rng)}"] if rng.random() < 0.4 else [])]
            lines += ["  set:", *(f"    {path}: {_change(rng)}" for path in _some(rng, paths)), "  because: x"]
    return "\n".join(lines) + "\n"


def _some(rng: Random, paths: list[str]) -> list[str]:
    return [paths[n] for n in rng.choice(len(paths), int(rng.integers(1, 4)), replace=False)]


def _month(rng: Random) -> str:
    return f"{int(rng.integers(2015, 2033) if rng.random() < 0.1 else rng.integers(2021, 2026))}-{int(rng.integers(1, 13)):02d}"


def _change(rng: Random) -> str:
    """What is done to a parameter, mostly within the bounds of most."""
    way, number = int(rng.integers(6)), f"{rng.random():.3g}"
    if rng.random() < 0.05:
        number = pick(rng, (*NUMBERS, *WORDS)).replace("\n", " ")
    if way == 0:
        return f"{{scale: {number if rng.random() < 0.8 else int(rng.integers(200))}}}"
    if way == 1:
        return f"{{add: {'-' * (rng.random() < 0.5)}{number}}}"
    if way == 2:
        return f"{{range: [{rng.random() / 9:.3g}, {number}]}}"
    return number
