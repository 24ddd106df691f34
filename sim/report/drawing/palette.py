"""One colour per power, the same in every figure, and the words that stand beside it: colour is never the only cue.

The nine sphere colours were chosen together so that every pair stays apart (CIE Lab) for normal sight and for simulated
protanopia and deuteranopia (Machado et al. 2009, full strength), both at full strength and paled as disagreement pales them on the map.
Contested ground is nobody's: it is nearly white, and hatched, so that no paled power looks like it.
"""

SPHERES = {
    "government": "#82807a",
    "russia": "#0a3a8c",
    "iran": "#efa50f",
    "turkey": "#b03a16",
    "united_states": "#3fb0ba",
    "islamic_state": "#1e1c1c",
    "local": "#8fba63",
    "shared": "#a855dc",
    "contested": "#fafae0",
}
HATCHED, HATCH = SPHERES["contested"], "#a3a097"  # the colour of ground that is hatched, and that of the lines
OUTCOMES = {
    "delimited_agreed": "#0f6b5c",
    "delimited_tacit": "#8cc4b0",
    "condominium": SPHERES["shared"],
    "russian_primacy": SPHERES["russia"],
    "iranian_primacy": SPHERES["iran"],
    "breakdown": "#c2344d",
    "government_recentred": SPHERES["government"],
    "fallen": "#3d2b1a",
}
HOLDERS = {"russia": SPHERES["russia"], "iran": SPHERES["iran"], "others": "#8a7466", "open": "#efede7"}  # of contracts
FIELDS = {"military": "#7a5230", "economic": "#9c4f86", "diplomatic": "#86a8a0"}  # of the partnership; none is a power's colour
TERRITORIES = {"recovered": "#e9e0cd", "frozen": "#c9b796", "shrunk": "#8f7551", "collapsed": "#3d2b1a"}

INK, SOFT, FAINT, LINE, BORDER = "#1d1d1f", "#5c5c60", "#86868b", "#d6d4cf", "#55555a"
PAPER = "#ffffff"

_CERTAIN, _LOST = 1.0, 0.3  # shares of worlds at which a hue is full and at which it has all but gone
_FADED = 0.15


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue (0-255) of a `#rrggbb` colour."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(colour: str, strength: float, ground: str = PAPER) -> str:
    """The colour laid over `ground` with the given strength (0 ground, 1 colour)."""
    pairs = zip(rgb(colour), rgb(ground), strict=True)
    return "#" + "".join(f"{round(g + (c - g) * strength):02x}" for c, g in pairs)


def faded(colour: str, share: float) -> str:
    """The colour paled by disagreement: full when all worlds agree, nearly white when only three in ten do."""
    agreement = min(max((share - _LOST) / (_CERTAIN - _LOST), 0.0), 1.0)
    return mixed(colour, _FADED + (1.0 - _FADED) * agreement)


def luminance(colour: str) -> float:
    """Relative luminance (0-1) of a colour, as WCAG defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in rgb(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Contrast ratio (1-21) of two colours, as WCAG defines it."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def ink_on(ground: str) -> str:
    """The text colour, dark or white, that reads best on a ground."""
    return max((INK, PAPER), key=lambda ink: contrast(ink, ground))


def measure_colour(name: str) -> str:
    """The colour of the power that a measure's name ends or begins with (`contracts_iran`, `iran_force`), or plain ink."""
    return next((colour for power, colour in SPHERES.items() if name.endswith(f"_{power}") or name.startswith(f"{power}_")), INK)
