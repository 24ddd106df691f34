"""Classes of worlds and provinces: outcomes between the partners, territory, spheres; with the thresholds that define them."""

from collections.abc import Callable, Sequence

from sim.explain.answer import Answer, Topic, answer, passage
from sim.explain.topics.measure_topic import patterns_using
from sim.explain.topics.phrases import plain, settings_below, sourced_parameter_line
from sim.model.observation import classification, influence
from sim.model.observation.measure_catalogue import FALLEN, OUTCOME_MEANINGS, OUTCOMES, SPHERES, TERRITORIES, TERRITORY_MEANINGS
from sim.provenance.project_paths import file_of
from sim.provenance.register import Register
from sim.provenance.usage import function_location
from sim.text.names import with_article
from sim.text.number_format import capital

SPHERE_MEANINGS = {
    "russia": "the government and its partners are the strongest side, and Russia clearly leads Iran",
    "iran": "the government and its partners are the strongest side, and Iran clearly leads Russia",
    "shared": "the government and its partners are the strongest side, and neither partner clearly leads the other",
    "contested": "no power leads clearly",
    "government": "the government clearly outweighs both partners, and no outside power is stronger",
}
OF_SPHERES = ("clear_lead", "own_ground")
OF_TERRITORY = ("territory",)


def _names(classes: Sequence[str]) -> Callable[[Register], dict[str, str]]:
    return lambda register: {plain(name): name for name in classes} | {name: name for name in classes}


def _thresholds(register: Register, is_wanted: Callable[[str], bool]) -> list[str]:
    definitions = settings_below(register, "definitions.")
    return [sourced_parameter_line(setting) for setting in definitions if is_wanted(setting.path.split(".")[1])]


def _location(function: Callable[..., object], register: Register) -> str:
    return str(function_location(function.__name__, file_of(function), register.project))


def describe_outcome(register: Register, name: str) -> Answer:
    """An outcome between the partners."""
    order = "Classes are tried in this order: the government fallen, the partnership broken, government recentred, primacy of one partner, "
    order += "delimited, condominium."
    index = "The continuous index behind a class is always shown with it: worlds just above and just below a threshold are much alike."
    return answer(
        f"{name}, an outcome" if name == FALLEN else f"{name}, an outcome between the partners",
        passage("", [f"{capital(OUTCOME_MEANINGS[name])}.", order, index]),
        passage("Thresholds", [] if name == FALLEN else _thresholds(register, lambda key: key not in (*OF_SPHERES, *OF_TERRITORY))),
        passage("Where it is computed", [_location(classification.outcomes, register)]),
        patterns_using(register, name),
    )


def describe_territory(register: Register, name: str) -> Answer:
    """A class of territory."""
    return answer(
        f"{name}, a class of territory",
        passage("", [f"At the horizon {TERRITORY_MEANINGS[name]}."]),
        passage("Thresholds", _thresholds(register, lambda key: key in OF_TERRITORY) if name != "collapsed" else []),
        passage("Where it is computed", [_location(classification.territories, register)]),
        patterns_using(register, name),
    )


def describe_sphere(register: Register, name: str) -> Answer:
    """The sphere of a province."""
    meaning = SPHERE_MEANINGS.get(name, f"{with_article(name)} clearly leads all others together")
    caveat = "In this model a sphere means influence; it is no statement on sovereignty and no proposal."
    places = [f"{_location(classification.spheres, register)}, from shares of influence ({_location(influence.shares, register)})"]
    return answer(
        f"{name}, a sphere",
        passage("", [f"The sphere of a province where {meaning}.", caveat]),
        passage("Thresholds", _thresholds(register, lambda key: key in OF_SPHERES)),
        passage("Where it is computed", places),
        patterns_using(register, name),
    )


OUTCOME = Topic("outcome", _names(OUTCOMES), describe_outcome)
TERRITORY = Topic("territory", _names(TERRITORIES), describe_territory)
SPHERE = Topic("sphere", _names(SPHERES), describe_sphere)
