"""The tables of every world of a folder of results, put together as an analyst would."""

from pathlib import Path

import pandas as pd

from sim.experiment.storage.results import Result


def table(folder: Path, name: str = "worlds") -> pd.DataFrame:
    """All rows of all scenarios; a column that a scenario does not have is empty there."""
    result = Result(folder)
    frames = [result.table(scenario, name).to_pandas() for scenario in result.scenarios]
    texts = {column: str for frame in frames for column in frame.columns if isinstance(frame[column].dtype, pd.CategoricalDtype)}
    return pd.concat([frame.astype({k: object for k in texts if k in frame.columns}) for frame in frames], ignore_index=True)
