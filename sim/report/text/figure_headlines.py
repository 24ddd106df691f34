"""The sentences over the figures: each states what the figure shows, with its number."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.model.observation.measure_catalogue import OUTCOME_WORDS
from sim.report.drawing import palette
from sim.text.names import possessive, with_article
from sim.text.number_format import capital, count, joined, percent, points, rest

NOT_A_FORECAST = "A projection from 2021 knowledge, not a forecast."
HINDSIGHT = "Uses what became known after 2021 (hindsight); not a forecast."

_LED, _NAMED = 3, 6  # spheres and provinces that a sentence lists
_NOBODYS = ("shared", "contested")


def provenance(basis: str) -> str:
    """What kind of statement a scenario's figure makes."""
    return HINDSIGHT if basis == "hindsight" else NOT_A_FORECAST


@dataclass(frozen=True)
class ShareDifference:
    """A share in a scenario, its difference from the baseline in the same worlds (NaN without one), and whether that is significant.

    `fallen`: the share of worlds in which the government has fallen, which are of no class of the partners; `too_few`: there are too few
    worlds for any difference to be significant.
    """

    share: float
    difference: float = math.nan
    significant: bool = False
    fallen: float = 0.0
    too_few: bool = False


def outcome(name: str, value: ShareDifference, baseline: str = "baseline") -> str:
    """E.g. `Likeliest outcome: delimited by agreement in 54 % of worlds; 12 points fewer than in the baseline.`

    Where some have fallen: `Likeliest outcome where the government stands (38 % of worlds): condominium (46 % of these, 17 % of all)`.
    """
    if value.fallen >= 1.0:
        return "The government has fallen in all worlds."
    said = f"Likeliest outcome: {OUTCOME_WORDS[name]} in {percent(value.share)} of worlds"
    if value.fallen:
        within, stand = percent(value.share / (1.0 - value.fallen)), rest(value.fallen)
        said = f"Likeliest outcome where the government stands ({stand} of worlds): {OUTCOME_WORDS[name]} ({within} of these, "
        said += f"{percent(value.share)} of all)"
    if math.isnan(value.difference):
        return f"{said}."
    of_all = "of all worlds " if value.fallen else ""
    if value.too_few:
        return f"{said}; too few worlds to call a difference from the {baseline} significant."
    if not value.significant:
        return f"{said}; {of_all}no significant difference from the {baseline}."
    return f"{said}; {of_all}{points(value.difference)} than in the {baseline}."


def outcomes(class_words: str, shares: Mapping[str, float], baseline: str) -> str:
    """The span of one class over the scenarios: `Delimited in 54 % of baseline worlds; from 12 % (a) to 71 % (b) ...`"""
    others = {name: share for name, share in shares.items() if name != baseline}
    first = f"{capital(class_words)} in {percent(shares[baseline])} of {baseline} worlds"
    if not others:
        return first
    low, high = min(others, key=lambda n: others[n]), max(others, key=lambda n: others[n])
    if len(others) == 1:
        return f"{first}, {percent(others[low])} in {low}"
    return f"{first}; other scenarios span {percent(others[low])} ({low}) to {percent(others[high])} ({high})"


def spheres(likeliest: Mapping[str, str], shares: Mapping[str, float], names: Mapping[str, str], whose: str = "") -> str:
    """Which spheres (the first three, and what ties with the third) cover how many provinces, and where that is least certain."""
    provinces: dict[str, int] = {}
    for sphere in likeliest.values():
        provinces[sphere] = provinces.get(sphere, 0) + 1
    order = sorted(provinces, key=lambda s: (-provinces[s], list(palette.SPHERES).index(s)))
    weakest = min(shares, key=lambda iso: (shares[iso], iso))
    named = [sphere for i, sphere in enumerate(order) if i < _LED or (provinces[sphere] == provinces[order[_LED - 1]] > 1)]
    if named[0] not in _NOBODYS:  # then those that nobody leads in come last, so that `leads in` holds for all before them
        named.sort(key=lambda sphere: sphere in _NOBODYS)
    said = f"{joined(_leaders(provinces, named))}; least certain is {names[weakest]} ({percent(shares[weakest])} {whose or 'of worlds'})"
    return said if whose else capital(said)


def _leaders(provinces: Mapping[str, int], order: Sequence[str]) -> list[str]:
    """`Iran leads in five provinces`, `Russia in three`, `one contested`: the verb and the noun stand where they first come."""
    parts: list[str] = []
    verb_said = False
    for sphere in order:
        places = count(provinces[sphere], "province")
        number = places if not parts else places.split(" ")[0]
        if sphere in _NOBODYS:
            verb = ("is " if provinces[sphere] == 1 else "are ") if not parts else ""
            parts.append(f"{number} {verb}{sphere}")
        else:
            verb = "" if verb_said else " lead" if sphere == "local" else " leads"
            parts.append(f"{with_article(sphere)}{verb} in {number}")
            verb_said = True
    return parts


def changed_spheres(
    now: Mapping[str, str], base: Mapping[str, str], names: Mapping[str, str], baseline: str = "baseline", where: str = ""
) -> str:
    """How the likeliest spheres differ from the baseline's; `where` says in which worlds."""
    moved = [iso for iso in now if iso in base and base[iso] != now[iso]]
    if not moved:
        return f"Every province has the same likeliest sphere as in the {baseline}{where}."
    verb = "differs" if len(moved) == 1 else "differ"
    places = f": {joined([names[iso] for iso in moved])}" if len(moved) <= _NAMED else ""
    return f"{capital(count(len(moved), 'province'))} {verb} from the {baseline}{where}{places}."


@dataclass(frozen=True)
class InfluenceChange:
    """The mean influence share of a power in a province at two moments (start and horizon, or baseline and scenario)."""

    power: str
    province: str
    before: float
    after: float


def influence(most: Sequence[InfluenceChange], against: str | None) -> str:
    """Where influence moves most: since the start, or at the horizon against the baseline."""
    parts: list[str] = []
    for i, change in enumerate(most):
        again = i > 0 and change.power == most[i - 1].power
        who = "" if again else f"{possessive(change.power)} influence "
        if against is None:
            verb = "grows" if change.after >= change.before else "shrinks"
            same = again and verb in parts[-1]
            parts.append(f"{who}{'' if same else f'{verb} '}from {percent(change.before)} to {percent(change.after)} in {change.province}")
        else:
            versus = f"{percent(change.before)} in the {against}" if i == 0 else percent(change.before)
            parts.append(f"{who}{'' if again else 'ends '}at {percent(change.after)} in {change.province} ({versus})")
    return capital(" and ".join(parts) if len({c.power for c in most}) == 1 else "; ".join(parts))
