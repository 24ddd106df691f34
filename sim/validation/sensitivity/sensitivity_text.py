"""What hangs on what, in sentences: for a conclusion the parameters that would have to move, for a parameter its conclusions."""

from collections.abc import Iterator, Sequence

import numpy as np

from sim.model.state.parameters import ParameterValue
from sim.text.number_format import percent
from sim.validation.sensitivity.parameter_draws import Drawn, Found
from sim.validation.sensitivity.regional_sensitivity import HALF, Corner, Hinge

MOST = 6  # parameters told of one conclusion


def value_at(setting: ParameterValue, quantile: float) -> float:
    """The value that a world draws at a quantile of the range, in the parameter's unit."""
    return float(setting.row(np.array([quantile, quantile]), 2)[0])


def span(setting: ParameterValue) -> str:
    """What worlds draw a parameter from: `0.1 to 0.8`, or the one number that all have."""
    low, high = value_at(setting, 0.0), value_at(setting, 1.0)
    return f"{low:.3g}" if low == high else f"{low:.3g} to {high:.3g}"


def of_conclusion(found: Found, drawn: Drawn) -> list[str]:
    """For a pattern: in how many worlds it holds, which parameters it hangs on (the assumed first), how far each would have to move."""
    worlds = len(found.holds)
    where = f"the first {worlds:,} worlds of {drawn.scenario.name} in {drawn.folder}"
    head = f"{found.pattern.name} ({_bare(found.pattern.says)}): holds in {percent(found.share)} of {where}."
    if not found.hinges:
        return [head, f"  {_too_even(int(found.holds.sum()), worlds)}"]
    telling = sorted(found.telling, key=lambda one: (drawn.settings[one.path].grade != "assumed", -one.distance))
    lines = [head, *(f"  {_moves(one, drawn.settings[one.path], found.share)}" for one in telling[:MOST])]
    if len(telling) > MOST:
        lines.append(f"  {len(telling) - MOST} more parameters matter, each less or graded better than assumed.")
    if found.corner is not None and found.corner.told:
        lines.append(f"  {_together(found.corner, telling, found.share)}")
    rest = len(found.hinges) - len(telling)
    none = "No parameter alone" if not telling else f"None of the other {rest}"
    return [*lines, f"  {none} can be told from luck with so many worlds ({len(found.hinges)} parameters looked at)."]


def of_parameter(path: str, all_found: Sequence[Found], drawn: Drawn) -> list[str]:
    """For a parameter: the conclusions that hang on it, and how many do not."""
    setting = drawn.settings[path]
    lines = [line for found in all_found for line in _of_pattern(path, setting, found)]
    powerless = sum(not found.hinges for found in all_found)
    rest = len(all_found) - len(lines) - powerless
    where = f"the first {drawn.worlds:,} worlds of {drawn.scenario.name} in {drawn.folder}"
    hang = "hangs" if len(lines) == 1 else "hang"
    head = f"{len(lines)} of {len(all_found)} conclusions left to speak {hang} on {path} (grade: {setting.grade}) beyond luck, in {where}."
    tail = f"  {rest} do not, as far as so many worlds can tell; {powerless} hold (or fail) in nearly all worlds whatever is drawn."
    return [head, *lines, tail]


def _of_pattern(path: str, setting: ParameterValue, found: Found) -> Iterator[str]:
    """The line of a conclusion that hangs on the parameter."""
    for hinge in found.telling:
        if hinge.path == path:
            claims = f" ({' '.join(found.pattern.claims)})" if found.pattern.claims else ""
            yield f"  {_bare(found.pattern.says)}{claims}: {_fifths(hinge)}; {_turns(hinge, setting, found.share)}."


def _moves(hinge: Hinge, setting: ParameterValue, share: float) -> str:
    """How one parameter moves a conclusion, and where it would tip over."""
    about = f"{setting.grade}, {setting.central():.3g} {setting.unit}, drawn from {span(setting)}"
    return f"{hinge.path} ({about}): {_fifths(hinge)}; {_turns(hinge, setting, share)}."


def _too_even(held: int, worlds: int) -> str:
    """Why nothing is said of parameters: the pattern holds, or fails, in nearly all worlds."""
    if held in (0, worlds):
        return (
            f"Nothing within the ranges makes it {'fail' if held else 'hold'}: it {'holds' if held else 'fails'} in all {worlds:,} worlds."
        )
    few = f"fails in only {worlds - held}" if held > worlds - held else f"holds in only {held}"
    return f"It {few} of {worlds:,} worlds, too few to tell what that hangs on; a run with more worlds may tell."


def _fifths(hinge: Hinge) -> str:
    """Shares at both ends of the range."""
    low, high = (percent(hinge.fifths[end]) for end in (0, -1))
    return f"holds in {low} of worlds in the lowest fifth of its draws, {high} in the highest"


def _turns(hinge: Hinge, setting: ParameterValue, share: float) -> str:
    """From which value on most worlds are on the other side."""
    likely = share >= HALF
    if hinge.turns is None:
        return f"in {'half or more' if likely else 'less than half'} everywhere in its range"
    value, part = value_at(setting, hinge.turns), 1.0 - hinge.turns if hinge.upwards else hinge.turns
    side, end = ("above", "upper") if hinge.upwards else ("below", "lower")
    tail = f"{side} about {value:.3g} {setting.unit} (the {end} {percent(part)} of its draws)"
    return f"in {'less than half' if likely else 'half or more'} {tail}"


def _together(corner: Corner, telling: Sequence[Hinge], share: float) -> str:
    """What two parameters do together."""
    ends = " and ".join(f"{path} in its {'upper' if high else 'lower'} third" for path, high in zip(corner.paths, corner.high, strict=True))
    only = "Only together: with" if all(hinge.turns is None for hinge in telling) else "Together: with"
    than = "no more than" if share >= HALF else "as many as"
    return f"{only} {ends} it holds in {than} {percent(corner.share)} of {corner.worlds} worlds."


def _bare(sentence: str) -> str:
    """A sentence without its full stop, to go on from."""
    return sentence.rstrip(".")
