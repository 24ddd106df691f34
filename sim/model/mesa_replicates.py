"""Replicates under `mesa.batch_run(iterations=...)`: Mesa makes the same model several times, and each must be other worlds.

Mesa tells a model nothing of the replicate that it is made for (and, since 3.4, overwrites its seed with None); a model of which the
same seed always gives the same worlds would give the same row each time. So a model asks who makes it.
"""

import inspect
import sys
from types import FrameType
from typing import Any

import mesa
from mesa import batchrunner

SEEDS_BY_RNG = "rng" in inspect.signature(mesa.batch_run).parameters  # Mesa 3.4 and later: replicates are told apart by `rng=[1, 2, 3]`
_MAKER = getattr(getattr(batchrunner, "_model_run_func", None), "__code__", None)


def first_world_of_replicate(model: Any, first_world: int | None, n_worlds: int, is_seeded: bool, has_luck: bool = False) -> int:
    """The first world of a model: `first_world`, 0 where it is None; under Mesa, replicate i begins where replicate i - 1 ends.

    Raises ValueError where Mesa asks for several replicates of worlds that are given by their numbers, which would be the same worlds.
    """
    maker = _maker(model)
    replicate = 0 if maker is None or (is_seeded and SEEDS_BY_RNG) else int(maker.f_locals["run"][1])
    if maker is not None and not is_seeded and _seeds_are_lost(maker):
        raise ValueError("this version of Mesa drops a 'seed' among the parameters; give seeds as batch_run(..., rng=[1, 2, 3]).")
    if replicate and (first_world is not None or has_luck):
        raise ValueError(
            "iterations would repeat the same worlds: first_world and luck say which worlds are run. Leave out one of the two, "
            "for instance first_world=[0, 100, 200] without iterations."
        )
    return (first_world or 0) + replicate * n_worlds


def _maker(model: Any) -> FrameType | None:
    """The frame of Mesa's batch run that is making the model right now, if one is."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and frame.f_code.co_name == "__init__" and frame.f_locals.get("self") is model:
        frame = frame.f_back  # of the model itself, and of classes derived from it
    return frame if frame is not None and frame.f_code is _MAKER and "run" in frame.f_locals else None


def _seeds_are_lost(maker: FrameType) -> bool:
    """Whether seeds were given as a parameter where Mesa overwrites them; only seen in the process that called batch_run."""
    frame = maker.f_back
    while frame is not None and frame.f_code is not batchrunner.batch_run.__code__:
        frame = frame.f_back
    return SEEDS_BY_RNG and frame is not None and "seed" in frame.f_locals.get("parameters", ())
