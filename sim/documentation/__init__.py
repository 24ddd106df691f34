"""The model description, docs/odd.md: its tables, generated from the model itself, and a check that the rest still fits."""
