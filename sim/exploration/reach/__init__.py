"""What the model can reach at all: cells of two measures that random worlds miss, and the nearest parameters with a rare outcome."""
