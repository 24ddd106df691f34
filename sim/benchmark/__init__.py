"""How fast this machine runs the model, how far that is from NumPy's own floor, and how time grows: `python -m sim.benchmark`."""
