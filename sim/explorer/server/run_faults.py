"""What can keep runs from being compared with the stored worlds, or from ending, as sentences for the page."""

import asyncio
from concurrent.futures import CancelledError

from sim.experiment.execution.process_pool import NoWorkers, WorkerDeath
from sim.experiment.recording.chunk import Interruption
from sim.experiment.storage.chunk_key import model_version
from sim.explorer.explorer_data import ExplorerData
from sim.text.suggestions import display_path, printable

ENDING = "The program on this machine is ending. What you see stays."
_DEATH = "A process that ran worlds was ended by the system (killed, or out of memory). What you see stays; run it again."
_PAGE_STAYS = "What you see stays, from stored worlds."
_LONGEST = 300  # letters of an error


class RunError(RuntimeError):
    """A run that cannot go on; the text says why, and what stays."""


class Left(RuntimeError):
    """Nobody waits for a run any more."""


def gone_result(data: ExplorerData) -> str:
    """That the result of these worlds is no longer in its folder, if it is not; nothing else needs it there."""
    if data.worlds.result.current():
        return ""
    return (
        f"{_name(data)} has been removed or made anew since it was read. Everything here goes on with the worlds as they were read; "
        "to see what is there now, start `spheres explore` again."
    )


def other_rules(data: ExplorerData) -> str:
    """Why no run can be compared with these stored worlds: the model has changed since. Nothing if it has not."""
    manifest = data.worlds.result.manifest
    if manifest["versions"]["model"] == model_version():
        return ""
    return (
        f"{_name(data)} was run by another version of the model, so runs of this one cannot be compared with it. {_PAGE_STAYS} "
        f"Run the scenarios again: {printable(manifest['command'])}"
    )


def other_worlds(data: ExplorerData) -> str:
    """That worlds run here are not those that are stored, since no difference between them would mean anything."""
    return (
        f"{_name(data)} was run on another machine or with other libraries: its worlds come out differently here, so runs cannot be "
        f"compared with it. {_PAGE_STAYS} Run the scenarios again here: {printable(data.worlds.result.manifest['command'])}"
    )


def why(fault: BaseException) -> str:
    """Why a part failed, in a sentence."""
    if isinstance(fault, WorkerDeath):
        return _DEATH
    if isinstance(fault, NoWorkers):
        return f"Nothing can be run here now: {fault}. {_PAGE_STAYS}"
    if isinstance(fault, Interruption | asyncio.CancelledError | CancelledError) or "the pool has ended" in str(fault):
        return ENDING
    return f"The model stopped with an error ({type(fault).__name__}: {printable(str(fault))[:_LONGEST]}). {_PAGE_STAYS}"


def _name(data: ExplorerData) -> str:
    return display_path(data.worlds.result.folder)
