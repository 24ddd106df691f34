"""Running batches: runner, executors, workers, progress, and the assembly of results."""
