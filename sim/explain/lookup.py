"""From a word to answers: everything in the model that the word can mean, the shortest answer first."""

import difflib
import re
from collections.abc import Callable, Iterable

from sim.experiment.run_settings import SettingsError
from sim.explain.answer import Answer, Kind, answer, passage
from sim.explain.topics import (
    actor_topic,
    claim_topic,
    event_topic,
    group_topic,
    measure_topic,
    outcome_class_topic,
    parameter_topic,
    pattern_topic,
    place_topic,
    province_topic,
    scenario_topic,
    section_topic,
    zone_topic,
)
from sim.provenance.register import Register
from sim.scenario import ScenarioError
from sim.text.suggestions import quote

KINDS: tuple[Kind, ...] = (
    claim_topic.KIND,
    parameter_topic.KIND,
    section_topic.KIND,
    actor_topic.KIND,
    group_topic.KIND,
    province_topic.KIND,
    measure_topic.KIND,
    outcome_class_topic.OUTCOME,
    outcome_class_topic.TERRITORY,
    outcome_class_topic.SPHERE,
    event_topic.KIND,
    event_topic.FACT,
    scenario_topic.KIND,
    pattern_topic.KIND,
    place_topic.ASSET,
    place_topic.SITE,
    place_topic.TOWN,
    zone_topic.KIND,
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
    answers = [(kind, key, kind.describe(register, key)) for kind, key in meanings]
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
    if kind not in (claim_topic.KIND, parameter_topic.KIND):
        return told
    from sim.validation.claim_ablation import claim_ablation as doubts  # late: only these answers need results, and some need runs
    from sim.validation.sensitivity import pattern_sensitivity

    head = "What hangs on it" if kind is parameter_topic.KIND else "What its conclusions hang on"
    hang = passage(head, _tried(pattern_sensitivity.told, key))
    wrong = passage("If it is wrong", _tried(doubts.told, key) if kind is claim_topic.KIND else ())
    return answer(told.title, *told.passages, hang, wrong)


def _tried(describe: Callable[[str], list[str]], key: str) -> list[str]:
    """What results tell; where they cannot be read, why, so that the rest is told all the same."""
    try:
        return describe(key)
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
