"""Part `kills`: commands killed at every one of their file operations, and what is to be seen and to be had after it.

A process that has all loaded forks; the child runs the command and is killed (SIGKILL) at its n-th operation on files below the folder of
work. Then the same as power cuts, where there is something written and not synced: that is cut to half. What a kill leaves is looked at
once; a later kill that leaves the very same files needs no second look.

`python -m tests.campaign.kills CASE N [cut]` repeats one and keeps its folder.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .after_kill import Found, Undisturbed, look, undisturbed
from .operations import UNSYNCED, Operations
from .project import NAME, add_strangers, contents, copy, new_project, state
from .shared_out import shared_out
from .tally import Budget, Tally
from .warm import command, load, remembered

_SMALL = ("--months", "1", "--name", NAME, "--jobs", "1", "--quiet")
RUN = ("run", "baseline", "other", "--worlds", "2", "--no-plots", *_SMALL)
MORE = ("run", "baseline", "other", "--worlds", "3", "--no-plots", *_SMALL)
CHANGED = (*RUN, "--set", "israel.strike_rate=3")
OTHER_SEED = ("run", "baseline", "--worlds", "1", "--seed", "2", "--replace", "--no-plots", *_SMALL)
PAGE = ("compare", f"results/{NAME}", "--no-pictures", "--no-stories", "--jobs", "1", "--quiet")
EXPORT = ("export", f"results/{NAME}", "worlds", "provinces", "--quiet")
SWEEP = ("sweep", "israel.strike_rate=3", "--worlds", "2", *_SMALL)
DESIGN = ("design", "design.yaml", "--run", *_SMALL)
_PASSES = (0, 2, 1, 3)  # every fourth operation, then those between: a short campaign visits all commands
_PROCESSES = 2


@dataclass(frozen=True)
class Case:
    """A command to be killed, after what other commands.

    `rare`: it takes long or has many alike, so only every so many operations are tried; `once`: it refuses where it has been done.
    """

    name: str
    words: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()
    rare: int = 1
    once: bool = False


CASES = (
    Case("first run", RUN),
    Case("compare again", PAGE, (RUN, (*PAGE, "--scenarios", "baseline"))),
    Case("more worlds", MORE, (RUN,)),
    Case("run again", RUN, (RUN,)),
    Case("changed scenario", CHANGED, (RUN,)),
    Case("other seed, replaced", OTHER_SEED, (RUN,)),
    Case("more worlds under page and tables", MORE, (RUN, PAGE, EXPORT)),
    Case("compare", PAGE, (RUN,)),
    Case("compare elsewhere", (*PAGE, "--out", "out/side"), (RUN,)),
    Case("export", EXPORT, (RUN,)),
    Case("export again", EXPORT, (RUN, EXPORT)),
    Case("export to CSV", (*EXPORT, "--csv"), (RUN, EXPORT)),
    Case("tidy", ("tidy", NAME), (RUN, OTHER_SEED)),
    Case("run with pictures", tuple(word if word != "--no-plots" else "--plots" for word in RUN), (RUN,), rare=5),
    Case("patterns", ("patterns", f"results/{NAME}"), (RUN,)),
    Case("divergence", ("compare", f"results/{NAME}", "--world", "1", "--scenarios", "baseline,other"), (RUN,), rare=3),
    Case("design", DESIGN),
    Case("sweep again", SWEEP, (SWEEP,), rare=3),
    Case("new scenario", ("new", "mine", "--from", "baseline"), once=True),
    Case("new folder", ("init", "fresh"), rare=6, once=True),
)


def run(budget: Budget, only: Sequence[str] = ()) -> Tally:
    """Kill commands until the budget is spent or every operation of every case has had its kill and its power cut."""
    cases = [case for case in CASES if not only or case.name in only]
    return shared_out("kills", budget, cases, _run, _PROCESSES)


def _run(budget: Budget, cases: Sequence[Case]) -> Tally:
    """The kills of some cases, in a process of their own."""
    tally = Tally("kills")
    with tempfile.TemporaryDirectory(prefix="kills-") as scratch:
        load(Path(scratch) / "memory")
        remember_pages(Path(scratch) / "memory")
        trials = [Trial(case, Path(scratch) / f"{at}") for at, case in enumerate(cases)]
        for trial, at, cut in _order(trials):
            if not budget.goes_on(tally.tried):
                break
            tally.tried += 1
            for kind, text in trial.killed(at, cut):
                tally.fail(
                    kind, f'"{trial.case.name}", {trial.operation(at)}{", power cut" if cut else ""}: {text}\n{trial.repeat(at, cut)}'
                )
    return tally


def _order(trials: "Sequence[Trial]") -> Iterator["tuple[Trial, int, bool]"]:
    """All kills of all trials, spread so that an early end has seen something of each."""
    for cut in (False, True):
        for first in _PASSES:
            for trial in trials:
                step = len(_PASSES) * trial.case.rare
                numbers = range(1 + first * trial.case.rare, trial.count + 1, step)
                yield from ((trial, at, cut) for at in numbers if not cut or trial.operation(at).endswith(UNSYNCED))


def remember_pages(memory: Path) -> None:
    """Take the text of a page that was made before of the very same comparison: making it takes most of the time of `compare`."""
    from sim.report.page import page

    page.page_text = remembered(page.page_text, memory, lambda c, *_: (c.scenarios, c.about, c.differences.to_csv(), c.months.to_csv()))


class Trial:
    """A case made ready: the project before the command, the result of the command undisturbed, and what was found after kills."""

    def __init__(self, case: Case, scratch: Path) -> None:
        self.case, self._scratch, self._states = case, scratch, {}  # type: ignore[var-annotated]
        self._ready: Undisturbed | None = None
        self._kills = 0

    @property
    def ready(self) -> Undisturbed:
        """The project before and after the command; made when it is first needed."""
        if self._ready is None:
            project = new_project(self._scratch / "before")
            for words in self.case.before:
                ended = command(project, words)
                if ended.status:
                    raise RuntimeError(f"{' '.join(words)} ended with {ended.status}: {ended.err}")
            add_strangers(project)
            self._ready = undisturbed(project, self.case.words, self._scratch, self.case.once)
        return self._ready

    @property
    def count(self) -> int:
        """How many operations the command takes."""
        return len(self.ready.operations)

    def operation(self, at: int) -> str:
        """The operation of a number, in words."""
        return self.ready.operations[at - 1]

    def repeat(self, at: int, cut: bool) -> str:
        """How to repeat a kill."""
        return f'  again: python -m tests.campaign.kills "{self.case.name}" {at}{" cut" if cut else ""}'

    def killed(self, at: int, cut: bool) -> list[Found]:
        """Kill the command at an operation; what is wrong after it."""
        self._kills += 1
        project = copy(self.ready.before, self._scratch / f"kill-{self._kills}")
        note = self._scratch / f"note-{self._kills}"
        ended = command(project, self.case.words, Operations(project, note, at, cut).install)
        if ended.hung:
            return [("hangs", "the command did not end")]
        if ended.status >= 0:
            return [("wrong", f"the command ended with {ended.status} before its operation {at}: {ended.err}")]
        left = state(contents(project))
        if left not in self._states:
            self._states[left] = look(self.ready, project, self._scratch / f"look-{self._kills}", with_sweeping=len(self._states) % 4 == 0)
        return self._states[left]


def _one(name: str, at: int, cut: bool) -> list[Found]:
    scratch = Path(tempfile.mkdtemp(prefix="kill-"))
    load(scratch / "memory")
    trial = Trial(next(case for case in CASES if case.name == name), scratch)
    print(f"{trial.operation(at)} of {trial.count}; folders: {trial._scratch}", flush=True)
    return trial.killed(at, cut)


if __name__ == "__main__":
    for kind, text in _one(sys.argv[1], int(sys.argv[2]), "cut" in sys.argv[3:]):
        print(f"{kind}: {text}")
