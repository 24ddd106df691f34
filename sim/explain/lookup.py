"""From a name to answers: everything in the model that has the name, the shortest answer first."""

import difflib
import re
from collections.abc import Callable, Iterable

from sim.experiment.run_settings import SettingsError
from sim.explain.answer import INDENT, Answer, Topic, answer, passage
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
from sim.explain.word_search import WordIndex
from sim.provenance.register import Register
from sim.scenario import ScenarioError
from sim.text.suggestions import quote

TOPICS: tuple[Topic, ...] = (
    claim_topic.TOPIC,
    parameter_topic.TOPIC,
    section_topic.TOPIC,
    actor_topic.TOPIC,
    group_topic.TOPIC,
    province_topic.TOPIC,
    measure_topic.TOPIC,
    outcome_class_topic.OUTCOME,
    outcome_class_topic.TERRITORY,
    outcome_class_topic.SPHERE,
    event_topic.TOPIC,
    event_topic.FACT,
    scenario_topic.TOPIC,
    pattern_topic.TOPIC,
    place_topic.ASSET,
    place_topic.SITE,
    place_topic.TOWN,
    zone_topic.TOPIC,
)
MAX_SUGGESTIONS = 3
MIN_SIMILARITY = 0.6  # of a name that is suggested
MAX_FOUND = 8  # things that have the word, listed where no name is meant
MAX_BEHIND = 0.06  # how much less similar it may be than the most similar one


class UnknownName(SettingsError):
    """A name that nothing in the model has; the message suggests similar names."""


def explain(name: str, register: Register, with_results: bool = True) -> list[Answer]:
    """An answer for everything that has a name, the shortest first. Raises UnknownName.

    With `with_results`, answers on claims and parameters also say what depends on them, from stored results and new runs.
    """
    meanings = index(register).get(normalised(name))
    if meanings is None:
        raise UnknownName(_not_found(name, register))
    answers = [(topic, key, topic.describe(register, key)) for topic, key in meanings]
    complete = [_with_results(text, topic, key) if with_results else text for topic, key, text in answers]
    return sorted(complete, key=lambda text: text.length)


def index(register: Register) -> dict[str, list[tuple[Topic, str]]]:
    """Everything that has each (normalised) name."""
    meanings: dict[str, list[tuple[Topic, str]]] = {}
    for topic in TOPICS:
        for name, key in topic.names(register).items():
            known = meanings.setdefault(normalised(name), [])
            if (topic, key) not in known:
                known.append((topic, key))
    return meanings


def normalised(name: str) -> str:
    """A name in lower case, with underscores for spaces and dashes."""
    return re.sub(r"[-_\s]+", "_", name.strip().casefold())


def all_names(register: Register) -> list[str]:
    """Every name that can be explained."""
    return sorted({name for topic in TOPICS for name in topic.names(register)})


def _with_results(text: Answer, topic: Topic, key: str) -> Answer:
    """An answer with what only results can show: what a conclusion depends on, and what changes if a claim is wrong."""
    if topic not in (claim_topic.TOPIC, parameter_topic.TOPIC):
        return text
    from sim.validation.claim_ablation import claim_ablation  # late: only these answers need results, and some need runs
    from sim.validation.sensitivity import sensitivity_report

    head = "What depends on it" if topic is parameter_topic.TOPIC else "What its conclusions depend on"
    depends = passage(head, _lines_or_error(sensitivity_report.explanation, key))
    wrong = passage("If it is wrong", _lines_or_error(claim_ablation.explanation, key) if topic is claim_topic.TOPIC else ())
    return answer(text.title, *text.passages, depends, wrong)


def _lines_or_error(explanation: Callable[[str], list[str]], key: str) -> list[str]:
    """What results show; where they cannot be read, the reason, so that the rest of the answer is printed all the same."""
    try:
        return explanation(key)
    except (ScenarioError, SettingsError) as error:
        return [f"Not available: {error}"]


def _not_found(name: str, register: Register) -> str:
    """That a name is not found, and what may have been meant: similar names, and what has the word in its name, meaning or source."""
    suggestions = " or ".join(quote(known) for known in similar_names(name, all_names(register)))
    found = [one.thing.line for one in WordIndex(register).find(name)]
    words = "Try a claim (R43), a parameter, an actor, a province or a scenario." if not found else ""
    hint = f"Did you mean {suggestions}?" if suggestions else words
    lines = [
        f"No name is {quote(name)}, but these have it:"
        if found and not suggestions
        else f"{quote(name)} was not found in the model. {hint}"
    ]
    lines += ["These have it in their name, meaning or source:"] if found and suggestions else []
    lines += [f"{INDENT}{line}" for line in found[:MAX_FOUND]]
    if len(found) > MAX_FOUND:
        lines.append(f"{INDENT}... and {len(found) - MAX_FOUND:,} more: spheres find {name}")
    return "\n".join(lines)


def similar_names(name: str, names: Iterable[str]) -> list[str]:
    """Up to three names that may have been meant: those that the name ends or begins, else the most similar."""
    wanted = normalised(name)
    known = {normalised(name): name for name in sorted(names, reverse=True)}  # of two spellings, the one with capitals
    longer = [name for plain, name in sorted(known.items()) if plain.endswith(f".{wanted}") or plain.startswith(f"{wanted}_")]
    if longer:
        return longer[:MAX_SUGGESTIONS]
    similar = difflib.get_close_matches(wanted[:200], sorted(known), n=MAX_SUGGESTIONS, cutoff=MIN_SIMILARITY)
    ratios = [difflib.SequenceMatcher(None, plain, wanted).ratio() for plain in similar]
    return [known[plain] for plain, ratio in zip(similar, ratios, strict=True) if ratio >= ratios[0] - MAX_BEHIND]
