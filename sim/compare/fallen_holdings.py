"""What becomes of the partners' holdings in the worlds in which the government has fallen: before the fall, kept, passed on."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from sim.compare.quantities import FELL, Quantity
from sim.compare.world_values import read_horizon
from sim.experiment.storage.chunk_reader import ChunkFile
from sim.experiment.storage.monthly_tables import COUNTRY
from sim.model.state.dimensions import Partner, keys
from sim.statistics.exact_sums import Moments, fixed_point

HOLDINGS = ("contracts", "force", "base_force", "roots")
COLUMNS = ("scenario", "partner", "holding", "worlds", "before", "kept", "passed", "kept_share")
_CASES = [(partner, holding) for partner in keys(Partner) for holding in HOLDINGS]
_MEASURES = [
    f"{stem}_{holding}_{partner}"
    for partner, holding in _CASES
    for stem in ("before_fall", "kept", *(("passed",) if holding == "contracts" else ()))
]


def holdings_table(scenario: str, files: Iterable[ChunkFile]) -> pd.DataFrame:
    """The holdings of a scenario's fallen worlds, COLUMNS; no rows where no government has fallen. Raises DamagedChunk.

    `kept_share` is the share of all that was held in those worlds; NaN where nothing was. What is neither kept nor passed on has lapsed.
    """
    sums, compared = Moments(len(_MEASURES)), [FELL, *(Quantity("index", name, COUNTRY) for name in _MEASURES)]
    for file in files:
        fell, *values = read_horizon(file, compared)
        sums.add(fixed_point(np.stack(values))[:, fell > 0.0])
    if not sums.n:
        return pd.DataFrame(columns=list(COLUMNS))
    mean = dict(zip(_MEASURES, sums.mean().tolist(), strict=True))
    rows = []
    for partner, holding in _CASES:
        before, kept = (mean[f"{stem}_{holding}_{partner}"] for stem in ("before_fall", "kept"))
        passed = mean.get(f"passed_{holding}_{partner}", np.nan)
        rows.append((scenario, partner, holding, sums.n, before, kept, passed, kept / before if before else np.nan))
    return pd.DataFrame(rows, columns=list(COLUMNS))
