"""The register of the project, gathered once."""

import os
from collections.abc import Iterator

import pytest

from evidence.bench import PROJECT
from sim.provenance.register import Register, load_register


@pytest.fixture(scope="session")
def register() -> Iterator[Register]:
    """The register as an analyst's folder gives it; not to be changed by tests."""
    before = os.getcwd()
    os.chdir(PROJECT)
    made = load_register()
    os.chdir(before)
    yield made
