"""Limits of the whole numbers that a run is given, and what is said about one beyond them: the same on the command line and in Python."""

MOST_WORLDS = 10_000_000
MOST_SEED = 2**63 - 1


def between(low: int, high: int) -> str:
    """What would be right."""
    return f"give a whole number from {low:,} to {high:,}"


def not_whole(name: str, shown: str, low: int, high: int) -> str:
    """The message about something that is no whole number; `shown` is what was given."""
    return f"{name}: {shown} is not a whole number; {between(low, high)}."


def out_of_range(name: str, number: int, low: int, high: int) -> str | None:
    """The message about a whole number that is too small or too large; None for one that is neither."""
    if low <= number <= high:
        return None
    shown = f"{number:,}" if abs(number) < 10**30 else "this number"
    return f"{name}: {shown} is too {'small' if number < low else 'large'}; {between(low, high)}."
