"""Experiments: scenarios x worlds in chunks over processes, their tables on disk, and the comparison with the baseline."""
