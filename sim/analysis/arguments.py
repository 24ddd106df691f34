"""What is passed to results in a notebook, checked as the command line checks its options: the same care, and the nearest known name."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from sim.experiment.run_settings import SettingsError
from sim.text.suggestions import did_you_mean, quote


def folder(given: object) -> Path:
    """A folder of results, given as text or as a path. Raises SettingsError."""
    path = given if isinstance(given, str) else given.__fspath__() if isinstance(given, os.PathLike) else None
    if not isinstance(path, str) or not path:
        raise SettingsError(f"a folder of results must be a text or a path, such as 'results/default', not {_shown(given)}.")
    try:
        os.lstat(os.fsencode(path))
    except ValueError:  # a character that no name of a file has
        raise SettingsError(f"{quote(path)} cannot be the name of a folder.") from None
    except OSError:
        pass  # whether it is there is said where it is read
    return Path(path)


def one_of(name: object, known: Iterable[str], what: str) -> str:
    """The name, where it is known. Raises SettingsError with the nearest known name; `what` says of what it is one."""
    known = tuple(known)
    if not isinstance(name, str):
        raise SettingsError(f"a {what} must be given by its name, not as {_shown(name)}. {did_you_mean('', known)}")
    if name not in known:
        raise SettingsError(f"there is no {what} {quote(name)}. {did_you_mean(name, known)}")
    return name


def some_of(names: object, known: Iterable[str], what: str) -> tuple[str, ...]:
    """Some names, each where it is known and once; a text alone is one name. Raises SettingsError."""
    known = tuple(known)
    listed: Sequence[object] = (names,) if isinstance(names, str) else tuple(names) if isinstance(names, Iterable) else ()
    if not listed:
        given = "an empty list" if isinstance(names, Iterable) else _shown(names)
        raise SettingsError(f"{what}s must be a list of names, not {given}; leave the argument out for all. {did_you_mean('', known)}")
    return tuple(dict.fromkeys(one_of(name, known, what) for name in listed))


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 and text.isprintable() else f"a {type(value).__name__}"
