"""From a word to answers: everything in the model that the word can mean, the shortest answer first."""

import difflib
import re
from collections.abc import Callable, Iterable

from sim.evidence.explain.about import (
    actor,
    claim,
    classes,
    event,
    group,
    measure,
    parameter,
    pattern,
    place,
    province,
    scenario,
    section,
    zone,
)
from sim.evidence.explain.answer import Answer, Kind, answer, passage
from sim.evidence.register.register import Register
from sim.experiment.settings import SettingsError
from sim.scenario import ScenarioError
from sim.scenario.problems import quote

KINDS: tuple[Kind, ...] = (
    claim.KIND,
    parameter.KIND,
    section.KIND,
    actor.KIND,
    group.KIND,
    province.KIND,
    measure.KIND,
    classes.OUTCOME,
    classes.TERRITORY,
    classes.SPHERE,
    event.KIND,
    event.FACT,
    scenario.KIND,
    pattern.KIND,
    place.ASSET,
    place.SITE,
    place.TOWN,
    zone.KIND,
)
MOST = 3  # near misses that are offered
ALIKE = 0.6  # how like a name must be to be offered
CLOSE = 0.06  # how much less like than the nearest one


class Unknown(SettingsError):
    """A word that nothing in the model answers to; the text offers the nearest names."""


def explain(word: str, register: Register, computed: bool = True) -> list[Answer]:
    """Every meaning of a word, the shortest answer first. Raises Unknown.

    With `computed`, claims and parameters are also told by what hangs on them, read from results or run for the purpose.
    """
    meanings = index(register).get(same(word))
    if meanings is None:
        raise Unknown(_nothing(word, register))
    answers = [(kind, key, kind.tell(register, key)) for kind, key in meanings]
    told = [_with_results(one, kind, key) if computed else one for kind, key, one in answers]
    return sorted(told, key=lambda one: one.length)


def index(register: Register) -> dict[str, list[tuple[Kind, str]]]:
    """What every name can mean, by the name made plain (`same`)."""
    meanings: dict[str, list[tuple[Kind, str]]] = {}
    for kind in KINDS:
        for name, key in kind.names(register).items():
            known = meanings.setdefault(same(name), [])
            if (kind, key) not in known:
                known.append((kind, key))
    return meanings


def same(name: str) -> str:
    """A name without what a person may write either way: capitals, spaces, dashes."""
    return re.sub(r"[-_\s]+", "_", name.strip().casefold())


def all_names(register: Register) -> list[str]:
    """Every name that something answers to."""
    return sorted({name for kind in KINDS for name in kind.names(register)})


def _with_results(told: Answer, kind: Kind, key: str) -> Answer:
    """An answer with what only results can tell: what hangs on what, and what changes if a claim is wrong."""
    if kind not in (claim.KIND, parameter.KIND):
        return told
    from sim.evidence.doubts import doubting as doubts  # late: only these answers need results, and some need runs
    from sim.evidence.sensitivity import hinges

    head = "What hangs on it" if kind is parameter.KIND else "What its conclusions hang on"
    hang = passage(head, _tried(hinges.told, key))
    wrong = passage("If it is wrong", _tried(doubts.told, key) if kind is claim.KIND else ())
    return answer(told.title, *told.passages, hang, wrong)


def _tried(tell: Callable[[str], list[str]], key: str) -> list[str]:
    """What results tell; where they cannot be read, why, so that the rest is told all the same."""
    try:
        return tell(key)
    except (ScenarioError, SettingsError) as fault:
        return [f"This cannot be told: {fault}"]


def _nothing(word: str, register: Register) -> str:
    """That a word means nothing here, and what may have been meant."""
    near = nearest_few(word, all_names(register))
    offered = " or ".join(quote(name) for name in near)
    hint = f"Did you mean {offered}?" if near else "Try a claim (R43), a parameter, an actor, a province or a scenario."
    return f"{quote(word)} is nothing this model knows. {hint}"


def nearest_few(word: str, names: Iterable[str]) -> list[str]:
    """Up to three names that may have been meant: those that the word ends or begins, else those most like it."""
    wanted = same(word)
    known = {same(name): name for name in sorted(names, reverse=True)}  # of two spellings, the one with capitals
    whole = [name for plain, name in sorted(known.items()) if plain.endswith(f".{wanted}") or plain.startswith(f"{wanted}_")]
    if whole:
        return whole[:MOST]
    like = difflib.get_close_matches(wanted[:200], sorted(known), n=MOST, cutoff=ALIKE)
    best = [difflib.SequenceMatcher(None, one, wanted).ratio() for one in like]
    return [known[one] for one, ratio in zip(like, best, strict=True) if ratio >= best[0] - CLOSE]
