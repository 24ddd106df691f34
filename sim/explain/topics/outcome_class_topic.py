"""Classes of worlds and provinces: outcomes between the partners, territory, spheres; with the thresholds that define them."""

from collections.abc import Callable, Sequence

from sim.explain.answer import Answer, Kind, answer, passage
from sim.explain.topics.measure_topic import using
from sim.explain.topics.phrases import opened, parameter_line, plain
from sim.model.observation.measure_catalogue import OUTCOME_MEANINGS, OUTCOMES, SPHERES, TERRITORIES, TERRITORY_MEANINGS
from sim.provenance.register import Register
from sim.provenance.usage import function_location
from sim.text.names import with_article

FILE, SWAY = "sim/model/observation/classification.py", "sim/model/observation/influence.py"
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
    return lambda register: {plain(one): one for one in classes} | {one: one for one in classes}


def _thresholds(register: Register, chosen: Callable[[str], bool]) -> list[str]:
    definitions = [one for path, one in register.baseline.settings.items() if path.startswith("definitions.")]
    return [f"{parameter_line(one)}. Source: {one.source}" for one in definitions if chosen(one.path.split(".")[1])]


def _places(register: Register) -> list[str]:
    """Where spheres are computed."""
    return [
        f"{function_location('spheres', FILE, register.project)}, from shares of influence ({function_location('shares', SWAY, register.project)})"
    ]


def tell_outcome(register: Register, name: str) -> Answer:
    """An outcome between the partners."""
    order = "Classes are tried in this order: the partnership broken, government recentred, primacy of one partner, delimited, condominium."
    beside = "The continuous index behind a class is always shown beside it: worlds near a threshold are much alike."
    return answer(
        f"{name}, an outcome between the partners",
        passage("", [f"{opened(OUTCOME_MEANINGS[name])}.", order, beside]),
        passage("Thresholds", _thresholds(register, lambda one: one not in (*OF_SPHERES, *OF_TERRITORY))),
        passage("Where it is computed", [str(function_location("outcomes", FILE, register.project))]),
        using(register, name),
    )


def tell_territory(register: Register, name: str) -> Answer:
    """A class of territory."""
    return answer(
        f"{name}, a class of territory",
        passage("", [f"At the horizon {TERRITORY_MEANINGS[name]}."]),
        passage("Thresholds", _thresholds(register, lambda one: one in OF_TERRITORY) if name != "collapsed" else []),
        passage("Where it is computed", [str(function_location("territories", FILE, register.project))]),
        using(register, name),
    )


def tell_sphere(register: Register, name: str) -> Answer:
    """A sphere of a province."""
    meaning = SPHERE_MEANINGS.get(name, f"{with_article(name)} clearly leads all others together")
    said = "Sphere means sway in this model, not sovereignty and no proposal."
    return answer(
        f"{name}, a sphere",
        passage("", [f"The sphere of a province where {meaning}.", said]),
        passage("Thresholds", _thresholds(register, lambda one: one in OF_SPHERES)),
        passage("Where it is computed", _places(register)),
        using(register, name),
    )


OUTCOME = Kind("outcome", _names(OUTCOMES), tell_outcome)
TERRITORY = Kind("territory", _names(TERRITORIES), tell_territory)
SPHERE = Kind("sphere", _names(SPHERES), tell_sphere)
