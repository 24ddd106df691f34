"""What should hold in the results: the file of patterns, the forms of their conditions, samples of worlds, and evaluation."""
