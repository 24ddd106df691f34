"""Bits, bytes and blocks of files changed, in every kind of file that a command reads.

Right is: the same numbers (made anew, perhaps), or one clear sentence. Wrong are other numbers, a traceback, and much memory.
"""

import resource
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from command_line import PROJECT, spheres

from sim.cli.error_handling import input_errors
from sim.experiment.storage.derived_tables import DamageNotice

from .flipped_files import RESULT, Target, fingerprint, prepared
from .tally import Budget, Tally

PART = "flips"
MOST_MEMORY = 200_000  # kilobytes that reading one damaged file of this tiny result may take more than before
TYPED_EVERY = 250  # one case in so many also goes through the command line
COMMANDS = (
    ("compare", str(RESULT), "--no-pictures", "--no-stories", "--quiet", "--jobs", "1"),
    ("replay", str(RESULT), "--scenario", "baseline", "--world", "1"),
    ("export", str(RESULT), "--csv", "--quiet"),
    (
        "run",
        "baseline",
        "israel_escalates",
        "--worlds",
        "2",
        "--months",
        "1",
        "--name",
        RESULT.name,
        "--no-plots",
        "--quiet",
        "--jobs",
        "1",
    ),
)
Random = np.random.Generator


@dataclass(frozen=True)
class Damage:
    """What is done to the bytes of a file."""

    name: str
    change: Callable[[bytes, Random], bytes]


def run(budget: Budget) -> Tally:
    """Harm one file after another, and see what its readers make of it."""
    tally, random = Tally(PART), budget.random(PART)
    with _workplace() as here, warnings.catch_warnings():
        warnings.simplefilter("ignore", DamageNotice)
        targets = prepared()
        whole = {path: path.read_bytes() for path in sorted(here.rglob("*")) if path.is_file()}
        right = [fingerprint(target.reading(target.file)) for target in targets]
        _restore(here, whole)
        typed = _Typed(here, whole)
        places = [i for i, target in enumerate(targets) for _ in range(target.share)]
        while budget.goes_on(tally.tried):
            place = places[tally.tried % len(places)]
            target, damage = targets[place], DAMAGES[int(random.integers(len(DAMAGES)))]
            content = whole[here / target.file]
            harmed = damage.change(content, random)
            tally.tried += 1
            if harmed == content:
                continue
            case = f"case {tally.tried} of seed {budget.seed}: {damage.name} in {target.file}"
            target.file.write_bytes(harmed)
            _judge(tally, case, target, right[place])
            _restore(here, whole)
            if tally.tried % TYPED_EVERY == 0:
                target.file.write_bytes(harmed)
                typed.judge(tally, case, tally.tried // TYPED_EVERY)
                _restore(here, whole)
    return tally


def _judge(tally: Tally, case: str, target: Target, right: str) -> None:
    """Read a harmed file in this process."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        found = fingerprint(target.reading(target.file))
    except input_errors() as error:
        if not str(error).strip() or not str(error).isprintable() or len(str(error)) > 1000:
            tally.fail("wrong", f"{case}: it says {str(error)[:200]!r}")
    except Exception as error:
        tally.fail("tracebacks", f"{case}: {type(error).__name__}: {error}")
    else:
        if found != right and not _none_there(found):
            tally.fail("wrong", f"{case}: other numbers")
    if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before > MOST_MEMORY:
        tally.fail("wrong", f"{case}: took much memory")


def _none_there(found: str) -> bool:
    """Whether a reader says that there is nothing to be read: a record or a study that is damaged is none."""
    return found == repr(None)


class _Typed:
    """Commands as an analyst types them, in a process of their own: what each says and writes of the undamaged result."""

    def __init__(self, here: Path, whole: dict[Path, bytes]) -> None:
        self.here, self.whole = here, whole
        self.right: dict[int, tuple[str, dict[str, bytes]]] = {}

    def judge(self, tally: Tally, case: str, number: int) -> None:
        """Type one of the commands over the harmed file, and compare with what it says of the whole one."""
        which = number % len(COMMANDS)
        words = COMMANDS[which]
        harmed = {path: path.read_bytes() for path in self.whole}
        if which not in self.right:
            _restore(self.here, self.whole)
            answer = spheres(self.here, *words)
            assert answer.returncode == 0, answer.stderr
            self.right[which] = answer.stdout, self._written()
            _restore(self.here, self.whole)
            for path, content in harmed.items():
                path.write_bytes(content)
        answer, case = spheres(self.here, *words), f"{case}, spheres {' '.join(words)}"
        if "Traceback" in answer.stderr:
            tally.fail("tracebacks", f"{case}: {answer.stderr[-300:]}")
        elif answer.returncode in (1, 2):
            if not answer.stderr.strip() or len(answer.stderr.strip().splitlines()) > 3:
                tally.fail("wrong", f"{case}: it says {answer.stderr[:300]!r}")
        elif answer.returncode != 0 or self._written() != self.right[which][1]:
            tally.fail("wrong", f"{case}: exit status {answer.returncode}, {answer.stderr[:300]!r}")

    def _written(self) -> dict[str, bytes]:
        """The tables of the result, of the comparison and of the export."""
        return {str(path.relative_to(self.here)): path.read_bytes() for path in sorted(self.here.glob("results/a/**/*.csv"))}


def _bit(content: bytes, random: Random) -> bytes:
    harmed = bytearray(content)
    harmed[int(random.integers(len(harmed)))] ^= 1 << int(random.integers(8))
    return bytes(harmed)


def _byte(content: bytes, random: Random) -> bytes:
    harmed = bytearray(content)
    harmed[int(random.integers(len(harmed)))] = int(random.integers(256))
    return bytes(harmed)


def _cut(content: bytes, random: Random) -> bytes:
    return content[: int(random.integers(len(content)))]


def _zeros(content: bytes, random: Random) -> bytes:
    place, length = int(random.integers(len(content))), int(random.integers(1, 513))
    zeroed = bytes(min(length, len(content) - place))
    return content[:place] + zeroed + content[place + length :]


def _appended(content: bytes, random: Random) -> bytes:
    return content + random.bytes(int(random.integers(1, 65)))


def _edge(content: bytes, random: Random) -> bytes:
    """A bit near the end or the beginning, where headers and directories are."""
    harmed = bytearray(content)
    place = int(random.integers(min(len(harmed), 1200)))
    harmed[place if random.integers(4) == 0 else -1 - place] ^= 1 << int(random.integers(8))
    return bytes(harmed)


def _turned(content: bytes, random: Random) -> bytes:
    """Two blocks that change places."""
    one, other = sorted(int(at) for at in random.integers(len(content), size=2))
    return content[other:] + content[one:other] + content[:one]


DAMAGES = (
    Damage("a bit", _bit),
    Damage("a bit", _bit),
    Damage("a bit at an edge", _edge),
    Damage("a byte", _byte),
    Damage("an end cut off", _cut),
    Damage("a block of zeros", _zeros),
    Damage("bytes appended", _appended),
    Damage("blocks that changed places", _turned),
)


@contextmanager
def _workplace() -> Iterator[Path]:
    """A fresh folder with the shipped scenarios, the current one while this lasts."""
    with tempfile.TemporaryDirectory(prefix="flips-") as text:
        here = Path(text).resolve()
        shutil.copytree(PROJECT / "scenarios", here / "scenarios")
        with chdir(here):
            yield here


def _restore(here: Path, whole: dict[Path, bytes]) -> None:
    """Every file as it was, and no other."""
    for path in sorted(here.rglob("*"), reverse=True):
        if path.is_file() and path not in whole:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    for path, content in whole.items():
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
