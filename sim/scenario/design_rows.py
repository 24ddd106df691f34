"""The rows of a design: one world each, with its point, its luck, and where its point lies in the space of parameters."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.model.state.dimensions import Array, Row

MOST_SHOWN = 6  # numbers of a row in a sentence


@dataclass(frozen=True)
class DesignRows:
    """So many rows: `point` (n,) numbers the points of the design, `luck` (n,) is the world whose random numbers a row has.

    `quantiles` and `values` give by path (n,) where in its range a row draws a parameter, or the number that it is set to. Parameters
    without either are drawn as world `luck` draws them, or central, as the run says. Rows with the same luck can be paired.
    """

    point: Array
    luck: Array
    quantiles: Mapping[str, Row] = field(default_factory=dict)
    values: Mapping[str, Row] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.luck)

    @property
    def factors(self) -> tuple[str, ...]:
        """The parameters that rows differ in by design."""
        return (*self.quantiles, *self.values)

    def take(self, which: Any) -> "DesignRows":
        """Some of the rows, by index, mask or slice."""
        quantiles = {path: row[which] for path, row in self.quantiles.items()}
        return DesignRows(self.point[which], self.luck[which], quantiles, {path: row[which] for path, row in self.values.items()})

    def describe(self, row: int) -> str:
        """A row in words: its point, its luck, and up to MOST_SHOWN of the numbers that the design gives it."""
        given = [f"{path} {values[row]:.4g}" for path, values in self.values.items()]
        given += [f"{path} at {100 * values[row]:.3g} % of its draws" for path, values in self.quantiles.items()]
        more = f", and {len(given) - MOST_SHOWN} more" if len(given) > MOST_SHOWN else ""
        return f"point {self.point[row]} under the luck of world {self.luck[row]}: {', '.join(given[:MOST_SHOWN])}{more}"

    def digest(self) -> str:
        """A hash of everything in it."""
        found = hashlib.sha256()
        for kind, rows in (("", {"point": self.point, "luck": self.luck}), ("quantile", self.quantiles), ("value", self.values)):
            for name, row in rows.items():
                found.update(f"{kind}:{name}\0".encode() + np.ascontiguousarray(row).astype("<f8" if kind else "<i8").tobytes())
        return found.hexdigest()[:32]

    def for_model(self) -> dict[str, Any]:
        """What `Spheres` is given for these rows."""
        return {"luck": self.luck, "quantiles": self.quantiles, **self.values}
