"""The model description, docs/odd/: tables and code, generated from the model itself, and a check that the rest still fits."""
