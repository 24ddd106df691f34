"""Places and settings that several tests share, each with the reason for it."""

SOUTH = ("SY-DR", "SY-QU", "SY-SU")
EAST = ("SY-DY", "SY-HI", "SY-RA")
DESERT = (*EAST, "SY-HM")  # wherever the Islamic State has more than a little presence beside the government

# Arrangements between camps (R17, R77) make fronts quiet whatever anybody's strength: off, so that strength decides.
NO_ZONES = tuple(f"zones.{zone}.strength=0" for zone in ("northwest", "euphrates", "tanf", "northeast", "peace_spring", "south"))

# The government of 2021 against an opposition that is twice as strong, that nobody holds back, and that does not hesitate: danger
# within months, for what must be seen under the baseline's start.
STRESS = (*NO_ZONES, "turkey.restraint=0", "opposition.strength=2", "opposition.reluctance=0")

# Bargains move force out of provinces, which hides what strikes do: fewer posts, fewer incidents, fewer hand-overs.
NO_BARGAINS = ("bargain.readiness=0", "bargain.talks=0")

# Twice the disputes and a partnership that bears them: incidents in every world, so that channels have something to settle.
MANY_DISPUTES = ("coordinate.command_disputes={scale: 2}", "coordinate.tolerance={scale: 2}")

LED_BY_PARTNERS = (
    "division_25",
    "corps_5",
    "russian_police",
    "local_defense",
    "irgc",
    "hezbollah",
    "fatemiyoun",
    "imam_hussein",
    "kataib_hezbollah",
    "nujaba",
    "badr",
)


def obedience(change: str) -> tuple[str, ...]:
    """The obedience of all groups that a partner leads, changed alike: a number or a flow mapping such as {scale: 0.5}."""
    return tuple(f"groups.{group}.obedience={change}" for group in LED_BY_PARTNERS)
