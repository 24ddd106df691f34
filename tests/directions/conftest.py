"""Runs are kept while the tests of this folder go on, and let go of afterwards."""

from collections.abc import Iterator

import pytest

from directions.runs import run


@pytest.fixture(scope="session", autouse=True)
def forget() -> Iterator[None]:
    """Free the kept runs at the end of the session."""
    yield
    run.cache_clear()
