"""A fresh folder to work in."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path

from command_line import PROJECT


@contextmanager
def workplace(prefix: str) -> Iterator[Path]:
    """A fresh folder with the shipped scenarios, the current one while this lasts."""
    with tempfile.TemporaryDirectory(prefix=prefix) as text:
        here = Path(text).resolve()
        shutil.copytree(PROJECT / "scenarios", here / "scenarios")
        with chdir(here):
            yield here
