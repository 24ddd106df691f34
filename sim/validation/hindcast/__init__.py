"""Facing the model with what happened: a run from September 2015, beside dated facts and simple rivals."""
