"""Bits, bytes and blocks of files changed, in every kind of file that a command reads.

Right is: the same numbers (made anew, perhaps), or one clear sentence. Wrong are other numbers, a traceback, and much memory.
"""

import resource
import warnings
from pathlib import Path

from command_line import spheres

from sim.cli.error_handling import input_errors
from sim.experiment.storage.derived_tables import DamageNotice

from .damages import DAMAGES
from .flipped_files import INTERESTS, RESULT, Target, fingerprint, prepared
from .tally import Budget, Tally
from .workplace import workplace

PART = "flips"
MOST_MEMORY = 200_000  # kilobytes that reading one damaged file of this tiny result may take more than before
TYPED_EVERY = 100  # one case in so many goes through the command line
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


def run(budget: Budget) -> Tally:
    """Harm one file after another, and see what its readers make of it."""
    tally, random = Tally(PART), budget.random(PART)
    with workplace("flips-") as here, warnings.catch_warnings():
        warnings.simplefilter("ignore", DamageNotice)
        targets = prepared()
        whole = {path: path.read_bytes() for path in sorted(here.rglob("*")) if path.is_file()}
        right = [fingerprint(target.reading(target.file)) for target in targets]
        _restore(here, whole)
        typed = _Typed(here, whole)
        typed.prepare(seldom=budget.at_most is not None and budget.at_most < TYPED_EVERY)
        places = [i for i, target in enumerate(targets) for _ in range(target.share)]
        while budget.goes_on(tally.tried):
            place = places[tally.tried % len(places)]
            target, damage = targets[place], DAMAGES[int(random.integers(len(DAMAGES)))]
            if not damage.harm(target.file, random):
                continue
            tally.tried += 1
            case = f"case {tally.tried} of seed {budget.seed}: {damage.name} in {target.file}"
            if tally.tried % TYPED_EVERY:
                _judge(tally, case, target, right[place])
            else:
                typed.judge(tally, case, tally.tried // TYPED_EVERY, target.file)
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
    """Commands as an analyst types them, in a process of their own, and what they write of the undamaged result."""

    def __init__(self, here: Path, whole: dict[Path, bytes]) -> None:
        self.here, self.whole = here, whole
        self.right: list[dict[str, bytes]] = []

    def prepare(self, seldom: bool) -> None:
        """Type each command over the whole result, unless it will never be needed."""
        for words in () if seldom else COMMANDS:
            answer = spheres(self.here, *words)
            assert answer.returncode == 0, answer.stderr
            self.right.append(self._written())
            _restore(self.here, self.whole)

    def judge(self, tally: Tally, case: str, number: int, harmed: Path) -> None:
        """Type one of the commands over the harmed file, and compare with what it says of the whole one."""
        which = number % len(COMMANDS)
        answer = spheres(self.here, *COMMANDS[which])
        case = f"{case}, spheres {' '.join(COMMANDS[which])}: exit status {answer.returncode}, {answer.stderr[-300:]!r}"
        if "Traceback" in answer.stderr:
            tally.fail("tracebacks", case)
        elif answer.returncode in (1, 2):
            if not answer.stderr.strip() or len(answer.stderr.strip().splitlines()) > 3:
                tally.fail("wrong", case)
        elif answer.returncode != 0 or not self._is_right(which, harmed):
            tally.fail("wrong", case)

    def _is_right(self, which: int, harmed: Path) -> bool:
        """Whether the tables are those of the whole result, but for a harmed one that the command neither reads nor writes."""
        beside = {} if COMMANDS[which][0] == "run" else {str(harmed): b""}
        return self._written() | beside == self.right[which] | beside

    def _written(self) -> dict[str, bytes]:
        """The tables of the result, of the comparison and of the export; a study of interests is no part of what a run makes."""
        found = [path for path in sorted(self.here.glob("results/a/**/*.csv")) if path.is_file() and path.name != INTERESTS]
        return {str(path.relative_to(self.here)): path.read_bytes() for path in found}


def _restore(here: Path, whole: dict[Path, bytes]) -> None:
    """Every file as it was, and no other."""
    for path in sorted(here.rglob("*"), reverse=True):
        if path.is_symlink() or (path.is_file() and path not in whole):
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    for path, content in whole.items():
        if not path.is_file() or path.stat().st_size != len(content) or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
