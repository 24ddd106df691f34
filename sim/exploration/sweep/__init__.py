"""Sweeps: what follows, in the same worlds, as one or two parameters go from value to value."""
