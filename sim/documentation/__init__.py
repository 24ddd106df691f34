"""The model's description, docs/odd.md: what in it is generated from the model itself, and whether the rest still fits."""
