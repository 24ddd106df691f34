"""Robustness: over how much of the space of parameters a scenario's difference keeps its sign, its worst tenth, and regret by interest."""
