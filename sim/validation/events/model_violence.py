"""Violence in the model: the one definition of what is compared with event data, and a run that counts it.

One event each: an offensive, won or repelled (every round of a month); a raid of the Islamic State; an Israeli or US strike on Iran-backed
presence; a local rising. Not counted: routs, withdrawals and take-overs, which happen without a battle; towns that change hands, which
are part of an offensive already counted; disputes between the partners. Event data count incidents that reports name, the model one
campaign of a month: the unit differs, and only shares, ranks and counts times one factor are compared. Deaths are in neither: the
model counts power, not lives.
"""

from collections.abc import Callable, Mapping

import numpy as np
from jaxtyping import Int

from sim.experiment.recording.chunk import CHUNK
from sim.model.state.dimensions import Array
from sim.model.state.event_log import KINDS, EventCount, EventLog
from sim.scenario import Scenario
from sim.simulation import Spheres

_OTHERS = ("raid", "rising", "strike_israel", "strike_us")
VIOLENT = tuple(kind.name for kind in KINDS if kind.name.endswith(("_gain", "_repelled")) or kind.name in _OTHERS)
_MOST = np.iinfo(np.int16).max

Violence = Int[Array, "provinces months worlds"]


class ViolenceLog(EventLog):
    """An event log that also counts violence by province, month and world."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.violence = np.zeros((self.n_provinces, self.n_months, self.n_worlds), dtype=np.int16)

    def note(self, name: str, month: int, count: EventCount, text: str | Mapping[int, str] = "", day: int = 0) -> None:
        """As the log does; violent events with a place are counted by world besides."""
        super().note(name, month, count, text, day)
        if name in VIOLENT and np.ndim(count) == 2:
            total = self.violence[:, month] + np.asarray(count)[:, : self.n_worlds]
            self.violence[:, month] = np.minimum(total, _MOST).astype(np.int16)


def run_violence(scenario: Scenario, worlds: int, seed: int, on_month: Callable[[int], None] | None = None) -> Violence:
    """Violence in worlds 0 to `worlds` - 1, which draw their parameters; `on_month` is called with the number of worlds each month."""
    return np.concatenate(
        [_chunk(scenario, first, min(CHUNK, worlds - first), seed, on_month) for first in range(0, worlds, CHUNK)], axis=-1
    )


def _chunk(scenario: Scenario, first: int, worlds: int, seed: int, on_month: Callable[[int], None] | None) -> Violence:
    model = Spheres(scenario, worlds=worlds, first_world=first, seed=seed)
    log = ViolenceLog(worlds, model.months, len(model.provinces))
    model.log = model.ensemble.log = log
    try:
        while model.running:
            model.step()
            if on_month is not None:
                on_month(worlds)
    finally:
        model.close()
    return log.violence
