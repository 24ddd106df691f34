"""Builds a wheel with the scenarios of the root folder in it, so that they have one source. All else is in pyproject.toml."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
SCENARIOS = ("*.yaml", "*.json", "history/*.yaml", "designs/*.yaml", "designs/*.json")
SHIPPED = (*(f"scenarios/{pattern}" for pattern in SCENARIOS), "results/README.md")


class BuildWithScenarios(build_py):
    """Copies what ships with the model to `sim/data/`; an editable install reads it where it is."""

    def run(self) -> None:
        """Build the package, then add the files."""
        super().run()
        if self.editable_mode:
            return
        for source in sorted(path for pattern in SHIPPED for path in ROOT.glob(pattern)):
            target = Path(self.build_lib, "sim", "data", source.relative_to(ROOT))
            self.mkpath(str(target.parent))
            self.copy_file(str(source), str(target))


setup(cmdclass={"build_py": BuildWithScenarios})
