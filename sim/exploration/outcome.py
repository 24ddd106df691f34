"""What is asked about: a class of outcome, an index, a measure of a province, or whether one of them is above (or below) a level."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.compare.quantities import FALLEN_BY_OBSERVED_MONTH, INDICES, INFLUENCE, PLACE_MEASURES, Quantity
from sim.experiment.recording.effort_measures import EFFORTS
from sim.experiment.run_settings import SettingsError
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.model.observation.measure_catalogue import OUTCOMES, SPHERES, TERRITORIES
from sim.model.state.dimensions import Power, Row, keys
from sim.model.state.geography import load_provinces
from sim.text.measure_labels import label
from sim.text.names import possessive
from sim.text.suggestions import nearest, quote

_FORM = re.compile(r"(?P<name>[^<>@]+?)(?:@(?P<place>[^<>]+?))?(?:(?P<sign>[<>])=?(?P<level>[^<>=]+))?")
_BY_PROVINCE = (*(f"{INFLUENCE}{power}" for power in keys(Power)), *PLACE_MEASURES)
_CLASSES = {"outcome": OUTCOMES, "territory": TERRITORIES}


@dataclass(frozen=True)
class Outcome:
    """Something asked about each world at the horizon.

    A share of worlds (0 or 1 in each) where the quantity is a class, or where `level` is given: whether the quantity lies above it
    (`above`) or below. Otherwise the quantity itself. `text` is how it is typed, `label` how sentences call it.
    """

    text: str
    label: str
    quantity: Quantity
    level: float | None = None
    above: bool = True

    @property
    def is_share(self) -> bool:
        """Whether each world has 0 or 1."""
        return self.level is not None or self.quantity.measure is None

    @property
    def unit(self) -> str:
        """The unit of its mean over worlds."""
        return "share of worlds" if self.is_share else str(getattr(self.quantity.measure, "unit", ""))

    @property
    def counted(self) -> Quantity:
        """How the size of its differences is counted: a share above a level as a share of worlds."""
        return self.quantity if self.level is None else Quantity("outcome", self.text, COUNTRY)

    def of(self, values: Row) -> Row:
        """The outcome in each world, from the quantity in each, (worlds,) both."""
        if self.level is None:
            return np.asarray(values, dtype=np.float64)
        return np.asarray((values > self.level) if self.above else (values < self.level), dtype=np.float64)


def parse_outcome(text: str, option: str = "--outcome") -> Outcome:
    """An outcome as typed: `iranian_primacy`, `fallen`, `balance`, `balance>0.6`, `influence_iran@SY-DY`, `sphere:iran@Homs`.

    Raises SettingsError with the nearest name.
    """
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise SettingsError(f"{option}: {quote(text)} cannot be read; give a name, such as balance, or a share, such as 'balance>0.6'.")
    parts: dict[str, Any] = {key: value.strip() if value else value for key, value in found.groupdict().items()}
    place = None if parts["place"] is None else _province(parts["place"], option)
    quantity = _quantity(parts["name"], place, option)
    words = _words(quantity)
    plain = _plain(quantity)
    if parts["level"] is None:
        return Outcome(plain, words, quantity)
    if quantity.measure is None:
        raise SettingsError(f"{option}: '{plain}' is a share of worlds by itself; leave '{parts['sign']}{parts['level']}' out.")
    level = _level(parts["level"], option)
    above = parts["sign"] == ">"
    return Outcome(f"{plain}{parts['sign']}{level:g}", f"{words} {'above' if above else 'below'} {level:g}", quantity, level, above)


def known_outcomes() -> tuple[str, ...]:
    """The names that need no province, classes first."""
    return (*OUTCOMES, *TERRITORIES, FALLEN_BY_OBSERVED_MONTH, *INDICES, *(measure.name for measure in EFFORTS))


def _quantity(name: str, place: str | None, option: str) -> Quantity:
    stem = name.rpartition(":")[2]
    if place is not None:
        spheres = {f"sphere:{sphere}" for sphere in SPHERES}
        if name in spheres:
            return Quantity("sphere", name, place)
        if name in _BY_PROVINCE:
            return Quantity("influence" if name.startswith(INFLUENCE) else "place", name, place)
        raise _unknown(name, (*_BY_PROVINCE, *spheres), option, " of a province")
    for kind, classes in _CLASSES.items():
        if stem in classes and name in (stem, f"{kind}:{stem}"):
            return Quantity(kind, f"{kind}:{stem}", COUNTRY)
    if name == FALLEN_BY_OBSERVED_MONTH:
        return Quantity("fallen", name, COUNTRY)
    if name in INDICES:
        return Quantity("index", name, COUNTRY)
    if name in {measure.name for measure in EFFORTS}:
        return Quantity("effort", name, COUNTRY)
    if name in _BY_PROVINCE:
        raise SettingsError(f"{option}: '{name}' is measured by province; say which, such as '{name}@SY-HI'.")
    raise _unknown(name, known_outcomes(), option, "")


def _unknown(name: str, known: tuple[str, ...], option: str, of: str) -> SettingsError:
    close = nearest(name.lower().replace(" ", "_").replace("-", "_"), known)
    hint = f"Did you mean '{close}'?" if close else f"Outcomes are {', '.join(OUTCOMES)}; indices are {', '.join(INDICES[:12])} and more."
    return SettingsError(f"{option}: {quote(name)} is no outcome or measure{of}. {hint}")


def _province(text: str, option: str) -> str:
    """The ISO code of a province given by code or name."""
    provinces = load_provinces()
    codes = {name.lower(): iso for name, iso in zip(provinces.name, provinces.iso, strict=True)} | {i.lower(): i for i in provinces.iso}
    if text.lower() in codes:
        return codes[text.lower()]
    close = nearest(text.lower(), codes)
    hint = f"Did you mean '{close}'?" if close else f"Known here: {', '.join(provinces.iso)}."
    raise SettingsError(f"{option}: {quote(text)} is no province. {hint}")


def _level(text: str, option: str) -> float:
    try:
        level = float(text)
    except ValueError:
        level = float("nan")
    if not np.isfinite(level):
        raise SettingsError(f"{option}: {quote(text)} is no number; write, for instance, 'balance>0.6'.")
    return level


def _plain(quantity: Quantity) -> str:
    name = quantity.name if quantity.kind not in _CLASSES else quantity.class_name
    return name if quantity.province == COUNTRY else f"{name}@{quantity.province}"


def _words(quantity: Quantity) -> str:
    """The quantity as sentences call it."""
    if quantity.kind == "fallen":
        return f"government fallen by {quantity.name.removeprefix('fallen_by_').replace('_', '-')}"
    if quantity.kind in _CLASSES:
        return quantity.class_name.replace("_", " ").replace("russian", "Russian").replace("iranian", "Iranian")
    if quantity.province == COUNTRY:
        return label(quantity.name)
    provinces = load_provinces()
    place = provinces.name[provinces.iso.index(quantity.province)]
    if quantity.kind == "sphere":
        return f"{place} in the sphere {quantity.class_name.replace('_', ' ')}"
    if quantity.kind == "influence":
        return f"{possessive(quantity.power)} influence in {place}"
    return f"{label(quantity.name)} in {place}"
