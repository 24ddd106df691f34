"""Dependence in sentences: for a conclusion, the parameters that would have to change; for a parameter, its conclusions."""

from collections.abc import Iterator, Sequence

import numpy as np

from sim.model.state.parameters import ParameterValue
from sim.text.number_format import percent
from sim.validation.sensitivity.parameter_draws import ParameterDraws
from sim.validation.sensitivity.pattern_sensitivity import PatternSensitivity
from sim.validation.sensitivity.regional_sensitivity import HALF, PairEffect, ParameterEffect

MAX_PARAMETERS = 6  # printed for one conclusion


def value_at(setting: ParameterValue, quantile: float) -> float:
    """The value that a world draws at a quantile of the range, in the parameter's unit."""
    return float(setting.row(np.array([quantile, quantile]), 2)[0])


def drawn_range(setting: ParameterValue) -> str:
    """The range of draws, `0.1 to 0.8`, or the one value that all worlds have."""
    low, high = value_at(setting, 0.0), value_at(setting, 1.0)
    return f"{low:.3g}" if low == high else f"{low:.3g} to {high:.3g}"


def conclusion_lines(found: PatternSensitivity, draws: ParameterDraws) -> list[str]:
    """For a pattern: its share of worlds, the parameters it depends on (the assumed first), how far each would have to change."""
    worlds = len(found.holds)
    head = f"{found.pattern.name} ({_bare(found.pattern.says)}): holds in {percent(found.share)} of {draws.label}."
    if not found.effects:
        return [head, f"  {_too_one_sided(int(found.holds.sum()), worlds)}"]
    significant = sorted(found.significant, key=lambda effect: (draws.settings[effect.path].grade != "assumed", -effect.distance))
    lines = [head, *(f"  {_effect(effect, draws.settings[effect.path], found.share)}" for effect in significant[:MAX_PARAMETERS])]
    if len(significant) > MAX_PARAMETERS:
        lines.append(
            f"  {len(significant) - MAX_PARAMETERS} more parameters matter: weaker ones, or ones with a better grade than assumed."
        )
    if found.pair is not None and found.pair.significant:
        lines.append(f"  {_pair(found.pair, significant, found.share)}")
    rest = len(found.effects) - len(significant)
    none = f"None of the other {rest} parameters has" if significant else f"No parameter alone (of {rest}) has"
    return [*lines, f"  {none} a statistically significant effect in so many worlds."]


def parameter_lines(path: str, conclusions: Sequence[PatternSensitivity], draws: ParameterDraws) -> list[str]:
    """For a parameter: the conclusions that depend on it, and how many do not."""
    setting = draws.settings[path]
    lines = [line for found in conclusions for line in _dependent(path, setting, found)]
    one_sided = sum(not found.effects for found in conclusions)
    rest = len(conclusions) - len(lines) - one_sided
    depend = "depends" if len(lines) == 1 else "depend"
    count = f"{len(lines)} of {len(conclusions)} held-out conclusions"
    head = f"{count} {depend} significantly on {path} (grade: {setting.grade}), in {draws.label}."
    tail = f"  {rest} show no significant dependence; {one_sided} hold (or fail) in nearly all worlds whatever is drawn."
    return [head, *lines, tail]


def _dependent(path: str, setting: ParameterValue, found: PatternSensitivity) -> Iterator[str]:
    """The line of a conclusion that depends on the parameter."""
    for effect in found.significant:
        if effect.path == path:
            claims = f" ({' '.join(found.pattern.claims)})" if found.pattern.claims else ""
            yield f"  {_bare(found.pattern.says)}{claims}: {_fifths(effect)}; {_tipping(effect, setting, found.share)}."


def _effect(effect: ParameterEffect, setting: ParameterValue, share: float) -> str:
    """How one parameter changes a conclusion, and where it tips over."""
    about = f"{setting.grade}, {setting.central():.3g} {setting.unit}, drawn from {drawn_range(setting)}"
    return f"{effect.path} ({about}): {_fifths(effect)}; {_tipping(effect, setting, share)}."


def _too_one_sided(held: int, worlds: int) -> str:
    """Why nothing is said about parameters: the pattern holds, or fails, in nearly all worlds."""
    if held in (0, worlds):
        state = ("fail", "holds") if held else ("hold", "fails")
        return f"Nothing within the ranges makes it {state[0]}: it {state[1]} in all {worlds:,} worlds."
    few = f"fails in only {worlds - held}" if held > worlds - held else f"holds in only {held}"
    return f"It {few} of {worlds:,} worlds, too few to see what that depends on; a run with more worlds may show it."


def _fifths(effect: ParameterEffect) -> str:
    """Shares at both ends of the range."""
    low, high = (percent(effect.fifths[end]) for end in (0, -1))
    return f"holds in {low} of worlds in the lowest fifth of its draws, {high} in the highest"


def _tipping(effect: ParameterEffect, setting: ParameterValue, share: float) -> str:
    """From which value on the majority of worlds changes."""
    likely = share >= HALF
    if effect.tipping_quantile is None:
        return f"in {'half or more' if likely else 'less than half'} everywhere in its range"
    value = value_at(setting, effect.tipping_quantile)
    part = 1.0 - effect.tipping_quantile if effect.upwards else effect.tipping_quantile
    side, end = ("above", "upper") if effect.upwards else ("below", "lower")
    tail = f"{side} about {value:.3g} {setting.unit} (the {end} {percent(part)} of its draws)"
    return f"in {'less than half' if likely else 'half or more'} {tail}"


def _pair(pair: PairEffect, significant: Sequence[ParameterEffect], share: float) -> str:
    """What two parameters do together."""
    ends = " and ".join(f"{path} in its {'upper' if high else 'lower'} third" for path, high in zip(pair.paths, pair.high, strict=True))
    only = "Only together: with" if all(effect.tipping_quantile is None for effect in significant) else "Together: with"
    than = "no more than" if share >= HALF else "as many as"
    return f"{only} {ends} it holds in {than} {percent(pair.share)} of {pair.worlds} worlds."


def _bare(sentence: str) -> str:
    """A sentence without its full stop."""
    return sentence.rstrip(".")
