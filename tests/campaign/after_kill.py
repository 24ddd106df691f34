"""After a kill: the old result or the new one is to be seen, nothing is lost, the same command finishes, and nothing stays behind."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .operations import Operations
from .project import NAME, RESULT, age, contents, copy, hidden, strangers, visible
from .reading import difference, view
from .warm import Ended, apart, command

Found = tuple[str, str]  # one of tally.KINDS, and what it was
_MANIFEST, _PAGE = (RESULT / "manifest.json").as_posix(), (RESULT / "compare" / "compare.html").as_posix()


@dataclass
class Undisturbed:
    """A command that was not killed: the project before it, all files after it, what a reader sees before and after, its operations."""

    words: Sequence[str]
    before: Path
    tree_before: dict[str, str]
    tree_after: dict[str, str]
    seen_before: dict[str, str]
    seen_after: dict[str, str]
    operations: list[str]
    once: bool = False


def undisturbed(project: Path, words: Sequence[str], scratch: Path, once: bool = False) -> Undisturbed:
    """Run a command to its end in a copy of a project; `once`: it refuses where it has been done.

    Raises RuntimeError where it does not end well.
    """
    done, note = copy(project, scratch / "after"), scratch / "operations"
    seen_before, tree_before = apart(view, copy(project, scratch / "seen")), contents(project)
    ended = command(done, words, Operations(done, note, power_cut=True).install)
    if ended.status:
        raise RuntimeError(f"{' '.join(words)} ended with {ended.status}: {ended.err}")
    operations = note.read_text().splitlines() if note.exists() else []
    return Undisturbed(words, project, tree_before, contents(done), seen_before, apart(view, done), operations, once)


def look(ready: Undisturbed, project: Path, scratch: Path, with_sweeping: bool) -> list[Found]:
    """Everything that is wrong in a project whose command was killed; `with_sweeping`: also whether a later run clears up."""
    found: list[Found] = []
    tree = contents(project)
    kept = strangers(ready.before)
    found += _lost(ready, tree)
    found += [("wrong", f"{text} of someone else (by the kill)") for text in _touched(kept, strangers(project))]

    seen = apart(view, copy(project, scratch / "seen"))
    if not _is_one_of_two(ready, seen):
        found.append(("wrong", f"what is seen is {difference(seen, ready.seen_before, ready.seen_after)}"))

    again = copy(project, scratch / "again")
    ended = command(again, ready.words)
    is_done = ready.once and ended.status == 2 and visible(tree) == visible(ready.tree_after)
    found += [] if is_done else _ended_well(ended, "the same command again")
    after = visible(contents(again))
    odd = sorted(path for path in {**after, **visible(ready.tree_after)} if after.get(path) != visible(ready.tree_after).get(path))
    if odd:
        found.append(("wrong", f"the same command again gives other files than undisturbed: {', '.join(odd[:6])}"))
    found += [("wrong", f"{text} of someone else (by the same command again)") for text in _touched(kept, strangers(again))]

    clears = ready.words if "--out" in ready.words else ("tidy", NAME)  # a folder elsewhere is cleared by who writes there next
    ways = [(again, clears)] + ([(copy(project, scratch / "old"), ready.words)] if with_sweeping else [])
    for place, words in ways if "manifest" in ready.seen_after else []:
        age(place)
        found += _ended_well(command(place, words), f"{words[0]} two hours later")
        left = hidden(contents(place)) - hidden(ready.tree_before) - hidden(ready.tree_after)
        if left:
            found.append(("left_behind", f"after {words[0]} two hours later: {', '.join(sorted(left)[:6])}"))
        found += [("wrong", f"{text} of someone else (by {words[0]} two hours later)") for text in _touched(kept, strangers(place))]
    shutil.rmtree(scratch)
    shutil.rmtree(project)
    return found


def _is_one_of_two(ready: Undisturbed, seen: dict[str, str]) -> bool:
    """Whether the old result is seen or the new one; tables that are exported of one result are old or new each by itself."""
    forms = ready.seen_before, ready.seen_after
    if ready.words[0] != "export":
        return seen in forms
    return all(seen.get(name) in [form.get(name) for form in forms] for name in {**seen, **forms[0], **forms[1]})


def _lost(ready: Undisturbed, tree: dict[str, str]) -> list[Found]:
    """Finished worlds, a manifest or a page that were there before the kill, stand in neither form now."""
    found: list[Found] = []
    for path, content in ready.tree_before.items():
        if "/chunks/" in path and path.endswith(".zip") and path in ready.tree_after and tree.get(path) != content:
            found.append(("lost", f"{path} is gone or changed"))
    for path in (_MANIFEST, _PAGE):
        forms = {ready.tree_before.get(path), ready.tree_after.get(path)}
        if None not in forms and tree.get(path) not in forms:
            found.append(("lost", f"{path} {'is damaged' if path in tree else 'is gone'}"))
    return found


def _touched(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [f"{path} {'is changed' if path in after else 'is gone'}" for path, content in before.items() if after.get(path) != content]


def _ended_well(ended: Ended, what: str) -> list[Found]:
    if ended.hung:
        return [("hangs", f"{what} did not end")]
    if ended.traceback:
        return [("tracebacks", f"{what}: {ended.err.strip().splitlines()[-1]}")]
    return [("wrong", f"{what} ended with {ended.status}: {ended.err.strip()[:300]}")] if ended.status else []
