"""The reliability campaign: faults of every kind, made on purpose, and a count of what they cost. `make campaign` runs it."""
