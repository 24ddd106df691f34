"""Where the explorer's page is (`spheres explore --page`), if it stands beside the compared results."""

from collections.abc import Sequence
from pathlib import Path

from sim.experiment.run_settings import RESULTS
from sim.experiment.storage.result_folder import EXPLORER_PAGE
from sim.report.page.interest_link import address

_FOLDER = "explorer"


def find_explorer(results: Sequence[Path], place: Path) -> str:
    """Its address from the folder `place`: in a result, beside one, or in results/; nothing where there is none."""
    folders = [*results, *(folder.parent for folder in results), RESULTS]
    pages = (folder / _FOLDER / EXPLORER_PAGE for folder in folders)
    try:
        return next((address(page, place) for page in pages if page.is_file()), "")
    except ValueError:  # on another drive
        return ""
