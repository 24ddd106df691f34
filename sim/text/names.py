"""Names of actors as sentences spell them."""

ACTORS = {
    "government": "the government",
    "russia": "Russia",
    "iran": "Iran",
    "israel": "Israel",
    "united_states": "the United States",
    "turkey": "Turkey",
    "iraq": "Iraq",
    "jordan": "Jordan",
    "sdf": "the SDF",
    "opposition": "the opposition",
    "islamic_state": "the Islamic State",
    "armed_groups": "the armed groups",
}
