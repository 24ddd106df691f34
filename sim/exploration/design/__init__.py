"""Designs: which points of the space of parameters are run, and under which lucks."""
