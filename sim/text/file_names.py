"""Names that cannot name a file everywhere, or that read as something else in a table."""

DEVICES = (
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
)  # Windows keeps them, also with a suffix
NO_VALUE = ("nan", "null")  # what programs that read tables take for an empty cell


def reserved(name: str) -> str | None:
    """Why a name of a file or folder cannot be used, as a sentence; None for one that can."""
    if name.split(".")[0].lower() in DEVICES:
        return "Windows keeps this name for a device; choose another."
    if name.endswith((".", " ")):
        return "Windows drops a dot at the end of a name; choose another."
    return None
