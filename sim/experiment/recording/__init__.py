"""What is kept of the worlds of a chunk: tables, annual values, histograms, influence codes."""
