"""The names of powers, camps and actors as sentences spell them, each written once.

A name stands alone in labels (`Islamic State`), with its article in sentences (`the Islamic State`) and as an owner
(`the Islamic State's`). A key without an entry is spelled from its words, so that a new actor needs no entry here.
"""

_NAMES = {
    "government": "government",
    "russia": "Russia",
    "iran": "Iran",
    "israel": "Israel",
    "united_states": "United States",
    "turkey": "Turkey",
    "iraq": "Iraq",
    "jordan": "Jordan",
    "sdf": "SDF",
    "opposition": "opposition",
    "islamic_state": "Islamic State",
    "armed_groups": "armed groups",
    "local_powers": "local powers",
    "local": "local",  # SDF, HTS and others as far as no outside power stands behind them
    "shared": "shared",
    "contested": "contested",
    "others": "others",
    "open": "open",
}
_IN_INTERESTS = {  # words of interests that are not spelled as their keys
    "is": "the Islamic State",
    "sdf": "SDF",
    "iran": "Iran",
    "israel": "Israel",
    "astana": "Astana",
    "northwest": "north-west",
    "northeast": "north-east",
}
_WITH_ARTICLE = {key: f"the {_NAMES[key]}" for key in ("government", "united_states", "sdf", "opposition", "islamic_state", "armed_groups")}
_WITH_ARTICLE["local"] = "local forces"


def display_name(key: str) -> str:
    """The name alone, as labels spell it: `Islamic State`, `Iran`, `local`."""
    return _NAMES.get(key, key.replace("_", " ").title())


def with_article(key: str) -> str:
    """The name in a sentence: `the Islamic State`, `Iran`, `local forces`."""
    return _WITH_ARTICLE.get(key, display_name(key))


def possessive(key: str) -> str:
    """The owner in a sentence: `the Islamic State's`, `Iran's`, `the United States'`."""
    owner = with_article(key)
    return f"{owner}'" if owner.endswith("s") else f"{owner}'s"


def interest_name(key: str) -> str:
    """An interest in words, e.g. `land corridor`, `keep the Islamic State down`."""
    return " ".join(_IN_INTERESTS.get(word, word) for word in key.split("_"))


def split_owner(key: str) -> tuple[str, str]:
    """The actor whose key a longer key begins with, and the rest: `united_states`, `limit_iran`; no actor where none is known."""
    owners = [actor for actor in _NAMES if key.startswith(f"{actor}_")]
    owner = max(owners, key=len, default="")
    return owner, key[len(owner) + 1 :] if owner else key
