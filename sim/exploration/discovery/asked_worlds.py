"""The worlds that a rule is sought for: those with an outcome, those with much of an index, or those in which two scenarios differ."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.compare.quantities import POOLED_KINDS
from sim.experiment.run_settings import SettingsError
from sim.exploration.outcome import Outcome
from sim.exploration.stored_worlds import StoredWorlds, read_pair, read_worlds
from sim.model.state.dimensions import Array, BoolRow, Row
from sim.model.state.parameters import ParameterValue
from sim.text.number_format import capital, number, percent
from sim.text.suggestions import quote

UPPER, MEDIAN, LOWER = "upper", "median", "lower"
_PARTS = {UPPER: (0.9, True, "the upper tenth"), MEDIAN: (0.5, True, "the upper half"), LOWER: (0.1, False, "the lower tenth")}


@dataclass(frozen=True)
class AskedWorlds:
    """Worlds with where in its range each drew every parameter, (n,) by path, and in which of them what is asked `holds`, (n,).

    `says` completes "worlds in which ..."; `source` names the worlds; `notes` are sentences on how the question was understood.
    """

    outcome: str
    scenario: str
    against: str
    holds: BoolRow
    quantiles: Mapping[str, Row]
    settings: Mapping[str, ParameterValue]
    says: str
    source: str
    notes: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The parameters in the order of their rows."""
        return tuple(self.quantiles)

    @property
    def draws(self) -> Array:
        """The quantiles as rows, (parameters, n)."""
        return np.stack(list(self.quantiles.values()))


def check_level(outcome: Outcome, level: str | None) -> float | str | None:
    """A level as typed: a number, or a part of the worlds; none for an outcome that worlds have or have not. Raises SettingsError."""
    if outcome.is_share:
        if level is not None:
            raise SettingsError(f"--level: '{outcome.text}' is had by a world or not, so it has no level; leave --level out.")
        return None
    if level is None or level in _PARTS:
        return level or UPPER
    try:
        value = float(level)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise SettingsError(f"--level: {quote(level)} is neither a number nor one of {', '.join(_PARTS)}.")
    return value


def asked_worlds(folder: Path, scenario: str, against: str, outcome: Outcome, level: float | str | None) -> AskedWorlds:
    """The worlds of a scenario of a result, or of two (`against`). Raises SettingsError if they cannot be read."""
    if not against:
        mine = read_worlds(folder, scenario)
        holds, says, notes = _split(mine.values(outcome), outcome.label, outcome, level)
        notes = (*notes, *_fallen_note(outcome, mine))
        return AskedWorlds(outcome.text, scenario, "", holds, mine.quantiles, mine.settings, says, mine.label, notes)
    if against == scenario:
        raise SettingsError(f"--against: '{against}' is the scenario itself; name another one of {folder}.")
    mine, other = read_pair(folder, scenario, against)
    holds, says, notes = _flipped(mine, other, outcome) if outcome.is_share else _apart(mine, other, outcome, level)
    notes = (*notes, *_fallen_note(outcome, mine, other))
    quantiles = {**other.quantiles, **mine.quantiles}
    settings = {path: (mine if path in mine.quantiles else other).settings[path] for path in quantiles}
    source = f"the same {len(mine):,} worlds of {scenario} and {against} in {folder}"
    return AskedWorlds(outcome.text, scenario, against, holds, quantiles, settings, says, source, notes)


_Split = tuple[BoolRow, str, tuple[str, ...]]  # in which worlds it holds, how that is said, and notes


def _flipped(mine: StoredWorlds, other: StoredWorlds, outcome: Outcome) -> _Split:
    """Worlds in which one scenario has an outcome, and the other has not."""
    one, another = mine.scenario.name, other.scenario.name
    a, b = mine.values(outcome), other.values(outcome)
    shares = (percent(float(share)) for share in (a.mean(), b.mean(), (b > a).mean()))
    note = "{}: {} of worlds in {}, {} in {}; the reverse, in {} alone, is so in {} of worlds."
    first, second, reverse = shares
    return (
        a > b,
        f"{one}, unlike {another}, has {outcome.label}",
        (note.format(capital(outcome.label), first, one, second, another, another, reverse),),
    )


def _apart(mine: StoredWorlds, other: StoredWorlds, outcome: Outcome, level: float | str | None) -> _Split:
    """Worlds in which the difference between two scenarios is beyond a level."""
    what = f"the difference between {mine.scenario.name} and {other.scenario.name} in {outcome.label}"
    return _split(mine.values(outcome) - other.values(outcome), what, outcome, level, signed=True)


def _fallen_note(outcome: Outcome, *several: StoredWorlds) -> tuple[str, ...]:
    """How many worlds have a fallen government, where the outcome is a measure."""
    if outcome.quantity.kind in POOLED_KINDS:
        return ()
    share = float(np.any([worlds.fallen() for worlds in several], axis=0).mean())
    return (f"In {percent(share)} of these worlds the government has fallen; they are among them.",) if share else ()


def _split(values: Row, what: str, outcome: Outcome, level: float | str | None, signed: bool = False) -> _Split:
    """Worlds in which values are beyond a level, and where the level comes from; those that have an outcome."""
    if outcome.is_share:
        return values > 0.5, _had(what, outcome), ()
    unit = _unit(outcome)
    if not isinstance(level, str):
        at = float(level or 0.0)
        return values > at, f"{what} is above {number(at, signed=signed)}{unit}", ()
    share, upwards, part = _PARTS[level]
    at = float(np.quantile(values, share))
    says = f"{what} is {'above' if upwards else 'below'} {number(at, signed=signed)}{unit}"
    others = " or ".join(name for name in _PARTS if name != level)
    note = f"The level is that of {part} of worlds; --level takes another one, a number, {others}."
    return (values > at if upwards else values < at), says, (note,)


def _unit(outcome: Outcome) -> str:
    return "" if outcome.unit in ("share", "index", "ratio", "effort", "") else f" {outcome.unit}"


def _had(what: str, outcome: Outcome) -> str:
    """That a world has an outcome."""
    if outcome.level is not None:
        words, side, level = what.rpartition(" above " if outcome.above else " below ")
        return f"{words} is{side}{level}"
    kind = outcome.quantity.kind
    if kind == "sphere":
        return what.replace(" in the sphere", " is in the sphere")
    return what.replace("government", "the government has", 1) if kind == "fallen" else f"the {kind} is {what}"
