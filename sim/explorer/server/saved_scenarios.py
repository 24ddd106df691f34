"""A setting of the explorer saved as a scenario file: checked as every such file is, and written only where nothing stands."""

import os
import re
import threading
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.whole_files import write_new
from sim.scenario import Scenario
from sim.scenario.loader import load_from, project_library
from sim.scenario.new_file import loaded_as, name_in_use
from sim.scenario.packaged_files import MISSING, NOTICE, SCENARIOS
from sim.scenario.scenario_names import NAME, name_hint
from sim.text.suggestions import did_you_mean, quote

_LONGEST_NAME = 60
_saving = threading.Lock()  # one after the other, so that two of one name do not meet
_KEYS = ("name", "text")


def read_save_request(asked: Mapping[str, Any]) -> tuple[str, str]:
    """The name and the text of a file to be saved. Raises SettingsError."""
    for key in asked:
        if key not in _KEYS:
            raise SettingsError(f"{quote(key)} is not known of a scenario to be saved. {did_you_mean(key, _KEYS)}")
    name, text = asked.get("name"), asked.get("text")
    if not isinstance(name, str) or not isinstance(text, str):
        raise SettingsError("A scenario to be saved must have a 'name' and a 'text'.")
    if not _is_text(name) or not _is_text(text):
        raise SettingsError("A scenario to be saved must be a text of letters; what was sent has halves of them.")
    return name, text


def _is_text(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def save_scenario(name: str, text: str, base: Scenario) -> dict[str, Any]:
    """Write `scenarios/NAME.yaml` in the current folder: its path, the command that runs it, and sentences about what is unusual in it.

    `base` is the scenario of the result, which the page shows. Raises SettingsError or ScenarioError with nothing written, and OSError.
    """
    with _saving:
        return _save(name, text, base)


def _save(name: str, text: str, base: Scenario) -> dict[str, Any]:
    place = _place(name)
    library = project_library()
    if taken := name_in_use(library, name):
        raise SettingsError(taken)
    scenario = loaded_as(library, place, text)
    notices = [*_about_base(scenario, base), *(notice for notice in scenario.notices if not notice.endswith(NOTICE))]
    try:
        write_new(place, text)
    except FileExistsError:
        raise _exists(place) from None
    return {"path": place.as_posix(), "command": f"spheres run {place.as_posix()} --name {name}", "notices": notices}


def _place(name: str) -> Path:
    """Where a scenario of a name goes. Raises SettingsError."""
    if not NAME.fullmatch(name):
        near = _nearest_name(name)
        hint = f"Did you mean '{near}'?" if near else name_hint(name)
        raise SettingsError(f"{quote(name)} cannot name a scenario. {hint}")
    if not SCENARIOS.is_dir():
        raise SettingsError(MISSING)
    place = SCENARIOS / f"{name}.yaml"
    if os.path.lexists(place):
        raise _exists(place)
    return place


def _exists(place: Path) -> SettingsError:
    return SettingsError(f"{place.as_posix()} exists already, and nothing is overwritten; choose another name.")


def _nearest_name(name: str) -> str:
    """The name that was probably meant, in the letters that a name may have; nothing where none is left."""
    plain = unicodedata.normalize("NFKD", name[:400]).encode("ascii", "ignore").decode().lower().removesuffix(".yaml").removesuffix(".yml")
    near = re.sub(r"[^a-z0-9-]+", "_", plain).strip("_-")[:_LONGEST_NAME].rstrip("_-")
    return near if NAME.fullmatch(near) else ""


def _about_base(scenario: Scenario, base: Scenario) -> list[str]:
    """Whether the scenario that a new one extends is still as the result has it."""
    if scenario.extends != base.name:
        return []
    parent = load_from(project_library(), (base.name,))[-1]
    if parent.with_months(base.months).digest() == base.digest():
        return []
    return [f"'{base.name}' is not as it was when the worlds shown here were run; the saved scenario builds on it as it is now."]
