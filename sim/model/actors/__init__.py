"""Who decides: one file an actor, each with its interests and how they turn into effort."""
